"""Two colleagues who supervise each other: a ready template for supervision."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import FORTNIGHTLY, Question, SuggestedTarget, Template
from alongside.journeys.states import AfterMissed

PEER_SUPERVISION = Template(
    slug="peer-supervision",
    name=_("Peer supervision"),
    summary=_(
        "For two practitioners of about the same experience, when one looks at their work with the other's help. "
        "If you supervise each other, each has a journey of their own."
    ),
    source=_(
        "Follows the common practice of peer consultation in pairs: one brings, the other keeps time and asks, "
        "advice comes last. Alongside's own wording. It does not replace supervision a professional body requires."
    ),
    meeting_minutes=60,
    notice_hours=24,
    after_missed=AfterMissed.NOTHING,
    frequency=FORTNIGHTLY,
    planned_meetings=10,
    parts=meeting_parts(
        review=(8, _("What did you do with what we found last time? What happened then?")),
        direction=(4, _("What do you want to have understood or decided when this hour is over?")),
        issues=(
            38,
            _(
                "Tell it first without being interrupted. Then questions only. Then what each of us sees, "
                "and advice last, if you want any."
            ),
        ),
        plan=(10, _("What do you take back into the work, and what do you want me to ask you next time?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("What does your work look like at present, and where is it heaviest?"),
            help=_("Speak of patients, clients or students without names."),
        ),
        Question(key="needs", text=_("What would you like another pair of eyes on?"), rows=4),
        Question(key="aims", text=_("After ten sessions, what should be different in how you work?")),
        Question(key="learning", text=_("What do you want from a peer: questions, doubts, praise, silence?")),
        Question(
            key="know",
            text=_("Do we work together, or know the same people? What would be hard to say to me?"),
        ),
    ),
    guide_preparation=(
        Question(key="offer", text=_("In which kind of work are you not a peer, and should say so?")),
        Question(
            key="frame", text=_("Who is each of you responsible to, and where does a serious concern go?")
        ),
        Question(key="expect", text=_("How will you keep yourself from giving advice too early?"), rows=2),
        Question(key="wonder", text=_("What would you like to understand about this person's work?"), rows=2),
    ),
    sections={
        "purpose": _(
            "We meet as equals. In these sessions one of us looks at their own work and the other helps by "
            "listening, asking and keeping time. If we both want this, each has sessions of their own, and we "
            "never mix the two in one hour."
        ),
        "functions": _(
            "Neither of us judges, reports on or manages the other. Each remains responsible for their own "
            "work and keeps the supervision that their employer or professional body asks for."
        ),
        "expectations": _(
            "Who brings comes with one question. Who helps keeps the order: telling, questions, what we see, "
            "advice only if asked for. We say so when we drift into chatting or complaining."
        ),
        "confidentiality": _(
            "What we say stays between us. Nobody who is treated, taught or advised is named. If "
            "one of us hears of serious harm or danger, we first talk about it with each other. "
            "Then it goes to the person responsible, the same day if need be."
        ),
        "concerns": _(
            "If one of us worries about the other's work, we say it in the next session, plainly "
            "and kindly. If it concerns someone's safety, we take it to the lead at once and "
            "tell each other that we do. If the pair does not work, either may end it without "
            "giving reasons."
        ),
    },
    suggested_needs=(
        _("Seeing what I overlook in work I do every day"),
        _("Deciding sooner in cases that drag on"),
        _("Leaving work at work"),
        _("Saying difficult things earlier"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I go home without going over the day again and again"), "rating-0-10"),
        SuggestedTarget(_("I name a difficulty in the session in which I notice it"), "gas"),
        SuggestedTarget(_("I have changed something in my work because of these sessions"), "count"),
    ),
    first_steps=(
        _("Write down one situation that I have told nobody about, without names"),
        _("Try one question from our session in my next appointment, and note what it opened"),
        _("Agree with my lead that this hour is protected"),
    ),
)
