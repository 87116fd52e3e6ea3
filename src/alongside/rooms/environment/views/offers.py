"""The doors to times offered by link: the guide's, and the one the link opens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.people.doors import door, public
from alongside.people.middleware import zone_of
from alongside.people.openings import LEADS_BACK

from .. import rules
from ..actions.offers import offer_times, pick_time, withdraw_offer
from ..forms.offers import OfferForm, PickForm, WhereForm
from ..models import Offer, Place
from ..openings import BY_LINK, MEETINGS
from ..pages.offers import made_page, offer_page, pick_page
from ..queries import bookable_places, guide_for
from ..queries.offers import choices_of, offer_by, offer_for, open_offers, seat_by
from .common import Tried, attempt
from .slot_search import people_of, suiting


@door(rules.may_offer_times, load=seat_for, methods=("GET", "POST"), limit="invitations", opens=MEETINGS)
def offer(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is offered depends on place and length, which are asked for by address; a POST offers what was ticked."""
    places, zone = bookable_places(seat), zone_of(guide_for(seat))
    where = WhereForm(_where(request, seat, places), places=places)
    found = []
    if where.is_valid():
        data = where.cleaned_data
        found = suiting(request, seat, [data["place"]], data["minutes"], count=24, most_a_day=4)
    page = offer_page(seat, places, found, open_offers(seat), zone)
    email = seat.participant.person.email
    form = OfferForm(request.POST if request.method == "POST" else None, choices=page.by_day, email=email)
    tried = (
        attempt(request, form, lambda ticked: _offer(seat, where, ticked)) if where.is_valid() else Tried()
    )
    if tried.done:
        return render(request, "environment/offer_made.html", {"page": made_page(seat, *tried.done)})
    status = 422 if places and not where.is_valid() else tried.status
    return render(
        request, "environment/offer.html", {"page": page, "where": where, "form": form}, status=status
    )


def _where(request: HttpRequest, seat: Seat, places: list[Place]) -> dict[str, str]:
    first = {"place": str(places[0].id) if places else "", "minutes": str(seat.journey.meeting_minutes)}
    asked = {name: request.GET[name] for name in ("place", "minutes", "since") if name in request.GET}
    return {**first, **asked}


def _offer(seat: Seat, where: WhereForm, ticked: dict) -> tuple[Offer, str]:
    data = where.cleaned_data
    return offer_times(
        place=data["place"],
        starts=ticked["starts"],
        minutes=data["minutes"],
        send=bool(ticked.get("send")),
        by=seat,
    )


@door(rules.may_withdraw_offer, load=offer_for, methods=("POST",), opens=LEADS_BACK)
def withdraw(request: HttpRequest, seat: Seat, offer: Offer) -> HttpResponse:
    withdraw_offer(offer=offer, by=seat)
    messages.success(request, _("Withdrawn. The link no longer books anything."))
    return redirect("environment:offer", journey_id=seat.journey.id)


@public(
    "Who holds the link may pick one of the times it offers; looking at it changes nothing.", opens=BY_LINK
)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing up, as mail scanners open links; its button books."""
    offered = offer_by(token)
    seat = seat_by(offered) if offered else None
    if offered is None or seat is None:
        return render(request, "environment/pick_unknown.html", status=404)
    reader = seat.participant.person
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        form = PickForm(request.POST if request.method == "POST" else None)
        verdict = rules.may_pick_time(seat, offered)
        if request.method == "POST" and not verdict:
            return _page(request, offered, seat, form, 409)
        tried = attempt(
            request, form, lambda data: pick_time(offer=offered, starts_at=data["start"], by=seat)
        )
        if tried.done:
            return redirect("environment_offers:pick", token=token)
        return _page(request, offered, seat, form, tried.status)


def _page(request: HttpRequest, offered: Offer, seat: Seat, form: PickForm, status: int) -> HttpResponse:
    guide = guide_for(seat)
    verdict = rules.may_pick_time(seat, offered)
    choices = choices_of(offered, people_of(seat)) if verdict else []
    page = pick_page(offered, seat, verdict, choices, zone_of(guide))
    answer = render(request, "environment/pick.html", {"page": page, "form": form}, status=status)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
