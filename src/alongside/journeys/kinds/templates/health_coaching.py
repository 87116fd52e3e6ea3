"""Changing habits for the sake of one's health: a ready template for treatment."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import FORTNIGHTLY, Question, SuggestedTarget, Template
from alongside.journeys.states import AfterMissed

HEALTH_COACHING = Template(
    slug="health-coaching",
    name=_("Health coaching"),
    summary=_(
        "For adults who want to live differently with a long-term condition or to prevent one, with a health coach."
    ),
    source=_(
        "Follows the usual course of health coaching in primary care: what matters to the person, small steps "
        "they choose themselves, a look at what stood in the way. Alongside's own wording; to be reviewed by a "
        "clinician of the service before use."
    ),
    meeting_minutes=30,
    notice_hours=24,
    after_missed=AfterMissed.EMAIL,
    frequency=FORTNIGHTLY,
    planned_meetings=8,
    parts=meeting_parts(
        review=(8, _("What did you try, what went well, and what did you learn from what did not?")),
        direction=(4, _("What makes this worth it for you? How near are you to it today?")),
        issues=(
            10,
            _("What got in the way: time, money, mood, pain, other people? Is there anything new?"),
        ),
        plan=(
            8,
            _(
                "One small thing you want to do: when, where, with whom? How sure are you, from 0 to 10, "
                "that you will?"
            ),
        ),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("What about your health would you like to change, and why now?"),
            help=_(
                "If you have chest pain, trouble breathing, or feel suddenly very unwell, do not wait for this "
                "appointment: call 999."
            ),
        ),
        Question(key="needs", text=_("What does a usual day look like: moving, eating, resting?"), rows=4),
        Question(key="aims", text=_("If it works, what will you be able to do, and who will notice first?")),
        Question(key="tried", text=_("What have you tried before? What helped, even for a while?")),
        Question(key="worries", text=_("What do you think might get in the way?"), rows=2),
        Question(
            key="know",
            text=_("Illnesses, medicines or advice from your doctor that we should keep to?"),
        ),
    ),
    guide_preparation=(
        Question(
            key="safety",
            text=_(
                "Is there anything that has to be cleared with the doctor before this person changes habits?"
            ),
        ),
        Question(key="offer", text=_("What is there nearby: groups, classes, walks, help with money?")),
        Question(
            key="frame", text=_("Who else looks after this person, and what do they need to know?"), rows=2
        ),
        Question(
            key="wonder", text=_("What would you like to ask, and what are you tempted to advise?"), rows=2
        ),
    ),
    sections={
        "purpose": _(
            "You choose what you want to change and how. Your coach helps you to find steps that are small enough "
            "to do, to see what stands in the way, and to keep going. Coaching does not replace your doctor, your "
            "medicine or tests."
        ),
        "consent_treatment": _(
            "Your coach has explained what coaching is and is not, that it helps many people and not everyone, "
            "and that changes in eating or moving can matter for your medicines: tell your doctor or nurse before "
            "you begin. Other choices have been talked about. You agree to begin, and may stop at any time."
        ),
        "measures": _(
            "At every appointment you say from 0 to 10 how you are doing with what you chose, and we count what "
            "can be counted. Nobody scolds a number. You see the line from the start to now."
        ),
        "safety_signs": _(
            "Call 999 with: chest pain, trouble breathing, signs of a stroke, or if you feel suddenly very unwell.\n"
            "Contact your GP or NHS 111 with: dizziness or fainting, low blood sugar that comes again, or pain "
            "that is new when you move."
        ),
        "safety_emergency": _(
            "In an emergency: 999 or A&E. Urgent advice: NHS 111. Samaritans: 116 123, day and night.\n"
            "If I write something that gives cause for worry, my coach is told at once and reads it in opening "
            "hours. If they cannot, a colleague does. Nobody is watching Alongside at other times."
        ),
        "review": _(
            "After the fourth appointment we look together: is this still what matters to you, are the steps the "
            "right size, and is coaching the right help? You may ask for it sooner."
        ),
    },
    suggested_needs=(
        _("Moving more, in a way I can keep up"),
        _("Eating in a way that does me good and that I enjoy"),
        _("Sleeping better"),
        _("Living well with my condition rather than around it"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I move for this many minutes in a usual day"), "minutes"),
        SuggestedTarget(_("I feel able to look after my health"), "rating-0-10"),
        SuggestedTarget(_("I eat what I had planned, also on a hard day"), "gas"),
        SuggestedTarget(_("I do again an activity that I had given up"), "psfs"),
    ),
    first_steps=(
        _("Go for a ten-minute walk after lunch on three days this week"),
        _("Put tomorrow's breakfast out the evening before"),
        _("Tell one person what I am trying, and how they can help"),
    ),
)
