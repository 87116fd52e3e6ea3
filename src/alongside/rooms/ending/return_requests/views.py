"""The doors to coming back: the participant's own, and those of guides and administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Journeys

from ..record.models import Ending
from ..record.openings import WISH
from . import actions, pages, queries, rules
from .forms import GuideForm, WayBackForm
from .models import WayBack


@door(rules.may_type_wish, load=queries.seat_with_wish, methods=("GET", "POST"), opens=WISH)
def own(request: HttpRequest, seat: Seat, ending: Ending, wish: WayBack | None) -> HttpResponse:
    form = WayBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            if "take_back" in request.POST:
                actions.take_wish_back(by=seat)
                messages.success(request, _("Withdrawn."))
            else:
                actions.ask_to_come_back(words=form.cleaned_data["words"], by=seat)
                messages.success(request, _("Your request is passed on."))
            return redirect("own_return_request:own", seat.journey.id)
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
    facts = {"page": pages.own_page(seat, wish), "form": form}
    return render(request, "ending/return_requests/own.html", facts, status=409 if form.is_bound else 200)


@door(rules.may_see_wishes, opens=Journeys("room_ending.wayback"))
def wishes(request: HttpRequest, actor: Person) -> HttpResponse:
    lines = pages.lines(actor, queries.wishes_for(actor))
    return render(request, "ending/return_requests/wishes.html", {"lines": lines})


@door(rules.may_see_wish, load=queries.wish_for, opens=WISH)
def wish(request: HttpRequest, actor: Person, wish: WayBack) -> HttpResponse:
    return _wish(request, actor, wish, GuideForm(guides=queries.who_guides(wish)))


def _wish(request: HttpRequest, actor: Person, wish: WayBack, form: GuideForm) -> HttpResponse:
    page = pages.wish_page(actor, wish, was_there=queries.seen_from(actor, wish.journey) is not None)
    status = 422 if form.is_bound else 200
    return render(request, "ending/return_requests/wish.html", {"page": page, "form": form}, status=status)


@door(rules.may_take_up, load=queries.wish_for, methods=("POST",), opens=LEADS_BACK)
def take_up(request: HttpRequest, actor: Person, wish: WayBack) -> HttpResponse:
    journey = actions.take_up(wish=wish, by=actor)
    messages.success(
        request, _("Started, as a draft. Invite %(name)s when it is ready.") % {"name": wish.by.name}
    )
    return redirect("overview:journey", journey.id)


@door(rules.may_pass_on, load=queries.wish_for, methods=("POST",), opens=LEADS_BACK)
def pass_on(request: HttpRequest, actor: Person, wish: WayBack) -> HttpResponse:
    actions.pass_on(wish=wish, by=actor)
    messages.success(request, _("Passed on to the people who run your service."))
    return redirect("return_requests:wishes")


@door(rules.may_hand_to, load=queries.wish_for, methods=("POST",), opens=WISH)
def hand_to(request: HttpRequest, actor: Person, wish: WayBack) -> HttpResponse:
    form = GuideForm(request.POST, guides=queries.who_guides(wish))
    if not form.is_valid():
        return _wish(request, actor, wish, form)
    actions.hand_to(wish=wish, guide=form.chosen, by=actor)
    messages.success(request, _("Offered to %(name)s.") % {"name": form.chosen.name})
    return redirect("return_requests:wishes")
