"""The doors of the environment room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.models import Visibility
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.visibility import sentence
from alongside.people.doors import door
from alongside.people.middleware import zone_of
from alongside.people.openings import LEADS_BACK

from .. import actions, forms, pages, rules
from ..actions.series import cancel_following, move_following
from ..models import Meeting
from ..openings import MEETINGS
from ..pages.times import Suggested
from ..queries import bookable_places, guide_for, meeting_for
from ..queries.series import following
from . import missed
from .common import as_seen, attempt, next_path, shapes_of
from .slot_search import chosen, suggested


@door(rules.may_see_environment, load=seat_for, opens=MEETINGS)
def room(request: HttpRequest, seat: Seat) -> HttpResponse:
    places = bookable_places(seat)
    page = pages.room_page(seat, places)
    ticks = forms.CheckForm(initial=page.check.ticks if page.check else None)
    return render(request, "environment/room.html", {"page": page, "ticks": ticks})


@door(rules.may_book, load=seat_for, methods=("GET", "POST"), opens=MEETINGS)
def book(request: HttpRequest, seat: Seat) -> HttpResponse:
    places, here = bookable_places(seat), _url("book", seat)
    initial = {"minutes": seat.journey.meeting_minutes, **_wish(request)}
    facts = {"places": places, "zone": zone_of(guide_for(seat)), "shapes": shapes_of(seat)}
    form = forms.BookingForm(_posted(request), initial=initial, **facts)
    names = ("place", "starts_at", "minutes", "already_held", "override", "shape")
    tried = attempt(request, form, lambda data: actions.book_meeting(**_only(data, names), by=seat))
    if tried.done is None:
        free = pages.free_choices(seat, tried.free, here, _asked(request))
        tapped = chosen(request, seat, places, here)
        offered = None if tapped else suggested(request, seat, places, here)
        open_now = _form_is_open(request, offered)
        page = pages.booking_page(seat, places, next_path(request), free, offered, tapped, open_now)
        return render(request, "environment/book.html", {"page": page, "form": form}, status=tried.status)
    when = pages.when(tried.done.starts_at, tried.done.ends_at)
    messages.success(request, _("Booked: %(when)s.") % {"when": when})
    return _onward(request, seat)


@door(rules.may_want_another_time, load=meeting_for, methods=("GET", "POST"), opens=MEETINGS)
def move(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Too late for it, the page on which one says that one cannot come."""
    if not rules.may_move(seat, meeting):
        return missed.show_cannot_come(request, seat, meeting)
    places, here = bookable_places(seat, keep=meeting.place_id), _url("move", seat, meeting)
    row = following(seat, meeting)
    form = forms.MoveForm(
        _posted(request),
        initial={**_now_is(meeting), **_wish(request)},
        places=places,
        zone=zone_of(meeting.guide),
        following=len(row),
    )
    tried = attempt(request, form, lambda data: _move(as_seen(request, meeting), data, seat))
    if tried.done is None:
        free = pages.free_choices(seat, tried.free, here, _asked(request))
        tapped = chosen(request, seat, places, here, meeting)
        offered = None if tapped else suggested(request, seat, places, here, meeting)
        open_now = _form_is_open(request, offered)
        page = pages.move_page(seat, meeting, next_path(request), free, offered, tapped, open_now)
        return render(request, "environment/move.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, tried.done)
    return _onward(request, seat)


def _move(meeting: Meeting, data: dict, seat: Seat) -> str:
    facts = _only(data, ("place", "starts_at", "minutes", "override"))
    if data.get("reach") == "following":
        moved = move_following(meeting=meeting, **facts, by=seat)
        return ngettext("%(count)s is moved.", "%(count)s are moved.", len(moved)) % {"count": len(moved)}
    done = actions.move_meeting(meeting=meeting, **facts, by=seat)
    return _("Moved to %(when)s.") % {"when": pages.when(done.starts_at, done.ends_at)}


@door(rules.may_call_off, load=meeting_for, methods=("GET", "POST"), opens=MEETINGS)
def cancel(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Too late for it, the page on which one says that one cannot come, with what was typed."""
    if not rules.may_cancel(seat, meeting):
        return missed.show_cannot_come(request, seat, meeting)
    form = forms.CancelForm(
        _posted(request), following=len(following(seat, meeting)), readers=sentence(seat, Visibility.OURS)
    )
    tried = attempt(request, form, lambda data: _cancel(as_seen(request, meeting), data, seat))
    if tried.done is None:
        page = pages.cancel_page(seat, meeting, next_path(request))
        return render(request, "environment/action.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, tried.done)
    return _onward(request, seat)


def _cancel(meeting: Meeting, data: dict, seat: Seat) -> str:
    if data.get("reach") == "following":
        count = cancel_following(meeting=meeting, reason=data["word"], by=seat)
        said = ngettext(
            "%(count)s is cancelled. The time is free again.",
            "%(count)s are cancelled. Their times are free again.",
            count,
        )
        return said % {"count": count}
    actions.cancel_meeting(meeting=meeting, reason=data["word"], by=seat)
    return _("Cancelled. The time is free again.")


@door(rules.may_note_missed, load=meeting_for, methods=("GET", "POST"), opens=MEETINGS)
def note_missed(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    seen, follows = as_seen(request, meeting), pages.not_this_time(seat, meeting)
    readers = sentence(seat, Visibility.OURS)
    form = forms.MissedForm(_posted(request), readers=readers, follows=follows)
    tried = attempt(request, form, lambda data: actions.note_missed(meeting=seen, **data, by=seat))
    if tried.done is None:
        page = pages.missed_page(seat, meeting, next_path(request))
        return render(request, "environment/action.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, _("Recorded as missed. You can book a new time below."))
    return _onward(request, seat)


@door(rules.may_note_held, load=meeting_for, methods=("POST",), opens=LEADS_BACK)
def held(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    actions.note_held(meeting=as_seen(request, meeting), late="late" in request.POST, by=seat)
    messages.success(request, _("Recorded that it happened."))
    return _onward(request, seat)


@door(rules.may_check, load=meeting_for, methods=("POST",), opens=LEADS_BACK)
def check(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    form = forms.CheckForm(request.POST)
    form.is_valid()  # five boxes, ticked or not: there is nothing that could be invalid
    actions.check_environment(meeting=meeting, ticks=actions.Ticks(**form.cleaned_data), by=seat)
    messages.success(request, _("Saved. Have a good meeting."))
    return _onward(request, seat)


@door(rules.may_note_time, load=meeting_for, methods=("GET", "POST"), opens=MEETINGS)
def after(request: HttpRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    form = forms.AfterForm(_posted(request))
    tried = attempt(request, form, lambda data: actions.note_time(meeting=meeting, **data, by=seat))
    if tried.done is None:
        page = pages.after_page(seat, meeting, next_path(request))
        return render(request, "environment/action.html", {"page": page, "form": form}, status=tried.status)
    messages.success(request, _("Thank you. Over the weeks this shows how well your time is protected."))
    return _onward(request, seat)


# --- what the doors have in common -------------------------------------------------------------------------


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _only(data: dict, names: tuple[str, ...]) -> dict:
    return {name: data[name] for name in names}


WISHES = ("place", "date", "time", "minutes", "shape")


def _form_is_open(request: HttpRequest, offered: Suggested | None) -> bool:
    """Folded while there are times to tap and nothing is filled in."""
    typed = request.method == "POST" or any(request.GET.get(name) for name in ("own", "date", "time"))
    return bool(typed or not (offered and offered.days))


def _wish(request: HttpRequest) -> dict[str, str]:
    """What a link asked for: `?date=2025-06-03&time=10:00&minutes=60&place=…` fills the form."""
    return {name: request.GET[name] for name in WISHES if request.GET.get(name)}


def _asked(request: HttpRequest) -> dict[str, str]:
    """What was asked for, to be asked for again at another time."""
    return {
        name: request.POST[name] for name in ("place", "minutes", "shape", "next") if request.POST.get(name)
    }


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
