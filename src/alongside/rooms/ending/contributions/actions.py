"""What can be done with answers, entries and supports."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.db.models import Max

from alongside.journeys import words
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record

from ..record.actions import contribute, fresh, retract
from ..record.models import Ending, Saying
from ..record.queries import PLACE, sayings_of, side_of
from ..record.rules import SETTLED_MEANWHILE, may_shape_ending
from ..record.states import Said
from . import rules
from .models import EndingEntry
from .states import Sort
from .suggestions import Suggestion, suggestions_of


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, as it comes from its form."""

    what: str
    then: str = ""
    category: str = ""
    first_contact: dt.date | None = None
    link: str = ""
    taken_from: UUID | None = None


@action("ending.entry_added")
def add_entry(*, sort: Sort, content: Content, by: Seat) -> EndingEntry:
    """Put down a key point, strategy, early sign or support. With a support, *none needed* is taken back."""
    by, ending = fresh(by)
    demand(may_shape_ending(by, ending))
    entry = _write_entry(ending, sort, _next_position(ending), content, by)
    if sort == Sort.SUPPORT:
        retract(ending=ending, said=Said.NO_SUPPORT, by=by)
    record("ending.entry_added", subject=entry, by=by, sort=str(sort))
    return entry


@action("ending.entry_reworded")
def reword_entry(*, entry: EndingEntry, content: Content, by: Seat) -> EndingEntry:
    """Put another wording in an entry's place. The old one is kept; the second of two at once is told."""
    by, ending = fresh(by)
    entry = EndingEntry.objects.get(id=entry.id)
    demand(rules.may_change_entry(by, ending, entry))
    content = replace(content, taken_from=entry.taken_from)
    reworded = _write_entry(ending, Sort(entry.sort), entry.position, content, by)
    entry.replaced_by, entry.removed_at, entry.removed_by = reworded, now(), by.actor
    entry.save(update_fields=["replaced_by", "removed_at", "removed_by"])
    record("ending.entry_reworded", subject=reworded, by=by, sort=str(entry.sort))
    return reworded


@action("ending.entry_removed")
def remove_entry(*, entry: EndingEntry, by: Seat) -> EndingEntry:
    """Take an entry away. It stays, marked, and can be brought back."""
    by, ending = fresh(by)
    entry = EndingEntry.objects.get(id=entry.id)
    demand(rules.may_change_entry(by, ending, entry))
    entry.removed_at, entry.removed_by = now(), by.actor
    entry.save(update_fields=["removed_at", "removed_by"])
    record("ending.entry_removed", subject=entry, by=by, sort=str(entry.sort))
    return entry


@action("ending.entry_brought_back")
def bring_entry_back(*, entry: EndingEntry, by: Seat) -> EndingEntry:
    """Undo a removal."""
    by, ending = fresh(by)
    entry = EndingEntry.objects.get(id=entry.id)
    demand(rules.may_bring_back(by, ending, entry))
    entry.removed_at, entry.removed_by = None, None
    entry.save(update_fields=["removed_at", "removed_by"])
    if entry.sort == Sort.SUPPORT:
        retract(ending=ending, said=Said.NO_SUPPORT, by=by)
    record("ending.entry_brought_back", subject=entry, by=by, sort=str(entry.sort))
    return entry


@action("ending.no_support_needed")
def need_no_support(*, by: Seat) -> Saying:
    """Say outright that no on-going support is needed: it is an answer, not a gap."""
    by, ending = fresh(by)
    demand(rules.may_need_no_support(by, ending))
    said = contribute(ending=ending, said=Said.NO_SUPPORT, side=side_of(by), by=by)
    record("ending.no_support_needed", subject=ending, by=by)
    return said


@action("ending.answers_shown")
def show_answers(*, by: Seat) -> bool:
    """Say that one's answers may be shown. When both have, each side's are opened to the other; True then.

    In the room, for a participant without an account, the guide says so for both.
    """
    by, ending = fresh(by)
    demand(rules.may_show_answers(by, ending))
    for side in rules.sides_to_show(by, ending):
        contribute(ending=ending, said=Said.READY, side=side, by=by)
    record("ending.answers_shown", subject=ending, by=by)
    sayings = sayings_of(ending)
    if not sayings.both_ready:
        return False
    authors = {saying.by_id: saying.by for saying in sayings.rows if saying.said == Said.READY}
    for author in authors.values():
        words.share(place=PLACE, subject_id=ending.id, by=replace(by, actor=author))
    return True


def _write_entry(ending: Ending, sort: Sort, position: int, content: Content, by: Seat) -> EndingEntry:
    demand(rules.fits(by, sort, content.category))
    clean = asdict(
        replace(content, what=content.what.strip(), then=content.then.strip(), link=content.link.strip())
    )
    return EndingEntry.objects.create(ending=ending, sort=sort, position=position, by=by.actor, **clean)


def _next_position(ending: Ending) -> int:
    positions = EndingEntry.objects.filter(ending=ending).aggregate(last=Max("position", default=-1))
    return int(positions["last"]) + 1


@action("ending.taken_along")
def take_along(*, suggestion: Suggestion, by: Seat) -> EndingEntry:
    """Make of something that helped an entry of what is taken along. Pressed twice, it is taken once."""
    by, ending = fresh(by)
    demand(rules.may_take_along(by, ending, suggestion))
    if suggestion.id not in {each.id for each in suggestions_of(by, ending)}:
        raise NotThisMoment(SETTLED_MEANWHILE)
    is_step = suggestion.sort == Sort.STRATEGY
    content = Content(
        what="" if is_step else suggestion.text,
        then=suggestion.text if is_step else "",
        taken_from=suggestion.id,
    )
    entry = add_entry(sort=suggestion.sort, content=content, by=by)
    record("ending.taken_along", subject=entry, by=by, sort=str(suggestion.sort))
    return entry
