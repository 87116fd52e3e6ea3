"""Ready templates for supervision."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.meeting_shape import meeting_parts
from alongside.journeys.kinds.shapes import MONTHLY, WEEKLY, Question, SuggestedTarget, Template
from alongside.journeys.kinds.templates.peer_supervision import PEER_SUPERVISION
from alongside.journeys.states import AfterMissed

STUDENT_PLACEMENT = Template(
    slug="student-placement",
    name=_("Student placement"),
    summary=_(
        "For a student on a placement of about eight weeks and the practitioner who looks after their "
        "learning."
    ),
    source=_(
        "Follows the usual course of a placement: first week, half-way review, final review. Alongside's own "
        "wording. It does not replace the assessment forms of the student's university."
    ),
    meeting_minutes=45,
    notice_hours=24,
    after_missed=AfterMissed.NOTHING,
    frequency=WEEKLY,
    planned_meetings=8,
    parts=meeting_parts(
        review=(
            10,
            _("What did you try this week, and what came of it? Begin with something that went well."),
        ),
        direction=(
            5,
            _("Which learning goals did this week touch? Is anything still waiting for its chance?"),
        ),
        issues=(20, _("One situation that taught you something or left you unsure. And how are you?")),
        plan=(10, _("What will you do, watch or ask to do next week, and who arranges it?")),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("Where are you in your course, and what have you done on earlier placements?"),
            help=_("So that you are not asked too much, or stopped from doing what you already can."),
        ),
        Question(key="needs", text=_("What do you feel sure of, and what makes you nervous?"), rows=4),
        Question(key="aims", text=_("What do you want to be able to do by the last week?")),
        Question(key="required", text=_("What does your university require of this placement?")),
        Question(
            key="learning",
            text=_("How do you like to be shown things, and how do you like to hear feedback?"),
        ),
        Question(
            key="know",
            text=_("Is there anything that would make the placement work better for you?"),
            help=_("Travel, caring for someone, health, faith, adjustments. Say only what you wish to."),
        ),
        Question(
            key="adjustments",
            only_if=_("If your university has agreed adjustments for you"),
            text=_("Which are they, and whom may we tell so that they happen?"),
            rows=2,
        ),
    ),
    guide_preparation=(
        Question(key="offer", text=_("What can a student see and do here in these weeks?")),
        Question(
            key="frame", text=_("Who else will work with the student, and who stands in when you are away?")
        ),
        Question(key="expect", text=_("What do you expect in the first week, at half-way, and by the end?")),
        Question(key="wonder", text=_("How will you make the first day a good one?"), rows=2),
    ),
    sections={
        "time": _(
            "We meet once a week for 45 minutes, eight times, in working time. In week four we hold the "
            "half-way review and in week eight the final one. Short questions in between are welcome at any "
            "time."
        ),
        "functions": _(
            "The supervisor looks after day-to-day learning. The assessor, who is someone else, judges at "
            "the end. The link tutor at the university is there for both of us."
        ),
        "confidentiality": _(
            "What we say stays between us, with these limits: the assessor and the university are told how "
            "learning is going, and the student hears it first. Anything that puts a patient, the student or "
            "someone else at risk is passed on. Patients are spoken of without names. The supervisor may "
            "take their own questions to their own supervision, without names."
        ),
        "concerns": _(
            "The student may always say 'I have not done this before' or 'I would like to stop'. A worry "
            "about progress is named in the week it is seen, with what would help and by when, and the link "
            "tutor is told no later than half-way. A safeguarding matter goes the same day to the "
            "safeguarding lead. If the two of us do not get on, either may ask the link tutor for help."
        ),
        "review": _(
            "We read this agreement again in the half-way review, with the student's own view "
            "first: what has worked, what has not, and what the second half needs. Either of us "
            "may ask for it sooner."
        ),
        "ending": _(
            "The placement ends on its last day with a closing session about what was learnt and what the "
            "next placement should build on. If it has to end early, the university is told and we still "
            "hold a closing talk. The student takes their record with them; names and notes about patients "
            "stay here."
        ),
    },
    suggested_needs=(
        _("Feeling confident when I begin a conversation with a patient"),
        _("Organising a whole shift or clinic, not only single tasks"),
        _("Explaining my reasoning aloud when I am asked"),
        _("Asking for help early"),
    ),
    suggested_targets=(
        SuggestedTarget(
            _("I carry out a first assessment from greeting to write-up with my supervisor only watching"),
            "gas",
        ),
        SuggestedTarget(_("I hand over a patient clearly in under three minutes"), "rating-0-10"),
        SuggestedTarget(_("I have followed patients from arrival to discharge"), "count"),
    ),
    first_steps=(
        _("Walk one patient's whole way through the service and note three questions"),
        _("Watch two assessments, then do the opening of the third"),
        _("Write down what I want feedback on before each clinic"),
    ),
)

CLINICAL_SUPERVISION = Template(
    slug="clinical-supervision",
    name=_("Clinical supervision"),
    summary=_(
        "For a practitioner who brings their own cases to a more experienced colleague, month by month."
    ),
    source=_(
        "Follows the widely used understanding that supervision serves learning, safe practice and "
        "well-being alike. Alongside's own wording; no professional body's form is copied, and a body may "
        "ask for more."
    ),
    meeting_minutes=60,
    notice_hours=24,
    after_missed=AfterMissed.NOTHING,
    frequency=MONTHLY,
    planned_meetings=10,
    parts=meeting_parts(
        review=(10, _("What became of what you meant to try? What has moved in the cases we spoke of?")),
        direction=(
            5,
            _("How does this fit with what you want to learn? What have we not looked at for long?"),
        ),
        issues=(
            33,
            _(
                "One piece of work that you are stuck with, moved by or proud of. And how is the work for "
                "you?"
            ),
        ),
        plan=(
            12,
            _("What will you do differently, and how will you notice what it changes for the patient?"),
        ),
    ),
    preparation=(
        Question(
            key="brings",
            text=_("What does your work look like at the moment?"),
            help=_("How many people you see, with what, in what setting. No names."),
        ),
        Question(
            key="needs", text=_("With which people or situations do you get stuck, again and again?"), rows=4
        ),
        Question(
            key="aims", text=_("What would you like to do more calmly, more clearly or more often in a year?")
        ),
        Question(key="strengths", text=_("What do you do well that you would not want to lose?")),
        Question(
            key="learning", text=_("Which supervision has helped you before, and what did the supervisor do?")
        ),
        Question(
            key="changed",
            only_if=_("If you have had supervision that did not help"),
            text=_("What was missing, and what would you like to be different this time?"),
            rows=2,
        ),
        Question(key="wellbeing", text=_("What does the work take from you, and what gives you strength?")),
    ),
    guide_preparation=(
        Question(
            key="offer", text=_("Where does your experience fit this person's work, and where does it not?")
        ),
        Question(
            key="frame",
            text=_("Do you have any say over this person's post or appraisal, and how will you handle it?"),
        ),
        Question(key="expect", text=_("What must you be told at once, and what will you do with it?")),
        Question(key="wonder", text=_("Who supervises your supervising?"), rows=2),
    ),
    sections={
        "methods": _(
            "We meet one to one. The supervisee brings one or two pieces of work; we look at what happened, "
            "tell it from more than one side, and narrow it down to one thing to try. Now and then we listen "
            "to a recording, with the client's written consent."
        ),
        "concerns": _(
            "Each of us is answerable for our own practice. If the supervisor sees a risk to a client, they "
            "say so plainly, and we agree what happens that day. If it is not put right, the supervisor has "
            "to tell the employer or the regulator, and says so first. If our work together goes badly, we "
            "name it, and if that does not help we ask a third person whom we both trust."
        ),
        "standing": _(
            "Both of us are registered and insured, and follow our profession's code. The supervisor has "
            "supervision of their own. Each writes the register and number here."
        ),
    },
    suggested_needs=(
        _("Knowing what to do when treatment is stuck"),
        _("Ending well with people who do not want to stop"),
        _("Leaving work at work"),
        _("Saying difficult things kindly and early"),
    ),
    suggested_targets=(
        SuggestedTarget(
            _("I review the plan with a patient when nothing has changed by the fourth appointment"), "gas"
        ),
        SuggestedTarget(_("I feel sure of my footing in a conversation about risk"), "rating-0-10"),
        SuggestedTarget(_("I have watched a colleague work, or been watched"), "count"),
        SuggestedTarget(_("I take my break on working days"), "yes-no"),
    ),
    first_steps=(
        _(
            "Choose one case that goes well and one that is stuck, and write three lines on each, without "
            "names"
        ),
        _("Ask one patient what has helped most so far"),
        _("Write down after each clinic how I leave it, in one word"),
    ),
)

PRECEPTORSHIP = Template(
    slug="preceptorship",
    name=_("Preceptorship"),
    summary=_(
        "For the first year of a newly qualified practitioner, with an experienced colleague at their side."
    ),
    source=_(
        "Follows the usual shape of a first year in post: closer together in the first weeks, reviews after "
        "three, six and twelve months. Alongside's own wording. A national or local framework may ask for "
        "further forms."
    ),
    meeting_minutes=60,
    notice_hours=24,
    after_missed=AfterMissed.NOTHING,
    frequency=MONTHLY,
    planned_meetings=12,
    parts=meeting_parts(
        review=(12, _("What have you done for the first time since we met? What became of your plan?")),
        direction=(8, _("Which of your goals has come closer, and what does the next review ask for?")),
        issues=(
            25,
            _("What stopped you sleeping, made you doubt, or made you glad? And how are you settling in?"),
        ),
        plan=(15, _("What will you try, whom will you ask to watch or help, and what can be put off?")),
    ),
    preparation=(
        Question(key="brings", text=_("What drew you to this work, and how have the first weeks been?")),
        Question(
            key="needs",
            text=_("What do you already do with ease, and what do you hope nobody asks of you yet?"),
            rows=4,
        ),
        Question(
            key="aims",
            text=_("What would you like to say about yourself as a practitioner in a year's time?"),
        ),
        Question(
            key="learning",
            text=_("How do you learn a new skill best, and how do you like to be told of a mistake?"),
        ),
        Question(key="wellbeing", text=_("What helps you rest after a hard day, and who is there for you?")),
        Question(
            key="know",
            text=_("Is there anything your preceptor should know so that this works for you?"),
            help=_("For example shifts, caring for someone, health, adjustments. Say only what you wish to."),
        ),
    ),
    guide_preparation=(
        Question(key="offer", text=_("What do you remember of your own first year that could help?")),
        Question(
            key="frame",
            text=_("Which skills must be signed off, by whom and by when? What time is protected for it?"),
        ),
        Question(key="expect", text=_("What may a newly qualified colleague not yet do alone here?")),
        Question(key="wonder", text=_("How will you let them know that asking is welcome?"), rows=2),
    ),
    sections={
        "time": _(
            "We meet every four weeks for an hour in working time, twelve times in the first year, and for a "
            "few minutes each week in the first two months. After three, six and twelve months the meeting "
            "is a review."
        ),
        "functions": _(
            "The preceptor is there for learning and settling in. The line manager is "
            "responsible for rota, probation and appraisal. The person who signs off a skill has "
            "watched it."
        ),
        "expectations": _(
            "The newly qualified practitioner says when something is new, too much or not clear, and brings "
            "one situation to each session. The preceptor makes time, watches, gives feedback on the same "
            "day where they can, and speaks up when the rota leaves no room for learning."
        ),
        "review": _(
            "We read this agreement again at each review, after three, six and twelve months: is there time "
            "enough, is it still about the right things, and what would we change? Either of us may ask for "
            "it sooner."
        ),
        "ending": _(
            "Preceptorship ends after twelve months with a closing session: what has been learnt, what the "
            "second year is for, and who the next supervisor is. Either of us may ask for another preceptor "
            "with two weeks' notice and no reasons given."
        ),
    },
    suggested_needs=(
        _("Setting priorities when everything comes at once"),
        _("Speaking up in the team and to senior colleagues"),
        _("Talking with worried or angry relatives"),
        _("Believing that I am good enough for this"),
    ),
    suggested_targets=(
        SuggestedTarget(_("I run a whole shift or clinic and know when to call for help"), "gas"),
        SuggestedTarget(_("I feel confident in my own judgement"), "rating-0-10"),
        SuggestedTarget(_("Skills from the local list have been watched and signed off"), "count"),
        SuggestedTarget(
            _("I have led a conversation with a family, with my preceptor in the room"), "yes-no"
        ),
    ),
    first_steps=(
        _("Make a list of what I have not done yet, and mark the three I would like to do first"),
        _("Ask to be watched once this month, and say beforehand what I want feedback on"),
        _("Find out whom to call at night and over the weekend, and write it on a card"),
    ),
)

TEMPLATES = (STUDENT_PLACEMENT, CLINICAL_SUPERVISION, PRECEPTORSHIP, PEER_SUPERVISION)
