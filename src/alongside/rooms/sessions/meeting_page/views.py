"""The doors of the sessions room. Each does one action; the page of a meeting is drawn in one place, `_draw`."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from alongside.goals.models import Step
from alongside.goals.queries import own_steps, target_for
from alongside.journeys.seat import Seat
from alongside.journeys.words_view import answer, posted, say
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import Request, door
from alongside.people.idempotency import run_once
from alongside.people.openings import LEADS_BACK
from alongside.rooms.environment.queries import meetings_of, next_among

from ..live.queries import watched_table_for
from ..record import actions, boxes, forms, issue_queries, queries, review_queries, rules
from ..record.models import Issue
from ..record.openings import MEETING, ROOM
from ..record.pages import said
from ..record.pages.said import title_of
from ..record.queries import Table
from ..record.states import IssueState, RecordState
from .guide_panel import beside, own_look_back
from .pages.before import before_page
from .pages.meeting import meeting_page
from .pages.room import room_page
from .pages.written import Material

POST = ("POST",)
BOTH = ("GET", "POST")

# --- the room --------------------------------------------------------------------------------------------


@door(rules.may_enter_room, load=queries.seat_for, opens=ROOM)
def room(request: Request, seat: Seat) -> HttpResponse:
    meetings, number = meetings_of(seat), queries.number_to_come(seat)
    page = room_page(
        seat,
        meetings=meetings,
        records=queries.records_of(seat),
        summaries=queries.summaries_of(seat),
        to_come=next_among(meetings),
        note=queries.words_in(seat, boxes.for_next_time(seat.journey.id, number)),
        number=number,
    )
    return render(request, "sessions/room.html", {"page": page})


@door(rules.may_write_for_next_time, load=queries.room_box_for, methods=POST, limit="words", opens=ROOM)
def write_for_next_time(request: HttpRequest, seat: Seat) -> HttpResponse:
    box = boxes.for_next_time(seat.journey.id, queries.number_to_come(seat))
    return answer(request, box=box, seat=seat, back=_to_room(seat))


# --- before it -------------------------------------------------------------------------------------------


@door(rules.may_see_meeting, load=watched_table_for, opens=MEETING)
def meeting(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """The page of a meeting: the minute before it, or its record once that was opened."""
    if table.record is None and table.number < queries.first_number_here(seat):
        return redirect("first_meeting:room", journey_id=seat.journey.id)
    return _draw(request, seat, table)


@door(rules.may_prepare, load=queries.table_for, methods=POST, opens=MEETING)
def prepare(request: Request, seat: Seat, table: Table) -> HttpResponse:
    form = forms.ReadingsForm(request.POST, targets=review_queries.targets_now(seat))
    if not form.is_valid():
        return _draw(request, seat, table, status=422, review=form)
    # before a meeting one of the two alone fills them in: what they give last is what holds
    values = [actions.Value(target, value) for target, value, _was in form.values]
    actions.give_readings(number=table.number, values=values, by=seat)
    messages.success(request, _("Thank you. You will find it here when you meet."))
    return _back(seat, table)


@door(rules.may_start, load=queries.table_for, methods=POST, opens=LEADS_BACK)
def start(request: HttpRequest, seat: Seat, table: Table) -> HttpResponse:
    actions.start_meeting(number=table.number, shape=request.POST.get("shape", ""), by=seat)
    return _back(seat, table)


# --- while it is open ------------------------------------------------------------------------------------


@door(rules.may_write_in_box, load=queries.box_for, methods=POST, limit="words", opens=MEETING)
def write(request: HttpRequest, seat: Seat, table: Table, box: str) -> HttpResponse:
    written = actions.write_in_box(number=table.number, name=box, **posted(request), by=seat)
    return say(request, written, _path(seat, table))


@door(rules.may_work_in_record, load=queries.open_table_for, methods=POST, limit="words", opens=MEETING)
def review(request: Request, seat: Seat, table: Table) -> HttpResponse:
    """The whole review in one save; with JavaScript it is saved as one ticks and types."""
    form = forms.ReviewForm(
        request.POST, steps=_reviewed(seat, table), targets=review_queries.targets_now(seat)
    )
    if not form.is_valid():
        return (
            _said(request, form)
            if _saves_itself(request)
            else _draw(request, seat, table, status=422, review=form)
        )
    answers = [actions.StepAnswer(*given) for given in form.answers]
    values = [actions.Value(*value) for value in form.values]
    reviewed = actions.review_last_plan(number=table.number, answers=answers, values=values, by=seat)
    for each in reviewed.otherwise:
        form.tell_otherwise(each.row, seat.name_of(each.by), each.what)
    if _saves_itself(request):
        return _said(request, form)
    if reviewed.otherwise:
        return _draw(request, seat, table, status=409, review=form)
    messages.success(request, _("The review is saved."))
    return _back(seat, table, "review")


@door(rules.may_work_in_record, load=queries.open_table_for, methods=POST, opens=MEETING)
def plan_step(request: Request, seat: Seat, table: Table) -> HttpResponse:
    form = _step_form(seat, table, review_queries.targets_now(seat), request.POST)
    if not form.is_valid():
        return _draw(request, seat, table, status=422, step_form=form)
    given = form.cleaned_data
    owner = next(m.person for m in seat.members if str(m.person.id) == given["owner"])
    target = target_for(seat, UUID(given["target"])) if given["target"] else None
    facts = {"text": given["text"], "owner": owner, "target": target, "due": given["due"]}
    run_once(request, lambda: actions.plan_step_in_meeting(number=table.number, **facts, by=seat))
    return _back(seat, table, "plan")


@door(rules.may_let_step_go, load=queries.step_in_meeting, methods=POST, opens=LEADS_BACK)
def let_step_go(request: Request, seat: Seat, table: Table, step: Step) -> HttpResponse:
    run_once(request, lambda: actions.let_step_go(number=table.number, step=step, by=seat))
    return _back(seat, table, "plan")


@door(rules.may_work_in_record, load=queries.open_table_for, methods=POST, opens=MEETING)
def raise_issue(request: Request, seat: Seat, table: Table) -> HttpResponse:
    form = forms.IssueForm(request.POST)
    if not form.is_valid():
        return _draw(request, seat, table, status=422, issue_form=form)
    text = form.cleaned_data["text"]
    run_once(request, lambda: actions.raise_issue(number=table.number, text=text, by=seat))
    return _back(seat, table, "issues")


@door(rules.may_settle_issue, load=issue_queries.issue_for, methods=POST, opens=MEETING)
def settle_issue(request: Request, seat: Seat, table: Table, issue: Issue) -> HttpResponse:
    form = forms.SettleForm(request.POST)
    if not form.is_valid():
        return _draw(request, seat, table, status=422, settle_form=form, settled=f"issue-{issue.id}")
    becomes, word = IssueState(form.cleaned_data["becomes"]), form.cleaned_data["word"]
    run_once(
        request,
        lambda: actions.settle_issue(number=table.number, issue=issue, becomes=becomes, word=word, by=seat),
    )
    return _back(seat, table, "issues")


@door(rules.may_work_in_record, load=queries.open_table_for, methods=POST, opens=MEETING)
def book_next(request: Request, seat: Seat, table: Table) -> HttpResponse:
    form = forms.NextForm(request.POST)
    if not form.is_valid():
        return _draw(request, seat, table, status=422, next_form=form)
    minutes = seat.journey.meeting_minutes
    try:
        run_once(
            request,
            lambda: actions.book_next(
                number=table.number, starts_at=form.starts_at, minutes=minutes, by=seat
            ),
        )
    except Refused as refused:
        return _not_now(request, seat, table, refused, form, next_form=form)
    messages.success(request, _("Booked. You will both find it in your calendars."))
    return _back(seat, table, "closing")


# --- closing it, and after -------------------------------------------------------------------------------


@door(rules.may_close, load=queries.open_table_for, methods=POST, opens=MEETING)
def close(request: Request, seat: Seat, table: Table) -> HttpResponse:
    form = _close_form(seat, table, request.POST)
    if not form.is_valid():
        return _draw(request, seat, table, status=422, close_form=form)
    given = form.cleaned_data
    closing = actions.Closing(
        minutes_taken=given["minutes_taken"],
        present=tuple(UUID(one) for one in given["present"]),
        safety_raised=given["safety_raised"] == "yes",
        safety_where=given["safety_where"],
    )
    state = actions.close_meeting(
        number=table.number, closing=closing, with_participant=given["in_the_room"], by=seat
    )
    messages.success(request, _closed(seat, state))
    return _back(seat, table)


@door(rules.may_confirm, load=queries.open_table_for, methods=POST, opens=LEADS_BACK)
def confirm(request: HttpRequest, seat: Seat, table: Table) -> HttpResponse:
    state = actions.confirm_meeting(number=table.number, by=seat)
    messages.success(request, _closed(seat, state))
    return _back(seat, table)


@door(rules.may_answer_questions, load=queries.open_table_for, methods=BOTH, opens=MEETING)
def questions(request: HttpRequest, seat: Seat, table: Table) -> HttpResponse:
    form = forms.QuestionsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["kept"]
        actions.answer_questions(number=table.number, answers=form.answers, kept=kept, by=seat)
        messages.success(request, _("Thank you."))
        return _back(seat, table)
    status = 422 if form.is_bound else 200
    facts = {"form": form, "title": title_of(seat, table.number), "back": _path(seat, table)}
    return render(request, "sessions/questions.html", {**facts, "other": seat.other.name}, status=status)


@door(rules.may_correct, load=queries.open_table_for, methods=BOTH, opens=MEETING)
def correct(request: HttpRequest, seat: Seat, table: Table) -> HttpResponse:
    """Words, an issue or a step in the wrong record: which of one's own, and why."""
    raised = {issue.id: issue for issue in issue_queries.own_issues(seat, table)}
    steps = {step.id: step for step in own_steps(seat) if step.planned_in in (None, table.number)}
    choices = [(str(words.id), said.snippet(words)) for words in queries.own_words(seat, table)]
    choices += [(str(key), said.snippet(issue)) for key, issue in raised.items()]
    choices += [(str(key), said.snippet(step)) for key, step in steps.items()]
    form = forms.InErrorForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        chosen = UUID(form.cleaned_data["words"])
        wrong: dict[str, Any] = {"number": table.number, "reason": form.cleaned_data["reason"], "by": seat}
        if chosen in raised:
            actions.mark_issue_in_error(issue_id=chosen, **wrong)
        elif chosen in steps:
            actions.mark_step_in_error(step_id=chosen, **wrong)
        else:
            actions.mark_in_error(words_id=chosen, **wrong)
        messages.success(request, _("These words are now hidden from both of you."))
        return _back(seat, table)
    facts = {"form": form, "some": bool(choices), "back": _path(seat, table)}
    return render(request, "sessions/correct.html", facts, status=422 if form.is_bound else 200)


# --- what the doors have in common -----------------------------------------------------------------------


def _draw(request: Request, seat: Seat, table: Table, *, status: int = 200, **typed: Any) -> HttpResponse:
    """The page of a meeting as it stands, with what was typed where a form needs another look."""
    if table.record is None:
        return _draw_before(request, seat, table, status=status, form=typed.get("review"))
    material = _material(seat, table, typed.pop("review", None))
    page = meeting_page(seat, material)
    facts: dict[str, Any] = {"page": page, "look_back": own_look_back(seat, table), **beside(seat, table)}
    if page.is_open:
        facts["step_form"] = _step_form(seat, table, material.targets)
        facts["issue_form"] = forms.IssueForm()
        facts["next_form"] = forms.NextForm(initial=_suggested(seat, table))
    if page.may_close:
        facts["close_form"] = _close_form(seat, table)
    return _lay(request, "meeting", {**facts, **typed}, status)


def _lay(request: Request, name: str, facts: dict[str, Any], status: int) -> HttpResponse:
    """The whole page, or what is laid over one that is open already."""
    if request.htmx:
        laid = {"meeting": "sessions/table.html", "before": "sessions/before_table.html"}[name]
        response = render(request, "sessions/laid.html", {**facts, "laid": laid}, status=status)
    else:
        response = render(request, f"sessions/{name}.html", facts, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _saves_itself(request: Request) -> bool:
    """The review, saved while one ticks: it is answered with a word, not with the page."""
    return bool(request.htmx) and request.htmx.target != "table"


def _draw_before(
    request: Request, seat: Seat, table: Table, *, status: int, form: forms.ReadingsForm | None
) -> HttpResponse:
    written, targets = queries.words_around(seat, table), review_queries.targets_now(seat)
    steps = review_queries.to_review(
        review_queries.steps_here(seat, table.number, closed=False), table.number
    )
    page = before_page(seat, table, written=written, targets=targets, steps=steps, form=form)
    return _lay(request, "before", {"page": page, **beside(seat, table)}, status)


def _material(seat: Seat, table: Table, review: forms.ReviewForm | None = None) -> Material:
    assert table.record
    closed = queries.is_closed(table.record)
    return Material(
        table=table,
        written=queries.words_around(seat, table),
        targets=review_queries.targets_now(seat),
        steps=review_queries.steps_here(seat, table.number, closed=closed),
        issues=issue_queries.issues_around(seat, table.record),
        feedback=queries.feedback_around(seat, table),
        review=review,
    )


def _reviewed(seat: Seat, table: Table) -> list[review_queries.StepHere]:
    return review_queries.to_review(review_queries.steps_here(seat, table.number, closed=False), table.number)


def _step_form(seat: Seat, table: Table, targets: Any, data: Any = None) -> forms.StepForm:
    due = _suggested(seat, table)["date"]
    return forms.StepForm(data, seat=seat, targets=targets, due=due)


def _close_form(seat: Seat, table: Table, data: Any = None) -> forms.CloseForm:
    steps = review_queries.steps_here(seat, table.number, closed=False) if data is not None else []
    planned = bool(review_queries.planned_in(steps, table.number))
    return forms.CloseForm(data, seat=seat, minutes=table.meeting.minutes, planned=planned)


def _suggested(seat: Seat, table: Table) -> dict[str, Any]:
    """The same day of the week and time, as far on as the two meet; never a day that is past."""
    there = timezone.localtime(table.meeting.starts_at)
    date, today = there.date(), clock.today()
    while date <= today:
        date += dt.timedelta(days=max(1, seat.journey.every_days))
    return {"date": date, "time": there.time().replace(second=0, microsecond=0)}


def _not_now(
    request: Request, seat: Seat, table: Table, refused: Refused, form: django_forms.Form, **typed: Any
) -> HttpResponse:
    if refused.verdict.denial != Denial.NOT_NOW:
        raise refused
    form.add_error(None, str(refused.verdict.sentence))
    return _draw(request, seat, table, status=409, **typed)


def _said(request: HttpRequest, form: forms.ReviewForm) -> HttpResponse:
    return render(request, "sessions/review_said.html", {"form": form, "at": timezone.localtime(clock.now())})


def _closed(seat: Seat, state: RecordState) -> str:
    """What one's acknowledgement has made of the record."""
    if state == RecordState.CLOSED:
        return _("Closed. Thank you: the record stands as it is now.")
    return _("Thank you. You have acknowledged it: %(name)s is asked to do so too.") % {
        "name": seat.other.name
    }


def _to_room(seat: Seat) -> str:
    return redirect("sessions:room", journey_id=seat.journey.id).url


def _path(seat: Seat, table: Table) -> str:
    return redirect("sessions:meeting", journey_id=seat.journey.id, number=table.number).url


def _back(seat: Seat, table: Table, to: str = "") -> HttpResponse:
    return redirect(_path(seat, table) + (f"#{to}" if to else ""))
