"""The doors to the hours of places: opening hours, days that are different, closures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK

from ..actions import place_hours as actions
from ..forms.hours import ClosureForm, DayForm, OpeningHoursForm
from ..models import OtherHours, Place, TimeAway
from ..openings import PLACES
from ..pages.place_hours import initial_of_place, place_hours_page, place_url, still_booked_there
from ..queries import place_for
from ..queries.place_hours import booked_in, closure_for, day_of_place_for, week_of_place
from ..rules import may_change_place
from ..rules.hours import may_forget_of_place
from .hours import BOTH, POST, shown_form


@door(may_change_place, load=place_for, methods=BOTH, opens=PLACES)
def hours(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    form = OpeningHoursForm(
        request.POST if request.method == "POST" else None, initial=initial_of_place(place)
    )
    if request.method == "POST" and form.is_valid():
        actions.say_opening_hours(
            place=place, week=form.week(), time_zone=form.cleaned_data["time_zone"], by=actor
        )
        messages.success(request, _("Saved. From now on no one can book it outside these hours."))
        return redirect(place_url("hours", place))
    page = place_hours_page(place, week_of_place(place), clock.today())
    facts = {"page": page, "form": form}
    return render(request, "environment/place_hours.html", facts, status=422 if form.is_bound else 200)


@door(may_change_place, load=place_for, methods=BOTH, opens=PLACES)
def day(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        lead = _("%(place)s: other hours on one day, or none.") % {"place": place.name}
        return shown_form(request, form, _("Change one day"), lead, place_url("hours", place))
    said = form.cleaned_data
    actions.say_day_of_place(place=place, day=said["day"], hours=said["hours"], by=actor)
    _mention(request, 0 if said["hours"] else booked_in(place, said["day"], said["day"]))
    return redirect(place_url("hours", place))


@door(may_forget_of_place, load=day_of_place_for, methods=POST, opens=LEADS_BACK)
def forget_day(request: HttpRequest, actor: Person, place: Place, said: OtherHours) -> HttpResponse:
    actions.forget_day_of_place(place=place, said=said, by=actor)
    messages.success(request, _("That day is as usual again."))
    return redirect(place_url("hours", place))


@door(may_change_place, load=place_for, methods=BOTH, opens=PLACES)
def close(request: HttpRequest, actor: Person, place: Place) -> HttpResponse:
    form = ClosureForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        lead = _("Building work, a holiday, another event: no one can book %(place)s then.") % {
            "place": place.name
        }
        return shown_form(request, form, _("Close it for some days"), lead, place_url("hours", place))
    said = form.cleaned_data
    actions.close_place(place=place, **said, by=actor)
    _mention(request, booked_in(place, said["first_day"], said["last_day"]))
    return redirect(place_url("hours", place))


@door(may_forget_of_place, load=closure_for, methods=POST, opens=LEADS_BACK)
def open_again(request: HttpRequest, actor: Person, place: Place, closure: TimeAway) -> HttpResponse:
    actions.open_again(place=place, closure=closure, by=actor)
    messages.success(request, _("It can be booked on these days again."))
    return redirect(place_url("hours", place))


def _mention(request: HttpRequest, booked: int) -> None:
    messages.success(request, _("Saved."))
    if booked:
        messages.info(request, still_booked_there(booked))
