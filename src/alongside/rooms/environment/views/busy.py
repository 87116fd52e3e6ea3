"""The doors to calendars kept elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.clock import now
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK

from ..actions import busy as actions
from ..actions.busy_times import keep_busy
from ..busy.fetching import BIGGEST, Failed
from ..forms.hours import CalendarForm
from ..models import BusyCalendar
from ..openings import OWN_TIME
from ..queries.protected import calendar_for, calendars_of
from ..rules.hours import may_add_calendar, may_keep_time, may_take_back
from ..tasks.busy import HORIZON, read_file

HOME, POST = "environment_time:time", ("POST",)


@door(may_keep_time, methods=("GET", "POST"), limit="uploads", biggest_file=BIGGEST, opens=OWN_TIME)
def add_calendar(request: HttpRequest, actor: Person) -> HttpResponse:
    form = CalendarForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "GET" or not (form.is_valid() and _added(request, actor, form)):
        facts = {
            "form": form,
            "title": _("Another calendar"),
            "lead": _("We keep only the times when you are busy, and never show them to anyone."),
            "back": reverse(HOME),
        }
        return render(request, "environment/time_form.html", facts, status=422 if form.is_bound else 200)
    return redirect(HOME)


def _added(request: HttpRequest, actor: Person, form: CalendarForm) -> bool:
    """A file is read while one waits, so that what is wrong with it is said at the form."""
    if not (allowed := may_add_calendar(actor, len(calendars_of(actor)))):
        form.add_error(None, str(allowed.sentence))
        return False
    data = form.cleaned_data
    if not data["file"]:
        actions.add_calendar(name=data["name"], address=data["address"], by=actor)
        messages.success(request, _("Added. We read it in a moment, and every half hour from then on."))
        return True
    try:
        reading = read_file(data["file"].read(), actor.time_zone, now())
    except Failed as failed:
        form.add_error("file", _("This file was not read: %(why)s.") % {"why": failed.trouble.label})
        return False
    with transaction.atomic():
        made = actions.add_calendar(name=data["name"], by=actor)
        keep_busy(calendar=made, reading=reading, tag="", until=now() + HORIZON, by=None)
    _say_read(request, reading.unread_count)
    return True


def _say_read(request: HttpRequest, unread: int) -> None:
    if unread:
        messages.warning(
            request,
            ngettext(
                "Read, but %(count)s entry in it could not be understood. See below what this means for your time.",
                "Read, but %(count)s entries in it could not be understood. See below what this means for your time.",
                unread,
            )
            % {"count": unread},
        )
    else:
        messages.success(request, _("Read. Busy times in it are no longer offered."))


@door(may_take_back, load=calendar_for, methods=POST, opens=LEADS_BACK)
def read_calendar(request: HttpRequest, actor: Person, calendar: BusyCalendar) -> HttpResponse:
    if not calendar.is_file:
        actions.ask_again(calendar=calendar, by=actor)
        messages.success(request, _("We are reading it. Look at this page again in a moment."))
    return redirect(HOME)


@door(may_take_back, load=calendar_for, methods=POST, opens=LEADS_BACK)
def remove_calendar(request: HttpRequest, actor: Person, calendar: BusyCalendar) -> HttpResponse:
    actions.remove_calendar(calendar=calendar, by=actor)
    messages.success(request, _("Removed. We no longer read it."))
    return redirect(HOME)
