"""Putting needs, targets and steps in order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.goals.actions import put_in_place
from alongside.goals.models import Need, Step, Target
from alongside.goals.queries import needs_of, step_facts
from alongside.journeys.openings import JOURNEY
from alongside.journeys.seat import Seat
from alongside.kernel.errors import NotThisMoment
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from .. import finders, queries, rules
from ..forms import PlaceForm
from ..pages.common import address
from ..pages.ordering import order_page
from ..queries import RoomFacts
from .common import show


@door(rules.may_shape_goals, load=finders.room_for, opens=JOURNEY)
def order(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    page = order_page(seat, list(needs_of(seat)), queries.worded_targets(seat), step_facts(seat))
    return show(request, seat, "order", page=page)


@door(rules.may_change_goal, load=finders.need_in, methods=("POST",), opens=LEADS_BACK)
def move_need(request: HttpRequest, seat: Seat, need: Need) -> HttpResponse:
    return _move(request, seat, need, "need")


@door(rules.may_change_goal, load=finders.target_in, methods=("POST",), opens=LEADS_BACK)
def move_target(request: HttpRequest, seat: Seat, target: Target) -> HttpResponse:
    return _move(request, seat, target, "target")


@door(rules.may_change_goal, load=finders.step_in, methods=("POST",), opens=LEADS_BACK)
def move_step(request: HttpRequest, seat: Seat, step: Step) -> HttpResponse:
    return _move(request, seat, step, "step")


def _move(request: HttpRequest, seat: Seat, thing: Need | Target | Step, noun: str) -> HttpResponse:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise NotThisMoment(form.sentence)
    put_in_place(thing=thing, place=form.cleaned_data["place"], by=seat)
    return redirect(f"{address(seat, 'order')}#{noun}-{thing.id}")
