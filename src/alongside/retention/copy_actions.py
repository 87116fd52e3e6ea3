"""Collecting somebody's record to answer them, taking lines out of it with a reason, and looking through all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import access, copies, rules
from .copying import Gathered, lines_of
from .models import AccessCopy, AccessLogEntry, AccessPart, AccessRedaction, AccessRequest
from .states import CopyStep, TakenOut

THEIR_RIGHT = "they asked for a copy of it, which a restriction does not stop"


@action("access.collected")
def collect_copy(*, request: AccessRequest, gathered: Iterable[Gathered], by: Person) -> AccessCopy:
    """Lay the record beside the request as it is now. Collected again, what was taken out of it stays taken out, and what is
    the same as before has been looked through.
    """
    request = access.behind_lock(request)
    demand(rules.may_change_copy(by, request))
    before = _known(copies.copy_of(request))
    AccessCopy.objects.filter(request=request).delete()
    copy = AccessCopy.objects.create(request=request, by=by)
    for number, one in enumerate(gathered, start=1):
        content = json.dumps(one.content, ensure_ascii=False)
        old = before.get((one.heading, content))
        part = AccessPart.objects.create(
            copy=copy,
            number=number,
            journey_id=one.journey_id,
            heading=one.heading,
            content=content,
            lines=one.lines,
            reviewed_at=old.reviewed_at if old else None,
            reviewed_by=old.reviewed_by if old else None,
        )
        _carry_over(before, part, one)
    _note(request, CopyStep.COLLECTED, copy.parts.count(), by)
    record("access.collected", subject=request, by=by, parts=copy.parts.count())
    return copy


class _Known:
    """What was collected before: parts by what is in them, and lines that were taken out by what they say."""

    def __init__(self, copy: AccessCopy | None) -> None:
        self.parts: dict[tuple[str, str], AccessPart] = {}
        self.lines: dict[tuple[str, str], AccessRedaction] = {}
        for part in copies.parts_of(copy) if copy else ():
            self.parts[str(part.heading), str(part.content)] = part
            texts = {line.number: line.text for line in lines_of(copies.content_of(part))}
            for one in copies.redactions_of(part):
                self.lines[str(part.heading), texts[one.line]] = one

    def get(self, key: tuple[str, str]) -> AccessPart | None:
        return self.parts.get(key)


def _known(copy: AccessCopy | None) -> _Known:
    return _Known(copy)


def _carry_over(before: _Known, part: AccessPart, one: Gathered) -> None:
    for line in lines_of(one.content):
        if old := before.lines.get((one.heading, line.text)):
            AccessRedaction.objects.create(
                part=part, line=line.number, why=old.why, note=str(old.note), by=old.by
            )


@action("access.taken_out", although_restricted=THEIR_RIGHT)
def take_lines_out(
    *, part: AccessPart, lines: Iterable[int], why: TakenOut, note: str, by: Person
) -> list[AccessRedaction]:
    """Leave lines out of what is given, with a reason for each. What is out already stays as it is."""
    request = access.behind_lock(part.copy.request)
    demand(rules.may_change_copy(by, request))
    out = {one.line for one in copies.redactions_of(part)}
    wanted = sorted(line for line in set(lines) - out if 0 <= line < part.lines)
    made = [
        AccessRedaction.objects.create(part=part, line=line, why=why, note=note.strip(), by=by)
        for line in wanted
    ]
    if made:
        _note(request, CopyStep.TAKEN_OUT, len(made), by)
        record("access.taken_out", subject=request, by=by, part=part.number, lines=len(made), why=str(why))
    return made


@action("access.put_back", although_restricted=THEIR_RIGHT)
def put_line_back(*, part: AccessPart, line: int, by: Person) -> None:
    """Undo taking it out, until the copy is released. Pressed twice, it is put back once."""
    request = access.behind_lock(part.copy.request)
    demand(rules.may_change_copy(by, request))
    held = AccessRedaction.objects.filter(part=part, line=line, undone_at=None)
    if held.update(undone_at=now(), undone_by=by):
        _note(request, CopyStep.PUT_BACK, 1, by)
        record("access.put_back", subject=request, by=by, part=part.number)


@action("access.looked_through", although_restricted=THEIR_RIGHT)
def look_through(*, part: AccessPart, by: Person) -> None:
    """Record that every line of this part was looked at. Pressed twice, it is recorded once."""
    request = access.behind_lock(part.copy.request)
    demand(rules.may_change_copy(by, request))
    if AccessPart.objects.filter(id=part.id, reviewed_at=None).update(reviewed_at=now(), reviewed_by=by):
        _note(request, CopyStep.LOOKED_THROUGH, 1, by)
        record("access.looked_through", subject=request, by=by, part=part.number)


@action("access.copy_removed")
def remove_copy(*, request: AccessRequest, by: Person | None) -> None:
    """Nobody needs it any more: the record itself stays where it is, and the log of what was done."""
    removed, _each = AccessCopy.objects.filter(request=request).delete()
    if removed:
        _note(request, CopyStep.REMOVED, 1, by)
        record("access.copy_removed", subject=request, by=by)


def _note(request: AccessRequest, did: CopyStep, count: int, by: Person | None) -> None:
    AccessLogEntry.objects.create(request=request, did=did, count=count, by=by)
