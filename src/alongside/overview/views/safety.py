"""A notice that was passed on, and the way it goes tried by an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.goals.safety import actions, rules
from alongside.goals.safety.forms import SafetyForm
from alongside.goals.safety.models import SafetyNotice, SafetyTest
from alongside.goals.safety.pages import done_view
from alongside.goals.safety.queries import passed_on_notice, test_for, tests_of
from alongside.kernel.errors import Refused
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import Nothing, Words, always, the_second

from ..pages.safety_tests import tests_page
from ..safety_alerts import alert_passed_on

NOTICE = Words("goals.safetynotice", of=the_second, figures=always)
TRIED = Nothing("A notice sent to try the way carries no words.")


@door(rules.may_read_passed_on, load=passed_on_notice, methods=("GET", "POST"), opens=NOTICE)
def notice(request: Request, actor: Person, notice: SafetyNotice) -> HttpResponse:
    form = SafetyForm(request.POST) if request.method == "POST" else None
    status, lost = 200, ""
    if form and form.is_valid():
        try:
            actions.answer_passed_on(notice=notice, **form.cleaned_data, by=actor)
        except Refused as refused:
            messages.warning(request, str(refused.verdict.sentence))
            status, lost = 409, form.cleaned_data["what_was_done"]
            notice.refresh_from_db()
        else:
            messages.success(request, _("Saved, with the time and your name."))
            return redirect("safety:notice", notice.id)
    elif form:
        status = 422
    return _show(request, notice, form, status, lost)


def _show(
    request: Request, notice: SafetyNotice, form: SafetyForm | None, status: int, lost: str
) -> HttpResponse:
    error = " ".join(map(str, form.errors.get("what_was_done", []))) if form else ""
    typed = str(form.data.get("what_was_done", "")) if form else ""
    shown = {
        "alert": None if notice.seen_at else alert_passed_on(notice, error=error, typed=typed),
        "done": (done_view(notice, notice.by.name),) if notice.seen_at else (),
        "lost": lost,
    }
    return render(request, "overview/safety_notice.html", shown, status=status)


@door(rules.may_try_notices, methods=("GET", "POST"), opens=TRIED)
def tests(request: Request, actor: Person) -> HttpResponse:
    if request.method == "POST":
        actions.try_notices(by=actor)
        messages.success(request, _("Test notices are on their way. This page shows when they arrive."))
        return redirect("safety:tests")
    return render(request, "overview/safety_tests.html", {"page": tests_page(actor, tests_of(actor))})


@door(rules.may_say_it_arrived, load=test_for, methods=("GET", "POST"), opens=TRIED)
def test(request: Request, actor: Person, test: SafetyTest) -> HttpResponse:
    if request.method == "POST":
        test = actions.say_it_arrived(test=test, by=actor)
    return render(request, "overview/safety_test.html", {"arrived": test.arrived_at is not None})
