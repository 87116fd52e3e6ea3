"""The rules that suggest a review, a card for each: in words, with its numbers and its switch; one table of measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from alongside.measures.catalogue import MEASURES

from ..tracking_words import RULE_NAMES
from .forms import COLUMNS, TRACKED, BoundsForm


class Said(NamedTuple):
    """What a rule says, and the numbers it goes by."""

    words: object
    fields: tuple[str, ...] = ()


RULES = {
    "N1": Said(_("The score has become worse, by a reliable change or more.")),
    "N2": Said(_("By this session there is no reliable change for the better."), ("amber_at",)),
    "N3": Said(_("By this session there is still none. The review is suggested soon."), ("red_at",)),
    "N4": Said(_("The score got better and has become worse again, by a reliable change or more.")),
    "N5": Said(_("The last scores lie close together, and the goal is not reached."), ("plateau_scores",)),
    "N6": Said(
        _("The date of a goal has passed, or much of what was planned is overdue: 0.5 is half of the steps."),
        ("overdue_share",),
    ),
    "N7": Said(
        _("So many meetings in a row were missed or cancelled, or the last one was too long ago."),
        ("missed_in_a_row", "times_interval"),
    ),
    "N8": Said(_("There was no score in the last meetings."), ("silent_meetings",)),
    "N9": Said(
        _("An answer after a meeting, from 0 to 10, fell by this much, or is this low."),
        ("feedback_drop", "feedback_low"),
    ),
    "N10": Said(_("An answer points to harm. This rule always speaks. It cannot be switched off.")),
}


@dataclass(frozen=True)
class RuleCard:
    name: str
    words: str
    fields: tuple[BoundField, ...]
    switch: BoundWidget | None
    """Ticked, the rule is silent; there is none for answers about safety."""


@dataclass(frozen=True)
class MeasureRow:
    name: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class BoundsPage:
    rules: tuple[RuleCard, ...]
    columns: tuple[str, ...]
    measures: tuple[MeasureRow, ...]
    source: str
    version: int


def bounds_page(form: BoundsForm, *, source: str, version: int) -> BoundsPage:
    switches = {str(one.data["value"]): one for one in form["off"]}
    return BoundsPage(
        rules=tuple(
            RuleCard(
                str(RULE_NAMES[rule]),
                str(said.words),
                tuple(form[name] for name in said.fields),
                switches.get(rule),
            )
            for rule, said in RULES.items()
        ),
        columns=tuple(str(label).capitalize() for label in COLUMNS.values()),
        measures=tuple(
            MeasureRow(str(MEASURES[key].name), tuple(form[f"{key}:{column}"] for column in COLUMNS))
            for key in TRACKED
        ),
        source=source,
        version=version,
    )
