"""The doors to one's own week."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.kernel import clock
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.rules import is_signed_in

from ..openings import OWN_WEEK
from ..pages.week import agenda_page, week_page


@door(is_signed_in, opens=OWN_WEEK)
def week(request: HttpRequest, actor: Person) -> HttpResponse:
    return render(request, "environment/week.html", {"page": week_page(actor, _day(request))})


@door(is_signed_in, opens=OWN_WEEK)
def agenda(request: HttpRequest, actor: Person) -> HttpResponse:
    return render(request, "environment/week.html", {"page": agenda_page(actor, _day(request))})


def _day(request: HttpRequest) -> dt.date:
    """`?of=2026-11-24`; today when nothing, or nothing that is a day, is asked for."""
    try:
        return dt.date.fromisoformat(request.GET.get("of", ""))
    except ValueError:
        return clock.today()
