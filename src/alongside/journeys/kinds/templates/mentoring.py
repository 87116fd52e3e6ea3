"""Ready templates for mentoring."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import FORTNIGHTLY, MONTHLY, WEEKLY, Question, SuggestedTarget, Template
from alongside.journeys.kinds.templates.leadership import LEADERSHIP
from alongside.journeys.states import AfterMissed

CAREER = Template(
    slug="career",
    name=_("Career"),
    summary=_(
        "For someone who wants to take the next step in their working life and a mentor from outside their "
        "line."
    ),
    source=_(
        "Follows the common shape of workplace mentoring schemes: eight monthly meetings, a review half-way, "
        "a planned ending. Alongside's own wording."
    ),
    meeting_minutes=60,
    notice_hours=24,
    after_missed=AfterMissed.EMAIL,
    frequency=MONTHLY,
    planned_meetings=8,
    parts=meeting_parts(
        review=(
            10,
            _("What did you try since we met, and what did you notice, in the work and in yourself?"),
        ),
        direction=(
            10,
            _("Is this still where you want to go? What has come closer, what has lost its pull?"),
        ),
        issues=(25, _("One situation, decision or doubt that deserves our time today.")),
        plan=(15, _("Which conversation, application or experiment comes next, and by when?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("Where are you in your working life, and how did you get here?"),
            help=_("The short version, as you would tell it to someone on a train."),
        ),
        Question(key="needs", text=_("What would you most like to think through, learn or decide?"), rows=4),
        Question(
            key="aims", text=_("What would you like to be doing in two years, if nothing stood in the way?")
        ),
        Question(key="strengths", text=_("When does work feel easy or alive to you?")),
        Question(key="obstacles", text=_("What has held you back so far, in the world or in you?")),
        Question(
            key="know", text=_("Is there anything your mentor should know, or should stay away from?"), rows=2
        ),
        Question(
            key="mentored",
            only_if=_("If you have had a mentor before"),
            text=_("What did you take from it, and what would you like to be different this time?"),
            rows=2,
        ),
    ),
    guide_preparation=(
        Question(
            key="offer", text=_("Which turning points of your own could be worth telling, and which not?")
        ),
        Question(
            key="frame", text=_("Are you free of any say over this person's pay, post or appraisal?"), rows=2
        ),
        Question(key="expect", text=_("What doors can you open, and what will you not do?")),
        Question(key="wonder", text=_("What would you like to ask first?"), rows=2),
    ),
    sections={
        "expectations": _(
            "The mentee brings a question to every meeting and decides alone about their career. The mentor "
            "asks, listens, tells honestly what they have seen, and introduces the mentee to someone where "
            "it makes sense. The mentor has no part in decisions about the mentee's pay, post or appraisal, "
            "and writes no references unless both want it."
        ),
    },
    suggested_needs=(
        _("Knowing what I want next, rather than what others expect"),
        _("Being seen for the work I do"),
        _("Leading people for the first time"),
        _("Finding a way of working that leaves room for the rest of life"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I can say in two sentences where I want to go and why"), "rating-0-10"),
        SuggestedTarget(_("I have talked with people who do the work I am curious about"), "count"),
        SuggestedTarget(_("I have applied for a post that is a real step for me"), "yes-no"),
        SuggestedTarget(_("I speak up in meetings where I used to stay quiet"), "gas"),
    ),
    first_steps=(
        _("Write down three moments at work this year that felt right, and what they have in common"),
        _("Ask one person in a post I find interesting for twenty minutes of their time"),
        _("Bring my CV and read it aloud as if it were someone else's"),
    ),
)

FIRST_YEAR_STUDENT = Template(
    slug="first-year-student",
    name=_("First-year student"),
    summary=_("For a student new to university and a mentor from a later year or from the staff."),
    source=_(
        "Follows the shape of an academic year in peer-mentoring schemes: close together at the start, "
        "looser once the student has found their feet. Alongside's own wording."
    ),
    meeting_minutes=30,
    notice_hours=24,
    after_missed=AfterMissed.EMAIL,
    frequency=FORTNIGHTLY,
    planned_meetings=10,
    parts=meeting_parts(
        review=(5, _("What have the last two weeks been like? What did you try, and what worked?")),
        direction=(5, _("Are the things you wanted from this year still the right ones?")),
        issues=(
            12,
            _("What is puzzling, worrying or lonely at the moment? And how are you sleeping and eating?"),
        ),
        plan=(8, _("One small thing for the next two weeks, and where you can ask if it gets stuck.")),
    ),
    preparation=(
        Question(key="brings", text=_("What made you choose this course and this place?")),
        Question(
            key="needs", text=_("What is going well so far, and what is harder than you thought?"), rows=4
        ),
        Question(key="aims", text=_("What would make you look back on this year and be glad?")),
        Question(key="strengths", text=_("Who and what helps you when things are hard?")),
        Question(
            key="know",
            text=_("Is there anything else about your life that makes studying easier or harder?"),
            help=_("Work, family, health, language, money. Say only what you wish to."),
        ),
    ),
    guide_preparation=(
        Question(key="offer", text=_("What do you wish someone had told you in your own first year?")),
        Question(
            key="frame",
            text=_("Do you know where to send a student for money, health, housing and study help?"),
        ),
        Question(
            key="expect", text=_("How often can the student write to you, and when do you answer?"), rows=2
        ),
        Question(key="wonder", text=_("How will you make the first ten minutes easy?"), rows=2),
    ),
    sections={
        "time": _(
            "We meet every two weeks for half an hour during the terms, ten times in all. In the first month "
            "we also exchange a short message in the weeks between."
        ),
        "expectations": _(
            "The student comes even when things are not going well, most of all then. The mentor listens, "
            "shares what helped, shows the way to the right service, and does not write or mark the "
            "student's work."
        ),
        "confidentiality": _(
            "What we say stays between us. Tutors and family are told nothing. The one limit is serious "
            "danger to someone: then the university's welfare team is told, and whenever it is safe we do "
            "that together. The mentor may ask the mentoring co-ordinator for advice without names."
        ),
        "ending": _(
            "We finish at the end of the summer term with a meeting about what has been learnt and what next "
            "year asks for. Either may stop sooner with a word to the co-ordinator, who will find another "
            "mentor."
        ),
    },
    suggested_needs=(
        _("Finding my way round and knowing whom to ask"),
        _("Keeping up with reading and deadlines"),
        _("Meeting people I feel at ease with"),
        _("Managing my money, sleep and time away from home"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I hand my work in without a night of panic before it"), "gas"),
        SuggestedTarget(_("I feel that I belong here"), "rating-0-10"),
        SuggestedTarget(_("I study without distraction for this long on a weekday"), "minutes"),
    ),
    first_steps=(
        _("Put every deadline of this term in one calendar"),
        _("Go to one society or study group and stay for an hour"),
        _("Use a lecturer's office hour once, with one question"),
    ),
)

RETURN_TO_WORK = Template(
    slug="return-to-work",
    name=_("Return to work"),
    summary=_(
        "For someone coming back after illness, caring, parental leave or a long break, and a mentor at work."
    ),
    source=_(
        "Follows the shape of phased returns: close support before and in the first weeks, then further "
        "apart. Alongside's own wording. It does not replace advice from occupational health."
    ),
    meeting_minutes=45,
    notice_hours=24,
    after_missed=AfterMissed.EMAIL,
    frequency=WEEKLY,
    planned_meetings=12,
    parts=meeting_parts(
        review=(10, _("How was the week: what took strength, what gave some back? What became of the plan?")),
        direction=(5, _("Is the pace right? What should next month look like?")),
        issues=(18, _("What was harder than you thought, at work or at home? What would you need?")),
        plan=(12, _("What is enough for next week, and what will you leave out on purpose?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("How long have you been away, and what would you like people to know about it?"),
            help=_("You need not say why. You decide what is told, to whom."),
        ),
        Question(
            key="needs",
            text=_("What do you look forward to, and what worries you about coming back?"),
            rows=4,
        ),
        Question(key="aims", text=_("How would you know that you have really arrived again?")),
        Question(key="energy", text=_("What costs you strength at the moment, and what restores it?")),
        Question(
            key="know",
            text=_("Which adjustments have been agreed, and which would you still like to ask for?"),
        ),
    ),
    guide_preparation=(
        Question(key="frame", text=_("What has changed here while the person was away?")),
        Question(
            key="expect", text=_("What has the person asked you to tell, and not to tell, to others?"), rows=2
        ),
        Question(key="offer", text=_("How can you make the first days lighter?")),
        Question(key="wonder", text=_("What would you like to ask, and what is not yours to ask?"), rows=2),
    ),
    sections={
        "purpose": _(
            "We meet so that coming back goes at a pace that lasts: to look at each week honestly, to ask "
            "for what is needed in time, and to notice that it is getting easier."
        ),
        "time": _(
            "We meet once a week for 45 minutes, beginning in the week before the first working day, and "
            "twelve times in all. From the eighth meeting on we may meet every two weeks instead."
        ),
        "confidentiality": _(
            "The mentee alone decides what managers and colleagues are told about the absence. What we say "
            "stays between us, except where someone is in serious danger. The mentor may ask a supervisor or "
            "occupational health for advice without names."
        ),
        "concerns": _(
            "If the work is making the mentee ill again, we stop and look at it that week, and go to the "
            "manager or occupational health together if the mentee wishes. If someone's safety is at risk we "
            "get help the same day."
        ),
        "review": _(
            "We read this agreement again at the fourth meeting, and at the eighth, when we decide together "
            "whether to meet less often. Either of us may ask for it sooner."
        ),
        "ending": _(
            "We plan to finish after twelve meetings and keep the last one for looking back and for early "
            "signs that it is becoming too much again. Either of us may stop sooner; we meet once more to "
            "say goodbye well. If other help is wanted, we think together about who that could be."
        ),
    },
    suggested_needs=(
        _("Finding a pace that I can keep"),
        _("Trusting again that I can do my work"),
        _("Knowing what to say when people ask where I have been"),
        _("Saying no before it is too much"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I finish a working day with something left for the evening"), "rating-0-10"),
        SuggestedTarget(_("I work the agreed hours, no more and no fewer"), "yes-no"),
        SuggestedTarget(_("I have taken on one task that I used to enjoy"), "gas"),
    ),
    first_steps=(
        _("Agree with my manager what the first two weeks hold, in writing"),
        _("Have coffee with one colleague before the first day"),
        _("Find two sentences for when people ask, and try them on my mentor"),
    ),
)

TEMPLATES = (CAREER, FIRST_YEAR_STUDENT, RETURN_TO_WORK, LEADERSHIP)
