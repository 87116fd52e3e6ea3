"""Supervision: a supervisor and a student, a supervisee or a newly qualified colleague."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.before_first import SUPERVISION as BEFORE_FIRST
from alongside.journeys.kinds.endings import SUPERVISION as ENDING_MATTERS
from alongside.journeys.kinds.last_meetings import SUPERVISION as LAST_MEETING
from alongside.journeys.kinds.meeting_shape import funnel
from alongside.journeys.kinds.meetings import SUPERVISION as MEETING_SHAPES
from alongside.journeys.kinds.shapes import (
    Acknowledgement,
    EndingQuestions,
    Kind,
    Perspective,
    Question,
    Section,
    SupportCategory,
    Words,
)
from alongside.journeys.kinds.templates.supervision import TEMPLATES

WORDS = Words(
    journey=_("supervision"),
    guide=_("supervisor"),
    guides=_("supervisors"),
    participant=_("supervisee"),
    participants=_("supervisees"),
    covering=_("covering supervisor"),
    co_guide=_("second supervisor"),
    meeting=_("supervision session"),
    meetings=_("supervision sessions"),
    first_meeting=_("first session"),
    need=_("learning need"),
    needs=_("learning needs"),
    target=_("learning goal"),
    targets=_("learning goals"),
    step=_("step"),
    steps=_("steps"),
    agreement=_("supervision agreement"),
    ending=_("end of supervision"),
    helping=_("supervising"),
    begin_journey=_("Begin supervision"),
    book_meeting=_("Book a session"),
    next_meeting=_("Next session"),
    guided=_("My supervisees"),
    mine=_("My supervision"),
    no_meeting_booked=_("No session is booked yet."),
    open_meeting=_("Open the session"),
    close_meeting=_("Close the session"),
    meeting_number=_("Session %(number)s"),
)

AGREEMENT = (
    Section(
        key="purpose",
        title=_("What supervision is for"),
        prompt=_("Say in a few sentences what this supervision is for, and how meeting will help."),
        required=True,
        covers=("purpose",),
        example=_(
            "Supervision is time set aside to think about the work: to learn from it, to keep it safe for "
            "the people we serve, and to be looked after while doing it. We will look closely at real "
            "situations, decide what to try next, and come back to see what came of it."
        ),
    ),
    Section(
        key="time",
        title=_("How often, how long, how many"),
        prompt=_(
            "Say how often you meet, for how long, roughly how many times, and how the time is protected."
        ),
        required=True,
        covers=("time",),
        example=_(
            "We meet every four weeks for 60 minutes, and plan for ten sessions. The time is in both our "
            "diaries as working time. We give it up only for something that cannot wait, and then we find a "
            "new time the same day."
        ),
    ),
    Section(
        key="place",
        title=_("Where we meet, and who books it"),
        prompt=_("Name the place, say how private and quiet it is, and who books it."),
        required=True,
        covers=("place",),
        example=_(
            "We meet in a room with a door that closes, where we will not be overheard or interrupted. The "
            "supervisor books it. If we have to meet by video, each of us is alone in a room and says so at "
            "the start."
        ),
    ),
    Section(
        key="methods",
        title=_("How we work"),
        prompt=_(
            "Say whether you meet one to one or as peers, in person or at a distance, and what you will do."
        ),
        required=False,
        covers=("form", "methods"),
        example=_(
            "We meet one to one, mostly in person. We talk situations through, watch each other at work "
            "where that is possible, and now and then try something out in the room. Recordings of clients "
            "are used only with their written consent."
        ),
    ),
    Section(
        key="expectations",
        title=_("What each of us brings"),
        prompt=_(
            "Say what each of you prepares, what the agenda is, and what you may expect of one another."
        ),
        required=False,
        covers=("responsibilities", "expectations"),
        example=_(
            "The supervisee chooses what to bring and says so the day before. The supervisor reads it, keeps "
            "the time, listens before advising, and says plainly what is going well and what needs to "
            "change. Both of us do what we said we would, or say early that we could not."
        ),
    ),
    Section(
        key="functions",
        title=_("Who supervises what"),
        prompt=_(
            "If more than one person supervises, name who looks after practice, management and well-being."
        ),
        required=False,
        covers=("functions",),
        example=_(
            "This supervision looks after practice and well-being. Workload, leave and appraisal belong to "
            "the line manager, and we do not mix the two without saying so."
        ),
    ),
    Section(
        key="confidentiality",
        title=_("What stays between us, and what cannot"),
        prompt=_(
            "Say what stays private, what has to be passed on, to whom, and who may hear it without names."
        ),
        required=True,
        covers=("confidentiality",),
        example=_(
            "What we say stays between us. Clients are spoken of without names. The supervisor may take "
            "their own questions about this work to their own supervision, without names. If someone is at "
            "risk of serious harm, or practice is unsafe, it has to be passed on; whenever it is safe to, we "
            "talk about it together first."
        ),
    ),
    Section(
        key="concerns",
        title=_("Worries about safety or practice, and if this goes badly"),
        prompt=_(
            "Say what happens with a safeguarding matter, a worry about practice, or a broken agreement."
        ),
        required=True,
        covers=("safeguarding",),
        example=_(
            "A safeguarding matter goes the same day to the safeguarding lead, by the person who noticed it. "
            "A worry about practice is named here first, early and kindly, with what would put it right and "
            "by when; if that is not enough, the line manager or the programme is told, and the supervisee "
            "knows beforehand. If our work together goes badly, either of us may say so and ask for a third "
            "person to help."
        ),
    ),
    Section(
        key="records",
        title=_("Records and data protection"),
        prompt=_(
            "Say what is written down, where, by whom, who can read it, how long it is stored, "
            "and on what basis."
        ),
        required=True,
        covers=("records", "data_protection"),
        example=_(
            "We keep a short shared record of each session in Alongside: what we reviewed, what "
            "we decided, the next steps. Both of us can read it and take a copy. Private notes "
            "are read by their author alone. Nothing that could identify a client is written "
            "here. Our employer is responsible for the data and keeps it as long as its policy "
            "says; and each of us may ask to see, correct or copy what is held about us."
        ),
    ),
    Section(
        key="cancelling",
        title=_("Cancelling, being late, and contact between sessions"),
        prompt=_("Say how you cancel, what happens with a missed session, how to be reached, and any fee."),
        required=False,
        covers=("cancelling",),
        example=_(
            "If one of us cannot come, we say so as early as we can and offer two new times. "
            "If one of us is late, we still finish on time. A missed session without a word is "
            "talked about at the next one. Between sessions a short message is fine; anything "
            "urgent in practice goes to the person in charge that day."
        ),
    ),
    Section(
        key="us",
        title=_("The two of us"),
        prompt=_(
            "Write what is good to know: experience of supervision, preferences, how you know each other "
            "already."
        ),
        required=False,
        covers=("history",),
        example=_(
            "We have talked about supervision we have had before, what helped and what did not. If we know "
            "each other from elsewhere, we have said how we keep the two apart. Twice a year we ask each "
            "other how it is to work together."
        ),
    ),
    Section(
        key="standing",
        title=_("Registration, insurance and code of ethics"),
        prompt=_(
            "If it applies, name each person's register and number, insurance, and the code you both follow."
        ),
        required=False,
        covers=("registration", "ethics"),
        example=_(
            "Each of us is registered or enrolled as our profession asks, is insured for this work, and "
            "follows our profession's code. If any of that changes we say so at once."
        ),
    ),
    Section(
        key="measures",
        title=_("How we will see progress"),
        prompt=_("Say which measures you use, how often, and who sees them."),
        required=False,
        covers=("measures",),
        example=_(
            "Each learning goal has its own measure, chosen together, and a mark for where it stood at the "
            "start. We look at it in every third session. Nobody else sees the marks unless we both decide "
            "to show them."
        ),
    ),
    Section(
        key="review",
        title=_("When we look at this agreement again"),
        prompt=_(
            "Give the date of the next review, and say how you will judge whether the agreement is working."
        ),
        required=True,
        covers=("review_date", "evaluation"),
        example=_(
            "We read this agreement again after three months, and at least once a year: what has "
            "worked, what has not, and what we would now write differently. Either of us may ask "
            "for it sooner."
        ),
    ),
    Section(
        key="ending",
        title=_("How it ends"),
        prompt=_("Say how and when supervision is planned to end, what notice is given, and who comes next."),
        required=True,
        covers=("ending",),
        example=_(
            "We plan to finish after the agreed number of sessions, and keep the last one for looking back. "
            "Either of us may end earlier with one month's notice and a closing talk. If supervision has to "
            "go on, we name the next supervisor before we stop, and the supervisee decides what is passed on."
        ),
    ),
)

PERSPECTIVES = (
    Perspective(key="self", label=_("you, as you acted")),
    Perspective(key="other", label=_("the client or patient")),
    Perspective(key="between", label=_("your relation with that person")),
    Perspective(key="peer", label=_("a colleague who watched")),
    Perspective(key="guide", label=_("the supervisor")),
    Perspective(key="system", label=_("team, organisation, rules and culture")),
    Perspective(key="knowledge", label=_("evidence and theory")),
    Perspective(key="time", label=_("you a year from now, or you at the start")),
)

FOCUSING = funnel(
    wide=(
        _("What from your work has stayed with you since we met?"),
        _("Which of these most deserves our time today?"),
        _("And how are you?"),
    ),
    describe=(
        _("What took place, in order?"),
        _("Who was there? No names are needed."),
        _("What did you see, do and say, and what did you feel at the time?"),
    ),
    explore=(
        _("What made it go that way? What went well?"),
        _("What were you taking for granted?"),
        _("Now tell it as two other people would."),
    ),
    narrow=(
        _("What does this tell you that you can use elsewhere in your practice?"),
        _("What could be tried? If only one thing is worked on, which one?"),
        _("Which of your learning goals does it serve?"),
    ),
    act=(
        _("What is the first step, by when, with whose help?"),
        _("What might get in the way?"),
        _("How will we both see that it worked?"),
    ),
)

PREPARATION = (
    Question(
        key="brings",
        text=_("What brings you to supervision now?"),
        help=_("A few lines are enough. You can change them until you send them."),
    ),
    Question(
        key="needs", text=_("What do you most want to be able to do, understand or carry better?"), rows=4
    ),
    Question(key="aims", text=_("If supervision goes well, what will be different when it ends?")),
    Question(key="learning", text=_("What has helped you learn before, and what has got in the way?")),
    Question(
        key="supervised",
        only_if=_("If you have had supervision before"),
        text=_("What was good about it, and what would you like to be different this time?"),
    ),
    Question(
        key="know",
        text=_("Is there anything your supervisor should know so that this works for you?"),
        help=_("For example how you like to hear feedback, or what makes a meeting easier for you."),
    ),
)

GUIDE_PREPARATION = (
    Question(key="offer", text=_("What can you offer this supervisee, and where are your limits?")),
    Question(key="expect", text=_("What do you expect of them, and what may they expect of you?")),
    Question(key="frame", text=_("What is already fixed: times, place, requirements, who else is involved?")),
    Question(key="wonder", text=_("What would you like to ask them first?"), rows=2),
)

ENDING_QUESTIONS = EndingQuestions(
    participant=(
        Question(key="process", text=_("How has the supervision gone, looking back?")),
        Question(key="benefit", text=_("How have you benefited, in your work and in yourself?")),
        Question(key="helped", text=_("What helped most?")),
        Question(key="did_not_help", text=_("What did not help, or was missing?")),
    ),
    guide=(
        Question(key="process", text=_("How has the supervision gone, from where you sat?")),
        Question(key="benefit", text=_("How do you see that the supervisee has benefited?")),
        Question(key="helped", text=_("What that you did together seems to have helped most?")),
        Question(
            key="did_not_help", text=_("What did not help, and what would you do differently next time?")
        ),
    ),
)

SUPPORT = (
    SupportCategory(
        key="peer",
        label=_("Peers"),
        help=_("A colleague or a small group at the same stage: who, and when do you first meet?"),
    ),
    SupportCategory(
        key="workplace",
        label=_("At work"),
        help=_("A manager, a senior colleague, a team meeting where questions are welcome."),
    ),
    SupportCategory(
        key="online", label=_("Online"), help=_("A network, a journal club or a course that you really use.")
    ),
    SupportCategory(
        key="professional",
        label=_("Professional"),
        help=_("Your next supervisor, your professional body, or someone to talk to when the work is hard."),
    ),
)

SUPERVISION = Kind(
    slug="supervision",
    name=_("Supervision"),
    summary=_(
        "A supervisor helps a student or colleague to learn from their work, do it safely and stay well in "
        "it."
    ),
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
    acknowledgement=Acknowledgement(participant_must=True),
    emergency_note=_(
        "Nobody is watching this page between sessions. If someone is in danger, call the "
        "emergency services. If a client's safety is at stake, speak now to the person in "
        "charge where you work; do not wait for supervision."
    ),
    meeting_shapes=(*MEETING_SHAPES, LAST_MEETING),
    supervised_note=_(
        "Your supervisor may take questions about this work to supervision of their own. That is done without your name, "
        "without dates and places, and without your words, as your agreement says."
    ),
    hears_cases=True,
    templates=TEMPLATES,
)
