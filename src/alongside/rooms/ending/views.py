"""The doors of the ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.goals.actions import change_target
from alongside.goals.models import Target
from alongside.goals.queries import target_for
from alongside.goals.states import TargetState
from alongside.journeys.actions import enter_state
from alongside.journeys.queries import seat_for
from alongside.journeys.rules import may_pause, may_resume, may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.journeys.words import Box
from alongside.journeys.words_view import answer
from alongside.kernel.clock import today as day_of
from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Denial, Verdict
from alongside.ledger.record import record_opening
from alongside.people.doors import door

from . import actions, forms, queries, rules
from .closing_topics.forms import KeptForm
from .models import Ending, EndingEntry, Wish
from .pages.closing import closing_page
from .pages.entries import support_page, taking_page
from .pages.keepsake import keepsake_page
from .pages.looking_back import looking_back_page
from .pages.room import room_page
from .pages.small import early_page, entry_page, go_on_page, rest_page, today_page, withdraw_page
from .pages.then_and_now import then_and_now_page
from .states import TAKEN_ALONG, Side, Sort

WRITES = ("GET", "POST")


@door(rules.may_enter_room, find=queries.room_for)
def room(request: HttpRequest, seat: Seat, ending: Ending | None) -> HttpResponse:
    _note_opening(request, seat, ending)
    return render(request, "ending/room.html", {"page": room_page(seat, ending)})


# --- beginning, resting, going on, ending early --------------------------------------------------------


@door(rules.may_begin_ending, find=queries.room_for, methods=("POST",))
def begin(request: HttpRequest, seat: Seat, ending: Ending | None) -> HttpResponse:
    actions.begin_ending(by=seat)
    messages.success(request, _("The ending is begun. %(name)s has been told.") % {"name": seat.other.name})
    return redirect("ending:room", seat.journey.id)


@door(rules.may_say_why, find=seat_for, methods=WRITES)
def rest(request: HttpRequest, seat: Seat) -> HttpResponse:
    said = _("It rests now. Take it up again whenever you are ready.")
    form = forms.RestForm(_posted(request), today=day_of(seat.actor.time_zone))
    act = partial(enter_state, state=JourneyState.PAUSED, by=seat)
    return _say_why(request, seat, form, rest_page(seat), Deed(may_pause(seat), act, said))


@door(may_resume, find=seat_for, methods=("POST",))
def resume(request: HttpRequest, seat: Seat) -> HttpResponse:
    enter_state(state=JourneyState.ACTIVE, by=seat)
    messages.success(request, _("Welcome back. You are under way again."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_say_why, find=seat_for, methods=WRITES)
def withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    said = _("It is withdrawn. What was written can still be read.")
    form = forms.WithdrawForm(_posted(request))
    act = partial(actions.withdraw, by=seat)
    return _say_why(request, seat, form, withdraw_page(seat), Deed(may_withdraw(seat), act, said))


@door(rules.may_say_why, find=queries.wishes_for, methods=WRITES)
def go_on(request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> HttpResponse:
    in_the_room = queries.speaks_in_the_room(seat)
    said = _("You go on.") if in_the_room else _("%(name)s is asked as well.") % {"name": seat.other.name}
    form = forms.GoOnForm(_posted(request), journey=seat.journey, today=day_of(seat.actor.time_zone))
    page = go_on_page(seat, in_the_room=in_the_room)
    moment = rules.may_wish_to_go_on(seat, ending, wishes)
    return _say_why(request, seat, form, page, Deed(moment, partial(actions.wish_to_go_on, by=seat), said))


@door(rules.may_agree_to_go_on, find=queries.wishes_for, methods=("POST",))
def go_on_yes(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.agree_to_go_on(known=request.POST.get("wish", ""), by=seat)
    messages.success(request, _("You go on. What was written in the ending is kept for when it comes."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_let_go_on_go, find=queries.wishes_for, methods=("POST",))
def go_on_no(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.let_going_on_go(known=request.POST.get("wish", ""), by=seat)
    messages.success(request, _("Everything stays as it was planned."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_say_why, find=queries.wishes_for, methods=WRITES)
def early(request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]) -> HttpResponse:
    said = _("Your notice is given. %(name)s has been told.") % {"name": seat.other.name}
    form = forms.EarlyForm(_posted(request), today=day_of(seat.actor.time_zone))
    moment = rules.may_give_notice(seat, ending, wishes)
    deed = Deed(moment, partial(actions.give_notice, by=seat), said)
    return _say_why(request, seat, form, early_page(seat), deed)


@door(rules.may_take_notice_back, find=queries.wishes_for, methods=("POST",))
def early_back(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.take_notice_back(by=seat)
    messages.success(request, _("Your notice is taken back."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_end_early, find=queries.wishes_for, methods=("POST",))
def end_early(
    request: HttpRequest, seat: Seat, ending: Ending | None, wishes: dict[str, Wish]
) -> HttpResponse:
    actions.end_early(by=seat)
    messages.success(request, _("It is closed. What was written stays readable for both of you."))
    return redirect("ending:room", seat.journey.id)


# --- then and now --------------------------------------------------------------------------------------


@door(rules.may_look_back, find=queries.room_for)
def then_and_now(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return _then_and_now(request, seat, ending, forms.LeaveOutForm())


@door(rules.may_leave_picture_out, find=queries.room_for, methods=("POST",))
def leave_out(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    form = forms.LeaveOutForm(request.POST)
    if not form.is_valid():
        return _then_and_now(request, seat, ending, form, status=422)
    actions.leave_picture_out(reason=form.cleaned_data["reason"], by=seat)
    messages.success(request, _("It is left out, and it is said why."))
    return redirect("ending:then_and_now", seat.journey.id)


def _then_and_now(
    request: HttpRequest, seat: Seat, ending: Ending, form: Any, status: int = 200
) -> HttpResponse:
    _note_opening(request, seat, ending)
    page = then_and_now_page(seat, ending)
    return render(request, "ending/then_and_now.html", {"page": page, "form": form}, status=status)


@door(rules.may_look_at_today, find=queries.room_for, methods=WRITES)
def today(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    found = queries.askedday_of(seat.actor.time_zone)
    data = request.POST if request.method == "POST" else None
    form = forms.TodayForm(data, needs=found.needs, targets=found.targets, latest=found.latest)
    if data is not None and form.is_valid():
        readings = {
            target: value for id_, value in form.readings.items() if (target := target_for(seat, id_))
        }
        actions.look_at_today(entries=form.entries, readings=readings, by=seat)
        messages.success(request, _("Today's picture is kept, beside the first one."))
        return redirect("ending:then_and_now", seat.journey.id)
    page = today_page(seat, in_the_room=queries.speaks_in_the_room(seat))
    return render(
        request, "ending/today.html", {"page": page, "form": form}, status=422 if data is not None else 200
    )


@door(rules.may_call_reached, find=queries.target_in, methods=("POST",))
def reached(request: HttpRequest, seat: Seat, ending: Ending, target: Target) -> HttpResponse:
    change_target(target=target, state=TargetState.REACHED, by=seat)
    messages.success(request, _("Reached."))
    return redirect("ending:then_and_now", seat.journey.id)


# --- how it has gone -----------------------------------------------------------------------------------


@door(rules.may_look_back, find=queries.room_for)
def looking_back(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    _note_opening(request, seat, ending)
    return render(request, "ending/looking_back.html", {"page": looking_back_page(seat, ending)})


@door(rules.may_write_in_ending, find=queries.box_for, methods=("POST",))
def words(request: HttpRequest, seat: Seat, ending: Ending, box: Box) -> HttpResponse:
    back = "ending:closing" if seat.kind.matter(box.name) else "ending:looking_back"
    return answer(request, box=box, seat=seat, back=redirect(back, seat.journey.id).url)


@door(rules.may_show_answers, find=queries.room_for, methods=("POST",))
def ready(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    shown = actions.show_answers(by=seat)
    both, one = _("Both voices are open now."), _("Noted. It opens as soon as %(name)s is ready, too.")
    messages.success(request, both if shown else one % {"name": seat.other.name})
    return redirect("ending:looking_back", seat.journey.id)


# --- what I take with me, and support ------------------------------------------------------------------


@door(rules.may_look_back, find=queries.room_for)
def taking_with_me(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return _entries(request, seat, ending, taken=True)


@door(rules.may_look_back, find=queries.room_for)
def support(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    return _entries(request, seat, ending, taken=False)


@door(rules.may_put_down, find=queries.room_for, methods=("POST",))
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
    messages.success(request, _("Written down."))
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
    _note_opening(request, seat, ending)
    page = taking_page(seat, ending) if taken else support_page(seat, ending)
    lists = page.lists if taken else (page.supports,)  # type: ignore[union-attr]
    suggested = page.suggested if taken else {}  # type: ignore[union-attr]
    rows = [
        (each, form if each.sort == sort else forms.entry_form(seat, each.sort), suggested.get(each.sort))
        for each in lists
    ]
    template = "ending/taking_with_me.html" if taken else "ending/support.html"
    return render(request, template, {"page": page, "rows": rows}, status=status)


@door(rules.may_put_down, find=queries.entry_for, methods=WRITES)
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


@door(rules.may_change_entry, find=queries.entry_for, methods=("POST",))
def remove_entry(request: HttpRequest, seat: Seat, ending: Ending, entry: EndingEntry) -> HttpResponse:
    actions.remove_entry(entry=entry, by=seat)
    messages.success(request, _("Removed. It can be brought back from the bottom of its list."))
    return redirect(_list_of(entry.sort), seat.journey.id)


@door(rules.may_bring_back, find=queries.entry_for, methods=("POST",))
def bring_back(request: HttpRequest, seat: Seat, ending: Ending, entry: EndingEntry) -> HttpResponse:
    actions.bring_entry_back(entry=entry, by=seat)
    messages.success(request, _("It is back."))
    return redirect(_list_of(entry.sort), seat.journey.id)


@door(rules.may_need_no_support, find=queries.room_for, methods=("POST",))
def no_support(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.need_no_support(by=seat)
    messages.success(request, _("Noted. It can still be changed by adding a support."))
    return redirect("ending:support", seat.journey.id)


# --- closing, and the keepsake -------------------------------------------------------------------------


@door(rules.may_look_back, find=queries.room_for)
def closing(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    _note_opening(request, seat, ending)
    context = {"page": closing_page(seat, ending), "form": KeptForm(today=day_of(seat.actor.time_zone))}
    return render(request, "ending/closing.html", context)


@door(rules.may_acknowledge, find=queries.room_for, methods=("POST",))
def acknowledge(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    asked = request.POST.get("side", "")
    side = Side(asked) if asked in Side.values else queries.side_of(seat)
    closed = actions.acknowledge(side=side, by=seat)
    if not queries.is_in_work(closed):
        messages.success(request, _("It is complete. Thank you, both of you."))
        return redirect("ending:room", seat.journey.id)
    messages.success(request, _("Acknowledged."))
    return redirect("ending:closing", seat.journey.id)


@door(rules.may_take_up_again, find=queries.room_for, methods=("POST",))
def take_up_again(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.take_up_again(by=seat)
    messages.success(request, _("It can be changed again. Both of you acknowledge it anew afterwards."))
    return redirect("ending:closing", seat.journey.id)


@door(rules.may_close_without_waiting, find=queries.room_for, methods=("POST",))
def close(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    actions.close_without_waiting(by=seat)
    messages.success(request, _("It is closed. What was written stays readable for both of you."))
    return redirect("ending:room", seat.journey.id)


@door(rules.may_open_keepsake, find=queries.room_for)
def keepsake(request: HttpRequest, seat: Seat, ending: Ending) -> HttpResponse:
    _note_opening(request, seat, ending)
    return render(request, "ending/keepsake.html", {"page": keepsake_page(seat, ending)})


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


def _list_of(sort: str) -> str:
    return "ending:taking_with_me" if sort in TAKEN_ALONG else "ending:support"


def _note_opening(request: HttpRequest, seat: Seat, ending: Ending | None) -> None:
    """Shared words are shown: whoever opens them is noted once a login session."""
    if ending is not None:
        record_opening(
            subject_kind="room_ending.ending",
            subject_id=ending.id,
            journey_id=seat.journey.id,
            login_session=str(request.login_session),  # type: ignore[attr-defined]
            by=seat,
        )
