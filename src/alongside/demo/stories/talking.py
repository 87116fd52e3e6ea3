"""A talking therapy under way: two questionnaires each week, an answer that needed somebody at once, a missed and a
cancelled appointment, a week in which a colleague covered."""

from ..story import (
    CANCELLED,
    MISSED,
    UNDER_WAY,
    CoverStory,
    MeetingStory,
    NeedStory,
    Story,
    TargetStory,
)

DOROTHY = Story(
    kind="treatment",
    template="talking-therapy",
    guide="clinician",
    participant="dorothy",
    stage=UNDER_WAY,
    place="Quiet room",
    planned=12,
    preparation={
        "brings": "Since Frank died I get up, and then I don’t know what for.",
        "needs": "I sleep in the chair. I don’t answer the door. I used to sing on Thursdays.",
        "aims": "To want something again. My daughter would notice if I rang her first.",
        "tried": "Tablets from the doctor, for a while. Talking to him, out loud, in the kitchen.",
        "know": "A glass of water, and not too near the window.",
    },
    guide_preparation={
        "offer": "We could begin with small things in the day, and see what they do. We will look at other ways, too.",
        "frame": "When I am away, Ruth Castellan covers for me. You will know beforehand.",
    },
    safety_plan={
        "safety_signs": "I stop answering the telephone and leave the curtains drawn. I think that nobody would notice.",
        "safety_helps": "The radio, loud. Walking to the post box and back. Sitting in the kitchen, not in Frank’s chair.",
        "safety_keeps": "Mary’s children. The garden in May. I promised Frank I would look after the roses.",
        "safety_people": "Mary, my daughter, 01632 960 211\nJoan next door, 01632 960 215\nSamaritans, 116 123",
        "safety_called": "Mary, my daughter, 01632 960 211",
    },
    needs=(
        NeedStory(
            "To have something to get up for",
            2,
            "The mornings are the worst.",
            (
                TargetStory(
                    "I do one thing a day that I used to like",
                    "So that the days have a shape.",
                    "rating-0-10",
                    "2",
                    "7",
                    ("2", "2", "3", "4", "5", "6"),
                ),
            ),
        ),
        NeedStory("To be with people again", 3, "I have let everyone go quiet."),
    ),
    first_steps=(("Draw the curtains before breakfast", "partly", "Four mornings of seven"),),
    first_forms={"phq-9": "2222212102", "gad-7": "2221212"},
    meetings=(
        MeetingStory(
            "The curtains, most days. Sunday was long.",
            "One thing a day is enough for now.",
            "What an evening is like since Frank died, hour by hour.",
            "The radio on when it gets dark.",
            "“It is the hour when he came in.”",
            (("Radio on at dusk", "done", "It helped more than I thought"),),
            forms={"phq-9": "2222222112", "gad-7": "2222212"},
            safety_done=(
                "Called Dorothy at once. She has had such thoughts since Sunday, has no plan, and is with Mary tonight. We "
                "went through the safety plan together on the phone; the tablets are with Mary. I call again tomorrow at ten."
            ),
        ),
        MeetingStory(
            "Mary stayed for three days. Dorothy answered her telephone again.",
            "The thoughts have gone quiet. We look at the questions together each time.",
            "Being a burden: what Mary says, and what Dorothy hears.",
            "Ring Mary first, once this week.",
            "“She said she likes it when I ring.”",
            (("Ring Mary before she rings me", "done", "On Tuesday. We laughed."),),
            forms={"phq-9": "2121211102", "gad-7": "1221111"},
        ),
        MeetingStory(
            "Missed a week with a cold, and was cross about it.",
            "Six out of ten mornings are all right.",
            "Thursdays: the choir meets without her.",
            "Walk past the hall on Thursday; going in is not needed.",
            "“I could hear them from the pavement.”",
            (("Walk past the choir on Thursday", "done", "I stood there for two songs"),),
            forms={"phq-9": "1111111101", "gad-7": "1111111"},
        ),
        MeetingStory(
            "Stood outside for two songs. Someone waved.",
            "Better, and tired from it.",
            "What to say when they ask how she is.",
            "Go in on Thursday, sit at the back, leave when she likes.",
            "“Better than I was. Thank you for asking.”",
            (("Go in and sit at the back", "not_yet", ""),),
            forms={"phq-9": "1111101000", "gad-7": "1101011"},
        ),
    ),
    falls_out={4: (MISSED, "A heavy cold"), 5: (CANCELLED, "Mary’s birthday")},
    cover=CoverStory(by="colleague", before=5, reason="A week of leave"),
)
