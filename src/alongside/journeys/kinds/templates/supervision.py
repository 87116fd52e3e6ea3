"""Ready templates for supervision."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import MONTHLY, WEEKLY, Question, SuggestedTarget, Template

STUDENT_PLACEMENT = Template(
    slug="student-placement",
    name=_("Student placement"),
    summary=_("For a student on a placement of about eight weeks and the practitioner who looks after their learning."),
    source=_(
        "Follows the usual course of a placement: first week, half-way review, final review. Alongside's own "
        "wording. It does not replace the assessment forms of the student's university."
    ),
    meeting_minutes=45,
    frequency=WEEKLY,
    planned_meetings=8,
    parts=meeting_parts(
        review=(10, _("What did you try this week, and what came of it? Begin with something that went well.")),
        direction=(5, _("Which learning goals did this week touch? Is anything still waiting for its chance?")),
        issues=(20, _("One situation that taught you something or left you unsure. And how are you?")),
        plan=(10, _("What will you do, watch or ask to do next week, and who arranges it?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("Where are you in your course, and what have you done on earlier placements?"),
            help=_("So that you are neither asked too much nor kept from what you can already do."),
        ),
        Question(key="needs", text=_("What do you feel sure of, and what makes you nervous?"), rows=4),
        Question(key="aims", text=_("What do you want to be able to do by the last week?")),
        Question(key="required", text=_("What does your university require of this placement?")),
        Question(key="learning", text=_("How do you like to be shown things, and how do you like to hear feedback?")),
        Question(
            key="know",
            text=_("Is there anything that would make the placement work better for you?"),
            help=_("Travel, caring for someone, health, faith, adjustments. Say only what you wish to."),
        ),
    ),
    guide_preparation=(
        Question(key="offer", text=_("What can a student see and do here in these weeks?")),
        Question(key="frame", text=_("Who else will work with the student, and who stands in when you are away?")),
        Question(key="expect", text=_("What do you expect in the first week, at half-way, and by the end?")),
        Question(key="wonder", text=_("How will you make the first day a good one?"), rows=2),
    ),
    sections={
        "time": _(
            "We meet once a week for 45 minutes, eight times, in working time. In week four we hold the half-way "
            "review and in week eight the final one. Short questions in between are welcome at any time."
        ),
        "functions": _(
            "The supervisor looks after day-to-day learning. The assessor, who is someone else, judges at the end. "
            "The link tutor at the university is there for both of us."
        ),
        "confidentiality": _(
            "What we say stays between us, with these limits: the assessor and the university are told how learning "
            "is going, and the student hears it first. Anything that puts a patient, the student or someone else at "
            "risk is passed on. Patients are spoken of without names. The supervisor may take their own questions "
            "to their own supervision, without names."
        ),
        "concerns": _(
            "The student may always say 'I have not done this before' or 'I would like to stop'. A worry about "
            "progress is named in the week it is seen, with what would help and by when, and the link tutor is told "
            "no later than half-way. A safeguarding matter goes the same day to the safeguarding lead. If the two of "
            "us do not get on, either may ask the link tutor for help."
        ),
        "ending": _(
            "The placement ends on its last day with a closing session about what was learnt and what the next "
            "placement should build on. If it has to end early, the university is told and we still hold a closing "
            "talk. The student takes their record with them; names and notes about patients stay here."
        ),
    },
    suggested_needs=(
        _("Feeling confident when I begin a conversation with a patient"),
        _("Organising a whole shift or clinic, not only single tasks"),
        _("Explaining my reasoning aloud when I am asked"),
        _("Asking for help early"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I carry out a first assessment from greeting to write-up with my supervisor only watching"), "gas"),
        SuggestedTarget(_("I hand over a patient clearly in under three minutes"), "rating-0-10"),
        SuggestedTarget(_("I have followed patients from arrival to discharge"), "count"),
    ),
    first_steps=(
        _("Walk one patient's whole way through the service and note three questions"),
        _("Watch two assessments, then do the opening of the third"),
        _("Write down what I want feedback on before each clinic"),
    ),
)

TEMPLATES = (STUDENT_PLACEMENT,)
