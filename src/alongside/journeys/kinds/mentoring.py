"""Mentoring: a mentor with more of the road behind them, and a mentee who chooses where to go."""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.before_first import MENTORING as BEFORE_FIRST
from alongside.journeys.kinds.endings import MENTORING as ENDING_MATTERS
from alongside.journeys.kinds.last_meetings import MENTORING as LAST_MEETING
from alongside.journeys.kinds.meeting_shape import funnel
from alongside.journeys.kinds.meetings import MENTORING as MEETING_SHAPES
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
from alongside.journeys.kinds.templates.mentoring import TEMPLATES

WORDS = Words(
    journey=_("mentoring"),
    guide=_("mentor"),
    guides=_("mentors"),
    participant=_("mentee"),
    participants=_("mentees"),
    covering=_("covering mentor"),
    co_guide=_("second mentor"),
    meeting=_("mentoring meeting"),
    meetings=_("mentoring meetings"),
    first_meeting=_("first meeting"),
    need=_("need"),
    needs=_("needs"),
    target=_("goal"),
    targets=_("goals"),
    step=_("step"),
    steps=_("steps"),
    agreement=_("mentoring agreement"),
    ending=_("end of mentoring"),
    helping=_("mentoring"),
    begin_journey=_("Begin mentoring"),
    book_meeting=_("Book a meeting"),
    next_meeting=_("Next meeting"),
    guided=_("My mentees"),
    mine=_("My mentoring"),
    no_meeting_booked=_("No meeting is booked yet."),
    open_meeting=_("Open the meeting"),
    close_meeting=_("Close the meeting"),
    meeting_number=_("Meeting %(number)s"),
)

AGREEMENT = (
    Section(
        key="purpose",
        title=_("What mentoring is for"),
        prompt=_("Say in a few sentences what the mentee hopes for, and how meeting will help."),
        required=True,
        covers=("purpose",),
        example=_(
            "Mentoring is time to think with someone who has walked further along a similar road. The mentee "
            "decides where to go; the mentor asks, listens, shares what they have learnt, and opens a door "
            "where they can."
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
            "We meet every four weeks for an hour, and plan for eight meetings. We put the next date in both "
            "our diaries before we part, and neither of us lets other work push it out without offering a "
            "new date."
        ),
    ),
    Section(
        key="place",
        title=_("Where we meet"),
        prompt=_("Name the place, say how private it is, and who books it."),
        required=False,
        covers=("place",),
        example=_(
            "We meet where we can talk freely: a quiet room, a walk, or a video call with each of us alone. "
            "The mentee books it."
        ),
    ),
    Section(
        key="methods",
        title=_("How we work"),
        prompt=_("Say whether you meet in person or at a distance, and what you will do together."),
        required=False,
        covers=("form", "methods"),
        example=_(
            "We talk one to one, in person when we can. Sometimes we rehearse a conversation, read something "
            "the mentee has written, or the mentee comes along for part of a working day."
        ),
    ),
    Section(
        key="expectations",
        title=_("What we expect of each other"),
        prompt=_("Write what the mentee may expect of the mentor, and the mentor of the mentee."),
        required=True,
        covers=("expectations",),
        example=_(
            "The mentee may expect honesty, full attention, and no judgement. The mentor may expect the "
            "mentee to come with a question, to try what they chose to try, and to say when something is not "
            "helpful. The mentor does not manage, assess or find a job for the mentee."
        ),
    ),
    Section(
        key="preparation",
        title=_("Who prepares what"),
        prompt=_("Say what each of you does before a meeting, and who decides what it is about."),
        required=False,
        covers=("responsibilities",),
        example=_(
            "The mentee sends a line or two the day before: what has happened, and what today should be "
            "about. The mentor reads what we agreed last time."
        ),
    ),
    Section(
        key="confidentiality",
        title=_("What stays between us, and what cannot"),
        prompt=_(
            "Say what stays private, what would have to be passed on, to whom, and who may hear it without "
            "names."
        ),
        required=True,
        covers=("confidentiality",),
        example=_(
            "What we say stays between us, also towards managers, teachers and the people who "
            "run the programme; they hear only that we meet. The one limit is serious danger to "
            "someone, or something the law obliges us to report, and then we talk about it first "
            "if that is safe. The mentor may speak about their own mentoring with a supervisor "
            "or fellow mentors, without names."
        ),
    ),
    Section(
        key="concerns",
        title=_("Worries, and if this goes badly"),
        prompt=_(
            "Say what happens with a worry about someone's safety, or if one of you breaks the agreement."
        ),
        required=False,
        covers=("safeguarding",),
        example=_(
            "If one of us is worried about someone's safety, we do not keep it to ourselves: it "
            "goes the same day to the safeguarding contact of the programme. If we do not fit, "
            "either may say so without giving reasons, and the programme finds another mentor. "
            "Nobody is to blame for that."
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
            "We keep a few shared lines about each meeting in Alongside: what we looked back on, "
            "and the next steps. Both of us can read them and take a copy. Private notes are "
            "read by their author alone. The organisation that runs the mentoring is responsible "
            "for the data and keeps it as long as its policy says. Each of us may ask to see, "
            "correct, copy or delete what is held about us."
        ),
    ),
    Section(
        key="cancelling",
        title=_("Cancelling, being late, and contact in between"),
        prompt=_("Say how you cancel, what happens with a missed meeting, how to be reached, and any fee."),
        required=False,
        covers=("cancelling",),
        example=_(
            "We cancel as early as we can and offer a new date in the same message. After two missed "
            "meetings we talk about whether this is the right time for mentoring. Short messages in between "
            "are welcome; answers may take a few days."
        ),
    ),
    Section(
        key="us",
        title=_("The two of us"),
        prompt=_(
            "Write what is good to know: your histories, preferences, and how you know each other already."
        ),
        required=False,
        covers=("history",),
        example=_(
            "We have told each other a little of our own stories, and how we like to be spoken to when "
            "things are hard. If we meet in another role, we have said how we keep the two apart. Half-way "
            "through we ask each other how it is to work together."
        ),
    ),
    Section(
        key="measures",
        title=_("How we will see progress"),
        prompt=_("Say how you will tell whether it is helping, how often you look, and who sees it."),
        required=False,
        covers=("measures",),
        example=_(
            "For each goal the mentee says where it stands from 0 to 10, at the start and at every second "
            "meeting. The number is a way into a conversation; nobody else sees it."
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
            "We read this agreement again at the fourth meeting: is it still about the right things, and are "
            "we both getting what we hoped for? Either of us may ask for it sooner."
        ),
    ),
    Section(
        key="ending",
        title=_("How it ends"),
        prompt=_(
            "Say when mentoring is planned to end, how either may end it sooner, and what may come "
            "afterwards."
        ),
        required=True,
        covers=("ending",),
        example=_(
            "We plan to finish after eight meetings and keep the last one for looking back and looking "
            "ahead. Either of us may stop sooner; we give a month's notice if we can, and meet once more to "
            "say goodbye well. If other help is wanted, we think together about who that could be."
        ),
    ),
)

PERSPECTIVES = (
    Perspective(key="self", label=_("you")),
    Perspective(key="other", label=_("the person most affected")),
    Perspective(key="between", label=_("your relation with that person")),
    Perspective(key="peer", label=_("a peer")),
    Perspective(key="guide", label=_("the mentor")),
    Perspective(key="system", label=_("employer, field and society")),
    Perspective(key="knowledge", label=_("people who have done it")),
    Perspective(key="time", label=_("you a year from now, or you at the start")),
)

FOCUSING = funnel(
    wide=(
        _("What has been on your mind since we met?"),
        _("Which of these most deserves our time today?"),
        _("And how are you?"),
    ),
    describe=(
        _("What happened, in order?"),
        _("Who else was part of it? No names are needed."),
        _("What did you see, do and say, and what did you feel at the time?"),
    ),
    explore=(
        _("What made it go that way? What went well?"),
        _("What were you taking for granted, about yourself or about others?"),
        _("Now tell it as two other people would."),
    ),
    narrow=(
        _("What does this tell you about what you want, and what you can already do?"),
        _("What could be tried? If only one thing is worked on, which one?"),
        _("Which of your goals does it serve?"),
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
        text=_("What makes this a good moment for a mentor?"),
        help=_("A few lines are enough. You can change them until you send them."),
    ),
    Question(key="needs", text=_("What would you most like to think through, learn or decide?"), rows=4),
    Question(key="aims", text=_("If mentoring goes well, what will be different when it ends?")),
    Question(key="strengths", text=_("What are you already good at, and what have you got through before?")),
    Question(
        key="mentored",
        only_if=_("If you have had a mentor before"),
        text=_("What did you take from it, and what would you like to be different this time?"),
    ),
    Question(
        key="know",
        text=_("Is there anything your mentor should know so that this works for you?"),
        help=_("For example how direct you like people to be, or what you would rather not talk about."),
    ),
)

GUIDE_PREPARATION = (
    Question(
        key="offer",
        text=_("Which parts of your own road could be useful here, and which could get in the way?"),
    ),
    Question(key="expect", text=_("What do you hope for from the mentee, and what may they expect of you?")),
    Question(key="frame", text=_("How much time can you truly give, and for how long?"), rows=2),
    Question(key="wonder", text=_("What would you like to ask them first?"), rows=2),
)

ENDING_QUESTIONS = EndingQuestions(
    participant=(
        Question(key="process", text=_("How has the mentoring gone, looking back?")),
        Question(key="benefit", text=_("How have you benefited, and what do you see differently now?")),
        Question(key="helped", text=_("What helped most?")),
        Question(key="did_not_help", text=_("What did not help, or was missing?")),
    ),
    guide=(
        Question(key="process", text=_("How has the mentoring gone, from where you sat?")),
        Question(key="benefit", text=_("How do you see that the mentee has benefited?")),
        Question(key="helped", text=_("What that you did together seems to have helped most?")),
        Question(key="did_not_help", text=_("What did not help, and what did you learn as a mentor?")),
    ),
)

SUPPORT = (
    SupportCategory(
        key="peer",
        label=_("Peers"),
        help=_("Someone on the same road to meet now and then: who, and when is the first time?"),
    ),
    SupportCategory(
        key="workplace",
        label=_("At work or in your studies"),
        help=_("A manager, a tutor, a colleague who wants you to do well."),
    ),
    SupportCategory(
        key="community",
        label=_("Community"),
        help=_("Family, friends, a club, a place of worship: people who know you for more than your work."),
    ),
    SupportCategory(
        key="online", label=_("Online"), help=_("A network, a forum or a course that you really use.")
    ),
    SupportCategory(
        key="professional",
        label=_("Professional"),
        help=_("A careers service, a professional body, a coach or counsellor, or your next mentor."),
    ),
)

MENTORING = Kind(
    slug="mentoring",
    name=_("Mentoring"),
    summary=_("A mentor who knows the road walks part of it with someone who chooses where to go."),
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
        "Nobody is watching this page between meetings. If you or someone else is in danger, call the "
        "emergency services. If things feel too heavy to wait, please speak today to someone you trust, your "
        "doctor or a helpline."
    ),
    meeting_shapes=(*MEETING_SHAPES, LAST_MEETING),
    supervised_note=_(
        "Your mentor may talk about their mentoring with a supervisor. What they take there is told without your name, "
        "without dates and places, and without your words, as your agreement says."
    ),
    templates=TEMPLATES,
)
