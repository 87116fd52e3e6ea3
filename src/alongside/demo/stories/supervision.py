"""Supervision: a student placement, a clinician's own supervision, a preceptorship that ended, and one just invited."""

from ..story import (
    ENDED,
    TOMORROW,
    UNDER_WAY,
    EndingStory,
    FocusingStory,
    MeetingStory,
    NeedStory,
    Story,
    TargetStory,
)

PLACEMENT = Story(
    kind="supervision",
    template="student-placement",
    guide="supervisor",
    participant="student",
    stage=UNDER_WAY,
    place="Seminar room",
    preparation={
        "brings": "Second placement. On the first I was quiet and was told so at the end, not before.",
        "needs": "To examine someone without losing the thread. To be told early.",
        "aims": "To run an assessment from hello to plan with you only watching.",
        "strengths": "I prepare. Patients say I listen.",
    },
    guide_preparation={"offer": "Out-patient mornings with time for review afterwards."},
    needs=(
        NeedStory(
            "To examine without losing the thread",
            3,
            "I forget what I was going to ask as soon as they answer.",
            (
                TargetStory(
                    "I lead a first assessment from start to plan",
                    "It is what the placement is for.",
                    "gas",
                    "-2",
                    "0",
                    ("-2", "-1", "0", "0"),
                    (
                        "I watch and take notes",
                        "I lead parts, with prompts",
                        "I lead a whole assessment, observed",
                        "I lead and explain my reasoning to the patient",
                        "I lead with someone in great distress",
                    ),
                    "What Miriam sees in an observed assessment",
                ),
                TargetStory("I say my reasoning aloud", "", "rating-0-10", "2", "7", ("2", "4", "5", "6")),
            ),
            6,
            "I have a thread of my own now.",
        ),
        NeedStory(
            "To hear early how I’m doing",
            4,
            "I’d rather know on the day.",
            (
                TargetStory(
                    "I ask for feedback the same day",
                    "So that I can use it.",
                    "count",
                    "0",
                    "3",
                    ("0", "1", "3", "3"),
                ),
            ),
            8,
            "I ask, and it is never as bad as I think.",
        ),
    ),
    first_steps=(
        ("Observe two assessments and write the order of questions", "done", "Three in the end"),
        ("Ask one colleague for feedback this week", "partly", "Asked; she was off ill"),
    ),
    meetings=(
        MeetingStory(
            "Three assessments watched. The order is always: story, worry, body.",
            "Both targets are right.",
            "Froze when a patient cried. We told it as the patient might.",
            "Lead the first part of one assessment.",
            "“Silence was kinder than a question.”",
            (("Lead the story part of one assessment", "done", "Went past my time, but she thanked me"),),
            "Good eye. Rushes when watched from behind; sit beside him next time.",
            focusing=FocusingStory(
                issue="I froze when a patient cried",
                said={
                    "describe.account": (
                        "She stopped in the middle of a sentence and cried. I looked at my sheet and asked the next "
                        "question on it. She answered it. Nobody said anything about the crying."
                    ),
                    "describe.feeling_then": "Hot in the face. That I had done it.",
                    "explore.perspective_other": (
                        "I had just said it aloud for the first time. I needed a minute, not a question."
                    ),
                    "explore.perspective_peer": "He was kind until it got hard, and then he was quick.",
                    "explore.patterns": "The sheet is what I hold on to. I take silence for my mistake.",
                    "narrow.insight": "Silence is part of the examination. It is where the patient goes on.",
                    "narrow.options": (
                        "Put the sheet down when something happens\nSay what I see: ‘this is hard to speak "
                        "about’\nCount three breaths"
                    ),
                    "narrow.focus": "Stay, when it goes quiet.",
                },
                serves="I lead a first assessment from start to plan",
                act=(
                    "Wait three breaths before the next question",
                    "done",
                    "She went on by herself after two",
                ),
                support="Miriam sits where I can see her",
                obstacle="Running late, as on Mondays",
                success_sign="The patient says something I had not asked for",
            ),
        ),
        MeetingStory(
            "Led the story part. Ran over, and said so.",
            "From watching to leading parts.",
            "Too many questions in one breath.",
            "One question, then wait for three breaths.",
            "“Ask, then stop.”",
            (
                ("One question, then wait", "partly", "Better in the mornings"),
                ("Ask for feedback on the day, twice", "done", "Once from a patient"),
            ),
        ),
        MeetingStory(
            "Feedback twice, one of them from a patient: ‘you let me finish’.",
            "Asking the same day: on course.",
            "Unsure when to say ‘I don’t know’.",
            "Say it once, to a patient, and see.",
            "“I don’t know yet, and here is how we’ll find out.”",
            (("Say ‘I don’t know yet’ once, with what comes next", "done", "He relaxed"),),
            shape="long-review",
        ),
        MeetingStory(
            "Said it. The patient relaxed.",
            "Led a whole assessment, observed. Level 0 reached.",
            "Notes take him an hour in the evening.",
            "Write the plan before the patient leaves.",
            "“The note is part of the visit.”",
            (
                ("Prepare one case for the team meeting", "done", ""),
                ("Read the chapter on pain behaviour", "not_yet", "Got it from the library"),
            ),
            focusing=FocusingStory(
                issue="My notes take an hour in the evening",
                said={
                    "wide.how_are_you": "Tired. I fall asleep over the last one.",
                    "describe.account": (
                        "Five notes on Tuesday, from seven to eight. I write everything, in case it is asked "
                        "for."
                    ),
                    "explore.perspective_guide": (
                        "I read the last three lines of a note. The plan is what I look for."
                    ),
                    "explore.patterns": "I write for the examiner in my head, not for whoever comes next.",
                    "narrow.insight": "A note is for the next person. What they need fits on half a page.",
                    "narrow.focus": "The plan first, and while the patient is there.",
                },
                serves="I say my reasoning aloud",
                act=("Write the plan while the patient is there", "partly", "Two of five"),
                obstacle="I lose eye contact when I type",
                success_sign="I go home at six on Tuesday",
                together=False,
                shared=("narrow",),
            ),
        ),
    ),
)

CLINICAL = Story(
    kind="supervision",
    template="clinical-supervision",
    guide="supervisor",
    participant="clinician",
    stage=UNDER_WAY,
    place="Seminar room",
    preparation={
        "brings": "A full caseload, and one treatment in which I feel stuck.",
        "needs": "To think aloud somewhere safe, and to notice when I push.",
        "aims": "To go home without taking anybody with me.",
    },
    guide_preparation={"offer": "An hour every week for a month, then every fortnight."},
    needs=(
        NeedStory(
            "To notice when I push",
            4,
            "Usually I hear it on the way home.",
            (
                TargetStory(
                    "I notice it while it happens",
                    "Then I can still do something else.",
                    "rating-0-10",
                    "3",
                    "7",
                    ("3", "4", "5", "6"),
                ),
            ),
            7,
            "I hear myself breathe in, and wait.",
        ),
    ),
    first_steps=(
        ("After each clinic, write down one moment in which I pushed", "done", "There was one each day"),
    ),
    meetings=(
        MeetingStory(
            "One moment for each day, five in all. Three of them in the last ten minutes.",
            "The right target.",
            "The last ten minutes: giving one thing more because it has not helped yet.",
            "Finish five minutes early, and see what comes.",
            "“I push when I’m worried that I’m not enough.”",
            (("Finish five minutes early, with everybody", "partly", "Three of five"),),
        ),
        MeetingStory(
            "Finished early three times. Twice somebody told me what mattered.",
            "Noticing has moved a little.",
            "",
            "Ask, and give nothing new.",
            "“I have been treating the scan, not the shift.”",
            (),
            focusing=FocusingStory(
                issue="",
                said={
                    "describe.account": (
                        "Four appointments. Each time I ask how the week was, hear that it was the same, and teach one "
                        "exercise more. There are nine by now."
                    ),
                    "describe.feeling_then": "That I owe them something for coming.",
                    "explore.perspective_other": (
                        "He is kind and he is busy. I don’t like to say that I can’t do nine exercises at a terminus."
                    ),
                    "explore.perspective_guide": "You have told me a lot about exercises, and nothing about a day at work.",
                    "explore.patterns": "When it doesn’t move, I add.",
                    "narrow.insight": "I don’t know what a working day is like, and that is where it hurts.",
                    "narrow.focus": "Ask about one shift, hour by hour, and take eight exercises away.",
                },
                serves="I notice it while it happens",
                act=(
                    "Go through one shift, hour by hour, and add nothing",
                    "done",
                    "Took the whole hour. Worth it.",
                ),
                success_sign="I am told something I did not know",
            ),
            came="Go through one working day hour by hour before anything is added. Take away all exercises but one.",
        ),
        MeetingStory(
            "Went through one shift hour by hour. It never stands still for longer than four minutes.",
            "Noticed it twice, while it happened.",
            "What to do with what I heard: it is about work, and I am not the employer.",
            "Say so, and ask who could help.",
            "“Not everything that hurts is mine to mend.”",
            (("Ask who at work could be spoken with", "not_yet", "This week"),),
        ),
    ),
)

PRECEPTORSHIP = Story(
    kind="supervision",
    template="preceptorship",
    guide="supervisor",
    participant="grace",
    stage=ENDED,
    place="Seminar room",
    planned=8,
    preparation={
        "brings": "Newly qualified, proud and frightened.",
        "aims": "To take charge of a bay by the summer.",
    },
    needs=(
        NeedStory(
            "To take charge of a bay",
            2,
            "I look round for the nurse, and it is me.",
            (
                TargetStory(
                    "I hand over a bay with confidence", "", "rating-0-10", "2", "7", ("2", "4", "6", "8")
                ),
                TargetStory(
                    "I ask for help before it is urgent",
                    "Late help is no help.",
                    "count",
                    "0",
                    "2",
                    ("0", "2", "3"),
                ),
            ),
            8,
            "I am the nurse.",
        ),
    ),
    first_steps=(("Give one handover with Miriam listening", "done", "Left out the drip; nobody died"),),
    meetings=(
        MeetingStory(
            "Handover given; one thing left out, noticed by herself.",
            "Good.",
            "Asking the registrar at night.",
            "Write the two sentences beforehand.",
            "“Two sentences, then ring.”",
            (("Write two sentences before each call", "done", "On the back of my hand once"),),
        ),
    ),
    ending=EndingStory(
        participant={
            "process": "I was never made to feel small.",
            "benefit": "I take a bay and sleep afterwards.",
            "helped": "Handovers listened to by someone who wanted them to be good.",
            "did_not_help": "Meeting at the end of nights.",
        },
        guide={
            "process": "Grace learnt to ask early, which is most of it.",
            "benefit": "She leads, and is asked by others.",
            "helped": "Writing the two sentences.",
            "did_not_help": "Rooms we had to leave half-way.",
        },
        support=(
            ("peer", "Newly qualified group", "Wednesdays at four", "this Wednesday"),
            ("workplace", "Sister Danes", "on the ward", "at the next shift together"),
        ),
        key_points=("Ask early.", "A handover is a gift to the next person."),
        strategies=(("I’m not sure", "write two sentences and ring"),),
        signs=(("I stay an hour late twice in a week", "I tell Sister Danes on the day"),),
        matters={
            "handed_over": "Everybody in the bay was handed over at the bedside, and told so the week before.",
            "remains": "The drug round on her own: with Sister Danes, in the new year.",
        },
    ),
)

NEW = Story(
    kind="supervision",
    template="student-placement",
    guide="supervisor",
    participant="owen",
    stage=TOMORROW,
    place="Seminar room",
    preparation={
        "brings": "My first placement. I have read a lot and touched nobody.",
        "needs": "To know what I may do and whom I ask.",
    },
    needs=(NeedStory("To know whom I ask", 3, "I’d rather not be in the way."),),
)

SUPERVISION = (PLACEMENT, CLINICAL, PRECEPTORSHIP, NEW)
