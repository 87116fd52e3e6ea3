"""Who says when somebody is reminded of what they took along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict, first_denial, not_now

from ..record.models import Ending
from ..record.rules import is_theirs, may_look_back, may_shape_ending
from ..record.states import AFTER
from .models import KeepsakePlan
from .queries import latest_plan


def may_open_reminders(seat: Seat, ending: Ending | None) -> Verdict:
    """The door where days are typed: if the moment has passed the action says so, and they are not lost."""
    return first_denial(may_look_back(seat, ending), is_theirs(seat))


def may_choose_reminders(seat: Seat, ending: Ending | None) -> Verdict:
    """Theirs alone to say: while the ending is shaped, and at any time afterwards."""
    denied = may_open_reminders(seat, ending)
    if not denied:
        return denied
    if not seat.participant.person.email:
        return not_now(_("Reminders come by email, and there is no email address here."))
    return denied if seat.state in AFTER else may_shape_ending(seat, ending)


def may_stop_reminders(seat: Seat, ending: Ending | None) -> Verdict:
    return may_open_reminders(seat, ending)


def may_undo_stop(seat: Seat, ending: Ending | None) -> Verdict:
    """As long as nothing else was said since."""
    plan: KeepsakePlan | None = latest_plan(seat.journey.id)
    denied = may_choose_reminders(seat, ending)
    if denied and (plan is None or plan.stopped is None):
        return not_now(_("There is nothing to undo."))
    return denied
