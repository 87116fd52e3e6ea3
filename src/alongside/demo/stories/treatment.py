"""The treatments: under way, stuck, ended, of mood, beginning tomorrow, just begun; and one elsewhere."""

from ..story import (
    INVITED,
    TOMORROW,
    UNDER_WAY,
    CaseStory,
    FocusingStory,
    MeetingStory,
    NeedStory,
    Story,
    TargetStory,
)
from . import safety_plans
from .neck import NECK
from .talking import DOROTHY

BACK = Story(
    kind="treatment",
    template="low-back-pain",
    guide="clinician",
    participant="patient",
    stage=UNDER_WAY,
    place="Consulting room 2",
    safety_plan=safety_plans.MARGARET,
    preparation={
        "brings": "It went in April, lifting my grandson into the car. It has never quite let go since.",
        "needs": "Getting out of bed. Standing at the sink. I gave up the allotment and I miss it.",
        "aims": "To dig a bed again. To sleep through. To pick Alfie up without thinking about it.",
        "tried": "Tablets, a belt from the chemist, and lying down, which makes it worse.",
        "worries": "My mother ended up in a chair. I suppose I’m afraid it is going that way.",
    },
    guide_preparation={
        "offer": "Dr Hollis has written to me about your back. Nothing in the letter worries me, and you don’t need a scan.",
        "frame": "You cooked for a school, look after Alfie two days a week, and have an allotment you miss.",
    },
    needs=(
        NeedStory(
            "To move without being afraid of my back",
            3,
            "I brace before everything, even tying a shoe.",
            (
                TargetStory(
                    "I garden again, little and often",
                    "It is where I feel like myself.",
                    "gas",
                    "-2",
                    "0",
                    ("-2", "-1", "-1", "0"),
                    (
                        "I don’t go to the allotment",
                        "I go and sit, and do ten minutes standing",
                        "I do half an hour of light work twice a week",
                        "I do an hour with a break, twice a week",
                        "I dig a new bed over a month",
                    ),
                    "What I manage on the allotment in an ordinary week",
                ),
                TargetStory(
                    "I bend and lift the shopping without bracing",
                    "Then I’ll trust myself with Alfie.",
                    "rating-0-10",
                    "3",
                    "7",
                    ("3", "4", "5", "6"),
                ),
            ),
            6,
            "I catch myself having bent down without noticing.",
        ),
        NeedStory(
            "To sleep",
            4,
            "Up at three, and then I lie there listening to it.",
            (
                TargetStory(
                    "I sleep through", "Everything is worse tired.", "count", "1", "5", ("1", "2", "4", "4")
                ),
            ),
            6,
            "Four good nights most weeks.",
        ),
    ),
    first_steps=(
        ("Walk to the corner and back after breakfast, every day", "done", "Did it even in the rain"),
        ("Write down the nights I sleep through", "done", ""),
    ),
    meetings=(
        MeetingStory(
            "Walked every day. Surprised that it eased rather than stirred things up.",
            "Both goals still right. Margaret would like the garden to come first.",
            "Afraid that the ache after walking is damage. We looked at what ‘sore but safe’ feels like.",
            "Ten minutes standing work at the allotment, with the stool at hand.",
            "“It aches but it isn’t breaking.”",
            (
                ("Ten minutes at the allotment, twice", "partly", "Once; it poured on Thursday"),
                ("Bend from the hips, ten times, morning and evening", "done", "It is in the routine now"),
            ),
            "Guarding very marked when watched, far less when she talks about Alfie.",
        ),
        MeetingStory(
            "Went once and stayed twenty minutes without meaning to.",
            "The line is going the right way. Sleep is up to four nights.",
            "A bad night after sitting through a long school concert.",
            "Get up and move at the interval, without apologising.",
            "“I stayed longer than we said and nothing happened.”",
            (
                ("Twenty minutes at the allotment, twice", "done", "Planted the broad beans"),
                ("No lying down in the daytime", "partly", "Four days of seven"),
            ),
        ),
        MeetingStory(
            "Broad beans are in. Less lying down; the afternoons feel longer, in a good way.",
            "Re-read the goal for lifting: still right.",
            "Her daughter carries everything for her. How to say ‘let me’?",
            "Say to Jen: let me try, and I’ll tell you if it’s too much.",
            "“I want to be asked, not spared.”",
            (
                ("Talk with Jen about carrying", "done", "She cried a bit. So did I."),
                ("Lift the half-full shopping bag, both sides", "partly", "Left side easier"),
            ),
        ),
        MeetingStory(
            "Talked with Jen. Carries half the shopping now.",
            "Allotment at the level we hoped for. Sleep holding at four nights.",
            "A flare on Sunday after moving a compost bin. Two days of worry, then it settled.",
            "A plan for flares on one page: what I do on day one, two and three.",
            "“It flared and I didn’t go to bed with it.”",
            (
                ("Half an hour on the allotment, twice", "done", ""),
                ("Pick Alfie up from the sofa, knees bent", "partly", "Once, and it was fine"),
            ),
            "Ready to space the appointments. Raise next time.",
            focusing=FocusingStory(
                issue="The flare after the compost bin",
                said={
                    "wide.how_are_you": "Better than I would have been in May.",
                    "describe.account": (
                        "Sunday morning I dragged the bin across the path. By the evening I couldn’t turn. Two "
                        "bad days, then it let go."
                    ),
                    "describe.feeling_then": "That all of it had been for nothing.",
                    "explore.perspective_other": "Jen rang three times. She was more frightened than I was.",
                    "explore.perspective_knowledge": "Flares come and go. They are not new damage.",
                    "explore.patterns": "I did on Sunday what I would have done over four days.",
                    "narrow.insight": "A flare is a bad week, not the way back to the start.",
                    "narrow.focus": "Know beforehand what I do on day one.",
                },
                serves="I bend and lift the shopping without bracing",
                act=("Write the flare plan on one page", "not_yet", "Started it on the back of an envelope"),
                support="Jen, who will have a copy",
                obstacle="Not wanting to think about it while it is good",
                success_sign="It hangs inside the kitchen cupboard",
            ),
        ),
    ),
)

TALKING = Story(
    kind="treatment",
    template="talking-therapy",
    guide="clinician",
    participant="walter",
    stage=TOMORROW,
    place="Quiet room",
    preparation={
        "brings": "Since I retired I can’t seem to get going. My wife noticed before I did.",
        "needs": "A reason to get up. To stop going over old things at night.",
    },
    needs=(
        NeedStory("A reason to get up", 3, "The days run into each other."),
        NeedStory("To stop going over old things", 4, "Nights mostly."),
    ),
)

KARL = Story(
    kind="treatment",
    template="low-back-pain",
    guide="clinician",
    participant="karl",
    stage=INVITED,
    place="Consulting room 2",
    account=False,
)

STUCK = Story(
    kind="treatment",
    template="low-back-pain",
    guide="clinician",
    participant="rosa",
    stage=UNDER_WAY,
    place="Consulting room 2",
    safety_plan=safety_plans.ROSA,
    preparation={
        "brings": "Two years now. I drive the 14, and by the second round I can’t sit any more.",
        "needs": "To get through a shift.",
        "tried": "Everything. Heat, a cushion, the gym for a month.",
        "worries": "That they will take me off driving.",
    },
    needs=(
        NeedStory(
            "To get through a shift",
            3,
            "I count the stops.",
            (
                TargetStory(
                    "I drive a whole shift without standing up at the terminus",
                    "Because then I have my break for myself.",
                    "psfs",
                    "3",
                    "7",
                    ("3", "4", "3", "3", "4", "4"),
                ),
                TargetStory(
                    "Pain at its usual level troubles me less",
                    "",
                    "pain-0-10",
                    "6",
                    "3",
                    ("6", "6", "7", "6", "6", "6"),
                ),
            ),
        ),
    ),
    first_steps=(("Two exercises, morning and evening", "partly", "In the evening I’m done in"),),
    meetings=(
        MeetingStory(
            "Exercises on four of seven evenings.",
            "Both goals right.",
            "The seat can’t be changed: five drivers share the bus.",
            "One more exercise for the terminus.",
            "“I’ll try.”",
            (("The standing stretch at each terminus", "partly", "When nobody is looking"),),
        ),
        MeetingStory(
            "The stretch, sometimes. A bad week.",
            "No change yet.",
            "Slept badly before the early shifts.",
            "Sleep first, exercises second.",
            "“It’s the earlies.”",
            (("To bed at nine before an early shift", "not_yet", "The boys come home at ten"),),
        ),
        MeetingStory(
            "Nine exercises by now; does three of them.",
            "The lines are flat. We said so to each other.",
            "She comes every week, and I add something every week.",
            "Keep what there is; add nothing until we know more.",
            "“You never asked what I do all day.”",
            (("Keep to the three exercises you like", "done", ""),),
            "Stuck. Am I treating her back or my worry? Take it to Miriam.",
            case=CaseStory(
                question=(
                    "Four appointments and nothing moves. Each week I teach something new because the last thing did not "
                    "help, and they are too kind to say so. Am I treating this person, or my own unease?"
                ),
                targets=(
                    (
                        "I drive a whole shift without standing up at the terminus",
                        "Sitting for as long as the work asks for it",
                    ),
                    ("Pain at its usual level troubles me less", "For it to hurt less on most days"),
                ),
                age_band="40-49",
                also_called="Rosie, the boys",
            ),
        ),
        MeetingStory(
            "We went through Tuesday’s shift, hour by hour.",
            "Both still right; the first is about the breaks.",
            "The timetable leaves four minutes at the terminus, and she uses them to tidy the bus.",
            "Sit down for those four minutes, and let the bus be.",
            "“Nobody ever wrote down my day before.”",
            (("Sit out the four minutes at two termini", "partly", "Once, and the sky did not fall"),),
            "Eight exercises taken away. She looked relieved. So was I.",
        ),
        MeetingStory(
            "Sat out the break once.",
            "A little better on the days with a break, not yet on the line.",
            "Whoever makes the timetable doesn’t know that the breaks are gone.",
            "Think about who could tell them.",
            "“I’m not the only one on the 14.”",
            (("Ask two colleagues whether they get their break", "done", "Neither does"),),
            case=CaseStory(
                question=(
                    "I went through a working day with them and found that the breaks have gone from it. It helped us both "
                    "to see that, and it isn’t something I can treat. How far do I go for somebody outside the room?"
                ),
                targets=(
                    (
                        "I drive a whole shift without standing up at the terminus",
                        "Sitting for as long as the work asks for it",
                    ),
                ),
                age_band="40-49",
                also_called="Rosie, the boys",
            ),
        ),
    ),
)

ELSEWHERE = Story(
    kind="treatment",
    template="low-back-pain",
    guide="stranger",
    participant="client",
    stage=TOMORROW,
    place="The front room",
    preparation={"brings": "My shoulder, since the winter."},
    needs=(NeedStory("To reach the top shelf", 4, "I use a stool."),),
)

TREATMENT = (BACK, NECK, TALKING, KARL, ELSEWHERE, STUCK, DOROTHY)
