"""Measuring in one journey: lines, charts, forms, what is on track."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record_opening
from alongside.measures.charts import Series, definition
from alongside.people.doors import door
from alongside.ui.pictures import Theme, served

from ..queries import goals_of
from . import actions, pages, pages_together, queries, rules, series
from .forms import AnswersForm, DecisionForm, SafetyForm, initial_answers
from .pages_on_track import on_track_page
from .scoring import scored
from .told import safety_words

# --- pictures: one address each, kept by the browser and asked about every time ---------------------------------


def _picture(request: HttpRequest, line: Series, theme: Theme) -> HttpResponse:
    return served(request, partial(definition, line), theme, *line.content)


@door(rules.may_see_lines, find=series.target_series_for)
def target_chart(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "light")


@door(rules.may_see_lines, find=series.target_series_for)
def target_chart_dark(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "dark")


@door(rules.may_see_lines, find=series.form_series_for)
def form_chart(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "light")


@door(rules.may_see_lines, find=series.form_series_for)
def form_chart_dark(request: HttpRequest, seat: Seat, line: Series) -> HttpResponse:
    return _picture(request, line, "dark")


# --- lines and forms --------------------------------------------------------------------------------------------


def _opened(request: HttpRequest, seat: Seat) -> None:
    record_opening(
        subject_kind="goals.measuring",
        subject_id=seat.journey.id,
        journey_id=seat.journey.id,
        login_session=str(request.login_session),  # type: ignore[attr-defined]
        by=seat,
    )


@door(rules.may_see_lines, find=seat_for)
def lines(request: HttpRequest, seat: Seat) -> HttpResponse:
    _opened(request, seat)
    goals, beside = goals_of(seat), series.beside_of(seat)
    targets = pages.target_lines(goals, series.series_of_goals(goals, beside))
    scores = queries.form_scores(seat)
    forms = {key: series.form_series(key, found, beside) for key, found in scores.items()}
    together = pages_together.together(goals)
    page = pages.lines_page(seat, targets, forms, queries.offered_forms(seat), together)
    return render(request, "goals/lines.html", {"page": page})


@door(rules.may_fill_in, find=queries.form_key_for, methods=("GET", "POST"))
def form(request: HttpRequest, seat: Seat, instrument: str) -> HttpResponse:
    _opened(request, seat)
    kept = queries.half_way(seat, instrument)
    initial = initial_answers(instrument, queries.numbers_of(kept.answers if kept else ""))
    form = AnswersForm(instrument, request.POST or None, initial=initial)
    whole = form.is_valid()
    if request.method == "POST":
        # what makes sense is kept, even beside what doesn't: a safety answer never waits for a better form
        done = whole and "hand_in" in request.POST
        filled = actions.keep_form(instrument=instrument, answers=form.answers, submit=done, by=seat)
        if filled.safety and filled.seen_at is None:
            return redirect(pages.where(seat, "safety"))
        if whole:
            messages.success(request, pages.outcome_sentence(scored(instrument, form.answers)))
            return redirect(pages.where(seat, "lines"))
    page = pages.form_page(seat, instrument, _("You began this before.") if kept else "")
    status = 422 if form.is_bound and not whole else 200
    return render(request, "goals/form.html", {"page": page, "form": form}, status=status)


@door(rules.may_see_lines, find=seat_for)
def safety(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Before anything else is shown: where help is now, and that nobody watches this page round the clock."""
    facts = {
        "note": str(seat.kind.emergency_note),
        "agreed": safety_words(seat),
        "guide": seat.guide.name,
        "back": pages.where(seat, "lines"),
    }
    return render(request, "goals/safety.html", facts)


# --- what is on track -------------------------------------------------------------------------------------------


def _show_on_track(
    request: HttpRequest,
    seat: Seat,
    status: int = 200,
    *,
    typed: Form | None = None,
    about: str = "",
    lost: str = "",
) -> HttpResponse:
    """`typed` is the form that came back and `about` what it is about; `lost` are words whose occasion is gone."""
    page = on_track_page(seat, queries.tracked(seat, with_past=True), about)
    forms = {"lost": lost, "page": page}
    flags = [
        (flag, typed if typed and flag.is_at else DecisionForm(auto_id=f"flag{place}_%s"))
        for place, flag in enumerate(page.flags, start=1)
    ]
    notices = [
        (notice, typed if typed and notice.id == about else SafetyForm(auto_id=f"notice{place}_%s"))
        for place, notice in enumerate(page.notices, start=1)
    ]
    return render(
        request, "goals/on_track.html", {**forms, "flags": flags, "notices": notices}, status=status
    )


@door(rules.may_see_on_track, find=seat_for)
def on_track(request: HttpRequest, seat: Seat) -> HttpResponse:
    _opened(request, seat)
    return _show_on_track(request, seat)


@door(rules.may_answer_finding, find=seat_for, methods=("POST",))
def answer_finding(request: HttpRequest, seat: Seat) -> HttpResponse:
    key = (request.POST.get("rule", ""), request.POST.get("subject", ""))
    flag = next((each for each in queries.tracked(seat).flags if each.finding.key == key), None)
    form = DecisionForm(request.POST, auto_id="typed_%s")
    if flag is None:
        messages.warning(request, _("This no longer holds: something new is known."))
        return _show_on_track(request, seat, 409, lost=request.POST.get("word", ""))
    if not form.is_valid():
        return _show_on_track(request, seat, 422, typed=form, about=":".join(key))
    actions.answer_finding(flag=flag, **form.cleaned_data, by=seat)
    messages.success(request, _("Noted. It is quiet until something new is known."))
    return redirect(pages.where(seat, "on_track"))


@door(rules.may_answer_safety, find=seat_for, methods=("POST",))
def answer_safety(request: HttpRequest, seat: Seat) -> HttpResponse:
    notice = queries.safety_for(seat, request.POST.get("form", ""))
    if notice is None:
        raise Refused(hidden())
    form = SafetyForm(request.POST, auto_id="typed_%s")
    if not form.is_valid():
        return _show_on_track(request, seat, 422, typed=form, about=str(notice.id))
    try:
        actions.answer_safety(form=notice, **form.cleaned_data, by=seat)
    except Refused as refused:
        messages.warning(request, refused.verdict.sentence)
        return _show_on_track(request, seat, 409, lost=form.cleaned_data["what_was_done"])
    messages.success(request, _("Noted, with the time and your name."))
    return redirect(pages.where(seat, "on_track"))
