"""The journey page and what is done on it: steps ticked, a rest, a withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.goals.actions import tick_step
from alongside.goals.measuring.many import Raised
from alongside.goals.measuring.queries import tracked
from alongside.goals.models import Step
from alongside.goals.states import StepState
from alongside.journeys import rules
from alongside.journeys.models import Visibility
from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import emergencies_of, seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.visibility import sentence
from alongside.kernel.clock import now
from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Denial, hidden
from alongside.ledger.openings import openings_of
from alongside.people.doors import Request, door
from alongside.people.openings import LEADS_BACK, Nothing, Words, the_second
from alongside.people.queries import failed_emails
from alongside.retention.keeping import sentence_for_participant as how_long
from alongside.rooms.ending.handover.queries import handover_of, handover_to
from alongside.rooms.ending.handover.state_sentence import standing_handover
from alongside.ui.undo import say_with_undo

from .. import queries
from ..forms import OneTapForm, TickForm
from ..journey_summary import JourneySummary, summary_of
from ..next_step import find_next_step, reader_of
from ..pages.common import room
from ..pages.journey import JourneyFacts, journey_page
from ..pages.opened import opened_page
from ..pages.path import path_of
from ..pages.people import named_page
from ..pages.timeline import timeline_page
from ..questionnaires_due import due_next
from ..rules import may_open_own_step, may_tick_own_step
from ..safety_alerts import alert_in
from ..timeline import timeline_of


@door(rules.may_open_journey, load=seat_for, opens=JOURNEY)
def journey(request: Request, seat: Seat) -> HttpResponse:
    """For the two their journey; for a named person what is marked for them."""
    if not seat.is_one_of_two:
        return _marked_for_me(request, seat)
    journey_summary = summary_of(seat)
    due = due_next(seat, journey_summary)
    facts = JourneyFacts(
        journey_summary=journey_summary,
        goals=queries.goal_lines(seat),
        steps=queries.steps_now(seat),
        summary=queries.last_summary(seat),
        openings=openings_of(seat.journey.id),
        handed=standing_handover(seat, handover_of(seat)),
        emergencies=emergencies_of(seat) if journey_summary.tells_of_an_emergency else [],
        failed=failed_emails(member.person.id for member in seat.members) if seat.is_guide else [],
        due=due,
        raised=_raised(seat, journey_summary),
        came_along=bool(seat.journey.follows_id and handover_to(seat)),
    )
    page = {
        "page": journey_page(seat, facts),
        "journey_path": path_of(seat, journey_summary),
        "alert": alert_in(seat) if journey_summary.harm_waits else None,
        "due": due,
    }
    return render(request, "overview/journey.html", page)


def _raised(seat: Seat, summary: JourneySummary) -> Raised | None:
    """Asked only where the page would otherwise say that nothing is to be done."""
    is_next = find_next_step(summary, reader_of(seat), now())
    if not seat.is_guide or seat.is_over or is_next.needs_me:
        return None
    told = tracked(seat)
    return Raised(told.track_summary.level, bool(told.speaking), bool(told.track_summary.safety))


def _marked_for_me(request: Request, seat: Seat) -> HttpResponse:
    marked = queries.marked_words(seat)
    return render(request, "overview/named.html", {"page": named_page(seat, marked)})


@door(rules.is_one_of_two, load=seat_for, opens=JOURNEY)
def timeline(request: Request, seat: Seat) -> HttpResponse:
    page = timeline_page(seat, timeline_of(seat), request.GET.get("show", ""))
    return render(request, "overview/timeline.html", {"page": page})


@door(
    rules.is_one_of_two,
    load=seat_for,
    opens=Nothing("Who opened what, and when: kinds and names, and no word."),
)
def opened(request: HttpRequest, seat: Seat) -> HttpResponse:
    keeping = how_long(seat.journey.organisation_id, seat.journey.kind) if seat.is_participant else ""
    page = opened_page(seat, queries.opened_what(seat), keeping)
    return render(request, "overview/opened.html", {"page": page})


# --- one's own steps ---------------------------------------------------------------------------------------


@door(rules.may_work, load=seat_for, methods=("POST",), opens=LEADS_BACK)
def tick(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One tap on a step of one's own; another takes it back."""
    form = OneTapForm(request.POST)
    step = queries.own_step(seat, form.data.get("step_id", ""))
    if step is None or not form.is_valid():
        raise Refused(hidden())
    state = StepState(form.cleaned_data["state"])
    before = StepState(step.state)  # type: ignore[attr-defined]
    tick_step(step=step, state=state, by=seat)
    said = _("Saved. Open the step to add how it went.")
    if state == StepState.OPEN:
        messages.success(request, _("The step is open again."))
    elif step.times_a_week or before == state:
        messages.success(request, said)
    else:
        back = {"step_id": step.id, "state": before.value, "from": request.POST.get("from", "")}
        say_with_undo(request, said, url=room(seat, "overview:tick"), **back)
    return redirect("/" if request.POST.get("from") == "today" else room(seat, "overview:journey") + "#steps")


@door(
    may_open_own_step,
    load=queries.own_step_for,
    methods=("GET", "POST"),
    opens=Words("goals.step", of=the_second),
)
def step(request: HttpRequest, seat: Seat, step: Step) -> HttpResponse:
    """How a step of one's own went, with a word on it."""
    posted = request.POST if request.method == "POST" else None
    initial = {"state": None if step.state == StepState.OPEN else step.state}  # type: ignore[attr-defined]
    form = TickForm(posted, initial=initial)
    status = 422 if form.is_bound else 200
    try:
        demand(may_tick_own_step(seat, step))
        if form.is_valid():
            facts = form.cleaned_data
            tick_step(step=step, state=StepState(facts["state"]), word=facts["word"], by=seat)
            messages.success(request, _("Saved."))
            return redirect(room(seat, "overview:journey") + "#steps")
    except Refused as refused:
        if not form.is_bound or refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        status = 409
    facts = {"form": form, "text": step.text, "back": room(seat, "overview:journey")}
    facts["readers"] = sentence(seat, Visibility.OURS)
    return render(request, "overview/step.html", facts, status=status)
