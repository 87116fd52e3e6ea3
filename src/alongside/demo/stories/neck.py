"""A treatment that ended last month: six weekly appointments, and what was taken along."""

from ..story import ENDED, EndingStory, LaterStory, MeetingStory, NeedStory, Story, TargetStory
from . import safety_plans

NECK = Story(
    kind="treatment",
    template="acupuncture-course",
    guide="clinician",
    participant="ines",
    stage=ENDED,
    place="Consulting room 2",
    planned=6,
    safety_plan=safety_plans.INES,
    preparation={
        "brings": "Headaches three or four times a week since I changed jobs.",
        "needs": "To get through a working week without lying down in the dark.",
        "aims": "Fewer headaches, and to know what to do when one begins.",
    },
    needs=(
        NeedStory(
            "Fewer days lost to headache",
            2,
            "I plan my life around them.",
            (
                TargetStory(
                    "Headache days in a week",
                    "So that weekends are mine.",
                    "count",
                    "4",
                    "1",
                    ("4", "4", "3", "3", "2", "1"),
                ),
                TargetStory(
                    "I work at the screen without pain",
                    "",
                    "rating-0-10",
                    "3",
                    "7",
                    ("3", "4", "5", "6", "7", "8"),
                ),
            ),
            8,
            "One last week. I had forgotten what a clear head is like.",
        ),
    ),
    first_steps=(("Note each headache: when, where, what went before", "done", "The afternoons, always"),),
    meetings=(
        MeetingStory(
            "The diary shows a pattern: after four hours at the screen without a break.",
            "Right goals.",
            "Skips lunch when busy.",
            "Lunch away from the desk, three days.",
            "“It isn’t out of the blue after all.”",
            (("Lunch away from the desk, three days", "done", "Even twice with a colleague"),),
        ),
        MeetingStory(
            "Three headache days instead of four.",
            "Going the right way.",
            "Jaw held tight when concentrating.",
            "A pause on the hour: jaw, shoulders, look out of the window.",
            "“My jaw is my early warning.”",
            (("Pause on the hour", "partly", "When I remember"),),
        ),
        MeetingStory(
            "Pauses on most days. Still three.",
            "Both goals right; the screen is easier than it was.",
            "A Friday evening on the sofa in the dark, and what went before it.",
            "Stop at the first sign, not at the third.",
            "“I have always waited until it was too late.”",
            (("Stop work at the first sign", "done", "Twice. My manager did not mind"),),
        ),
        MeetingStory(
            "Two days, and both were short.",
            "Nearly there.",
            "Whether it will last without coming here.",
            "Write down what to do when one begins.",
            "“I know what to do with one now.”",
            (("My plan for a headache, on one card", "done", "It is in my bag"),),
        ),
        MeetingStory(
            "One headache, gone after a walk.",
            "Reached, says Inês.",
            "What she takes with her.",
            "Nothing new; the card stays in the bag.",
            "“I have my weekends back.”",
            (),
        ),
    ),
    ending=EndingStory(
        participant={
            "process": "Calm, and never hurried. I knew each time what came next.",
            "benefit": "I have my weekends back, and I see a headache coming.",
            "helped": "The diary, the pauses, and lying still for half an hour.",
            "did_not_help": "The first appointment was at the end of the day, which was hard.",
        },
        guide={
            "process": "Inês came with a pattern and did the work between appointments.",
            "benefit": "From four headache days to one, and she knows what sets them off.",
            "helped": "Looking at the diary together before anything else.",
            "did_not_help": "I asked for a second diary that nobody needed.",
        },
        support=(
            ("peer", "Lunch with Marta", "Tuesdays and Thursdays", "next Tuesday"),
            ("professional", "Daniel Reyes", "the clinic’s desk", "only if they come back"),
        ),
        key_points=("Headaches begin in the jaw.", "A break is part of the work."),
        strategies=(("I notice my jaw", "stop, breathe out and look out of the window"),),
        signs=(("Two headaches in one week", "I start the diary again and take lunch outside"),),
        matters={
            "discharge": "Tension headaches since the spring, four days a week at first. Acupuncture once a week, a diary, "
            "and pauses at work. Now one day a week, mild, and gone after a walk.",
            "return_plan": "Diary for a week, lunch outside every day. If there are two or more in a week for three "
            "weeks, or one that is quite different from all before, I ring the clinic’s desk.",
            "remains": "The chair at work is still the old one.",
        },
        later=LaterStory(),
    ),
)
