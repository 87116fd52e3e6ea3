"""What an ending can't do without, and who may acknowledge and close it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict, first_denial, not_now, not_yours
from alongside.rooms.first_meeting.states import Side

from ..closing_topics.queries import Written
from ..closing_topics.rules import are_settled
from ..comparison.queries import lacks_picture
from ..contributions.queries import has_support
from ..record.models import Ending
from ..record.queries import Sayings, is_in_work, other_is_gone, sayings_of, side_of, speaks_in_the_room
from ..record.rules import may_look_back
from ..record.states import EndingState, Said


def is_complete(
    seat: Seat, ending: Ending, sayings: Sayings | None = None, written: Written | None = None
) -> Verdict:
    """What an ending can't do without: today's picture beside the first one, a word on support, what its kind asks for."""
    sayings = sayings or sayings_of(ending)
    journey = seat.journey.id
    if lacks_picture(ending, sayings):
        onward = reverse("ending:then_and_now", args=[journey])
        return not_now(_("Today's picture is still missing. Take it, or say why you leave it out."), onward)
    if not sayings.of(Said.NO_SUPPORT) and not has_support(ending):
        onward = reverse("ending:support", args=[journey])
        return not_now(_("Say what support there will be, or that none is needed."), onward)
    return are_settled(seat, ending, sayings, written)


def may_acknowledge(seat: Seat, ending: Ending | None, side: Side | None = None) -> Verdict:
    """Each of the two on their own side; in the room the guide notes the participant's word as well."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    if not is_in_work(ending):
        return not_now(_("This ending is closed."))
    wanted = side or side_of(seat)
    if wanted != side_of(seat) and not speaks_in_the_room(seat):
        return not_yours(_("The other person has to acknowledge it themselves."))
    if seat.covers_until:
        return not_yours(
            _("You are covering for the guide for a time. Only the guide can acknowledge the ending.")
        )
    if sayings_of(ending).of(Said.ACKNOWLEDGED, wanted) and side is not None:
        return not_now(_("This has already been acknowledged."))
    return is_complete(seat, ending)


def may_take_up_again(seat: Seat, ending: Ending | None) -> Verdict:
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if denied and ending is not None and ending.state != EndingState.ACKNOWLEDGED_BY_ONE:  # type: ignore[attr-defined]
        return not_now(_("No one has acknowledged it yet: you can change it as it is."))
    return denied


def may_close_without_waiting(seat: Seat, ending: Ending | None) -> Verdict:
    """The guide, where the kind leaves the participant free to acknowledge; and either of the two when the other is gone."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    if not other_is_gone(seat) and (not seat.is_guide or seat.kind.acknowledgement.participant_must):
        return not_yours(_("An ending is closed when you have both acknowledged it."))
    if not sayings_of(ending).of(Said.ACKNOWLEDGED, side_of(seat)):
        return not_now(_("Acknowledge it yourself first."))
    return is_complete(seat, ending)
