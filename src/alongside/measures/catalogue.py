"""The measures Alongside ships, each a row of data with its source and licence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .numbers import number_from, plain
from .thresholds import ImportanceRule, Thresholds

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text: TypeAlias = str | _StrPromise
else:
    Text = str | Promise
D = Decimal


@dataclass(frozen=True, kw_only=True)
class Level:
    """One value of a measure that has a name of its own."""

    value: Decimal
    label: Text


@dataclass(frozen=True, kw_only=True)
class Measure:
    """An instrument as data: its values, which way is better, when a change counts, and whence we know."""

    key: str
    version: str
    name: Text
    direction: Literal["higher", "lower"]
    """Which way is better."""
    min: Decimal
    max: Decimal
    step: Decimal
    unit: Text
    reliable_change: Decimal | None = None
    mdc: Decimal | None = None
    mcid: ImportanceRule | None = None
    case_cutoff: Decimal | None = None
    source: str
    licence_line: Text
    levels: tuple[Level, ...] = ()
    phrase: Callable[[Decimal], str]
    """How people say a value of this measure."""
    open_direction: bool = False
    """Whether a target decides which way is better: more walks, but fewer headaches. `direction` holds without an aim."""
    is_score: bool = False
    """Whether it has a scale of its own, however long: it is drawn as a line over the whole of it, and never as amounts."""

    @property
    def short_name(self) -> str:
        """What it is called where there is little room: PHQ-9, for mood over the last two weeks (PHQ-9)."""
        name = str(self.name)
        short = None if self.key.startswith(OWN_PREFIX) else SHORT.search(name)
        return short[1] if short else name

    @property
    def lower_is_better(self) -> bool:
        return self.direction == "lower"

    @property
    def thresholds(self) -> Thresholds:
        """The shipped bounds for a change of this measure; a service may pass others in."""
        return Thresholds(
            version=self.version,
            source=self.source,
            reliable_change=self.reliable_change,
            mdc=self.mdc,
            importance=self.mcid,
        )

    @property
    def choices(self) -> tuple[tuple[Decimal, str], ...]:
        """The values to choose from, in order, where they are few enough to be offered; else nothing."""
        if self.levels:
            return tuple((level.value, str(level.label)) for level in self.levels)
        if self.max - self.min > 10:
            return ()
        whole = range(int(self.min), int(self.max) + 1)
        return tuple((Decimal(value), plain(Decimal(value))) for value in whole)

    def clean(self, value: object) -> Decimal:
        """The value as a number this measure can take; ValueError with a kind sentence when it is not one."""
        number = self._named(value)
        if number is None:
            number = number_from(value)
        if not self.min <= number <= self.max:
            raise ValueError(
                _now("Please choose a value between %(lowest)s and %(highest)s.")
                % {"lowest": plain(self.min), "highest": plain(self.max)}
            )
        if (number - self.min) % self.step:
            raise ValueError(
                _now("Please write a whole number.")
                if self.step == 1
                else _now("Please write at most one decimal place.")
                if self.step == D("0.1")
                else _now("Please write at most two decimal places.")
            )
        return number.quantize(self.step) + 0

    @property
    def best(self) -> Decimal:
        """The end of the scale beyond which nothing better can be measured. Never an aim by itself."""
        return self.min if self.lower_is_better else self.max

    def has_reached(self, value: Decimal, aim: Decimal | None = None) -> bool:
        """Whether the value is at the aim or beyond it, in this measure's direction.

        Without an aim the case cut-off serves: on its good side is reached. With neither, nothing is reached;
        the end of the scale is never taken for an aim.
        """
        if aim is None:
            return (
                self.case_cutoff is not None
                and value != self.case_cutoff
                and self._beyond(value, self.case_cutoff)
            )
        return self._beyond(value, aim)

    def say(self, value: object) -> str:
        """The value as people say it, in the reader's language."""
        return self.phrase(number_from(value))

    def _beyond(self, value: Decimal, bound: Decimal) -> bool:
        return value <= bound if self.lower_is_better else value >= bound

    def _named(self, value: object) -> Decimal | None:
        """The level someone named instead of writing its number: only for a measure of just yes and no."""
        if self.key != "yes-no":
            return None
        names = {"yes": D(1), "true": D(1), "no": D(0), "false": D(0)}
        return names.get(str(value).strip().lower())


def _of(highest: int) -> Callable[[Decimal], str]:
    def phrase(value: Decimal) -> str:
        # whole points or tenths are given; the mean of several is said with one place
        return _now("%(value)s of %(highest)s") % {"value": plain(value, 1), "highest": highest}

    return phrase


def _minutes(value: Decimal) -> str:
    return ngettext("%(value)s minute", "%(value)s minutes", int(value)) % {"value": plain(value)}


def _yes_or_no(value: Decimal) -> str:
    return _now("yes") if value >= 1 else _now("no")


GAS_LEVELS = (
    Level(value=D(-2), label=_("much less than expected")),
    Level(value=D(-1), label=_("less than expected")),
    Level(value=D(0), label=_("as expected")),
    Level(value=D(1), label=_("more than expected")),
    Level(value=D(2), label=_("much more than expected")),
)


def _attainment(value: Decimal) -> str:
    number = ("+" if value > 0 else "") + plain(value)
    for level in GAS_LEVELS:
        if level.value == value:
            return f"{number} {level.label}"
    return number


OWN = _("Alongside's own wording; free to use.")
PFIZER_LINE = _(
    "Copyright Pfizer Inc. Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and "
    "colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, "
    "display or distribute."
)

_ALL = (
    Measure(
        key="gas",
        version="1",
        name=_("Goal attainment scale"),
        direction="higher",
        min=D(-2),
        max=D(2),
        step=D(1),
        unit=_("level"),
        # Each level was written down beforehand as something one can see: one level is a change that counts.
        reliable_change=D(1),
        mcid=ImportanceRule(minimal_points=D(1)),
        source="Kiresuk & Sherman 1968; Turner-Stokes 2009; one level counts as a change (Alongside's rule)",
        licence_line=_("Goal Attainment Scaling: Kiresuk & Sherman 1968."),
        levels=GAS_LEVELS,
        phrase=_attainment,
    ),
    Measure(
        key="rating-0-10",
        version="1",
        name=_("How far I am, from 0 to 10"),
        direction="higher",
        min=D(0),
        max=D(10),
        step=D(1),
        unit=_("of 10"),
        reliable_change=D(3),
        source="3, from about 2.45: Edbrooke-Childs et al. 2015 (to be confirmed); idea credited to Law",
        licence_line=OWN,
        phrase=_of(10),
    ),
    Measure(
        key="count",
        open_direction=True,
        version="1",
        name=_("How often"),
        direction="higher",
        min=D(0),
        max=D(9999),
        step=D(1),
        unit=_("times"),
        source="A plain count; no threshold is claimed",
        licence_line=OWN,
        phrase=plain,
    ),
    Measure(
        key="yes-no",
        version="1",
        name=_("Yes or no"),
        direction="higher",
        min=D(0),
        max=D(1),
        step=D(1),
        unit="",
        source="A plain answer; no threshold is claimed",
        licence_line=OWN,
        levels=(Level(value=D(0), label=_("no")), Level(value=D(1), label=_("yes"))),
        phrase=_yes_or_no,
    ),
    Measure(
        key="minutes",
        open_direction=True,
        version="1",
        name=_("How long, in minutes"),
        direction="higher",
        min=D(0),
        max=D(10080),
        step=D(1),
        unit=_("minutes"),
        source="A plain duration, at most a week; no threshold is claimed",
        licence_line=OWN,
        phrase=_minutes,
    ),
    Measure(
        key="pain-0-10",
        version="1",
        name=_("Pain, from 0 to 10"),
        direction="lower",
        min=D(0),
        max=D(10),
        step=D(1),
        unit=_("of 10"),
        mcid=ImportanceRule(
            minimal_points=D(1), minimal_share=D("0.15"), important_points=D(2), important_share=D("0.30")
        ),
        source="Salaffi et al. 2004, n = 825: 1 point or 15 %; Farrar et al. 2001, n = 2,724: 2 points, 30 %",
        licence_line=OWN,
        phrase=_of(10),
    ),
    Measure(
        key="psfs",
        version="1",
        name=_("An activity I chose, from 0 to 10"),
        direction="higher",
        min=D(0),
        max=D(10),
        # Each activity is rated in whole points; the mean of several, which is a value too, is not whole.
        step=D("0.1"),
        unit=_("of 10"),
        mdc=D(2),
        mcid=ImportanceRule(minimal_points=D("1.3"), important_points=D("2.3")),
        source="MDC90 of the mean 2 (to be confirmed); 1.3 small, 2.3 medium: Abbott & Schmitt 2014",
        licence_line=_("Patient-Specific Functional Scale: Stratford et al. 1995."),
        phrase=_of(10),
    ),
    Measure(
        key="phq-9",
        version="1",
        name=_("Mood over the last two weeks (PHQ-9)"),
        direction="lower",
        min=D(0),
        max=D(27),
        step=D(1),
        unit=_("of 27"),
        reliable_change=D(6),
        mcid=ImportanceRule(minimal_share=D("0.20")),
        case_cutoff=D(10),
        source="NHS Talking Therapies: reliable 6, case from 10; about 20 % noticeable: Kounali et al. 2020",
        licence_line=PFIZER_LINE,
        phrase=_of(27),
    ),
    Measure(
        key="gad-7",
        version="1",
        name=_("Worry over the last two weeks (GAD-7)"),
        direction="lower",
        min=D(0),
        max=D(21),
        step=D(1),
        unit=_("of 21"),
        reliable_change=D(4),
        mcid=ImportanceRule(minimal_share=D("0.20")),
        case_cutoff=D(8),
        source="NHS Talking Therapies: reliable 4, case from 8; about 20 % noticeable: Kounali et al. 2020",
        licence_line=PFIZER_LINE,
        phrase=_of(21),
    ),
    Measure(
        key="session-feedback",
        version="1",
        name=_("How this meeting was for me, from 0 to 10"),
        direction="higher",
        min=D(0),
        max=D(10),
        step=D(1),
        unit=_("of 10"),
        source="Alongside's own questions; within one person only, no norms, no total",
        licence_line=OWN,
        phrase=_of(10),
    ),
)

MEASURES: dict[str, Measure] = {each.key: each for each in _ALL}


OWN_PREFIX = "own-"
SHORT = re.compile(r"\(([A-Z][A-Z0-9-]+)\)$")
"""With it begins the key of an instrument that a service brought itself."""
_elsewhere: list[Callable[[str], Measure]] = []


def look_elsewhere(find: Callable[[str], Measure]) -> None:
    """Say where instruments of services are kept: `find(key)` answers with the measure, or raises KeyError."""
    _elsewhere[:] = [find]


def measure(key: str) -> Measure:
    """The measure of that key, shipped or a service's own; KeyError where there is none."""
    if key.startswith(OWN_PREFIX) and _elsewhere:
        return _elsewhere[0](key)
    return MEASURES[key]


def measure_of(asked: str | Measure) -> Measure:
    """The measure itself, or the one of that slug."""
    return measure(asked) if isinstance(asked, str) else asked
