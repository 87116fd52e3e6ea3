"""The promise: no figure tells of one person.

Random programmes of every size are published, and whoever sees every table tries to find out a true number from 1 to 7:
by what rounding leaves possible, by taking one shown number from another, by what each part leaves of its whole, by
figures that hold each other, by totals, and by the months that lie side by side. Words, names and ids are looked for
wherever figures go.
"""

from __future__ import annotations

import os
import random

import pytest

from alongside.journeys.models import Words
from alongside.programmes import publishing
from alongside.programmes.disclosure import RULES, SMALL, publish_share
from alongside.programmes.figures.catalogue import FIGURES
from alongside.programmes.figures.definition import counts_of
from alongside.programmes.models import Placement, PublishedCell
from alongside.programmes.series import of_figure, together
from alongside.programmes.tests import factories
from tests.programmes.stars import star

PROGRAMMES = 1_000 if os.environ.get("ALONGSIDE_LONG") else 60

# of two figures over the same whole, the first never counts more than the second
INSIDE = (
    ("met_lately", "met_within_twice"),
    ("prepared_both", "prepared_someone"),
    ("ended_well", "ended_support"),
    ("tt_reliable_recovery", "tt_recovery"),
)
# of two figures over the same whole, nobody is counted by both
APART = (("met_within_twice", "drifted"), ("tt_improvement", "tt_deterioration"))
SAME_WHOLE = (
    ("met_lately", "met_within_twice", "drifted"),
    ("prepared_both", "prepared_someone"),
    ("ended_well", "ended_support", "ended_early"),
    ("tt_recovery", "tt_reliable_recovery"),
    ("tt_improvement", "tt_deterioration"),
)


class Bounds:
    """What somebody knows of true numbers: between which two each lies. Narrowed until nothing more follows."""

    def __init__(self) -> None:
        self.low: dict[object, int] = {}
        self.high: dict[object, int] = {}
        self.sums: list[tuple[object, tuple[object, ...]]] = []

    def know(self, name: object, low: int, high: int) -> None:
        self.low[name] = max(low, self.low.get(name, low))
        self.high[name] = min(high, self.high.get(name, high))

    def is_sum(self, total: object, parts: tuple[object, ...]) -> None:
        self.sums.append((total, parts))

    def narrow(self) -> None:
        changed = True
        while changed:
            changed = False
            for total, parts in self.sums:
                low, high = sum(self.low[part] for part in parts), sum(self.high[part] for part in parts)
                changed |= self._set(total, low, high)
                for part in parts:
                    others_low, others_high = low - self.low[part], high - self.high[part]
                    changed |= self._set(part, self.low[total] - others_high, self.high[total] - others_low)

    def _set(self, name: object, low: int, high: int) -> bool:
        before = self.low[name], self.high[name]
        self.know(name, low, high)
        return before != (self.low[name], self.high[name])

    def pinned(self, most: int) -> list[object]:
        return [name for name, low in self.low.items() if low == self.high[name] and 1 <= low <= most]


def attack(shown: dict, rule: str) -> list[object]:
    """Everything that follows from the published cells of one programme, kind and month."""
    known, most = Bounds(), SMALL[rule]
    ceiling = 10**6
    wholes = {}
    for figure, (part, whole) in shown.items():
        group = next((names for names in SAME_WHOLE if figure in names), (figure,))
        name = wholes[figure] = ("whole", group[0])
        known.know(name, *(between(whole, rule) if whole is not None else (1, most)))
        # a share that is not shown may be anything: nobody, everybody, small
        known.know(("part", figure), *(between(part, rule) if part is not None else (0, ceiling)))
        known.know(("rest", figure), 0, ceiling)
        known.is_sum(name, (("part", figure), ("rest", figure)))
    for inner, outer in INSIDE:
        if inner in shown and outer in shown:
            known.know(("between", inner), 0, ceiling)
            known.is_sum(("part", outer), (("part", inner), ("between", inner)))
    for one, other in APART:
        if one in shown and other in shown:
            known.know(("neither", one), 0, ceiling)
            parts = ("part", one), ("part", other), ("neither", one)
            known.is_sum(wholes[one], parts)
    if "agreement" in shown and "met_lately" in shown:
        # whoever has met is among those who met or agreed
        known.know(("never met",), 0, ceiling)
        known.is_sum(wholes["agreement"], (wholes["met_lately"], ("never met",)))
    known.narrow()
    return known.pinned(most)


def between(shown: int, rule: str) -> tuple[int, int]:
    """What a rounded number may have been: known to everybody, as the rule is."""
    if shown == 0:
        return 0, 0
    return max(shown - 2, SMALL[rule] + 1), shown + 2


def published(counts, rule: str) -> dict:
    found: dict = {}
    for cell, true in counts.items():
        share = publish_share(true.part, true.whole, rule)
        found.setdefault((cell.programme, cell.kind, cell.month), {})[cell.figure] = (share.part, share.whole)
    return found


@pytest.mark.one_database
@pytest.mark.parametrize("rule", RULES)
def test_no_search_over_random_programmes_pins_a_small_number(rule):
    chance = random.Random(11)
    tried = shown = 0
    for seed in range(PROGRAMMES):
        counts = counts_of(star(seed, chance.choice((3, 8, 20, 60, 150)), programmes=("a" * 32,)))
        for table in published(counts, rule).values():
            assert not attack(table, rule), (seed, table)
            tried += 1
            shown += any(part is not None for part, _whole in table.values())
    assert tried > PROGRAMMES and shown > PROGRAMMES / 10, "nothing was shown, so nothing was tried"


@pytest.mark.one_database
def test_the_search_finds_what_is_there_to_find():
    """The same search over numbers that were only hidden, not rounded, and over a looser rule: it pins them."""
    known = Bounds()
    known.know("total", 20, 20)
    known.know("men", 13, 13)
    known.know("women", 1, 7)
    known.is_sum("total", ("men", "women"))
    known.narrow()

    assert known.pinned(7) == ["women"]


@pytest.mark.one_database
@pytest.mark.parametrize("rule", RULES)
def test_every_pair_of_small_tables_that_look_alike_leaves_a_doubt(rule):
    """All true pairs up to 40, by what is shown of them: whatever is shown fits no single small number."""
    looks: dict = {}
    for whole in range(41):
        for part in range(whole + 1):
            looks.setdefault(publish_share(part, whole, rule), []).append((part, whole))
    small = range(1, SMALL[rule] + 1)
    for shown, pairs in looks.items():
        for what in ({p for p, _w in pairs}, {w for _p, w in pairs}, {w - p for p, w in pairs}):
            assert not (len(what) == 1 and min(what) in small), (shown, pairs)


@pytest.mark.one_database
def test_totals_are_sums_of_what_is_shown_and_tell_no_more():
    """Over months, kinds and programmes a total can be worked out from the cells it is made of, and is nothing else."""
    chance = random.Random(5)
    for _try in range(200):
        cells = []
        for kind, month in (
            (kind, month) for kind in ("supervision", "mentoring") for month in (202601, 202602)
        ):
            whole = chance.randrange(60)
            share = publish_share(chance.randint(0, whole), whole)
            cells.append(
                PublishedCell(
                    figure="agreement", kind=kind, month=month, numerator=share.part, denominator=share.whole
                )
            )
        total = together(of_figure(cells, "agreement", (202601, 202602)))
        told = [cell for cell in cells if cell.numerator is not None]
        assert (total.part, total.whole) == (
            sum(cell.numerator for cell in told),
            sum(cell.denominator for cell in told),
        )
        if not told:
            assert total.state in ("hidden", "nothing") and total.share is None


NAMES = ("Gwen Guide", "Paul Participant", "Colin Colleague", "Sue Supporter")


@pytest.mark.django_db
def test_words_names_and_ids_are_in_no_page_file_or_star(cast, tmp_path, caplog, capsys):
    made = factories.programme(cast)
    journeys = []
    for number in range(30):
        one = factories.journey(
            cast,
            "2026-01-02",
            ("2026-01-02", "preparing"),
            ("2026-01-20", "active"),
            within=made,
            title=f"canary-title-{number}",
        )
        if number < 20:
            factories.agreed(one, cast.guide, "2026-01-20")
        row = factories.meeting(cast, one, "2026-02-03", number=1)
        factories.noted(cast, row, interruptions=number % 2)
        Words.objects.create(
            journey=one,
            place="before_meeting",
            subject_id=one.id,
            box="matters_1",
            visibility="ours",
            text="canary-words",
            version=1,
        )
        journeys.append(one)
    publishing.publish_here(tmp_path / "star")
    client = cast.client(cast.lead)
    pages = ["/", "/programmes/", f"/programmes/{made.id}/", f"/programmes/{made.id}/figures.csv"]
    for figure in FIGURES:
        pages += [f"/programmes/{made.id}/figures/{figure}/", f"/programmes/{made.id}/figures/{figure}.csv"]
        pages.append(f"/programmes/together/{figure}/")

    written = {page: client.get(page) for page in pages}
    assert {page: answer.status_code for page, answer in written.items() if answer.status_code != 200} == {}
    everything = [answer.content for answer in written.values()]
    everything += [file.read_bytes() for file in (tmp_path / "star").iterdir()]
    everything += [caplog.text.encode(), capsys.readouterr().out.encode()]

    assert any(b"67%" in content for content in everything), "no figure was shown, so nothing was tried"
    canaries = [
        "canary-title",
        "canary-words",
        *NAMES,
        *(member.email for member in (cast.guide, cast.participant)),
    ]
    canaries += [form for one in journeys for form in (str(one.id), one.id.hex)]
    canaries += [form for who in (cast.guide, cast.participant) for form in (str(who.id), who.id.hex)]
    for content in everything:
        assert not [canary for canary in canaries if canary.encode() in content]


@pytest.mark.django_db
def test_what_has_left_a_programme_is_in_no_star_written_afterwards(cast, tmp_path):
    made = factories.programme(cast)
    for _number in range(20):
        one = factories.journey(
            cast, "2026-01-02", ("2026-01-02", "preparing"), ("2026-01-20", "active"), within=made
        )
        factories.agreed(one, cast.guide, "2026-01-20")
    publishing.publish_here(tmp_path / "star")
    before = publishing.counts_in(tmp_path / "star")
    Placement.objects.filter(journey=one).delete()
    publishing.publish_here(tmp_path / "star")

    after = publishing.counts_in(tmp_path / "star")
    cell = max(cell for cell in before if cell.figure == "agreement" and cell.programme == made.id.hex)
    assert (before[cell].whole, after[cell].whole) == (20, 19)
