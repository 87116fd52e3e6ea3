"""The doors of the environment room."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.ledger.record import record_opening
from alongside.people.doors import door
from alongside.people.middleware import zone_of

from .. import actions, forms, pages, rules
from ..models import Meeting
from ..queries import bookable_places, guide_for, meeting_for


@door(rules.may_see_environment, find=seat_for)
def room(request: HttpRequest, seat: Seat) -> HttpResponse:
    places = bookable_places(seat)
    page = pages.room_page(seat, places)
    if page.shows_words:
        record_opening(
            subject_kind="meeting_reasons",
            subject_id=seat.journey.id,
            journey_id=seat.journey.id,
            sitting=str(request.sitting),  # type: ignore[attr-defined]
            by=seat,
        )
    initial = {"minutes": seat.journey.meeting_minutes}
    booking = forms.BookingForm(initial=initial, places=places, zone=zone_of(guide_for(seat)))
    ticks = forms.CheckForm(initial=page.check.ticks if page.check else None)
    return render(request, "environment/room.html", {"page": page, "booking": booking, "ticks": ticks})


@door(rules.may_book, find=seat_for, methods=("GET", "POST"))
def book(request: HttpRequest, seat: Seat) -> HttpResponse:
    places = bookable_places(seat)
    initial = {"minutes": seat.journey.meeting_minutes, **_wish(request)}
    form = forms.BookingForm(_posted(request), initial=initial, places=places, zone=zone_of(guide_for(seat)))
    names = ("place", "starts_at", "minutes", "already_held")
    tried = attempt(request, form, lambda data: actions.book_meeting(**_only(data, names), by=seat))
    if tried.done is None:
        free = pages.free_choices(seat, tried.free, _url("book", seat), _asked(request))
        page = pages.booking_page(seat, places, next_path(request), free)
        return render(request, "environment/book.html", {"page": page, "form": form}, status=tried.status)
    when = pages.when(tried.done.starts_at, tried.done.ends_at)
    messages.success(request, _("Booked: %(when)s.") % {"when": when})
    return _onward(request, seat)


@door(rules.may_move, find=meeting_for, methods=("GET", "POST"))
def move(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    places = bookable_places(seat, keep=meeting.place_id)
    form = forms.MoveForm(
        _posted(request),
        initial={**_now_is(meeting), **_wish(request)},
        places=places,
        zone=zone_of(meeting.guide),
    )
    names = ("place", "starts_at", "minutes")
    seen = as_seen(request, meeting)
    tried = attempt(
        request, form, lambda data: actions.move_meeting(meeting=seen, **_only(data, names), by=seat)
    )
    if tried.done is None:
        free = pages.free_choices(seat, tried.free, _url("move", seat, meeting), _asked(request))
        page = pages.move_page(seat, meeting, next_path(request), free)
        return render(request, "environment/move.html", {"page": page, "form": form}, status=tried.status)
    when = pages.when(tried.done.starts_at, tried.done.ends_at)
    messages.success(request, _("Moved to %(when)s.") % {"when": when})
    return _onward(request, seat)


@door(rules.may_cancel, find=meeting_for, methods=("GET", "POST"))
def cancel(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    form = forms.CancelForm(_posted(request))
    seen = as_seen(request, meeting)
    tried = attempt(
        request, form, lambda data: actions.cancel_meeting(meeting=seen, reason=data["word"], by=seat)
    )
    if tried.done is None:
        page = pages.cancel_page(seat, meeting, next_path(request))
        return render(request, "environment/deed.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, _("Cancelled. The time is free again."))
    return _onward(request, seat)


@door(rules.may_note_missed, find=meeting_for, methods=("GET", "POST"))
def missed(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    form = forms.MissedForm(_posted(request))
    seen = as_seen(request, meeting)
    tried = attempt(request, form, lambda data: actions.note_missed(meeting=seen, word=data["word"], by=seat))
    if tried.done is None:
        page = pages.missed_page(seat, meeting, next_path(request))
        return render(request, "environment/deed.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, _("Noted as missed. You can find a new time below."))
    return _onward(request, seat)


@door(rules.may_note_held, find=meeting_for, methods=("POST",))
def held(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    actions.note_held(meeting=as_seen(request, meeting), late="late" in request.POST, by=seat)
    messages.success(request, _("Noted that it took place."))
    return _onward(request, seat)


@door(rules.may_check, find=meeting_for, methods=("POST",))
def check(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    form = forms.CheckForm(request.POST)
    form.is_valid()  # five boxes, ticked or not: there is nothing that could be invalid
    actions.check_environment(meeting=meeting, ticks=actions.Ticks(**form.cleaned_data), by=seat)
    messages.success(request, _("Seen to. A good meeting to both of you."))
    return _onward(request, seat)


@door(rules.may_note_time, find=meeting_for, methods=("GET", "POST"))
def after(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    form = forms.AfterForm(_posted(request))
    tried = attempt(request, form, lambda data: actions.note_time(meeting=meeting, **data, by=seat))
    if tried.done is None:
        page = pages.after_page(seat, meeting, next_path(request))
        return render(request, "environment/deed.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, _("Thank you. Over the weeks this shows how well your time is protected."))
    return _onward(request, seat)


# --- what the doors have in common -------------------------------------------------------------------------


@dataclass(frozen=True)
class Tried:
    """What came of a form: the thing done, or the status with which the page is shown again."""

    done: Any = None
    status: int = 200
    free: tuple = ()


def attempt(request: HttpRequest, form: django_forms.Form, deed: Callable[[dict], Any]) -> Tried:
    """Do the deed with what was typed; if it isn't valid or isn't the moment, what was typed stays on the page."""
    if request.method != "POST":
        return Tried()
    if not form.is_valid():
        return Tried(status=422)
    try:
        return Tried(done=deed(form.cleaned_data))
    except Refused as refused:
        if refused.verdict.denial is not Denial.NOT_NOW:
            raise
        form.add_error(None, getattr(refused, "plain", refused.verdict.sentence))
        return Tried(status=409, free=tuple(getattr(refused, "free", ())))


def as_seen(request: HttpRequest, meeting: Meeting) -> Meeting:
    """The meeting with the sequence the page knew, so that an act on an outdated page is noticed by its action."""
    known = request.POST.get("known", "")
    if known.isascii() and known.isdigit():
        meeting = copy(meeting)
        meeting.sequence = int(known[:9])
    return meeting


def next_path(request: HttpRequest) -> str:
    """Where the person came from and goes back to: an address of this house, or ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if ours else ""


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _only(data: dict, names: tuple[str, ...]) -> dict:
    return {name: data[name] for name in names}


def _wish(request: HttpRequest) -> dict[str, str]:
    """What a link asked for: `?date=2025-06-03&time=10:00&minutes=60&place=…` fills the form."""
    return {name: request.GET[name] for name in ("place", "date", "time", "minutes") if request.GET.get(name)}


def _asked(request: HttpRequest) -> dict[str, str]:
    """What was asked for, to be asked for again at another time."""
    return {name: request.POST[name] for name in ("place", "minutes", "next") if request.POST.get(name)}


def _now_is(meeting: Meeting) -> dict[str, Any]:
    return {
        "place": meeting.place_id,
        "date": meeting.wall_date,
        "time": meeting.wall_time,
        "minutes": meeting.minutes,
    }


def _url(name: str, seat: Seat, meeting: Meeting | None = None) -> str:
    parts = [seat.journey.id, meeting.id] if meeting else [seat.journey.id]
    return reverse(f"environment:{name}", args=parts)


def _onward(request: HttpRequest, seat: Seat) -> HttpResponse:
    return redirect(next_path(request) or _url("room", seat))
