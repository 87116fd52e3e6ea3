"""The doors to one's own protected time."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK

from ..actions import hours as actions
from ..forms.hours import AwayForm, DayForm, WeekForm
from ..models import OtherHours, TimeAway
from ..opening_hours import Around
from ..openings import OWN_TIME
from ..pages.hours import initial_of, still_booked, time_page
from ..queries import protected
from ..rules.hours import may_keep_time, may_take_back

BOTH, POST = ("GET", "POST"), ("POST",)
HOME = "environment_time:time"
NINE_TO_FIVE = {weekday: [(9 * 60, 17 * 60)] for weekday in range(5)}


@door(may_keep_time, methods=BOTH, opens=OWN_TIME)
def time(request: HttpRequest, actor: Person) -> HttpResponse:
    initial = initial_of(protected.protection_of(actor), protected.week_of(actor))
    form = WeekForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.say_week(week=form.week(), around=form.around(), by=actor)
        messages.success(request, _("Saved. Only these hours are offered from now on."))
        return redirect(HOME)
    facts = {"page": time_page(actor), "form": form}
    return render(request, "environment/time.html", facts, status=422 if form.is_bound else 200)


@door(may_keep_time, methods=POST, opens=LEADS_BACK)
def usual(request: HttpRequest, actor: Person) -> HttpResponse:
    said = protected.protection_of(actor)
    around = Around(**{name: getattr(said or Around(), name) for name in Around.__slots__})
    actions.say_week(week=NINE_TO_FIVE, around=around, by=actor)
    messages.success(
        request, _("You can now be booked from Monday to Friday, 9:00 to 17:00. Change it as you like.")
    )
    return redirect(HOME)


@door(may_keep_time, methods=BOTH, opens=OWN_TIME)
def day(request: HttpRequest, actor: Person) -> HttpResponse:
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        lead = _(
            "A morning off, or an extra evening. It applies on that one day instead of your weekly hours."
        )
        return _form(request, form, _("Change one day"), lead)
    said = form.cleaned_data
    actions.say_day(day=said["day"], hours=said["hours"], by=actor)
    _mention(request, 0 if said["hours"] else protected.booked_on(actor, said["day"], said["day"]))
    return redirect(HOME)


@door(may_take_back, load=protected.day_for, methods=POST, opens=LEADS_BACK)
def forget_day(request: HttpRequest, actor: Person, said: OtherHours) -> HttpResponse:
    actions.forget_day(said=said, by=actor)
    messages.success(request, _("That day is as usual again."))
    return redirect(HOME)


@door(may_keep_time, methods=BOTH, opens=OWN_TIME)
def away(request: HttpRequest, actor: Person) -> HttpResponse:
    form = AwayForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        lead = _("Leave, a course, a rest: nothing is offered on these days.")
        return _form(request, form, _("Days away"), lead)
    said = form.cleaned_data
    actions.say_away(**said, by=actor)
    _mention(request, protected.booked_on(actor, said["first_day"], said["last_day"]))
    return redirect(HOME)


@door(may_take_back, load=protected.away_for, methods=POST, opens=LEADS_BACK)
def take_back(request: HttpRequest, actor: Person, said: TimeAway) -> HttpResponse:
    actions.take_back_away(away=said, by=actor)
    messages.success(request, _("Removed. You can be booked on these days again."))
    return redirect(HOME)


def _mention(request: HttpRequest, booked: int) -> None:
    messages.success(request, _("Saved."))
    if booked:
        messages.info(request, still_booked(booked))


def _form(request: HttpRequest, form: Form, title: str, lead: str) -> HttpResponse:
    return shown_form(request, form, title, lead, reverse(HOME))


def shown_form(request: HttpRequest, form: Form, title: str, lead: str, back: str) -> HttpResponse:
    """A page of one form, as it was typed."""
    facts = {"form": form, "title": title, "lead": lead, "back": back}
    return render(request, "environment/time_form.html", facts, status=422 if form.is_bound else 200)
