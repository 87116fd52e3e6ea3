"""Treatment: a clinician and a patient. A clinician reviews these words before patients read them."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.before_first import TREATMENT as BEFORE_FIRST
from alongside.journeys.kinds.endings import TREATMENT as ENDING_MATTERS
from alongside.journeys.kinds.last_meetings import TREATMENT as LAST_MEETING
from alongside.journeys.kinds.meeting_shape import funnel
from alongside.journeys.kinds.meetings import TREATMENT as MEETING_SHAPES
from alongside.journeys.kinds.shapes import (
    Acknowledgement,
    EndingQuestions,
    Kind,
    Perspective,
    Question,
    SupportCategory,
    Words,
)
from alongside.journeys.kinds.templates.treatment import TEMPLATES
from alongside.journeys.kinds.treatment_agreement import AGREEMENT

WORDS = Words(
    journey=_("treatment"),
    guide=_("clinician"),
    guides=_("clinicians"),
    participant=_("patient"),
    participants=_("patients"),
    covering=_("covering clinician"),
    co_guide=_("second clinician"),
    meeting=_("appointment"),
    meetings=_("appointments"),
    first_meeting=_("first appointment"),
    need=_("need"),
    needs=_("needs"),
    target=_("treatment goal"),
    targets=_("treatment goals"),
    step=_("step"),
    steps=_("steps"),
    agreement=_("treatment agreement"),
    ending=_("end of treatment"),
    helping=_("treating"),
    begin_journey=_("Begin a course of treatment"),
    book_meeting=_("Book an appointment"),
    next_meeting=_("Next appointment"),
    guided=_("My patients"),
    mine=_("My treatment"),
    no_meeting_booked=_("No appointment is booked yet."),
    open_meeting=_("Open the appointment"),
    close_meeting=_("Close the appointment"),
    meeting_number=_("Appointment %(number)s"),
)

PERSPECTIVES = (
    Perspective(key="self", label=_("you, the patient")),
    Perspective(key="other", label=_("a family member or carer")),
    Perspective(key="between", label=_("you and the condition, or you and the people round you")),
    Perspective(key="peer", label=_("someone with the same condition")),
    Perspective(key="guide", label=_("the clinician")),
    Perspective(key="system", label=_("home, work and services")),
    Perspective(key="knowledge", label=_("what is known of this treatment")),
    Perspective(key="time", label=_("you a year from now, or you at the start")),
)

FOCUSING = funnel(
    wide=(
        _("How have things been since we met?"),
        _("Which of these matters most to you today?"),
        _("And how are you in yourself?"),
    ),
    describe=(
        _("Take one day or one moment: what happened, in order?"),
        _("Where were you, and who was with you?"),
        _("What did you notice in your body, and what did you feel and do?"),
    ),
    explore=(
        _("What seems to make it worse, and what eases it, even a little?"),
        _("What do you make of it yourself? What do you fear it could mean?"),
        _("Now tell it as two other people would."),
    ),
    narrow=(
        _("What does this tell you about what helps you?"),
        _("What could be tried? If only one thing is worked on, which one?"),
        _("Which of your goals does it serve?"),
    ),
    act=(
        _("What is the first step, by when, with whose help?"),
        _("What might get in the way, on a bad day too?"),
        _("How will we both see that it worked?"),
    ),
)

PREPARATION = (
    Question(
        key="brings",
        text=_("What brings you here, in your own words?"),
        help=_("A few lines are enough. Your clinician sees them only when you send them."),
    ),
    Question(
        key="needs", text=_("How does it affect your days, and what would you most like help with?"), rows=4
    ),
    Question(key="aims", text=_("What would you like to be able to do again?")),
    Question(key="tried", text=_("What have you tried so far, and what has helped even a little?")),
    Question(
        key="treated",
        only_if=_("If you have been treated for this before"),
        text=_("By whom, and what would you like to be the same or different this time?"),
    ),
    Question(
        key="worries", text=_("Is there anything you are worried it might be, or worried about in treatment?")
    ),
    Question(
        key="know",
        text=_("What should we know so that you feel safe and comfortable?"),
        help=_(
            "For example an interpreter, getting in and out of the building, being touched, or bringing "
            "someone."
        ),
    ),
)

GUIDE_PREPARATION = (
    Question(key="offer", text=_("What do you know so far, and what can you offer?")),
    Question(
        key="expect", text=_("How long might a course take, and what would tell you that it is helping?")
    ),
    Question(
        key="safety",
        text=_("What do you need to ask about safety, and who else is involved in this person's care?"),
    ),
    Question(
        key="frame",
        text=_("What does this person need for the appointment: time, access, an interpreter, quiet?"),
    ),
    Question(
        key="wonder", text=_("What would you like to hear from them before you examine or explain?"), rows=2
    ),
)

ENDING_QUESTIONS = EndingQuestions(
    participant=(
        Question(key="process", text=_("How has the treatment gone, looking back?")),
        Question(
            key="benefit",
            text=_("How have you benefited, and what can you do now that you could not do then?"),
        ),
        Question(key="helped", text=_("What helped most, here and at home?")),
        Question(key="did_not_help", text=_("What did not help, or was missing?")),
    ),
    guide=(
        Question(key="process", text=_("How has the treatment gone, from where you sat?")),
        Question(key="benefit", text=_("How do you see that the patient has benefited?")),
        Question(
            key="helped",
            text=_("What seems to have helped most, and what did the patient themselves bring to it?"),
        ),
        Question(
            key="did_not_help", text=_("What did not help, and what should the next person know about it?")
        ),
    ),
)

SUPPORT = (
    SupportCategory(
        key="peer",
        label=_("People with the same condition"),
        help=_("A group, a class, or someone who has been through it: who, and when is the first time?"),
    ),
    SupportCategory(
        key="family",
        label=_("Family and friends"),
        help=_("Who is near you, what can they do, and what would you rather they did not do?"),
    ),
    SupportCategory(
        key="community",
        label=_("Community"),
        help=_("A walking group, a pool, a place of worship, a volunteer, a link worker at your surgery."),
    ),
    SupportCategory(
        key="online",
        label=_("Online"),
        help=_("Pages, videos or an app that your clinician and you both trust."),
    ),
    SupportCategory(
        key="professional",
        label=_("Professional"),
        help=_("Your GP, another service, and how to come back here: whom to call, and when."),
    ),
)

TREATMENT = Kind(
    slug="treatment",
    name=_("Treatment"),
    summary=_("A clinician and a patient agree what to work towards, and see together whether it helps."),
    words=WORDS,
    before_first=BEFORE_FIRST,
    agreement=AGREEMENT,
    perspectives=PERSPECTIVES,
    focusing=FOCUSING,
    preparation=PREPARATION,
    guide_preparation=GUIDE_PREPARATION,
    ending_questions=ENDING_QUESTIONS,
    ending_matters=ENDING_MATTERS,
    support_categories=SUPPORT,
    acknowledgement=Acknowledgement(participant_must=False),
    emergency_note=_(
        "Nobody is watching this page between appointments. In an emergency call 999 or go to A&E. For "
        "urgent advice call NHS 111, at any hour. If you are thinking of harming yourself, please talk to "
        "someone now: Samaritans are there day and night on 116 123, and your own contacts are in your "
        "agreement."
    ),
    meeting_shapes=(*MEETING_SHAPES, LAST_MEETING),
    supervised_note=_(
        "Your clinician has supervision of their own. What they take there is told without your name, without dates "
        "and places, and without your words, as your agreement says."
    ),
    templates=TEMPLATES,
)
