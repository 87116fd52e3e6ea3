"""PHQ-9 and GAD-7: the questions as data, and their scoring. No total from an incomplete questionnaire.

The wording is that of the published forms. A translation must be the published one as well, not a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .catalogue import PFIZER_LINE, Text

if TYPE_CHECKING:
    from numpy import ndarray

    Array: TypeAlias = ndarray[Any, Any]
Given: TypeAlias = Mapping[int, object] | Sequence[object]
"""Answers by the number of their question, or in the order of the questions; None or "" is no answer."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    score: int
    text: Text
    loinc: str = ""


FREQUENCY = (
    Answer(score=0, text=_("Not at all"), loinc="LA6568-5"),
    Answer(score=1, text=_("Several days"), loinc="LA6569-3"),
    Answer(score=2, text=_("More than half the days"), loinc="LA6570-1"),
    Answer(score=3, text=_("Nearly every day"), loinc="LA6571-9"),
)
# LOINC words this answer of GAD-7 question 2 differently, with its own code; the form keeps its wording.
FREQUENCY_OF_WORRY = (
    *FREQUENCY[:2],
    Answer(score=2, text=_("More than half the days"), loinc="LA18938-3"),
    FREQUENCY[3],
)
DIFFICULTY = (
    Answer(score=0, text=_("Not difficult at all")),
    Answer(score=1, text=_("Somewhat difficult")),
    Answer(score=2, text=_("Very difficult")),
    Answer(score=3, text=_("Extremely difficult")),
)


@dataclass(frozen=True, kw_only=True)
class Item:
    number: int
    text: Text
    loinc: str
    answers: tuple[Answer, ...] = FREQUENCY
    scored: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Band:
    """A band of totals. It is known by its word: equal to its key, and to its label as the reader has it."""

    key: str
    label: Text
    lowest: int
    highest: int

    def __str__(self) -> str:
        return str(self.label)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Band):
            return (self.key, self.lowest, self.highest) == (other.key, other.lowest, other.highest)
        return isinstance(other, str) and other in (self.key, str(self.label))

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, kw_only=True)
class Instrument:
    key: str
    name: Text
    stem: Text
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    panel_loinc: str
    total_loinc: str
    permission_line: Text
    safety_item: int | None = None
    """Any answer to this question but *not at all* opens the safety path at once, whatever the total."""

    @property
    def scored_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.scored)


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a set of answers comes to: no total and no band unless every scored question is answered."""

    instrument: str
    total: int | None
    band: Band | None
    safety: bool
    missing: tuple[int, ...]
    """The scored questions without an answer."""

    @property
    def complete(self) -> bool:
        return not self.missing


PHQ_9 = Instrument(
    key="phq-9",
    name=_("Patient Health Questionnaire (PHQ-9)"),
    stem=_("Over the last 2 weeks, how often have you been bothered by any of the following problems?"),
    items=(
        Item(number=1, loinc="44250-9", text=_("Little interest or pleasure in doing things")),
        Item(number=2, loinc="44255-8", text=_("Feeling down, depressed, or hopeless")),
        Item(number=3, loinc="44259-0", text=_("Trouble falling or staying asleep, or sleeping too much")),
        Item(number=4, loinc="44254-1", text=_("Feeling tired or having little energy")),
        Item(number=5, loinc="44251-7", text=_("Poor appetite or overeating")),
        Item(
            number=6,
            loinc="44258-2",
            text=_(
                "Feeling bad about yourself - or that you are a failure or have let yourself or your family "
                "down"
            ),
        ),
        Item(
            number=7,
            loinc="44252-5",
            text=_("Trouble concentrating on things, such as reading the newspaper or watching television"),
        ),
        Item(
            number=8,
            loinc="44253-3",
            text=_(
                "Moving or speaking so slowly that other people could have noticed? Or the opposite - being "
                "so fidgety or restless that you have been moving around a lot more than usual"
            ),
        ),
        Item(
            number=9,
            loinc="44260-8",
            text=_("Thoughts that you would be better off dead or of hurting yourself in some way"),
        ),
        Item(
            number=10,
            loinc="69722-7",
            text=_(
                "If you checked off any problems, how difficult have these problems made it for you to do "
                "your work, take care of things at home, or get along with other people?"
            ),
            answers=DIFFICULTY,
            scored=False,
        ),
    ),
    bands=(
        Band(key="none-minimal", label=_("none-minimal"), lowest=0, highest=4),
        Band(key="mild", label=_("mild"), lowest=5, highest=9),
        Band(key="moderate", label=_("moderate"), lowest=10, highest=14),
        Band(key="moderately-severe", label=_("moderately severe"), lowest=15, highest=19),
        Band(key="severe", label=_("severe"), lowest=20, highest=27),
    ),
    panel_loinc="44249-1",
    total_loinc="44261-6",
    permission_line=PFIZER_LINE,
    safety_item=9,
)

GAD_7 = Instrument(
    key="gad-7",
    name=_("Generalised Anxiety Disorder questionnaire (GAD-7)"),
    stem=_("Over the last 2 weeks, how often have you been bothered by the following problems?"),
    items=(
        Item(number=1, loinc="69725-0", text=_("Feeling nervous, anxious or on edge")),
        Item(
            number=2,
            loinc="68509-9",
            text=_("Not being able to stop or control worrying"),
            answers=FREQUENCY_OF_WORRY,
        ),
        Item(number=3, loinc="69733-4", text=_("Worrying too much about different things")),
        Item(number=4, loinc="69734-2", text=_("Trouble relaxing")),
        Item(number=5, loinc="69735-9", text=_("Being so restless that it is hard to sit still")),
        Item(number=6, loinc="69689-8", text=_("Becoming easily annoyed or irritable")),
        Item(number=7, loinc="69736-7", text=_("Feeling afraid as if something awful might happen")),
    ),
    bands=(
        Band(key="minimal", label=_("minimal"), lowest=0, highest=4),
        Band(key="mild", label=_("mild"), lowest=5, highest=9),
        Band(key="moderate", label=_("moderate"), lowest=10, highest=14),
        Band(key="severe", label=_("severe"), lowest=15, highest=21),
    ),
    panel_loinc="69737-5",
    total_loinc="70274-6",
    permission_line=PFIZER_LINE,
)

INSTRUMENTS: dict[str, Instrument] = {each.key: each for each in (PHQ_9, GAD_7)}
LOINC_NOTICE: Promise = _(
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, "
    "Inc. and the LOINC Committee and is available at no cost under the licence at http://loinc.org/license."
)


def score(instrument: str | Instrument, answers: Given) -> Score:
    """The total and its band when every scored question is answered; the safety answer in any case.

    ValueError for an answer the form does not offer. Ask `safety_raised` first when they come from outside:
    it never raises.
    """
    form = INSTRUMENTS[instrument] if isinstance(instrument, str) else instrument
    given = {number: _offered(form, number, answer) for number, answer in _numbered(answers)}
    scored = [(item.number, given.get(item.number)) for item in form.scored_items]
    missing = tuple(number for number, answer in scored if answer is None)
    total = None if missing else sum(answer for _number, answer in scored if answer is not None)
    return Score(
        instrument=form.key,
        total=total,
        band=None if total is None else band_of(form, total),
        safety=safety_raised(form, answers),
        missing=missing,
    )


@dataclass(frozen=True, kw_only=True)
class Scores:
    """The scores of many sets of answers, one place for each."""

    instrument: str
    total: Array
    """-1 where the form is incomplete: no total is made of it."""
    band: Array
    """The place of the band among the form's bands; -1 without a total."""
    complete: Array
    safety: Array


NO_ANSWER = -1
ROWS_AT_ONCE = 16_384
"""So many forms stay in the fast memory of a processor while they are worked on."""


def score_many(instrument: str | Instrument, answers: Any) -> Scores:
    """`score` for many forms at once: one row each, one column a question in order; no answer is -1.

    ValueError when any row holds an answer the form does not offer.
    """
    import numpy as np  # only where many are asked for: a page needs none of it

    form = INSTRUMENTS[instrument] if isinstance(instrument, str) else instrument
    given = np.asarray(answers)
    if given.ndim != 2 or given.shape[1] > len(form.items) or given.dtype.kind not in "iu":
        raise ValueError(f"{form.key} takes rows of at most {len(form.items)} whole numbers.")
    count = len(given)
    total, complete = np.empty(count, dtype=np.int32), np.empty(count, dtype=bool)
    band, safety = np.empty(count, dtype=np.int8), np.zeros(count, dtype=bool)
    bounds = np.array([each.highest for each in form.bands])
    # every total has one band, so they are looked up; the last place is for -1
    band_at = np.append(np.searchsorted(bounds, np.arange(bounds[-1] + 1)), -1).astype(np.int8)
    for begin in range(0, count, ROWS_AT_ONCE):
        rows = slice(begin, begin + ROWS_AT_ONCE)
        columns = np.ascontiguousarray(given[rows].T)
        _offered_to_many(form, columns)
        total[rows], complete[rows] = _totals(form, columns)
        band[rows] = band_at[total[rows]]
        if form.safety_item is not None and form.safety_item <= len(columns):
            safety[rows] = columns[form.safety_item - 1] > 0
    return Scores(instrument=form.key, total=total, band=band, complete=complete, safety=safety)


def _totals(form: Instrument, columns: Array) -> tuple[Array, Array]:
    import numpy as np

    places = [place for place, item in enumerate(form.items) if item.scored]
    if max(places) >= len(columns):
        none = np.zeros(columns.shape[1], dtype=bool)
        return np.full(len(none), NO_ANSWER), none
    scored = columns if places == list(range(len(columns))) else columns[places]
    complete = scored.min(axis=0) >= 0
    return np.where(complete, scored.sum(axis=0, dtype=np.int16), NO_ANSWER), complete


def _offered_to_many(form: Instrument, columns: Array) -> None:
    for item, column in zip(form.items, columns, strict=False):
        highest = max(answer.score for answer in item.answers)
        if column.size and (column.min() < NO_ANSWER or column.max() > highest):
            raise ValueError(
                _now("Please choose one of the answers to question %(number)s.") % {"number": item.number}
            )


def band_of(instrument: str | Instrument, total: int) -> Band:
    """The band a total lies in; ValueError outside the form's range."""
    form = INSTRUMENTS[instrument] if isinstance(instrument, str) else instrument
    for band in form.bands:
        if band.lowest <= total <= band.highest:
            return band
    raise ValueError(f"{total} is no total of {form.key}.")


def safety_raised(instrument: str | Instrument, answers: Given) -> bool:
    """Whether the safety question is answered above *not at all*, however incomplete the rest may be."""
    form = INSTRUMENTS[instrument] if isinstance(instrument, str) else instrument
    answer = next((value for number, value in _numbered(answers) if number == form.safety_item), None)
    try:
        return float(str(answer)) > 0
    except ValueError:
        return False


def _numbered(answers: Given) -> Iterator[tuple[int, object]]:
    pairs = answers.items() if isinstance(answers, Mapping) else enumerate(answers, start=1)
    return iter(pairs)


def _offered(form: Instrument, number: int, answer: object) -> int | None:
    """The answer's score, or None for no answer; ValueError for what the form does not offer."""
    item = next((each for each in form.items if each.number == number), None)
    if item is None:
        raise ValueError(_now("There is no question %(number)s on this form.") % {"number": number})
    if answer is None or answer == "":
        return None
    offered = {str(each.score): each.score for each in item.answers}
    written = str(answer).strip()
    if written.isdecimal() and len(written) < 4:
        written = str(int(written))  # the digits of every script are digits
    if isinstance(answer, bool) or written not in offered:
        raise ValueError(
            _now("Please choose one of the answers to question %(number)s.") % {"number": number}
        )
    return offered[written]
