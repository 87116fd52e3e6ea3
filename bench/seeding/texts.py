"""Made-up words of ordinary length, the same in every run."""

from __future__ import annotations

SENTENCES = (
    "We looked at how the week went and where it became difficult.",
    "The handover on Tuesday took longer than planned, but nothing was left out this time.",
    "What helped was to say at the beginning what I want from the conversation.",
    "I noticed that I fall silent when two people disagree, and that I come home tired after it.",
    "Sleeping is better: five nights of seven without lying awake for long.",
    "We agreed to try the shorter version first and to look at it again in two weeks.",
    "It is still hard to ask for help before it is urgent.",
    "I walked to the bridge and back twice, once in the rain, with a pause half way.",
    "She asked me what I would tell a friend, and I had an answer at once.",
    "The stairs are the measure: two floors without holding on, by the end of the month.",
    "I will write down three questions before the clinic and ask at least one of them.",
    "Between us it felt easier to speak about what did not work.",
    "The first draft is finished; the part about the method still needs a picture.",
    "On the days with a plan I did twice as much as on the days without one.",
    "My manager knows about it now, which I had put off since the spring.",
    "We want to come back to the question of the night shifts next time.",
)
FIRST_NAMES = ("Amara", "Ben", "Chidi", "Dilys", "Edith", "Farid", "Gwen", "Hugo", "Ines", "Jonas", "Kavita", "Leo",
               "Mina", "Noor", "Owen", "Priya", "Rosa", "Samir", "Tilda", "Yusuf")  # fmt: skip
LAST_NAMES = ("Abara", "Bell", "Carver", "Dune", "Ellis", "Fenwick", "Grey", "Hale", "Ibarra", "Jarvis", "Keller",
              "Lund", "Marsh", "Novak", "Okoye", "Pryce", "Quill", "Rowe", "Sato", "Thorne")  # fmt: skip


def name(number: int) -> str:
    return f"{FIRST_NAMES[number % 20]} {LAST_NAMES[number // 20 % 20]}"


def line(number: int) -> str:
    return SENTENCES[number % len(SENTENCES)]


def note(number: int, sentences: int = 4) -> str:
    """A paragraph of that many sentences."""
    return " ".join(SENTENCES[(number * 7 + index * 3) % len(SENTENCES)] for index in range(sentences))
