"""Who may fill in, look at lines, review what is not on track, and bring instruments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_guide, is_one_of_two, may_guide, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, hidden, not_yours
from alongside.people.models import Person

from .models import ServiceInstrument


def may_see_lines(seat: Seat, *found: Any) -> Verdict:
    return is_one_of_two(seat)


def may_fill_in(seat: Seat, instrument: str) -> Verdict:
    """Either of the two: the participant themselves, or the guide with them in the room."""
    return may_work(seat)


def may_set_schedule(seat: Seat) -> Verdict:
    """Whoever guides says what is asked and when, as the two agreed."""
    return may_guide(seat)


def may_see_on_track(seat: Seat) -> Verdict:
    """The guide reviews; the participant sees the same numbers in their own lines, without the word alert."""
    return is_guide(seat)


def may_answer_finding(seat: Seat) -> Verdict:
    return may_guide(seat)


def may_bring_instruments(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator of your organisation can add questionnaires."))


def may_renew_instrument(actor: Person, instrument: ServiceInstrument) -> Verdict:
    if instrument.organisation_id != actor.organisation_id:
        return hidden()
    return may_bring_instruments(actor)


def may_set_bounds(actor: Person) -> Verdict:
    if actor.is_administrator or actor.is_lead:
        return ALLOWED
    return not_yours(_("Only a programme lead or an administrator can change when a review is suggested."))
