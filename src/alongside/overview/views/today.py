"""Today, and the list of one's journeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from alongside.goals.measuring.many import raised_in
from alongside.goals.safety.pages import SafetyAlert
from alongside.goals.safety.queries import passed_on_to
from alongside.journeys.addresses.queries import told_to
from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.kernel.clock import today as today_in
from alongside.people.doors import Request, door
from alongside.people.models import Person
from alongside.people.openings import Journeys, OpenedThing
from alongside.people.rules import is_signed_in
from alongside.programmes.figures.catalogue import TODAY
from alongside.programmes.pages.figures import LeadToday, lead_today, months_shown
from alongside.programmes.queries import cells_of, programmes_led_by
from alongside.retention.access import open_requests
from alongside.retention.access_pages import AccessToday, today_line
from alongside.rooms.ending.follow_up.queries import days_ahead
from alongside.rooms.ending.handover.queries import asked_of
from alongside.rooms.ending.return_requests.queries import wishes_for

from ..first_day import first_day_of
from ..forms import CaseloadForm
from ..journey_summary import summaries, summaries_and_waits
from ..pages.caseload import journeys_page
from ..pages.today import Beside, ended_of, mine_of, today_page
from ..queries import goal_lines, own_steps
from ..questionnaires_due import due_today
from ..safety_alerts import alerts_for
from ..summary_facts import Fact


@door(is_signed_in, opens=Journeys("overview.today"))
def today(request: Request, actor: Person) -> HttpResponse:
    seats = seats_of(actor)
    summary, waits = summaries_and_waits(actor, seats)
    raised = raised_in(actor, seats)
    is_reader = actor.is_administrator or any(fact.what == "passed_on" for fact in waits)
    alerts = alerts_for(seats, raised, passed_on_to(actor) if is_reader else [])
    steps = own_steps(actor)
    mine = mine_of(seats, summary)
    goals = goal_lines(mine) if mine else []
    shown = {step.journey_id for step in steps} | ({mine.journey.id} if mine and goals else set())
    request.opened = [*_alerts_shown(alerts), *map(OpenedThing, shown)]
    page = today_page(
        actor,
        seats,
        summary,
        raised,
        steps,
        replace(
            _beside(actor, seats, waits), alerts=alerts, due=due_today(seats, summary), mine=mine, goals=goals
        ),
    )
    facts = {"page": page, "figures": _figures(actor), "access": _access(actor)}
    return render(request, "overview/today.html", facts)


def _access(actor: Person) -> AccessToday | None:
    """Who waits for a copy of their records; nothing is asked for anybody but administrators."""
    if not actor.is_administrator:
        return None
    return today_line(open_requests(actor), today_in(actor.time_zone))


def _figures(actor: Person) -> LeadToday | None:
    """The figures of the programmes this person leads; nothing is asked for anybody else."""
    programmes = programmes_led_by(actor) if actor.is_lead else []
    if not programmes:
        return None
    day = today_in(actor.time_zone)
    cells = cells_of(programmes, figures=TODAY, since=months_shown(day)[0])
    return lead_today(programmes, cells, day)


def _alerts_shown(alerts: Sequence[SafetyAlert]) -> list[OpenedThing]:
    """An alert shows what was answered, so whoever finds it here has opened it."""
    return [OpenedThing(alert.journey_id, "goals.safetynotice", UUID(alert.key)) for alert in alerts]


def _beside(actor: Person, seats: list[Seat], waits: list[Fact]) -> Beside:
    """What waits beside the journeys that go on. Nothing is asked where there is nothing; an administrator has more."""
    sorts = {fact.what for fact in waits}
    by_id = {seat.journey.id: seat for seat in seats}
    return Beside(
        handovers=tuple(asked_of(actor)) if "asked" in sorts else (),
        wishes=tuple(wishes_for(actor)) if "wish" in sorts or actor.is_administrator else (),
        addresses=tuple(told_to(actor)) if "address" in sorts or actor.is_administrator else (),
        again=tuple((by_id[fact.journey_id], fact.who) for fact in waits if fact.what == "again"),
        worse=tuple(by_id[fact.journey_id] for fact in waits if fact.what == "worse"),
        ahead=days_ahead(ended_of(seats)),
        first_day=first_day_of(actor) if actor.is_administrator else None,
    )


@door(is_signed_in, opens=Journeys("overview.journeys"))
def journeys(request: Request, actor: Person) -> HttpResponse:
    """One's journeys, all on one page; what is asked for stands in the address and can be kept as a bookmark."""
    seats = seats_of(actor)
    form = CaseloadForm(request.GET)
    page = journeys_page(actor, seats, summaries(seats), raised_in(actor, seats), form.asked)
    template = "overview/caseload.html" if request.htmx else "overview/journeys.html"
    answer = render(request, template, {"page": page, "form": form})
    patch_vary_headers(answer, ["HX-Request"])
    return answer
