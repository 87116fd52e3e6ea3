"""Charts as definitions: one for each kind of measure, pure, and the sentence that says the same in words.

A definition is what is to be seen, made of plain facts; `ui.pictures` draws it. Altair is imported when a definition is
made, which happens at a picture's own address only: the page beside it needs the sentence and the table alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .catalogue import Measure
from .numbers import plain
from .verdicts import verdict_sentence

if TYPE_CHECKING:
    import altair

    Chart: TypeAlias = altair.LayerChart
WIDTH, HEIGHT = 640, 260
SMALL = (460, 240)
"""A line is drawn small enough that its words can be read on a phone, and shown larger where there is room."""
PADDING = {"left": 26, "right": 24, "top": 10, "bottom": 6}
LONG = 300
"""Over more days than this a day needs its year."""
MANY = 100
"""A measure with a wider range than this shows what occurs, from nothing on; every other its whole range."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of Alongside by what they are for; those of `ui/scss/_tokens.scss`."""

    paper: str
    ink: str
    soft: str
    rule: str
    edge: str
    accent: str
    now: str
    wash: str


PALETTES: dict[str, Palette] = {
    "light": Palette("#faf7f0", "#2c2a26", "#5f5b52", "#e2dacb", "#8b8373", "#1d5c58", "#b4700c", "#e4eeea"),
    "dark": Palette("#211e1a", "#ece5d8", "#b8af9f", "#403a32", "#8d8373", "#8ac7bb", "#e0aa50", "#263633"),
}


@dataclass(frozen=True, slots=True)
class Point:
    on: dt.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Note:
    """What happened on a day and belongs beside the line: a target re-agreed, a meeting missed."""

    on: dt.date
    sort: Literal["re-agreed", "missed"]

    @property
    def word(self) -> str:
        return {"re-agreed": _("reworded"), "missed": _("meeting missed")}[self.sort]


@dataclass(frozen=True, slots=True)
class Series:
    """The readings of one measure, oldest first, with what is drawn beside them."""

    measure: Measure
    points: tuple[Point, ...]
    aim: Decimal | None = None
    notes: tuple[Note, ...] = ()
    began: int = 0
    """From which point on a change is judged; past the last, where nothing was read since it was worded anew."""

    @property
    def beginning(self) -> Point | None:
        return self.points[self.began] if self.began < len(self.points) else None

    @property
    def kind(self) -> str:
        return kind_of(self.measure)

    @property
    def content(self) -> tuple[Any, ...]:
        """Everything that can be seen, for the cache: what is equal in it looks equal."""
        row = self.measure
        bounds = (row.direction, row.case_cutoff, row.thresholds.reliable, row.version)
        return row.key, bounds, str(row.name), self.points, self.aim, self.notes, self.began


def kind_of(measure: Measure) -> str:
    """Which of the definitions draws this measure."""
    if measure.levels:
        return "answers" if measure.min == 0 else "levels"
    return "amounts" if measure.max - measure.min > MANY and not measure.is_score else "scores"


def domain(series: Series) -> tuple[float, float]:
    """From the lowest to the highest value of the axis."""
    low, high = float(series.measure.min), float(series.measure.max)
    if series.kind == "amounts":
        seen = [float(point.value) for point in series.points] + [float(series.aim or 0), 1.0]
        return min(0.0, *seen), max(seen)
    return low, high


def definition(series: Series, theme: Literal["light", "dark"] = "light") -> Chart:
    """The chart of these readings; ValueError without a reading."""
    if not series.points:
        raise ValueError("Without a reading there is nothing to draw.")
    colours = PALETTES[theme]
    layers = [
        *_grounds(series, colours),
        *_notes(series, colours),
        *DEFINITIONS[series.kind](series, colours),
    ]
    return dressed(layers, colours, SMALL)


def dressed(layers: list[Any], colours: Palette, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Chart:
    """A chart of these layers in the house's type and colours."""
    import altair as alt

    fit = alt.AutoSizeParams(type="fit", contains="padding")
    chart = alt.layer(*layers).properties(
        width=size[0], height=size[1], background=colours.paper, autosize=fit, padding=PADDING
    )
    font = "system-ui, sans-serif"
    found: Chart = (
        chart.configure(font=font)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=colours.soft,
            gridColor=colours.rule,
            domainColor=colours.rule,
            tickColor=colours.rule,
            labelFontSize=13,
            title=None,
            labelFont=font,
            labelLimit=220,
        )
    )
    return found


def _rows(series: Series) -> list[dict[str, Any]]:
    last = len(series.points) - 1
    return [
        {
            "on": point.on.isoformat(),
            "value": float(point.value),
            "part": "now" if place == last else "then" if place == 0 else "between",
            "said": plain(point.value),
        }
        for place, point in enumerate(series.points)
    ]


def _x(series: Series) -> Any:
    import altair as alt

    days = [point.on for point in series.points] + [note.on for note in series.notes]
    first, last = min(days), max(days)
    room = max(1, (last - first).days // 25) if series.kind == "amounts" else 0 if first < last else 3
    first, last = first - dt.timedelta(days=room), last + dt.timedelta(days=room)
    scale = alt.Scale(domain=[first.isoformat(), last.isoformat()])
    written = "%-d %b" if (last - first).days < LONG else "%b %Y"
    axis = alt.Axis(format=written, tickCount=5, grid=False, labelOverlap=True, labelSeparation=14)
    # days are days, wherever the server stands
    return alt.X("utcyearmonthdate(on):T", scale=scale, axis=axis)


def _y(series: Series) -> Any:
    import altair as alt

    low, high = domain(series)
    scale = alt.Scale(domain=[low, high], nice=False)
    if series.measure.levels:
        values = [float(level.value) for level in series.measure.levels]
        names = {float(level.value): str(level.label) for level in series.measure.levels}
        words = " : ".join(f"datum.value == {value:g} ? {name!r}" for value, name in names.items())
        return alt.Y("value:Q", scale=scale, axis=alt.Axis(values=values, labelExpr=f"{words} : ''"))
    return alt.Y("value:Q", scale=scale, axis=alt.Axis(tickCount=5, format=",.2~f"))


def _grounds(series: Series, colours: Palette) -> list[Any]:
    """What lies behind the line: the band within which a change is not yet reliable, the cut-off, the aim."""
    import altair as alt

    layers: list[Any] = []
    low, high = domain(series)
    band, first = series.measure.thresholds.reliable, series.beginning
    if band is not None and first is not None and not series.measure.levels:
        ends = float(first.value - band), float(first.value + band)
        rows = [{"value": max(low, ends[0]), "upper": min(high, ends[1])}]
        band_chart = alt.Chart(alt.Data(values=rows)).mark_rect(color=colours.wash, opacity=0.8)
        layers.append(band_chart.encode(y=_y(series), y2="upper:Q"))
    lines = [
        (series.measure.case_cutoff, _("cut-off"), colours.edge, [2, 3]),
        (series.aim, _("goal"), colours.accent, [6, 4]),
    ]
    for value, word, colour, dash in lines:
        if value is None:
            continue
        ground = alt.Chart(alt.Data(values=[{"value": float(value), "word": word}]))
        layers.append(ground.mark_rule(color=colour, strokeDash=dash, strokeWidth=1.5).encode(y=_y(series)))
        text = ground.mark_text(color=colour, align="left", dx=10, fontSize=12)
        layers.append(text.encode(y=_y(series), x=alt.value("width"), text="word:N"))
    return layers


def _notes(series: Series, colours: Palette) -> list[Any]:
    """A line at each day, with its word above: in two rows, so that neighbours don't stand in each other's way."""
    import altair as alt

    layers: list[Any] = []
    for note, row, align in _placed(series):
        ground = alt.Chart(alt.Data(values=[{"on": note.on.isoformat(), "word": note.word}]))
        layers.append(
            ground.mark_rule(color=colours.edge, strokeDash=[1, 3], strokeWidth=1.5).encode(x=_x(series))
        )
        if row is not None:
            text = ground.mark_text(color=colours.soft, fontSize=12, baseline="bottom", align=align)
            layers.append(text.encode(x=_x(series), y=alt.value(-4 - 15 * row), text="word:N"))
    return layers


ROOM, ROOM_BESIDE_NAMES = 0.3, 0.48
"""Which part of the width a word takes; more of it where the levels have names."""


def _placed(series: Series) -> list[tuple[Note, int | None, Literal["left", "center", "right"]]]:
    """For each note the row of its word, or none where both are taken: the sentence says them all."""
    days = [point.on for point in series.points] + [note.on for note in series.notes]
    first, span = min(days), max(1, (max(days) - min(days)).days)
    taken = [-1.0, -1.0]
    room = ROOM_BESIDE_NAMES if series.measure.levels else ROOM
    found: list[tuple[Note, int | None, Literal["left", "center", "right"]]] = []
    for note in series.notes:
        at = (note.on - first).days / span
        align: Literal["left", "center", "right"] = (
            "left" if at < 0.15 else "right" if at > 0.85 else "center"
        )
        begins = at - {"left": 0.0, "center": room / 2, "right": room}[align]
        row = next((row for row, until in enumerate(taken) if begins >= until), None)
        if row is not None:
            taken[row] = begins + room
        found.append((note, row, align))
    return found


def _line(series: Series, colours: Palette, interpolate: Literal["linear", "step-after"]) -> list[Any]:
    """Then is a hollow ring in ink, now is ochre, as everywhere in the house."""
    import altair as alt

    base = alt.Chart(alt.Data(values=_rows(series)))
    layers = [
        base.mark_line(color=colours.ink, strokeWidth=2, interpolate=interpolate).encode(
            x=_x(series), y=_y(series)
        )
    ]
    marks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("between", {"size": 26, "fill": colours.ink, "stroke": colours.ink}),
        ("then", {"size": 110, "fill": colours.paper, "stroke": colours.ink, "strokeWidth": 2}),
        ("now", {"size": 110, "fill": colours.now, "stroke": colours.now}),
    )
    for part, look in marks:
        points = base.transform_filter(alt.datum.part == part).mark_point(opacity=1, **look)
        layers.append(points.encode(x=_x(series), y=_y(series)))
    return layers


def _scores(series: Series, colours: Palette) -> list[Any]:
    return _line(series, colours, "linear")


def _levels(series: Series, colours: Palette) -> list[Any]:
    """A level holds until the next is reached: steps."""
    return _line(series, colours, "step-after")


def _amounts(series: Series, colours: Palette) -> list[Any]:
    """Counts and minutes stand each for its own time: bars from nothing up."""
    import altair as alt

    base = alt.Chart(alt.Data(values=_rows(series)))
    layers = []
    for part, colour in (("between", colours.edge), ("then", colours.ink), ("now", colours.now)):
        bars = base.transform_filter(alt.datum.part == part).mark_bar(color=colour, size=10)
        layers.append(bars.encode(x=_x(series), y=_y(series)))
    return layers


def _answers(series: Series, colours: Palette) -> list[Any]:
    """Yes or no: dots, with nothing between them to be read."""
    return _line(series, colours, "linear")[1:]


DEFINITIONS: dict[str, Callable[[Series, Palette], list[Any]]] = {
    "scores": _scores,
    "levels": _levels,
    "amounts": _amounts,
    "answers": _answers,
}


@dataclass(frozen=True, slots=True)
class TableRow:
    when: str
    value: str


def table(series: Series) -> tuple[TableRow, ...]:
    """What the chart shows, as rows."""
    return tuple(TableRow(day(point.on), series.measure.say(point.value)) for point in series.points)


def sentence(series: Series) -> str:
    """What the chart shows, in words: then and now, aim and cut-off, and what is noted beside the line."""
    row = series.measure
    if not series.points:
        return _("No reading yet.")
    first, latest = series.points[0], series.points[-1]
    parts = {"then": row.say(first.value), "now": row.say(latest.value)}
    days = {"first": day(first.on), "latest": day(latest.on)}
    if len(series.points) == 1:
        found = [_("Started at %(then)s on %(first)s.") % {**parts, **days}]
    elif first.value == latest.value:
        found = [_("At %(then)s on %(first)s and again on %(latest)s.") % {**parts, **days}]
    else:
        found = [_("From %(then)s on %(first)s to %(now)s on %(latest)s.") % {**parts, **days}]
    if len(series.points) > 2:
        between = len(series.points) - 2
        found.append(
            ngettext("%(count)s reading in between.", "%(count)s readings in between.", between)
            % {"count": between}
        )
    start = series.beginning
    if start is not None and start is not latest:
        found += filter(None, [verdict_sentence(row, start.value, latest.value)])
    found.append(_("Less is better.") if row.lower_is_better else _("More is better."))
    if series.aim is not None:
        found.append(_("Goal: %(aim)s.") % {"aim": row.say(series.aim)})
    if row.case_cutoff is not None:
        found.append(_("The cut-off is at %(cutoff)s.") % {"cutoff": plain(row.case_cutoff)})
    if row.thresholds.reliable is not None and not row.levels:
        found.append(_reliable(row))
    found += [_("%(day)s: %(word)s.") % {"day": day(note.on), "word": note.word} for note in series.notes]
    return " ".join(found)


def _reliable(row: Measure) -> str:
    points = plain(row.thresholds.reliable or Decimal(0))
    return _("A change of %(points)s or more from the start is reliable; the shaded band shows less.") % {
        "points": points
    }


def day(when: dt.date) -> str:
    return date_format(when, "j F Y")
