"""What the pages about keeping show: how long, what has reached its end, and what must not be erased."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.kinds import kind
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from .keeping import Keeping
from .models import LegalHold
from .pages import journey_sentence
from .queries import Due, JourneyLine


@dataclass(frozen=True)
class RuleLine:
    kind: str
    years: str
    basis: str
    change: ActionButton


@dataclass(frozen=True)
class DueLine:
    text: str
    since: str
    act: ActionButton


@dataclass(frozen=True)
class HoldLine:
    text: str
    reason: str
    by: str
    lift: ActionButton


@dataclass(frozen=True)
class KeepingPage:
    rules: tuple[RuleLine, ...]
    due: tuple[DueLine, ...]
    holds: tuple[HoldLine, ...]
    erasures: str
    back: str


@dataclass(frozen=True)
class RulePage:
    title: str
    back: str


def keeping_page(
    keepings: dict[str, Keeping], due: list[Due], holds: list[tuple[LegalHold, JourneyLine | None]]
) -> KeepingPage:
    return KeepingPage(
        rules=tuple(_rule(one) for one in keepings.values()),
        due=tuple(_due(one) for one in due),
        holds=tuple(_hold(hold, line) for hold, line in holds),
        erasures=reverse("retention:erasures"),
        back=reverse("people:people"),
    )


def rule_page(slug: str) -> RulePage:
    return RulePage(str(kind(slug).name), reverse("retention:keeping"))


def hold_page(person: Person) -> RulePage:
    return RulePage(str(person.name), reverse("people:person", args=[person.id]))


def years_sentence(keeping: Keeping) -> str:
    if keeping.years is None:
        return _("Not set: nothing is suggested for deletion")
    years = ngettext("%(years)s year after the end", "%(years)s years after the end", keeping.years)
    said = years % {"years": keeping.years}
    return said if keeping.is_own else _("%(years)s (suggested by Alongside)") % {"years": said}


def _rule(keeping: Keeping) -> RuleLine:
    url = reverse("retention:set_keeping", args=[keeping.kind])
    return RuleLine(
        str(kind(keeping.kind).name),
        years_sentence(keeping),
        str(keeping.basis),
        ActionButton(_("Change this"), url, link=True),
    )


def _due(due: Due) -> DueLine:
    return DueLine(
        journey_sentence(due.line),
        _("Past its time since %(day)s") % {"day": formats.date_format(due.since, "j F Y")},
        ActionButton(
            _("Decide to erase it"),
            reverse("retention:end_keeping", args=[due.line.id]),
            confirm=_("Nothing is erased yet: a second administrator does it, or you after the wait."),
        ),
    )


def _hold(hold: LegalHold, line: JourneyLine | None) -> HoldLine:
    return HoldLine(
        journey_sentence(line) if line else "",
        str(hold.reason),
        str(hold.by.name),
        ActionButton(
            _("Lift the hold"),
            reverse("retention:lift_hold", args=[hold.id]),
            confirm=_("It can be erased again after that."),
        ),
    )
