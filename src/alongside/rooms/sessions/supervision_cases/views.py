"""Taking a case to supervision, and reading it there. Each door does one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.goals.measuring.queries import Tracked, tracked
from alongside.goals.tracking_words import title
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.errors import NotThisMoment, Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import Request, door, wants_json
from alongside.people.openings import LEADS_BACK

from ..record.openings import CASE, CASES
from ..record.queries import Table
from . import actions, pages, queries, rules, table_pages
from .content import key_of, measure_name
from .forms import CaseForm, OutcomeForm
from .models import Case, TakenCase
from .states import TakenState

POST = ("POST",)
BOTH = ("GET", "POST")

# --- the guide's own side ---------------------------------------------------------------------------------------


@door(rules.may_see_own_cases, load=seat_for, opens=CASES)
def mine(request: Request, seat: Seat) -> HttpResponse:
    outcomes = queries.outcomes_of(seat)
    notes = {one.taken.id: queries.note_on(seat, one.taken) for one in outcomes if one.words}
    page = pages.own_cases_page(seat, outcomes, notes, queries.in_the_making(seat))
    return render(request, "sessions/taken/mine.html", {"page": page})


@door(rules.may_take_to_supervision, load=seat_for, methods=BOTH, opens=CASES)
def write(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write a case. Whatever is typed is kept; what would give somebody away is shown where it stands."""
    found = tracked(seat)
    if request.method != "POST":
        return _show(request, seat, _form(seat, found, chosen=request.GET.getlist("alert")), looked=False)
    form = _form(seat, found, request.POST)
    called = request.POST.get("also_called", "")
    actions.keep_draft(draft=form.draft, age_band=form.age, also_called=called, by=seat)
    leaks = queries.leaks_in(form.draft, queries.known_of(seat, called))
    if not form.is_valid() or leaks:
        return _show(request, seat, form, looked=True)
    return redirect(pages.where(seat, "look"))


@door(rules.may_take_to_supervision, load=seat_for, opens=CASES)
def look(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the supervisor will read, before it goes."""
    making = queries.in_the_making(seat)
    draft = queries.draft_of(making)
    if making is None or not draft.question.strip():
        return redirect(pages.where(seat, "write"))
    known = queries.known_of(seat, str(making.also_called))
    if queries.leaks_in(draft, known) or queries.copied_in(draft, queries.agreed_words(seat)):
        return redirect(pages.where(seat, "write"))
    content = queries.built(seat, making)
    page = pages.look_page(seat, content, queries.supervisions_of(seat), queries.questions_in(draft))
    return render(request, "sessions/taken/look.html", {"page": page})


@door(rules.may_take_to_supervision, load=seat_for, methods=POST, opens=LEADS_BACK)
def put(request: HttpRequest, seat: Seat) -> HttpResponse:
    try:
        actions.put_on_agenda(
            supervision_id=_id(request.POST.get("supervision", "")),
            considered="considered" in request.POST,
            by=seat,
        )
    except Refused as refused:
        if refused.verdict.denial != Denial.NOT_NOW:
            raise
        messages.error(request, str(refused.verdict.sentence))
        return redirect(refused.verdict.next_url or pages.where(seat, "write"))
    messages.success(
        request,
        _("It is on the agenda of your supervision. What comes out of it will appear here, for you only."),
    )
    return redirect(pages.where(seat, "mine"))


@door(rules.is_own_case, load=queries.taken_for, methods=POST, opens=LEADS_BACK)
def tick(request: HttpRequest, seat: Seat, taken: TakenCase) -> HttpResponse:
    wanted = request.POST.get("state", "")
    if wanted not in TakenState.values:
        raise NotThisMoment(_("Please say what you did with it."), pages.where(seat, "mine"))
    actions.tick_outcome(taken=taken, state=TakenState(wanted), by=seat)
    messages.success(request, _("Saved, for you only."))
    return redirect(pages.where(seat, "mine"))


@door(rules.may_note_on_case, load=queries.taken_for, methods=POST, limit="words", opens=CASES)
def note(request: HttpRequest, seat: Seat, taken: TakenCase) -> HttpResponse:
    version = request.POST.get("version", "")
    written = actions.write_note(
        taken=taken,
        text=request.POST.get("text", ""),
        version=int(version) if version.isascii() and version.isdigit() else 0,
        base=request.POST.get("base"),
        by=seat,
    )
    if wants_json(request):
        facts = {"text": written.text, "version": written.version, "merged": written.merged}
        return JsonResponse({**facts, "sentence": written.sentence})
    messages.success(request, written.sentence)
    return redirect(pages.where(seat, "mine"))


@door(rules.may_withdraw_own, load=queries.taken_for, methods=POST, opens=LEADS_BACK)
def withdraw(request: HttpRequest, seat: Seat, taken: TakenCase) -> HttpResponse:
    case = queries.case_of(taken)
    assert case
    actions.withdraw_case(case=case, by=seat.actor)
    messages.success(request, _("It is withdrawn: no one can read it any more."))
    return redirect(pages.where(seat, "mine"))


# --- on the supervision's table ---------------------------------------------------------------------------------


@door(rules.may_see_cases, load=seat_for, opens=CASES)
def cases(request: Request, seat: Seat) -> HttpResponse:
    page = table_pages.cases_page(seat, queries.cases_of(seat))
    return render(request, "sessions/taken/cases.html", {"page": page})


@door(rules.may_read_case, load=queries.case_for, opens=CASE)
def case(request: Request, seat: Seat, case: Case) -> HttpResponse:
    return _show_case(request, seat, case, OutcomeForm())


@door(rules.may_settle_case, load=queries.case_for, methods=POST, opens=CASE)
def settle(request: Request, seat: Seat, case: Case) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _show_case(request, seat, case, form, status=422)
    actions.settle_case(case=case, word=form.cleaned_data["word"], by=seat)
    messages.success(request, _("Saved. It goes back to the person who brought it, and to no one else."))
    return redirect(pages.where(seat, "case", case.id))


@door(rules.may_withdraw_here, load=queries.case_for, methods=POST, opens=LEADS_BACK)
def withdraw_here(request: HttpRequest, seat: Seat, case: Case) -> HttpResponse:
    actions.withdraw_case(case=case, by=seat.actor)
    messages.success(request, _("It is withdrawn: no one can read it any more."))
    return redirect(pages.where(seat, "case", case.id))


@door(rules.may_take_up_case, load=queries.case_at_table, methods=POST, opens=LEADS_BACK)
def take_up(request: HttpRequest, seat: Seat, table: Table, case: Case) -> HttpResponse:
    actions.take_up_case(table=table, case=case, by=seat)
    messages.success(request, _("It is on today's list: you can focus on it like any other issue."))
    back = redirect("sessions:meeting", journey_id=seat.journey.id, number=table.number)
    return redirect(back.url + "#issues")


# --- what the doors have in common ------------------------------------------------------------------------------


def _show_case(
    request: HttpRequest, seat: Seat, case: Case, form: OutcomeForm, status: int = 200
) -> HttpResponse:
    page = table_pages.case_page(seat, case, queries.history_of(case))
    return render(request, "sessions/taken/case.html", {"page": page, "form": form}, status=status)


def _form(seat: Seat, found: Tracked, data: Any = None, chosen: list[str] | None = None) -> CaseForm:
    agreed = queries.agreed_words(seat)
    measures = [each.facts for each in found.track_summary.measures]
    targets = [(one.subject, agreed[one.subject]) for one in measures if one.subject in agreed]
    making = queries.in_the_making(seat)
    kept = queries.draft_of(making)
    speaking = [key_of(alert.finding) for alert in found.alerts if alert.speaks]
    initial = {
        "question": kept.question,
        "age_band": making.age_band if making else "",
        "also_called": str(making.also_called) if making else "",
        "scores": kept.scores,
        "alerts": kept.alerts if making else (chosen or speaking),
        **{f"target_{key}": words for key, words in kept.targets.items()},
    }
    return CaseForm(
        data,
        targets=[(key, one.difference, one.words) for key, one in targets],
        scores=[(one.measure.key, measure_name(one.measure)) for one in measures if not one.subject],
        alerts=[(key_of(alert.finding), _alert_label(alert.finding)) for alert in found.alerts],
        initial=initial,
    )


def _alert_label(finding: Any) -> str:
    return ": ".join(each for each in (title(finding), finding.name) if each)


def _show(request: HttpRequest, seat: Seat, form: CaseForm, *, looked: bool) -> HttpResponse:
    leaks: dict[str, Any] = {}
    texts: dict[str, tuple[str, str]] = {}
    if looked:
        draft = form.draft
        leaks = queries.leaks_in(draft, queries.known_of(seat, str(form.data.get("also_called", ""))))
        texts = {name: (str(form.fields[name].label), text) for name, text in draft.texts().items()}
    supervisions = queries.supervisions_of(seat)
    page = pages.write_page(seat, texts=texts, leaks=leaks, supervisions=supervisions)
    status = 422 if looked else 200
    return render(request, "sessions/taken/write.html", {"page": page, "form": form}, status=status)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
