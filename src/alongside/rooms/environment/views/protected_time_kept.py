"""The doors to protected time kept: a page and its picture for a journey, for a guide, for a place."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.errors import demand
from alongside.kernel.verdict import hidden
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.ui.pictures import Theme, served

from ..kept_chart import definition
from ..models import Place
from ..openings import COUNTS
from ..pages.protected_time_kept import KeptPage, kept_at_place, kept_by_guide, kept_in_journey
from ..protected_time_kept import Noted, by_week
from ..queries import place_for
from ..queries.protected_time_kept import noted_at, noted_by_guide, noted_in
from ..rules import may_see_environment
from ..rules.protected_time_kept import may_see_own_time_kept, may_see_time_kept_at


def _shown(request: HttpRequest, page: KeptPage) -> HttpResponse:
    return render(request, "environment/kept.html", {"page": page})


def _picture(request: HttpRequest, noted: list[Noted], theme: Theme) -> HttpResponse:
    """There is no picture of nothing."""
    weeks = by_week(noted)
    if not weeks:
        demand(hidden())
    return served(request, partial(definition, weeks), theme, weeks, get_language())


@door(may_see_environment, load=seat_for, opens=COUNTS)
def journey(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _shown(request, kept_in_journey(seat, noted_in(seat)))


@door(may_see_environment, load=seat_for, opens=COUNTS)
def journey_chart(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _picture(request, noted_in(seat), "light")


@door(may_see_environment, load=seat_for, opens=COUNTS)
def journey_chart_dark(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _picture(request, noted_in(seat), "dark")


@door(may_see_own_time_kept, opens=COUNTS)
def mine(request: HttpRequest, actor: Person) -> HttpResponse:
    return _shown(request, kept_by_guide(actor, noted_by_guide(actor)))


@door(may_see_own_time_kept, opens=COUNTS)
def mine_chart(request: HttpRequest, actor: Person) -> HttpResponse:
    return _picture(request, noted_by_guide(actor), "light")


@door(may_see_own_time_kept, opens=COUNTS)
def mine_chart_dark(request: HttpRequest, actor: Person) -> HttpResponse:
    return _picture(request, noted_by_guide(actor), "dark")


@door(may_see_time_kept_at, load=place_for, opens=COUNTS)
def place(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    return _shown(request, kept_at_place(actor, place, noted_at(place)))


@door(may_see_time_kept_at, load=place_for, opens=COUNTS)
def place_chart(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    return _picture(request, noted_at(place), "light")


@door(may_see_time_kept_at, load=place_for, opens=COUNTS)
def place_chart_dark(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    return _picture(request, noted_at(place), "dark")
