"""The doors of other ways on: resting, going on longer, giving notice, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.actions import enter_state
from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import seat_for
from alongside.journeys.rules import may_pause, may_resume, may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import today as day_of
from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Denial, Verdict
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..record.models import Ending
from ..record.queries import speaks_in_the_room
from ..record.views import WRITES
from . import actions, forms, queries, rules
from .models import Wish
from .pages import early_page, go_on_page, rest_page, withdraw_page


@door(rules.may_say_why, load=seat_for, methods=WRITES, opens=JOURNEY)
def rest(request: HttpRequest, seat: Seat) -> HttpResponse:
    said = _("It is paused. Continue it whenever you are ready.")
    form = forms.RestForm(_posted(request), today=day_of(seat.actor.time_zone))
    act = partial(enter_state, state=JourneyState.PAUSED, by=seat)
    return _say_why(request, seat, form, rest_page(seat), Deed(may_pause(seat), act, said))


@door(may_resume, load=seat_for, methods=("POST",), opens=LEADS_BACK)
def resume(request: HttpRequest, seat: Seat) -> HttpResponse:
    enter_state(state=JourneyState.ACTIVE, by=seat)
    messages.success(request, _("Welcome back. You can continue from where you were."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_say_why, load=seat_for, methods=WRITES, opens=JOURNEY)
def withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    said = _("It is withdrawn. What was written can still be read.")
    form = forms.WithdrawForm(_posted(request))
    act = partial(actions.withdraw, by=seat)
    return _say_why(request, seat, form, withdraw_page(seat), Deed(may_withdraw(seat), act, said))


@door(rules.may_say_why, load=queries.wishes_for, methods=WRITES, opens=JOURNEY)
def go_on(request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> HttpResponse:
    in_the_room = speaks_in_the_room(seat)
    said = _("You continue.") if in_the_room else _("%(name)s is asked as well.") % {"name": seat.other.name}
    form = forms.GoOnForm(_posted(request), journey=seat.journey, today=day_of(seat.actor.time_zone))
    page = go_on_page(seat, in_the_room=in_the_room)
    moment = rules.may_wish_to_go_on(seat, ending, wishes)
    return _say_why(request, seat, form, page, Deed(moment, partial(actions.wish_to_go_on, by=seat), said))


@door(rules.may_agree_to_go_on, load=queries.wishes_for, methods=("POST",), opens=LEADS_BACK)
def go_on_yes(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.agree_to_go_on(known=request.POST.get("wish", ""), by=seat)
    messages.success(request, _("You continue. What was written in the ending is saved for later."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_let_go_on_go, load=queries.wishes_for, methods=("POST",), opens=LEADS_BACK)
def go_on_no(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.let_going_on_go(known=request.POST.get("wish", ""), by=seat)
    messages.success(request, _("Everything stays as it was planned."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_say_why, load=queries.wishes_for, methods=WRITES, opens=JOURNEY)
def early(request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> HttpResponse:
    said = _("Your notice is given. %(name)s has been told.") % {"name": seat.other.name}
    form = forms.EarlyForm(_posted(request), today=day_of(seat.actor.time_zone))
    moment = rules.may_give_notice(seat, ending, wishes)
    deed = Deed(moment, partial(actions.give_notice, by=seat), said)
    return _say_why(request, seat, form, early_page(seat), deed)


@door(rules.may_take_notice_back, load=queries.wishes_for, methods=("POST",), opens=LEADS_BACK)
def early_back(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.take_notice_back(by=seat)
    messages.success(request, _("Your notice is withdrawn."))
    return redirect("ending:room", seat.journey.id)


@dataclass(frozen=True)
class Deed:
    """What follows when one has said why: whether this is the moment, the action, and what is said after it."""

    moment: Verdict
    act: Callable[..., Any]
    said: str


def _say_why(request: HttpRequest, seat: Seat, form: Any, page: Any, deed: Deed) -> HttpResponse:
    """A page with one reason. If the moment has passed meanwhile, it says so and keeps what was typed."""
    status = 422 if form.is_bound else 200
    try:
        demand(deed.moment)
        if form.is_bound and form.is_valid():
            deed.act(**form.cleaned_data)
            messages.success(request, deed.said)
            return redirect("ending:room", seat.journey.id)
    except Refused as refused:
        if not form.is_bound or refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        status = 409
    return render(request, "ending/form.html", {"page": page, "form": form}, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
