"""Measuring in one journey: lines, charts, forms, what is on track."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import hidden
from alongside.measures.charts import Series, definition
from alongside.people.doors import Request, door
from alongside.people.idempotency import run_once
from alongside.ui.pictures import Theme, served

from ..queries import goals_of
from ..safety.actions import answer_notices
from ..safety.forms import SafetyForm
from ..safety.pages import alert_of, help_page
from ..safety.queries import notices_named, open_notices
from ..safety.rules import may_answer_safety
from . import actions, pages, pages_together, queries, rules, series
from .fact_sources import safety_plan
from .forms import AnswersForm, DecisionForm, initial_answers
from .openings import LINE, MEASURED
from .pages_answers import answers_page
from .pages_on_track import on_track_page
from .scoring import scored
from .versions import newest_of_line

# --- pictures: one address each, kept by the browser and asked about every time ---------------------------------


def _picture(request: HttpRequest, line: Series, theme: Theme) -> HttpResponse:
    return served(request, partial(definition, line), theme, *line.content)


@door(rules.may_see_lines, load=series.target_series_for, opens=LINE)
def target_chart(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "light")


@door(rules.may_see_lines, load=series.target_series_for, opens=LINE)
def target_chart_dark(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "dark")


@door(rules.may_see_lines, load=series.form_series_for, opens=LINE)
def form_chart(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "light")


@door(rules.may_see_lines, load=series.form_series_for, opens=LINE)
def form_chart_dark(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "dark")


# --- lines and forms --------------------------------------------------------------------------------------------


@door(rules.may_see_lines, load=seat_for, opens=MEASURED)
def lines(request: HttpRequest, seat: Seat) -> HttpResponse:
    goals, beside = goals_of(seat), series.beside_of(seat)
    targets = pages.target_lines(goals, series.series_of_goals(goals, beside))
    scores = queries.form_scores(seat)
    forms = {key: series.form_series(key, found, beside) for key, found in scores.items()}
    together = pages_together.together(goals)
    page = pages.lines_page(seat, targets, forms, queries.offered_forms(seat, goals), together)
    return render(request, "goals/lines.html", {"page": page})


@door(rules.may_fill_in, load=queries.form_key_for, methods=("GET", "POST"), opens=MEASURED)
def form(request: Request, seat: Seat, instrument: str) -> HttpResponse:
    newest = newest_of_line(instrument)
    if request.method == "GET" and newest != instrument:
        # renewed meanwhile with the same meaning; a form that is open already is still taken as it was
        return redirect(f"{pages.form_address(seat, 'form', newest)}?{request.GET.urlencode()}")
    kept = queries.half_way(seat, instrument)
    initial = initial_answers(instrument, queries.numbers_of(kept.answers if kept else ""))
    form = AnswersForm(instrument, request.POST if request.method == "POST" else None, initial=initial)
    whole = form.is_valid()
    if request.method == "POST":
        # what makes sense is kept, even beside what doesn't: a safety answer never waits for a better form
        missing = scored(instrument, form.answers).missing
        is_left = bool(missing) and "hand_in" in request.POST
        done = whole and ("as_it_is" in request.POST or ("hand_in" in request.POST and not missing))
        facts = {"instrument": instrument, "answers": form.answers, "submit": done}
        # sent a second time because its answer was lost on the way, it is one score and one notice
        run_once(request, lambda: actions.keep_form(**facts, by=seat))
        if scored(instrument, form.answers).safety:
            # the help page is for the person; whoever guides finds the alert, and what to do
            return redirect(pages.where(seat, "on_track" if seat.is_guide else "safety"))
        if is_left:
            form.ask_for(missing)
        elif whole:
            messages.success(request, pages.outcome_sentence(scored(instrument, form.answers)))
            return redirect(_page_of(request, seat) or pages.where(seat, "lines"))
    began = _("You have started this before.") if kept else ""
    page = pages.form_page(seat, instrument, began, _page_of(request, seat))
    status = 422 if form.is_bound else 200
    return render(request, "goals/form.html", {"page": page, "form": form}, status=status)


@door(rules.may_see_lines, load=queries.form_key_for, opens=MEASURED)
def single_answers(request: HttpRequest, seat: Seat, instrument: str) -> HttpResponse:
    page = answers_page(seat, instrument, queries.handed_in(seat, instrument))
    return render(request, "goals/answers.html", {"page": page})


@door(rules.may_see_lines, load=seat_for, opens=MEASURED)
def safety(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Before anything else is shown: where help is now, and who reads the answer and when. A guide turns the screen to
    it for somebody without an account; otherwise the alert is theirs."""
    if seat.is_guide and seat.participant.person.user_id is not None:
        return redirect(pages.where(seat, "on_track"))
    page = help_page(seat, open_notices(seat), safety_plan(seat), pages.where(seat, "lines"))
    return render(request, "goals/safety.html", {"page": page})


# --- what is on track -------------------------------------------------------------------------------------------


def _show_on_track(
    request: HttpRequest,
    seat: Seat,
    status: int = 200,
    *,
    typed: Form | None = None,
    about: str = "",
    lost: str = "",
    safety: SafetyForm | None = None,
) -> HttpResponse:
    """`typed` is the form that came back and `about` what it is about; `lost` are words whose occasion is gone."""
    found = queries.tracked(seat, with_past=True)
    alert = alert_of(
        seat,
        found.notices,
        safety_plan(seat) if found.notices else (),
        error=next(iter(safety.errors.get("what_was_done", [])), "") if safety else "",
        typed=str(safety.data.get("what_was_done", "")) if safety else "",
    )
    page = on_track_page(seat, found, alert, about)
    alerts = [
        (alert, typed if typed and alert.is_at else DecisionForm(auto_id=f"alert{place}_%s"))
        for place, alert in enumerate(page.alerts, start=1)
    ]
    return render(
        request, "goals/on_track.html", {"lost": lost, "page": page, "alerts": alerts}, status=status
    )


@door(rules.may_see_on_track, load=seat_for, opens=MEASURED)
def on_track(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _show_on_track(request, seat)


@door(rules.may_answer_finding, load=seat_for, methods=("POST",), opens=MEASURED)
def answer_finding(request: HttpRequest, seat: Seat) -> HttpResponse:
    key = (request.POST.get("rule", ""), request.POST.get("subject", ""))
    alert = next((each for each in queries.tracked(seat).alerts if each.finding.key == key), None)
    form = DecisionForm(request.POST, auto_id="typed_%s")
    if alert is None:
        messages.warning(request, _("This no longer applies: something new is known."))
        return _show_on_track(request, seat, 409, lost=request.POST.get("word", ""))
    if not form.is_valid():
        return _show_on_track(request, seat, 422, typed=form, about=":".join(key))
    actions.answer_finding(alert=alert, **form.cleaned_data, by=seat)
    messages.success(request, _("Saved. You will not be reminded until something new is known."))
    return redirect(pages.where(seat, "on_track"))


@door(may_answer_safety, load=seat_for, methods=("POST",), opens=MEASURED)
def answer_safety(request: HttpRequest, seat: Seat) -> HttpResponse:
    notices = notices_named(seat, request.POST.getlist("notice"))
    if not notices:
        raise Refused(hidden())
    form = SafetyForm(request.POST)
    if not form.is_valid():
        return _show_on_track(request, seat, 422, safety=form)
    try:
        answer_notices(notices=notices, **form.cleaned_data, by=seat)
    except Refused as refused:
        messages.warning(request, refused.verdict.sentence)
        return _show_on_track(request, seat, 409, lost=form.cleaned_data["what_was_done"])
    messages.success(request, _("Saved, with the time and your name."))
    return redirect(_page_of(request, seat) or pages.where(seat, "on_track"))


def _page_of(request: HttpRequest, seat: Seat) -> str:
    """The page of this journey one came from, to go back to; "" for any other address."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours and asked.startswith(f"/journeys/{seat.journey.id}/") else ""
