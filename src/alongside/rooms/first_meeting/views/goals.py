"""Needs, targets and steps: proposing, agreeing, letting go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.goals import actions as goal_actions
from alongside.goals.models import Need, Step
from alongside.goals.queries import needs_of, step_facts, target_for, ticks_since, waiting_wordings, week_of
from alongside.goals.states import NeedState, StepState
from alongside.journeys.openings import JOURNEY
from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.kernel.errors import NotThisMoment
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK
from alongside.ui.undo import say_with_undo

from .. import boxes, finders, offers, queries, rules
from ..forms import ChangeForm, NeedForm, StepForm, SuggestionForm
from ..pages.common import address
from ..pages.goals import goals_page, owner_choices, target_choices
from ..queries import RoomFacts
from .common import back_to, go, show


@door(rules.may_open_room, load=finders.room_for, opens=JOURNEY)
def goals(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    return show_goals(request, seat, facts)


def show_goals(
    request: HttpRequest,
    seat: Seat,
    facts: RoomFacts,
    *,
    need_form: NeedForm | None = None,
    step_form: StepForm | None = None,
) -> HttpResponse:
    needs, targets = list(needs_of(seat)), queries.worded_targets(seat)
    ticks = ticks_since(seat, week_of(today(seat.actor.time_zone)))
    chosen = str(step_form.data.get("target", "")) if step_form else request.GET.get("target", "")
    start = queries.starting_picture(seat)
    page = goals_page(seat, needs, targets, step_facts(seat), start, ticks, waiting_wordings(seat), chosen)
    status = 422 if need_form or step_form else 200
    initial = {"owner": str(seat.participant.person.id), "target": chosen}
    forms: dict[str, Any] = {
        "need_form": need_form or NeedForm(initial={"back": "goals"}),
        "step_form": step_form or new_step_form(seat, targets, initial=initial),
    }
    return show(request, seat, "goals", status=status, page=page, **forms)


def new_step_form(
    seat: Seat, targets: list[queries.WordedTarget], data: Any = None, initial: Any = None
) -> StepForm:
    return StepForm(data, initial=initial, owners=owner_choices(seat), targets=target_choices(targets))


def chosen_state(request: HttpRequest, choices: tuple[tuple[str, Any], ...]) -> str:
    """The new state a button asked for; refused when the thing has moved on since the page was read."""
    form = ChangeForm(request.POST, choices=choices)
    if not form.is_valid():
        raise NotThisMoment(_("This has changed since you opened it. Please look at it as it is now."))
    return str(form.cleaned_data["state"])


@door(rules.may_agree_goal, load=finders.need_in, methods=("POST",), opens=LEADS_BACK)
def agree_need(request: HttpRequest, seat: Seat, need: Need) -> HttpResponse:
    goal_actions.agree_need(need=need, in_the_room="in_the_room" in request.POST, by=seat)
    messages.success(request, _("Agreed."))
    return back_to(seat, None, need_id=need.id)


@door(rules.may_change_goal, load=finders.need_in, methods=("POST",), opens=LEADS_BACK)
def change_need(request: HttpRequest, seat: Seat, need: Need) -> HttpResponse:
    state = chosen_state(request, offers.NEED_CHANGES[need.state])  # type: ignore[attr-defined]
    goal_actions.change_need(need=need, state=NeedState(state), by=seat)
    messages.success(request, _("Saved."))
    return back_to(seat, None, need_id=need.id)


@door(rules.may_shape_goals, load=finders.room_for, methods=("POST",), opens=JOURNEY)
def add_step(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    form = new_step_form(seat, queries.worded_targets(seat), request.POST)
    if not form.is_valid():
        return show_goals(request, seat, facts, step_form=form)
    clean = form.cleaned_data
    owner = next(one.person for one in seat.members if str(one.person.id) == clean["owner"])
    target = target_for(seat, clean["target"]) if clean["target"] else None
    goal_actions.plan_step(
        text=clean["text"],
        owner=owner,
        target=target,
        due=clean["due"],
        times_a_week=clean["times_a_week"],
        by=seat,
    )
    messages.success(request, _("The step is saved."))
    return back_to(seat, target.id if target else None)


@door(rules.may_change_goal, load=finders.step_in, methods=("POST",), opens=LEADS_BACK)
def change_step(request: HttpRequest, seat: Seat, step: Step) -> HttpResponse:
    state = chosen_state(request, offers.STEP_CHANGES[step.state])  # type: ignore[attr-defined]
    goal_actions.tick_step(step=step, state=StepState(state), by=seat)
    if state == StepState.DROPPED:
        back = {"step_id": step.id}
        url = address(seat, "change_step", **back)
        say_with_undo(request, _("The step is dropped."), url=url, state=StepState.OPEN.value)
    else:
        messages.success(request, _("Saved."))
    return back_to(seat, step.target_id)


@door(rules.may_shape_goals, load=finders.room_for, methods=("POST",), opens=LEADS_BACK)
def take_suggestion(request: HttpRequest, seat: Seat, facts: RoomFacts) -> HttpResponse:
    """Take over one of the template's suggestions. Never another person's words."""
    form, template = SuggestionForm(request.POST), boxes.template_of(seat)
    valid = form.is_valid()
    what, index = form.cleaned_data.get("what"), form.cleaned_data.get("index", 0)
    offered = template.suggested_needs if what == "need" else template.first_steps
    if not valid or index >= len(offered):
        raise NotThisMoment(_("This suggestion is no longer there."))
    if what == "need":
        goal_actions.propose_need(statement=str(offered[index]), by=seat)
    else:
        goal_actions.plan_step(text=str(offered[index]), owner=seat.participant.person, by=seat)
    messages.success(request, _("Added. You can both read it."))
    return go(seat, "picture" if request.POST.get("back") == "picture" else "goals")
