"""The doors after the end, for who is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Denial
from alongside.people.doors import door
from alongside.people.middleware import zone_of
from alongside.people.openings import LEADS_BACK, Nothing

from ..links import actions as links_actions
from ..links.queries import link_for
from ..links.rules import may_make_link
from ..record.models import Ending
from ..record.openings import FOLLOW_UP
from ..record.queries import ended_on, room_for
from . import actions, pages, queries, rules
from .forms import AnswerForm, DaysForm
from .models import FollowUp
from .states import FollowUpState, Way


@door(rules.may_see_follow_up, load=room_for, opens=FOLLOW_UP)
def plan(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return render(request, "ending/follow_up/plan.html", {"page": pages.plan_page(seat, ending)})


@door(rules.may_type_days, load=room_for, methods=("GET", "POST"), opens=FOLLOW_UP)
def days(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    form = days_form(seat, ending, request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if not form.is_bound:
        demand(rules.may_plan_days(seat, ending))
    elif form.is_valid():
        try:
            actions.plan_days(days=form.chosen, readers=form.readers, by=seat)
            said = _("Saved.") if form.chosen else _("Saved: no one is asked.")
            messages.success(request, said)
            return redirect("follow_up:plan", seat.journey.id)
        except Refused as refused:
            status = _back_with(form, refused)
    facts = {"page": pages.days_page(seat), "form": form}
    return render(request, "ending/follow_up/days.html", facts, status=status)


def days_form(seat: Seat, ending: Ending, data: Any) -> DaysForm:
    planned, zone = queries.days_of(seat), str(zone_of(seat.participant.person))
    readers = queries.readers_of(seat) if rules.may_choose_readers(seat, ending) else None
    return DaysForm(
        data,
        ends_on=ended_on(ending, seat) or today(zone),
        today=today(zone),
        planned={day.on for day in planned},
        fixed={day.on for day in planned if queries.state_of(day) != FollowUpState.PLANNED},
        readers=readers,
        guide=pages.guide_name(seat),
    )


@door(rules.may_stop_asking, load=room_for, methods=("POST",), opens=LEADS_BACK)
def stop(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.stop_asking(by=seat)
    messages.success(request, _("No one is asked any more. You can choose days again at any time."))
    return redirect("follow_up:plan", seat.journey.id)


@door(rules.may_answer, load=queries.day_for, methods=("GET", "POST"), opens=FOLLOW_UP)
def answer(request: HttpRequest, seat: Seat, ending: Ending, day: FollowUp) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=queries.asked_of(seat))
    if form.is_bound and form.is_valid():
        content = actions.Content(**form.content)
        row, raised = actions.answer(day=day, content=content, way=Way.SIGNED_IN, by=seat)
        if raised:
            return redirect("goals:safety", seat.journey.id)
        if row.much_worse and seat.is_participant:
            return redirect("follow_up:worse", seat.journey.id)
        messages.success(request, _("Thank you. Your answers are saved."))
        return redirect("follow_up:plan", seat.journey.id)
    needs_help = form.is_bound and actions.look_after(forms=form.forms_answered, by=seat)
    back = pages.url(seat, "plan")
    page = pages.answer_page(seat, day, watches=_watches(form), back=back, needs_help=needs_help)
    facts = {"page": page, "form": form}
    return render(request, "ending/follow_up/answer.html", facts, status=422 if form.is_bound else 200)


@door(
    rules.may_read_about_help, load=room_for, opens=Nothing("What helps now and the way back, for anybody.")
)
def worse(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    """Shown after an answer that is much worse than the end."""
    return render(request, "ending/follow_up/worse.html", {"page": pages.worse_page(seat)})


@door(rules.may_note_worse_seen, load=room_for, methods=("POST",), opens=LEADS_BACK)
def seen(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.note_worse_seen(by=seat)
    messages.success(request, _("Saved: you have looked at this."))
    return redirect("follow_up:plan", seat.journey.id)


@door(rules.may_switch_off, load=room_for, methods=("POST",), opens=LEADS_BACK)
def switch_off(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.switch_links_off(by=seat)
    messages.success(request, _("The links are switched off. What was written has not changed."))
    return redirect("follow_up:plan", seat.journey.id)


@door(may_make_link, load=link_for, methods=("POST",), opens=LEADS_BACK)
def make_link(request: HttpRequest, seat: Seat, ending: Ending, link: Any) -> HttpResponse:
    links_actions.make_link(by=seat)
    messages.success(
        request, _("There is a link in your keepsake now. Download it again to have it on paper.")
    )
    return redirect("follow_up:plan", seat.journey.id)


def _watches(form: AnswerForm) -> bool:
    return any(each.watches for each in form.questionnaires)


def _back_with(form: Any, refused: Refused) -> int:
    """The moment has passed meanwhile: the form comes back with what was typed."""
    if refused.verdict.denial != Denial.NOT_NOW:
        raise refused
    form.add_error(None, str(refused.verdict.sentence))
    return 409
