"""One target: reading it, wording it, wording it anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from alongside.goals import actions as goal_actions
from alongside.goals.actions import Wording
from alongside.goals.models import Need, Target, TargetWording
from alongside.goals.queries import step_facts, ticks_since, waiting_wordings, week_of, wordings_of
from alongside.goals.states import TargetState
from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.kernel.errors import Refused
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from .. import finders, offers, queries, rules
from ..forms import TargetForm
from ..openings import NEED, TARGET
from ..pages import target as pages
from .common import go, show
from .goals import chosen_state


@door(rules.may_open_room, load=finders.target_in, opens=TARGET)
def target(request: HttpRequest, seat: Seat, target: Target) -> HttpResponse:
    page = pages.target_page(
        seat,
        target,
        wordings_of(target.id),
        queries.readings_of(target),
        step_facts(seat),
        ticks_since(seat, week_of(today(seat.actor.time_zone))),
        waits=target.id in waiting_wordings(seat),
    )
    return show(request, seat, "target", page=page)


@door(rules.may_agree_goal, load=finders.target_in, methods=("POST",), opens=LEADS_BACK)
def agree_target(request: HttpRequest, seat: Seat, target: Target) -> HttpResponse:
    goal_actions.agree_target(target=target, in_the_room="in_the_room" in request.POST, by=seat)
    messages.success(request, _("Agreed."))
    return go(seat, "goals")


@door(rules.may_agree_wording, load=finders.wording_in, methods=("POST",), opens=LEADS_BACK)
def agree_wording(request: HttpRequest, seat: Seat, wording: TargetWording) -> HttpResponse:
    number = request.POST.get("number", "")
    known = int(number) if number.isascii() and number.isdigit() else 0
    goal_actions.agree_wording(
        target=wording.target, known_number=known, in_the_room="in_the_room" in request.POST, by=seat
    )
    messages.success(request, _("Agreed."))
    return go(seat, "target", target_id=wording.target_id)


@door(rules.may_change_goal, load=finders.target_in, methods=("POST",), opens=LEADS_BACK)
def change_target(request: HttpRequest, seat: Seat, target: Target) -> HttpResponse:
    state = chosen_state(request, offers.TARGET_CHANGES[target.state])  # type: ignore[attr-defined]
    goal_actions.change_target(target=target, state=TargetState(state), by=seat)
    messages.success(request, _("Saved."))
    return go(seat, "target", target_id=target.id)


@door(rules.may_change_goal, load=finders.need_in, methods=("GET", "POST"), opens=NEED)
def add_target(request: HttpRequest, seat: Seat, need: Need) -> HttpResponse:
    form = _posted(request, seat) or TargetForm(**_begun(request, seat), offered=offers.measures_of(seat))
    if form.is_valid():
        wording = _wording(form)
        goal_actions.propose_target(need=need, wording=wording, by=seat)
        messages.success(request, _("Proposed. %(name)s can agree to it.") % {"name": seat.other.name})
        _say_where_it_begins(request, wording)
        return go(seat, "goals")
    page = pages.new_target_page(seat, need, form.shown.key if form.shown else "")
    return _show(request, seat, page, form)


@door(rules.may_change_goal, load=finders.target_in, methods=("GET", "POST"), opens=TARGET)
def reword_target(request: HttpRequest, seat: Seat, target: Target) -> HttpResponse:
    wording, number = wordings_of(target.id)[0], request.POST.get("known_number", "")
    known = int(number) if number.isascii() and number.isdigit() else wording.number
    initial = pages.initial_of_wording(wording, queries.readings_of(target))
    offered = {**offers.measures_of(seat), wording.measure: offers.measures_of(seat).get(wording.measure, "")}
    form = _posted(request, seat) or TargetForm(initial=initial, shown=wording.measure, offered=offered)
    status = 0
    if form.is_valid():
        try:
            goal_actions.reword_target(target=target, wording=_wording(form), known_number=known, by=seat)
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
            status, known = 409, wording.number
        else:
            messages.success(request, _("It is reworded. You can still read the old wording."))
            _say_where_it_begins(request, _wording(form))
            return go(seat, "target", target_id=target.id)
    page = pages.reword_page(seat, target, known, form.shown.key if form.shown else "")
    return _show(request, seat, page, form, status=status)


def _begun(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """An empty form, or one that begins with a suggestion of the template."""
    initial = pages.initial_of_suggestion(seat, request.GET.get("suggestion", ""))
    return {"initial": initial, "shown": initial.get("measure", "")}


def _say_where_it_begins(request: HttpRequest, wording: Wording) -> None:
    if note := pages.note_on_beginning(wording.measure, wording.baseline, wording.aim):
        messages.info(request, note)


def _posted(request: HttpRequest, seat: Seat) -> TargetForm | None:
    """The form that was sent. When another measure was just chosen, its fields come first, unjudged."""
    if request.method != "POST":
        return None
    offered = offers.measures_of(seat)
    chosen, shown = request.POST.get("measure", ""), request.POST.get("shown", "")
    if chosen != shown and chosen in offered:
        return TargetForm(initial=_as_typed(request.POST), shown=chosen, offered=offered)
    return TargetForm(request.POST, shown=shown, offered=offered)


def _as_typed(posted: QueryDict) -> dict[str, str]:
    """What was typed, but for the values of the measure that was chosen before."""
    return {name: value for name, value in posted.items() if name not in ("baseline", "aim")}


def _wording(form: TargetForm) -> Wording:
    clean = form.cleaned_data
    return Wording(
        difference=clean["difference"],
        why=clean["why"],
        how_we_will_know=clean.get("how_we_will_know", ""),
        measure=clean["measure"],
        levels=form.levels,
        baseline=clean["baseline"],
        aim=form.aim,
        importance=clean["importance"],
        difficulty=clean["difficulty"],
        due=clean["due"],
    )


def _show(
    request: HttpRequest,
    seat: Seat,
    page: pages.TargetFormPage,
    form: TargetForm,
    *,
    status: int = 0,
) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    return show(request, seat, "target_form", status=status, page=page, form=form)
