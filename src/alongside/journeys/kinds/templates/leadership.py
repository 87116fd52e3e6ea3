"""Leading people for the first time, or anew: a ready template for mentoring."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import MONTHLY, Question, SuggestedTarget, Template
from alongside.journeys.states import AfterMissed

LEADERSHIP = Template(
    slug="leadership",
    name=_("Leadership"),
    summary=_("For someone who leads a team, new to it or in new waters, and a mentor who has done it."),
    source=_(
        "Follows the common shape of leadership mentoring: a first picture of the role, one real situation in each "
        "meeting, voices from the team half-way, a look back after a year. Alongside's own wording."
    ),
    meeting_minutes=75,
    notice_hours=48,
    after_missed=AfterMissed.EMAIL,
    frequency=MONTHLY,
    planned_meetings=10,
    parts=meeting_parts(
        review=(12, _("What did you try with your team, and how did they answer? What surprised you?")),
        direction=(8, _("What kind of leader do you want to be, and where did this month show it?")),
        issues=(
            40,
            _("One situation with people in it: what happened, how does it look from where they stand?"),
        ),
        plan=(15, _("Which conversation will you have, how will you open it, and by when?")),
    ),
    preparation=(
        Question(key="brings", text=_("Whom do you lead, since when, and how did you come to it?")),
        Question(
            key="needs",
            text=_("Which part of leading costs you sleep, and which part do you enjoy?"),
            rows=4,
        ),
        Question(key="aims", text=_("In a year, what would you like your team to say about you?")),
        Question(key="strengths", text=_("Which leader did you like to work for, and what did they do?")),
        Question(key="obstacles", text=_("What do you do under pressure that you would rather not?")),
        Question(
            key="know",
            text=_("Is there anything in your organisation your mentor should know, or stay out of?"),
            rows=2,
        ),
    ),
    guide_preparation=(
        Question(key="offer", text=_("Which mistakes of your own as a leader are worth telling?")),
        Question(
            key="frame",
            text=_("Do you have any say over this person or their team? Do you know people in it?"),
        ),
        Question(key="expect", text=_("What will you not do: decide for them, speak for them, take sides?")),
        Question(key="wonder", text=_("What do you want to ask before you tell anything?"), rows=2),
    ),
    sections={
        "expectations": _(
            "The mentee brings one real situation to every meeting and decides alone what to do. The mentor asks, "
            "helps to see it with the eyes of the others, and tells what they themselves have got wrong. The "
            "mentor does not talk with the mentee's manager or team about what was said here."
        ),
        "confidentiality": _(
            "What we say stays between us. Members of the team are spoken of with respect and, where it can be "
            "done, without names. If someone is being harmed, bullied or put in danger, we say so to each other "
            "and it goes to the person responsible."
        ),
        "review": _(
            "After the fifth meeting we read this again. By then the mentee has asked three people they work with "
            "what they should keep doing, and what they could do differently, and brings what they heard."
        ),
    },
    suggested_needs=(
        _("Having the conversation I keep putting off"),
        _("Giving work away and trusting that it gets done"),
        _("Deciding when nobody can tell me what is right"),
        _("Looking after people without carrying everything"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I say what is not good enough, early and to the person"), "gas"),
        SuggestedTarget(_("I have handed over work that I used to do myself"), "count"),
        SuggestedTarget(_("I am calm when a decision is mine alone"), "rating-0-10"),
        SuggestedTarget(_("Everyone in my team has had an hour alone with me this quarter"), "yes-no"),
    ),
    first_steps=(
        _("Draw my team on a page: who needs what from me at the moment?"),
        _("Ask one person what I should keep doing, and what I could do differently"),
        _("Choose one task to hand over, and say what a good result looks like"),
    ),
)
