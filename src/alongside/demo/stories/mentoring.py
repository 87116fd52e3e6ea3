"""Mentoring: towards leading a team, back to work, a first year, and one just invited."""

from ..story import (
    ENDED,
    INVITED,
    TOMORROW,
    UNDER_WAY,
    EndingStory,
    FocusingStory,
    LaterStory,
    MeetingStory,
    NeedStory,
    Story,
    TargetStory,
)

LEADING = Story(
    kind="mentoring",
    template="career",
    guide="mentor",
    participant="mentee",
    stage=UNDER_WAY,
    place="Video call",
    preparation={
        "brings": "I was asked to stand in as team lead and said no. I’d like to be able to say yes.",
        "needs": "To find out what kind of lead I would be, and whether I want it.",
        "aims": "To apply for the post in spring, or to decide with a clear head not to.",
        "strengths": "I explain things well. People come to me when they are stuck.",
    },
    guide_preparation={"offer": "I turned my first lead role down too. I could speak about that."},
    needs=(
        NeedStory(
            "To be heard in larger rooms",
            4,
            "I have the thought, then somebody else says it.",
            (
                TargetStory(
                    "I say what I think in the department meeting",
                    "It is where decisions are made.",
                    "count",
                    "0",
                    "2",
                    ("0", "1", "1", "2"),
                    knowing="How often I spoke up in the last meeting",
                ),
                TargetStory(
                    "I feel at ease disagreeing with my manager",
                    "",
                    "rating-0-10",
                    "2",
                    "6",
                    ("2", "3", "5", "5"),
                ),
            ),
            6,
            "I said it first, last week.",
        ),
        NeedStory(
            "To decide whether I want to lead",
            5,
            "Half of me does.",
            (
                TargetStory(
                    "I have led something small from start to end",
                    "So that I decide from experience.",
                    "gas",
                    "-1",
                    "0",
                    ("-1", "-1", "0"),
                    (
                        "Nothing led",
                        "I help somebody else to lead",
                        "I lead one small project to its end",
                        "I lead it and hand it over well",
                        "I lead two and choose a third",
                    ),
                ),
            ),
            7,
            "I do want it. Not everywhere, but here.",
        ),
    ),
    first_steps=(
        ("Ask Jonas how he came to lead", "done", "He was glad to be asked"),
        ("Note after each meeting what I did not say", "partly", "Two of four"),
    ),
    meetings=(
        MeetingStory(
            "Talked with Jonas. The notes show a pattern: I wait until it is polished.",
            "Both goals stand.",
            "What would a half-finished thought cost? Looked at it as her manager would.",
            "One unfinished sentence aloud in the next meeting.",
            "“Half-finished is allowed.”",
            (
                (
                    "Say one unfinished thought in the Thursday meeting",
                    "done",
                    "Nobody laughed; two people built on it",
                ),
            ),
        ),
        MeetingStory(
            "It worked, and felt odd all day.",
            "Speaking up: from none to one.",
            "The manager answers emails at midnight, and she feels she must too.",
            "Ask him what he expects, instead of guessing.",
            "“I was keeping a rule nobody made.”",
            (("List three small projects I could lead", "done", ""),),
            focusing=FocusingStory(
                issue="My manager writes at midnight, and I answer",
                said={
                    "describe.account": (
                        "Three times last week. The phone lights up, I read it in bed, I answer so that it is "
                        "gone."
                    ),
                    "explore.perspective_other": (
                        "I write when it comes to me. I would be embarrassed if I knew somebody got up for it."
                    ),
                    "explore.perspective_time": (
                        "A year from now I have a team that does the same, because I did."
                    ),
                    "explore.patterns": "I guess what is expected, and then I keep to my guess.",
                    "narrow.insight": "I was keeping a rule nobody made. Asking costs less than guessing.",
                    "narrow.options": (
                        "Switch the phone off at nine\nAnswer in the morning and see what happens\nAsk him"
                    ),
                    "narrow.focus": "Ask, instead of guessing.",
                },
                serves="I feel at ease disagreeing with my manager",
                act=("Ask Marcus what he expects about late emails", "done", "He schedules them now"),
                obstacle="That it sounds like a complaint",
                success_sign="I know the answer instead of supposing it",
            ),
        ),
        MeetingStory(
            "He had no idea. Emails wait until morning.",
            "The project list is good; the onboarding guide is the one.",
            "Fear of having to tell a friend that his part is late.",
            "Agree with Ola how we’ll talk when something slips.",
            "“Lead the work, keep the friend.”",
            (("Agree with Ola how we tell each other bad news", "partly", "Begun, over lunch"),),
        ),
        MeetingStory(
            "Onboarding guide is half done and on time.",
            "Disagreeing at ease: 5, and steady.",
            "The post is advertised earlier than thought.",
            "Draft the application before deciding.",
            "“I’ll write it first, then decide.”",
            (
                ("Draft one page of the application", "partly", "Heading and three bullet points"),
                ("Finish the onboarding guide with Ola", "done", "Out on Monday"),
            ),
            "She is ready; careful not to decide it for her.",
        ),
    ),
)

RETURN = Story(
    kind="mentoring",
    template="return-to-work",
    guide="mentor",
    participant="noah",
    stage=ENDED,
    place="Video call",
    planned=6,
    preparation={
        "brings": "A year away, and everything has a new name.",
        "aims": "To stop feeling like a guest.",
    },
    needs=(
        NeedStory(
            "To feel that I belong again",
            3,
            "A guest in my own team.",
            (
                TargetStory(
                    "I end the week with energy left",
                    "For the children.",
                    "rating-0-10",
                    "3",
                    "6",
                    ("3", "4", "6", "7"),
                ),
                TargetStory("I have said what hours I work", "", "yes-no", "0", "1", ("0", "1")),
            ),
            8,
            "I’m back. Differently, and that’s all right.",
        ),
    ),
    first_steps=(("Tell two people what I can do this month and what not", "done", ""),),
    meetings=(
        MeetingStory(
            "Told both. One was relieved.",
            "Fine as they are.",
            "Guilt when leaving at three.",
            "Leave at three without explaining, for a week.",
            "“I leave, and the building stands.”",
            (("Leave at three, no explanation, for one week", "done", "Hardest on Monday"),),
        ),
    ),
    ending=EndingStory(
        participant={
            "process": "Steady. Six conversations that I looked forward to.",
            "benefit": "I stopped apologising for my hours.",
            "helped": "Saying it aloud to someone who wasn’t my manager.",
            "did_not_help": "Nothing to speak of. Perhaps a seventh.",
        },
        guide={
            "process": "Noah brought one true thing each time.",
            "benefit": "He speaks of the team as ‘we’ again.",
            "helped": "Small steps with a date.",
            "did_not_help": "I was too quick with advice in the second session.",
        },
        support=(("workplace", "Parents at work group", "first Monday of the month", "in January"),),
        key_points=("My hours are a fact, not an apology.", "Energy is what I plan with."),
        strategies=(("somebody books a meeting after three", "offer two other times, and no reason"),),
        signs=(("Working after the children are in bed twice in a week", "I tell Kim and move something"),),
        matters={"remains": "Asking for the bigger project. In spring, when the youngest is at school."},
        later=LaterStory(
            helping="yes",
            words="Three o’clock is simply when I go. Nobody asks any more.",
            doing="The sentence on the card above my desk.",
            rating=8,
            rating_words="Part of it. Some days more than others.",
            readings=("6", "1"),
        ),
    ),
)

FIRST_YEAR = Story(
    kind="mentoring",
    template="first-year-student",
    guide="mentor",
    participant="ben",
    stage=TOMORROW,
    place="Video call",
    preparation={"brings": "First in my family here. I don’t know what I don’t know."},
    needs=(NeedStory("To know how this place works", 2, "Everyone else seems to have had a letter."),),
)

NEW = Story(kind="mentoring", template="career", guide="mentor", participant="aisha", stage=INVITED)

MENTORING = (LEADING, RETURN, FIRST_YEAR, NEW)
