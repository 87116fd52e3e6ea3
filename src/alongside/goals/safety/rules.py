"""Who may raise a notice, answer it, read one that was passed on, and try the way it goes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_guide, is_one_of_two
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, hidden, not_now, not_yours
from alongside.people.models import Person

from .models import SafetyNotice, SafetyTest


def may_raise_notice(seat: Seat) -> Verdict:
    """Either of the two, also when a journey is over: what is answered afterwards counts as much."""
    return is_one_of_two(seat)


def may_answer_safety(seat: Seat) -> Verdict:
    """Also while a journey rests and when it is over: a safety answer never waits."""
    return is_guide(seat)


def may_answer_these(seat: Seat, notices: Sequence[SafetyNotice]) -> Verdict:
    if not notices or any(notice.journey_id != seat.journey.id for notice in notices):
        return hidden()
    verdict = may_answer_safety(seat)
    if verdict and all(notice.seen_at for notice in notices):
        return not_now(_("This has been answered already."))
    return verdict


def may_read_passed_on(actor: Person, notice: SafetyNotice) -> Verdict:
    """Whoever it was passed on to: the query has found it for nobody else."""
    return ALLOWED if notice.passed_on_at else hidden()


def may_answer_passed_on(actor: Person, notice: SafetyNotice) -> Verdict:
    if notice.seen_at:
        return not_now(_("This has been answered already."))
    return may_read_passed_on(actor, notice)


def may_try_notices(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator of your organisation can send a test notice."))


def may_say_it_arrived(actor: Person, test: SafetyTest) -> Verdict:
    return ALLOWED if test.to_id == actor.id else hidden()
