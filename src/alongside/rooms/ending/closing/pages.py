"""Closing: what remains, who may still read, and both acknowledge it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.rooms.first_meeting.states import Side
from alongside.ui.action_buttons import ActionButton

from ..closing_topics.pages import Kept, MatterShown, kept_of, matters_shown
from ..record.called_off import Dates, will_be_called_off
from ..record.models import Ending
from ..record.pages import Onward, eyebrow, onward, part_url, url
from ..record.queries import Sayings, sayings_of, side_of, speaks_in_the_room, words_of
from ..record.rules import may_shape_ending
from ..record.states import EndingState, Said
from .queries import left_open
from .rules import is_complete, may_close_without_waiting


@dataclass(frozen=True)
class Signature:
    name: str
    sentence: str
    done: bool
    act: ActionButton | None


@dataclass(frozen=True)
class ClosingPage:
    eyebrow: str
    lead: str
    onward: Onward
    open_targets: tuple[str, ...]
    open_steps: tuple[str, ...]
    matters: tuple[MatterShown, ...]
    kept: Kept
    afterwards: tuple[str, ...]
    agreement_url: str
    signatures: tuple[Signature, ...]
    acts: tuple[ActionButton, ...]
    keepsake: ActionButton
    missing: str
    missing_url: str
    called_off: Dates | None


def closing_page(seat: Seat, ending: Ending) -> ClosingPage:
    sayings, written = sayings_of(ending), words_of(seat, ending)
    targets, steps = left_open(seat)
    complete = is_complete(seat, ending, sayings, written)
    missing = not seat.is_over and not complete
    may_shape = bool(may_shape_ending(seat, ending))
    return ClosingPage(
        eyebrow=eyebrow(seat),
        lead=_("How it was closed.")
        if seat.is_over
        else _("Say what is left to say, read it together once more, and finish."),
        onward=onward(seat, "closing"),
        open_targets=tuple(targets),
        open_steps=tuple(steps),
        matters=matters_shown(seat, sayings, written, may_shape=may_shape),
        kept=kept_of(seat, sayings, may_shape=may_shape),
        afterwards=_afterwards(seat),
        agreement_url=reverse("first_meeting:agreement", args=[seat.journey.id]),
        signatures=_signatures(seat, sayings, complete),
        acts=_closing_acts(seat, ending, sayings),
        keepsake=ActionButton(
            _("Look at the keepsake"), part_url(seat, "keepsake"), primary=seat.is_over, link=True
        ),
        missing=str(complete.sentence) if missing else "",
        missing_url=complete.next_url if missing else "",
        called_off=None if seat.is_over else will_be_called_off(seat),
    )


def _afterwards(seat: Seat) -> tuple[str, ...]:
    names = {"guide": seat.guide.name, "participant": seat.participant.name}
    named = [
        member.name
        for member in seat.members
        if member.person.id not in {m.person.id for m in (seat.guide, seat.participant)}
    ]
    lines = [
        _(
            "After that nothing here can be changed. %(guide)s and %(participant)s can still "
            "read what they could both read."
        )
        % names,
        _("What only one of you could read is still for that person only."),
    ]
    if named:
        lines.append(
            _("%(names)s can still read what was marked for them, and nothing else.")
            % {"names": ", ".join(named)}
        )
    return tuple(lines)


def _signatures(seat: Seat, sayings: Sayings, complete: Verdict) -> tuple[Signature, ...]:
    return tuple(_signature(seat, sayings, side, complete) for side in (Side.PARTICIPANT, Side.GUIDE))


def _signature(seat: Seat, sayings: Sayings, side: Side, complete: Verdict) -> Signature:
    who = seat.participant if side == Side.PARTICIPANT else seat.guide
    said = sayings.of(Said.ACKNOWLEDGED, side)
    if said:
        facts = {"day": date_format(localtime(said.created_at), "j F Y, H:i"), "by": said.by.name}
        if said.by_id != who.person.id:
            return Signature(who.name, _("Acknowledged on %(day)s, recorded by %(by)s.") % facts, True, None)
        return Signature(who.name, _("Acknowledged on %(day)s.") % facts, True, None)
    if seat.is_over:
        return Signature(who.name, _("Not acknowledged."), False, None)
    mine, spoken = side == side_of(seat), speaks_in_the_room(seat)
    if not mine and not spoken:
        return Signature(who.name, _("Not acknowledged yet."), False, None)
    label = (
        _("I acknowledge it") if mine else _("%(name)s acknowledges it, here in person") % {"name": who.name}
    )
    act = ActionButton(
        label,
        url(seat, "acknowledge"),
        complete,
        primary=mine,
        fields=(("side", side.value),),
        confirm=_("Once you both confirm, the record is closed for good.")
        if sayings.of(Said.ACKNOWLEDGED)
        else "",
    )
    return Signature(who.name, _("Not acknowledged yet."), False, act)


def _closing_acts(seat: Seat, ending: Ending, sayings: Sayings) -> tuple[ActionButton, ...]:
    acts = []
    if ending.state == EndingState.ACKNOWLEDGED_BY_ONE and not seat.is_over:  # type: ignore[attr-defined]
        acts.append(ActionButton(_("Open it again"), url(seat, "take_up_again")))
        if may_close_without_waiting(seat, ending):
            confirm = _("You can both still read what was written.")
            if not seat.is_participant:
                confirm = _("%(name)s can still read everything, and has the keepsake.") % {
                    "name": seat.participant.name
                }
            acts.append(ActionButton(_("Close it without waiting"), url(seat, "close"), confirm=confirm))
    return tuple(acts)
