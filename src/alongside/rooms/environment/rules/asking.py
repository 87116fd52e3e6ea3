"""Who may ask for a time, and to be told of an earlier one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_participant, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, not_now

from ..models import Meeting
from .meetings import may_want_another_time


def may_ask_for_time(seat: Seat) -> Verdict:
    """The participant, in a journey that goes on."""
    return first_denial(is_participant(seat), may_work(seat))


def may_wish_for_earlier(seat: Seat, meeting: Meeting) -> Verdict:
    """The participant, for whom a meeting is booked that is still to come, with a sign-in to move it by."""
    return first_denial(is_participant(seat), may_want_another_time(seat, meeting), _can_sign_in(seat))


def _can_sign_in(seat: Seat) -> Verdict:
    if seat.participant.person.user_id is None:
        return not_now(_("An earlier time is booked on a page of one's own, which needs an account."))
    return ALLOWED
