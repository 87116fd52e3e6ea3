"""Then and now: how it was at the start beside how it is today."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.goals.queries import TargetFacts
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton

from ...record.models import Ending
from ...record.pages import Onward, eyebrow, onward, url
from ...record.queries import sayings_of, speaks_in_the_room
from ...record.rules import may_shape_ending
from ...record.states import Said
from ..queries import then_and_now_of
from ..rules import may_look_at_today
from .compared import Compared, compare
from .whole import Whole, whole_of


@dataclass(frozen=True)
class ThenAndNowPage:
    eyebrow: str
    lead: str
    compared: Compared
    whole: Whole | None
    onward: Onward
    take: ActionButton | None
    no_start: str
    left_out: str
    left_out_by: str
    waiting: str
    may_leave_out: bool
    leave_out_url: str


def then_and_now_page(seat: Seat, ending: Ending) -> ThenAndNowPage:
    found = then_and_now_of(seat)
    left_out = None if found.now else sayings_of(ending).of(Said.NO_PICTURE)
    verdict = may_look_at_today(seat, ending)
    mine = seat.is_participant or speaks_in_the_room(seat)
    label = _("Take the picture again") if found.now else _("Take today's picture")
    lead = _("What was it like at the beginning, and where are you now?")
    if not seat.is_participant:
        lead = _("What was it like for %(name)s at the beginning, and where are they now?") % {
            "name": seat.participant.name
        }
    waiting = (
        ""
        if found.now or left_out or mine or seat.is_over
        else _("%(name)s takes today's picture. You can look at it together in the meeting.")
        % {"name": seat.participant.name}
    )
    may_shape = may_shape_ending(seat, ending)
    compared = compare(found, lambda target: _reached(seat, target)) if may_shape else compare(found)
    return ThenAndNowPage(
        eyebrow=eyebrow(seat),
        lead=lead,
        compared=compared,
        whole=whole_of(seat, compared),
        onward=onward(seat, "then_and_now", primary=not seat.is_over and bool(found.now or left_out)),
        take=ActionButton(label, url(seat, "today"), verdict, primary=not found.now, link=True)
        if mine and not seat.is_over
        else None,
        no_start=""
        if found.then
        else _("No picture was taken at the start, so there is nothing to compare today with."),
        left_out=str(left_out.word) if left_out else "",
        left_out_by=left_out.by.name if left_out else "",
        waiting=waiting,
        may_leave_out=bool(found.then and not found.now and not left_out and may_shape),
        leave_out_url=url(seat, "leave_out"),
    )


def _reached(seat: Seat, target: TargetFacts) -> ActionButton:
    return ActionButton(_("This is reached"), url(seat, "reached", target.id))
