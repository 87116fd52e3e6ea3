"""The page of the places one looks after."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..models import Place, PlaceKind
from ..queries.place_hours import next_closures, weeks_by_place
from .place_hours import closed_line, open_line
from .said import qualities


@dataclass(frozen=True)
class PlaceLine:
    name: str
    kind: str
    details: str
    qualities: str
    whose: str
    open: str
    closed: str
    kept_url: str
    acts: tuple[ActionButton, ...]


@dataclass(frozen=True)
class PlacesPage:
    places: tuple[PlaceLine, ...]
    retired: tuple[PlaceLine, ...]
    add: ActionButton


def places_page(actor: Person, places: list[Place], retired: list[Place]) -> PlacesPage:
    weeks, closures = weeks_by_place(places), next_closures(places, clock.today())
    return PlacesPage(
        tuple(
            place_line(actor, place, open_line(weeks.get(place.id, {})), closed_line(closures.get(place.id)))
            for place in places
        ),
        tuple(place_line(actor, place) for place in retired),
        ActionButton(
            _("Add a place"), reverse("environment_places:add"), primary=True, link=True, icon="plus-lg"
        ),
    )


def place_line(actor: Person, place: Place, opened: str = "", closed: str = "") -> PlaceLine:
    acts: tuple[ActionButton, ...] = ()
    if rules.may_change_place(actor, place) and place.retired_at:
        acts = (ActionButton(_("Use it again"), reverse("environment_places:restore", args=[place.id])),)
    elif rules.may_change_place(actor, place):
        acts = (
            ActionButton(_("Change"), reverse("environment_places:place", args=[place.id]), link=True),
            ActionButton(_("Opening hours"), reverse("environment_places:hours", args=[place.id]), link=True),
            ActionButton(
                _("Stop using this place"),
                reverse("environment_places:retire", args=[place.id]),
                confirm=_("No one can book it any more. Existing bookings stay."),
            ),
        )
    return PlaceLine(
        name=str(place.name),
        kind=str(PlaceKind(place.kind).label),
        details=str(place.details),
        qualities=qualities(
            place.is_private, place.is_quiet, place.is_step_free, opened=place.participants_may_book
        ),
        whose="" if place.owner_id else _("of the organisation"),
        open=opened,
        closed=closed,
        kept_url=reverse("environment_places:kept", args=[place.id]),
        acts=acts,
    )
