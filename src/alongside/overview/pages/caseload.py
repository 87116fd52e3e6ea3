"""The list of one's journeys: each with where it stands, what it needs and the action that does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.measuring.many import Raised
from alongside.journeys.rules import may_begin_journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.folding import folded
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from ..caseload import SHOWN, Asked, CaseloadRow, in_order, keep
from ..journey_summary import JourneySummary
from .common import day, guided_title, named_title, own_title, room, title_of, when
from .covering import there_instead
from .next_step import next_page
from .notices import Look, NoticeLine, in_words, look
from .path import room_name
from .today import first_button, shown


@dataclass(frozen=True)
class CaseLine:
    title: str
    with_whom: str
    url: str
    about: str
    """Kind, stage and, where it is worth saying, the state."""
    next: str
    last: str
    needs: str
    needs_url: str
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True)
class CaseGroup:
    key: str
    title: str
    lines: tuple[CaseLine, ...]


@dataclass(frozen=True)
class JourneysPage:
    groups: tuple[CaseGroup, ...]
    over: CaseGroup | None
    begin: ActionButton | None
    may_filter: bool
    """There are so many that one looks for some of them."""
    said: str
    """How many are shown, where not all are."""
    shown: int
    rest: ActionButton | None
    """Brings the rows beyond those shown at first."""
    none_found: bool
    empty: str


FEW = 3
Summaries = Mapping[UUID, JourneySummary]
AllRaised = Mapping[UUID, Raised]


def journeys_page(
    actor: Person, seats: list[Seat], summaries: Summaries, raised: AllRaised, asked: Asked
) -> JourneysPage:
    seats = shown(seats)
    seen = {
        seat.journey.id: look(seat, summaries[seat.journey.id], raised.get(seat.journey.id))
        for seat in seats
        if seat.is_one_of_two
    }
    rows = [_row(seat, summaries[seat.journey.id], seen.get(seat.journey.id)) for seat in seats]
    kept = in_order(keep(rows, asked), asked.order)
    found = kept if asked.whole else kept[:SHOWN]
    going = [row for row in found if not row.seat.is_over]
    alike = Counter(folded(row.title) for row in found)
    drawn = {
        row.seat.journey.id: _line(row, seen, raised, is_alike=alike[folded(row.title)] > 1) for row in found
    }
    groups = [
        _group(key, title([row.seat for row in rows]), rows, drawn)
        for key, title, rows in (
            ("guide", guided_title, [row for row in going if row.seat.is_guide]),
            ("participant", own_title, [row for row in going if row.seat.is_participant]),
            ("named", named_title, [row for row in going if row.seat.is_named]),
        )
    ]
    over = _group("over", _("Finished"), [c for c in found if c.seat.is_over], drawn)
    none_going = all(row.seat.is_over for row in rows)
    begin = first_button(
        actor, ActionButton(_("Begin a journey"), reverse("overview:begin"), link=True, primary=True)
    )
    return JourneysPage(
        groups=tuple(group for group in groups if group),
        over=over,
        begin=begin if may_begin_journey(actor) or none_going else None,
        may_filter=len(rows) > FEW or not asked.is_everything,
        said="" if asked.is_everything else _how_many(len(kept), len(rows)),
        shown=len(found),
        rest=_rest(len(kept), len(found), asked),
        none_found=bool(rows) and not found,
        empty=_(
            "All the people you work with will be listed here, with how things stand and what needs you."
        ),
    )


def _rest(kept: int, shown: int, asked: Asked) -> ActionButton | None:
    if kept == shown:
        return None
    asked_for = {"name": asked.name, "show": asked.show, "kind": asked.kind, "order": asked.order, "all": "1"}
    label = _("Show all %(count)s") % {"count": number_format(kept, use_l10n=True, force_grouping=True)}
    return ActionButton(label, f"{reverse('overview:journeys')}?{urlencode(asked_for)}", link=True)


def _how_many(found: int, of: int) -> str:
    text = ngettext("%(found)s of %(of)s journey", "%(found)s of %(of)s journeys", of)
    return text % {"found": found, "of": of}


def _row(seat: Seat, summary: JourneySummary, seen: Look | None) -> CaseloadRow:
    return CaseloadRow(
        seat,
        summary,
        title_of(seat),
        bool(seen and seen.next_step.needs_me and not seat.is_over),
        seen.notices if seen else (),
    )


def _group(key: str, title: str, rows: list[CaseloadRow], drawn: Mapping[UUID, CaseLine]) -> CaseGroup | None:
    if not rows:
        return None
    return CaseGroup(key, title, tuple(drawn[row.seat.journey.id] for row in rows))


def _line(row: CaseloadRow, seen: Mapping[UUID, Look], raised: AllRaised, *, is_alike: bool) -> CaseLine:
    seat, summary = row.seat, row.summary
    url = room(seat, "overview:journey")
    if seat.is_named:
        return CaseLine(row.title, "", url, str(seat.kind.name), "", "", "", "", ())
    next_step = next_page(seat, summary) if row.needs_me else None
    about = [str(seat.kind.name)]
    if is_alike:
        about.append(_("since %(day)s") % {"day": day(seat.journey.created_at)})
    if not seat.is_over:
        about.append(room_name(seat, summary.stage))
    if seat.covers_until:
        about.append(there_instead(seat))
    if seat.state not in (JourneyState.ACTIVE, JourneyState.ENDING):
        about.append(str(JourneyState(seat.state).label))
    return CaseLine(
        title=row.title,
        with_whom=seat.other.name if seat.journey.title else "",
        url=url,
        about=" · ".join(about),
        next=when(summary.next.starts_at) if summary.next else "",
        last=day(summary.last_at) if summary.last_at else "",
        needs=next_step.title if next_step else "",
        needs_url=next_step.act.url if next_step and next_step.act and next_step.act.link else url,
        lines=tuple(
            in_words(seat, summary, notice, raised.get(seat.journey.id))
            for notice in seen[seat.journey.id].beside
        ),
    )
