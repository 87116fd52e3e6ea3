"""Figures of programmes, for those who lead them; and a guide's own."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.kernel.clock import today
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import Nothing

from .. import own_coverage, queries, rules
from ..csv_files import as_csv, cell_rows
from ..figures.catalogue import FIGURES, Figure
from ..pages import figures as pages
from ..pages.figure import figure_page
from ..pages.manage import looked_after
from ..pages.own import own_page
from ..queries import ProgrammeSeat
from ..star.months import ZONE

COUNTED = Nothing("Counts over many journeys, small ones hidden: nobody's words.")


@door(rules.may_see_programme, load=queries.programme_for, opens=COUNTED)
def programme(request: HttpRequest, seat: ProgrammeSeat) -> HttpResponse:
    """A programme: its figures for whoever leads it, its people for an administrator."""
    since = pages.months_shown(_today(seat))[0]
    cells = queries.cells_of([seat.programme], since=since) if seat.is_lead else []
    page = pages.programme_page(seat, cells, looked_after(seat, queries.members_of(seat)), _today(seat))
    return render(request, "programmes/programme.html", {"page": page})


@door(rules.may_see_figures, load=queries.figure_for, opens=COUNTED)
def figure(request: HttpRequest, seat: ProgrammeSeat, key: str) -> HttpResponse:
    asked = _figure(key)
    led = queries.programmes_led_by(seat.actor)
    cells = queries.cells_of(led, figures=[asked.key])
    own = [cell for cell in cells if cell.programme_id == seat.programme.id]
    page = figure_page(
        asked,
        [seat.programme],
        own,
        _today(seat),
        only=seat.programme,
        beside=(led, cells),
    )
    return render(request, "programmes/figure.html", {"page": page})


@door(rules.may_lead, load=queries.together_for, opens=COUNTED)
def together(request: HttpRequest, actor: Person, key: str) -> HttpResponse:
    """One figure of all programmes one leads."""
    asked, led = _figure(key), queries.programmes_led_by(actor)
    if not led:
        raise Http404
    cells = queries.cells_of(led, figures=[asked.key])
    page = figure_page(asked, led, cells, today(actor.time_zone), only=None, beside=(led, cells))
    return render(request, "programmes/figure.html", {"page": page})


@door(rules.may_see_figures, load=queries.programme_for, opens=COUNTED)
def csv(request: HttpRequest, seat: ProgrammeSeat) -> HttpResponse:
    """Every figure of the page, as it is shown."""
    cells = queries.cells_of([seat.programme], since=pages.months_shown(_today(seat))[0])
    return as_csv(cell_rows(str(seat.programme.name), cells), "figures")


@door(rules.may_see_figures, load=queries.figure_for, opens=COUNTED)
def figure_csv(request: HttpRequest, seat: ProgrammeSeat, key: str) -> HttpResponse:
    since = pages.months_shown(_today(seat), pages.LONGER)[0]
    cells = queries.cells_of([seat.programme], figures=[_figure(key).key], since=since)
    return as_csv(cell_rows(str(seat.programme.name), cells), "figure")


@door(rules.may_see_own_coverage, opens=COUNTED)
def own(request: HttpRequest, actor: Person) -> HttpResponse:
    page = own_page(own_coverage.counts_for(actor), today(ZONE))
    return render(request, "programmes/own.html", {"page": page})


def _figure(key: str) -> Figure:
    if key not in FIGURES:
        raise Http404
    return FIGURES[key]


def _today(seat: ProgrammeSeat) -> dt.date:
    return today(seat.actor.time_zone)
