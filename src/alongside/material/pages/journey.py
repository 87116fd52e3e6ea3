"""Which version leads a journey, and what the newest would change."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.material import content_of_version
from alongside.journeys.models import MaterialVersion
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..changes import ItemChange, changes_between


@dataclass(frozen=True)
class LedByPage:
    eyebrow: str
    title: str
    lead: str
    changes: tuple[ItemChange, ...]
    take_up: ActionButton | None
    back: str


def led_by_page(seat: Seat, newest: MaterialVersion) -> LedByPage:
    here = seat.journey.material
    assert here is not None
    facts = {
        "name": seat.kind.template(seat.journey.template).name,
        "number": here.number,
        "newest": newest.number,
    }
    is_newer = newest.number > here.number
    lead = _("This is led by “%(name)s”, version %(number)s. It is the newest one.")
    if is_newer:
        lead = _(
            "This is led by “%(name)s”, version %(number)s. Version %(newest)s is published. You can go on as you are, or "
            "go on with the new one. What is written and agreed stays."
        )
    return LedByPage(
        eyebrow=str(seat.kind.name),
        title=_("Template"),
        lead=lead % facts,
        changes=changes_between(content_of_version(here), content_of_version(newest)) if is_newer else (),
        take_up=ActionButton(
            _("Go on with version %(newest)s") % facts,
            reverse("journey_material:take_up", args=[seat.journey.id]),
            verdict=rules.may_take_up(seat, newest),
            primary=True,
        )
        if is_newer
        else None,
        back=reverse("overview:journey", args=[seat.journey.id]),
    )
