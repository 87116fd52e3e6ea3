"""Preparing, saying what is needed, taking the starting picture."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.goals.measuring.pages_schedule import DuePanel, due_panel
from alongside.goals.measuring.schedule import asked_before, due_forms
from alongside.goals.queries import needs_of
from alongside.journeys.openings import JOURNEY
from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from .. import actions, finders, queries, rules
from ..forms import NeedForm, PictureForm, ReasonForm
from ..pages.common import address
from ..pages.picture import initial_of, need_fields, picture_page
from ..pages.preparation import preparation_page
from ..queries import RoomFacts
from .common import go, show
from .goals import show_goals


@door(rules.may_open_room, load=finders.room_for, opens=JOURNEY)
def preparation(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    return show_preparation(request, seat, facts)


def show_preparation(
    request: HttpRequest, seat: Seat, facts: RoomFacts, need_form: NeedForm | None = None
) -> HttpResponse:
    found, picture = queries.preparation_words(seat), queries.starting_picture(seat)
    page = preparation_page(seat, facts, found, list(needs_of(seat)), picture, due=due_first(seat))
    status = 422 if need_form else 200
    need_form = need_form or new_need_form("preparation")
    return show(request, seat, "preparation", status=status, page=page, need_form=need_form)


def due_first(seat: Seat) -> DuePanel | None:
    """The questionnaires asked before the first meeting."""
    asked = asked_before(seat, number=seat.journey.first_number)
    return due_panel(seat, due_forms(seat, asked, None), address(seat, "preparation")) if asked else None


def new_need_form(back: str) -> NeedForm:
    return NeedForm(initial={"back": back})


@door(rules.may_send_preparation, load=finders.room_for, methods=("POST",), opens=LEADS_BACK)
def send_preparation(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    actions.send_preparation(by=seat)
    messages.success(request, _("Sent. %(name)s can read it now.") % {"name": seat.other.name})
    return go(seat, "preparation")


@door(rules.may_open_room, load=finders.room_for, opens=JOURNEY)
def picture(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    return show_picture(request, seat, facts)


def show_picture(
    request: HttpRequest,
    seat: Seat,
    facts: RoomFacts,
    *,
    form: PictureForm | None = None,
    need_form: NeedForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    needs, start = list(needs_of(seat)), queries.starting_picture(seat)
    page = picture_page(seat, facts, needs, start, queries.reason_without_picture(seat))
    forms = {
        "form": form or PictureForm(needs=need_fields(needs), initial=initial_of(start)),
        "need_form": need_form or new_need_form("picture"),
        "reason_form": reason_form or ReasonForm(initial={"back": "picture"}),
    }
    shown = forms["form"]
    rows = [(one, shown[f"rating_{one.id.hex}"], shown[f"words_{one.id.hex}"]) for one in page.needs]
    status = 422 if form or need_form or reason_form else 200
    return show(request, seat, "picture", status=status, page=page, page_rows=rows, **forms)


@door(rules.may_take_picture, load=finders.room_for, methods=("POST",), opens=JOURNEY)
def take_picture(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    form = PictureForm(request.POST, needs=need_fields(list(needs_of(seat))))
    if not form.is_valid():
        return show_picture(request, seat, facts, form=form)
    if not form.entries:
        messages.info(request, _("Nothing was filled in yet. One number is enough to start."))
        return go(seat, "picture")
    actions.take_picture(entries=form.entries, by=seat)
    messages.success(request, _("Your starting picture is saved."))
    return go(seat, "picture")


@door(rules.may_go_on_without_picture, load=finders.room_for, methods=("POST",), opens=JOURNEY)
def go_on_without_picture(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show_picture(request, seat, facts, reason_form=form)
    actions.go_on_without_picture(reason=form.cleaned_data["reason"], by=seat)
    messages.success(request, _("Saved. You can still take the picture until the agreement is in force."))
    return go(seat, form.cleaned_data["back"])


@door(rules.may_shape_goals, load=finders.room_for, methods=("POST",), opens=JOURNEY)
def add_need(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    form = NeedForm(request.POST)
    if not form.is_valid():
        pages = {"preparation": show_preparation, "goals": show_goals}
        return pages.get(request.POST.get("back", ""), show_picture)(request, seat, facts, need_form=form)
    clean = form.cleaned_data
    actions.add_need(
        statement=clean["statement"], rating=clean.get("rating"), words=clean.get("words", ""), by=seat
    )
    messages.success(request, _("Added. You can both read it."))
    return go(seat, clean["back"])
