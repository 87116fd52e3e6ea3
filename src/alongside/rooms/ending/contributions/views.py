"""The doors of how it has gone, of what is taken along and of on-going support."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.journeys.words_view import answer
from alongside.kernel.errors import Refused, demand
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..record.models import Ending
from ..record.openings import ENDING
from ..record.queries import room_for
from ..record.rules import may_look_back
from ..record.views import WRITES
from . import actions, forms, queries, rules
from .models import EndingEntry
from .pages.entries import support_page, taking_page
from .pages.entry import entry_page
from .pages.looking_back import looking_back_page
from .states import TAKEN_ALONG, Sort
from .suggestions import Suggestion, suggestion_for


@door(rules.may_take_along, load=suggestion_for, methods=("POST",), opens=LEADS_BACK)
def take_along(request: HttpRequest, seat: Seat, ending: Ending, suggestion: Suggestion) -> HttpResponse:
    entry = actions.take_along(suggestion=suggestion, by=seat)
    if entry.sort == Sort.STRATEGY:
        messages.success(request, _("Added. Say as well when you will do it: it comes to mind more easily."))
    else:
        messages.success(request, _("Added. You can reword or remove it."))
    return redirect(reverse("ending:taking_with_me", args=[seat.journey.id]) + f"#h-{entry.sort}")


@door(may_look_back, load=room_for, opens=ENDING)
def looking_back(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return render(request, "ending/looking_back.html", {"page": looking_back_page(seat, ending)})


@door(rules.may_write_in_ending, load=queries.box_for, methods=("POST",), limit="words", opens=ENDING)
def words(request: HttpRequest, seat: Seat, ending: Ending, box: Box) -> HttpResponse:
    back = "ending:closing" if seat.kind.matter(box.name) else "ending:looking_back"
    return answer(request, box=box, seat=seat, back=redirect(back, seat.journey.id).url)


@door(rules.may_show_answers, load=room_for, methods=("POST",), opens=ENDING)
def ready(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    shown = actions.show_answers(by=seat)
    both, one = (
        _("You can now both read each other's answers."),
        _("Saved. You can read each other's answers once %(name)s is ready too."),
    )
    messages.success(request, both if shown else one % {"name": seat.other.name})
    return redirect("ending:looking_back", seat.journey.id)


@door(may_look_back, load=room_for, opens=ENDING)
def taking_with_me(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return _entries(request, seat, ending, taken=True)


@door(may_look_back, load=room_for, opens=ENDING)
def support(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return _entries(request, seat, ending, taken=False)


@door(rules.may_put_down, load=room_for, methods=("POST",), opens=ENDING)
def add_entry(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    sort = request.POST.get("sort", "")
    if sort not in Sort.values:
        sort = Sort.KEY_POINT
    form = forms.entry_form(seat, sort, request.POST)
    if not form.is_valid():
        return _entries(request, seat, ending, taken=sort in TAKEN_ALONG, form=form, sort=sort, status=422)
    try:
        actions.add_entry(sort=Sort(sort), content=actions.Content(**form.cleaned_data), by=seat)
    except Refused as refused:
        form.add_error(None, str(refused.verdict.sentence))
        return _entries(request, seat, ending, taken=sort in TAKEN_ALONG, form=form, sort=sort, status=409)
    messages.success(request, _("Saved."))
    return redirect(_list_of(sort), seat.journey.id)


def _entries(
    request: HttpRequest,
    seat: Seat,
    ending: Ending,
    *,
    taken: bool,
    form: Any = None,
    sort: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one or several lists, each with its form; the one that was sent with what was typed in it."""
    page = taking_page(seat, ending) if taken else support_page(seat, ending)
    lists = page.lists if taken else (page.supports,)  # type: ignore[union-attr]
    suggested = page.suggested if taken else {}  # type: ignore[union-attr]
    rows = [
        (each, form if each.sort == sort else forms.entry_form(seat, each.sort), suggested.get(each.sort))
        for each in lists
    ]
    template = "ending/taking_with_me.html" if taken else "ending/support.html"
    return render(request, template, {"page": page, "rows": rows}, status=status)


@door(rules.may_put_down, load=queries.entry_for, methods=WRITES, opens=ENDING)
def entry(request: HttpRequest, seat: Seat, ending: Ending, entry: EndingEntry) -> HttpResponse:
    known = {name: getattr(entry, name) for name in ("what", "then", "category", "first_contact", "link")}
    form = forms.entry_form(
        seat, entry.sort, request.POST if request.method == "POST" else None, initial=known
    )
    status = 422 if form.is_bound else 200
    if not form.is_bound:
        demand(rules.may_change_entry(seat, ending, entry))
    elif form.is_valid():
        try:
            actions.reword_entry(entry=entry, content=actions.Content(**form.cleaned_data), by=seat)
            return redirect(_list_of(entry.sort), seat.journey.id)
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
    return render(
        request, "ending/entry.html", {"page": entry_page(seat, entry), "form": form}, status=status
    )


@door(rules.may_change_entry, load=queries.entry_for, methods=("POST",), opens=LEADS_BACK)
def remove_entry(request: HttpRequest, seat: Seat, ending: Ending, entry: EndingEntry) -> HttpResponse:
    actions.remove_entry(entry=entry, by=seat)
    messages.success(request, _("Removed. You can bring it back from the bottom of its list."))
    return redirect(_list_of(entry.sort), seat.journey.id)


@door(rules.may_bring_back, load=queries.entry_for, methods=("POST",), opens=LEADS_BACK)
def bring_back(request: HttpRequest, seat: Seat, ending: Ending, entry: EndingEntry) -> HttpResponse:
    actions.bring_entry_back(entry=entry, by=seat)
    messages.success(request, _("It is back."))
    return redirect(_list_of(entry.sort), seat.journey.id)


@door(rules.may_need_no_support, load=room_for, methods=("POST",), opens=LEADS_BACK)
def no_support(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.need_no_support(by=seat)
    messages.success(request, _("Saved. You can still change this by adding a support."))
    return redirect("ending:support", seat.journey.id)


def _list_of(sort: str) -> str:
    return "ending:taking_with_me" if sort in TAKEN_ALONG else "ending:support"
