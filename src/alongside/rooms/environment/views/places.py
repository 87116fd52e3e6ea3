"""The doors to places: one's own and the organisation's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK

from .. import actions, forms, pages, rules
from ..models import Place
from ..openings import PLACES
from ..queries import booked_ahead, place_for, places_for, retired_places_for
from .common import next_path


@door(rules.may_keep_places, opens=PLACES)
def places(request: HttpRequest, actor: Person) -> HttpResponse:
    page = pages.places_page(actor, places_for(actor), retired_places_for(actor))
    return render(request, "environment/places.html", {"page": page})


@door(rules.may_keep_places, methods=("GET", "POST"), opens=PLACES)
def add(request: HttpRequest, actor: Person) -> HttpResponse:
    choosing = actor.is_guide and actor.is_administrator
    form = forms.PlaceForm(request.POST if request.method == "POST" else None, may_choose_whose=choosing)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        facts = {"form": form, "next": next_path(request)}
        return render(request, "environment/place.html", facts, status=status)
    data = dict(form.cleaned_data)
    whose = data.pop("whose", "mine" if actor.is_guide else "organisation")
    actions.make_place(
        words=actions.PlaceWords(**data), of_the_organisation=whose == "organisation", by=actor
    )
    messages.success(request, _("Added: %(name)s.") % {"name": data["name"]})
    return redirect(next_path(request) or "environment_places:places")


@door(rules.may_change_place, load=place_for, methods=("GET", "POST"), opens=PLACES)
def change(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    words = {name: getattr(place, name) for name in actions.PlaceWords.__slots__}
    form = forms.PlaceForm(request.POST if request.method == "POST" else None, initial=words)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        facts = {"form": form, "name": place.name}
        return render(request, "environment/place.html", facts, status=status)
    actions.change_place(place=place, words=actions.PlaceWords(**form.cleaned_data), by=actor)
    messages.success(request, _("Saved."))
    return redirect("environment_places:places")


@door(rules.may_retire_place, load=place_for, methods=("POST",), opens=LEADS_BACK)
def retire(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    actions.retire_place(place=place, by=actor)
    ahead = booked_ahead(place)
    messages.success(request, _("%(name)s is out of use.") % {"name": place.name})
    if ahead:
        sentence = ngettext(
            "%(count)s meeting is still booked there and stays.",
            "%(count)s meetings are still booked there and stay.",
            ahead,
        )
        messages.info(request, sentence % {"count": ahead})
    return redirect("environment_places:places")


@door(rules.may_restore_place, load=place_for, methods=("POST",), opens=LEADS_BACK)
def restore(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    actions.restore_place(place=place, by=actor)
    messages.success(request, _("%(name)s is in use again.") % {"name": place.name})
    return redirect("environment_places:places")
