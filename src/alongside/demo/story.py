"""The shape of a story: what two people said and did, week by week, before the demo is opened."""

from dataclasses import dataclass, field

MISSED, CANCELLED = "missed", "cancelled"
INVITED, TOMORROW, UNDER_WAY, ENDED = "invited", "tomorrow", "under way", "ended"


@dataclass(frozen=True)
class TargetStory:
    difference: str
    why: str
    measure: str
    baseline: str
    aim: str
    readings: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    knowing: str = ""


@dataclass(frozen=True)
class NeedStory:
    statement: str
    then: int
    then_words: str
    targets: tuple[TargetStory, ...] = ()
    now: int = 0
    now_words: str = ""


@dataclass(frozen=True)
class FocusingStory:
    """How the two, or the participant alone, came from an issue to one step. Of one's own, `shared` levels are open."""

    issue: str
    said: dict[str, str]  # level.box -> what was written there
    serves: str
    act: tuple[str, str, str]  # text, how it went, a word on it
    support: str = ""
    obstacle: str = ""
    success_sign: str = ""
    together: bool = True
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseStory:
    """What a guide who is stuck takes to their own supervision, without saying who it is about."""

    question: str
    targets: tuple[tuple[str, str], ...]  # the target as it was agreed, and in the guide's own words
    age_band: str = ""
    also_called: str = ""  # names that are only looked for


@dataclass(frozen=True)
class MeetingStory:
    """One held meeting after the first: what was noted, and the steps planned in it, each with how it went.

    `case` is taken to the guide's own supervision after it; in a supervision, what lies on its agenda is taken up where
    `focusing` is about no issue of its own, and `came` is what came of it.
    """

    review: str
    direction: str
    issues: str
    plan: str
    summary: str
    steps: tuple[tuple[str, str, str], ...] = ()  # text, how it went (done, partly, not_yet), a word on it
    private: str = ""
    focusing: FocusingStory | None = None
    shape: str = ""
    case: CaseStory | None = None
    came: str = ""
    forms: dict[str, str] = field(
        default_factory=dict
    )  # the day before: an answer a figure, question by question
    safety_done: str = ""  # what the guide did after an answer about harm in them

    @property
    def to_review(self) -> tuple[tuple[str, str, str], ...]:
        """What the next review is about: what came of a focusing, and the steps."""
        return (*((self.focusing.act,) if self.focusing else ()), *self.steps)


@dataclass(frozen=True)
class CoverStory:
    """Somebody stood in for the guide in the week before one meeting."""

    by: str
    before: int
    reason: str


@dataclass(frozen=True)
class LaterStory:
    """What was answered four weeks after the end; without `helping` nobody has answered yet."""

    helping: str = ""
    words: str = ""
    doing: str = ""
    rating: int = 0
    rating_words: str = ""
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndingStory:
    participant: dict[str, str] = field(default_factory=dict)
    guide: dict[str, str] = field(default_factory=dict)
    support: tuple[tuple[str, str, str, str], ...] = ()  # category, who, how to reach, first contact
    key_points: tuple[str, ...] = ()
    strategies: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    matters: dict[str, str] = field(default_factory=dict)  # what is not here was said to be nothing
    later: LaterStory | None = None


@dataclass(frozen=True)
class Story:
    kind: str
    template: str
    guide: str
    participant: str
    stage: str
    preparation: dict[str, str] = field(default_factory=dict)
    guide_preparation: dict[str, str] = field(default_factory=dict)
    safety_plan: dict[str, str] = field(default_factory=dict)
    needs: tuple[NeedStory, ...] = ()
    first_steps: tuple[tuple[str, str, str], ...] = ()
    first_forms: dict[str, str] = field(default_factory=dict)
    falls_out: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Before which meeting one was missed or cancelled, and why; the meeting is a week later then."""
    cover: CoverStory | None = None
    meetings: tuple[MeetingStory, ...] = ()
    ending: EndingStory = EndingStory()
    place: str = ""
    planned: int = 10
    account: bool = True
