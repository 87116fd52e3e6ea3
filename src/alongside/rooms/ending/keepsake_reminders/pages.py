"""What is said of being reminded: on the page where it is chosen, and beside the keepsake."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.consents import TEXTS
from alongside.people.models import Purpose
from alongside.ui.action_buttons import ActionButton

from ..record.models import Ending
from ..record.pages import eyebrow, part_url
from . import rules
from .models import KeepsakePlan
from .queries import days_ahead, plan_of


def url(seat: Seat, name: str) -> str:
    return reverse(f"keepsake_reminders:{name}", args=[seat.journey.id])


@dataclass(frozen=True)
class Reminders:
    """How it stands, and what can be done about it. `choose` is None for who only reads the keepsake."""

    sentence: str
    choose: ActionButton | None
    stop: ActionButton | None
    undo: ActionButton | None


def reminders_of(seat: Seat, ending: Ending) -> Reminders | None:
    """None for whoever has no say in it."""
    if not rules.may_open_reminders(seat, ending):
        return None
    plan = plan_of(seat)
    sentence = _sentence(seat, plan)
    going = bool(plan and (days_ahead(seat, plan) or plan.weekly is not None))
    label = _("Change the days") if going else _("Choose days")
    may_undo = plan is not None and plan.stopped is not None
    return Reminders(
        sentence=sentence,
        choose=ActionButton(label, url(seat, "choose"), rules.may_choose_reminders(seat, ending), link=True),
        stop=ActionButton(_("Stop these reminders"), url(seat, "stop")) if going else None,
        undo=ActionButton(_("Start them again"), url(seat, "again")) if may_undo else None,
    )


def _sentence(seat: Seat, plan: KeepsakePlan | None) -> str:
    parts = [date_format(day, "j F Y") for day in days_ahead(seat, plan)]
    weekly = str(WEEKDAYS[plan.weekly]) if plan and plan.weekly is not None else ""
    facts = {"days": ", ".join(parts), "weekday": weekly}
    if parts and weekly:
        return _("You get a reminder by email every %(weekday)s, and on: %(days)s.") % facts
    if weekly:
        return _("You get a reminder by email every %(weekday)s.") % facts
    if parts:
        return _("You get a reminder by email on: %(days)s.") % facts
    return _("On days you choose, an email can remind you of what you took with you. None is planned.")


@dataclass(frozen=True)
class ChoosePage:
    eyebrow: str
    lead: str
    agrees: str
    """What one agrees to by choosing days."""
    back: str


def choose_page(seat: Seat) -> ChoosePage:
    return ChoosePage(
        eyebrow=eyebrow(seat),
        lead=_(
            "An email comes in the morning of each day you choose, with a link to what you took with you. "
            "Your words are behind the link, not in the email."
        ),
        agrees=str(TEXTS[Purpose.AFTERWARDS].text),
        back=part_url(seat, "keepsake"),
    )
