"""Who is there while the guide is away; for an administrator, in an emergency."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys import rules
from alongside.journeys.covering import Days, end_cover, name_cover, name_cover_in_an_emergency
from alongside.journeys.models import Cover
from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import (
    cover_for,
    covers_of,
    earlier_covers_of,
    guided_by,
    guides_in_an_emergency,
    guides_to_cover,
    members_of,
    seat_for,
)
from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing
from alongside.people.queries import person_for

from ..forms import CoverForm, EmergencyCoverForm
from ..pages.covering import away_page, emergency_page, named_by_participant

GUIDES = Nothing("Who guides whom, by their names.")


@door(rules.is_one_of_two, load=seat_for, opens=JOURNEY)
def away(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _page(request, seat, CoverForm(guides=guides_to_cover(seat.actor, seat.members)))


@door(rules.may_name_cover, load=seat_for, methods=("POST",), limit="names", opens=JOURNEY)
def name_who_covers(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = CoverForm(request.POST, guides=guides_to_cover(seat.actor, seat.members))
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    facts = form.cleaned_data
    try:
        days = Days(facts["first"], facts["last"])
        name_cover(person=form.chosen, days=days, reason=facts["reason"], by=seat)
    except Refused as refused:
        if refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return _page(request, seat, form, status=409)
    messages.success(
        request, _("%(name)s has been asked, and you have both been told.") % {"name": form.chosen.name}
    )
    return redirect("overview:away", journey_id=seat.journey.id)


@door(rules.may_end_cover, load=cover_for, methods=("POST",), opens=LEADS_BACK)
def end(request: HttpRequest, seat: Seat, cover: Cover) -> HttpResponse:
    end_cover(cover=cover, by=seat)
    messages.success(request, _("%(name)s is no longer covering.") % {"name": cover.member.person.name})
    if cover.member.person_id == seat.actor.id:
        return redirect("overview:today")
    return redirect("overview:away", journey_id=seat.journey.id)


def _page(request: HttpRequest, seat: Seat, form: CoverForm, status: int = 200) -> HttpResponse:
    page = away_page(seat, covers_of(seat), earlier_covers_of(seat), list(form.guides.values()))
    return render(request, "overview/away.html", {"page": page, "form": form}, status=status)


@door(rules.may_look_after_guides, load=person_for, methods=("GET", "POST"), limit="names", opens=GUIDES)
def in_an_emergency(request: HttpRequest, actor: Person, guide: Person) -> HttpResponse:
    journeys = {str(journey.id): journey for journey in guided_by(actor, guide)}
    members = members_of([journey.id for journey in journeys.values()])
    named = named_by_participant(list(journeys.values()), members)
    guides = guides_in_an_emergency(actor, guide)
    posted = request.POST if request.method == "POST" else None
    form = EmergencyCoverForm(posted, guides=guides, journeys=named)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        try:
            name_cover_in_an_emergency(
                journey=journeys[facts["journey"]],
                guide=guide,
                person=form.chosen,
                days=Days(facts["first"], facts["last"]),
                reason=facts["reason"],
                by=actor,
            )
        except Refused as refused:
            if refused.verdict.denial != Denial.NOT_NOW:
                raise
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
        else:
            messages.success(
                request,
                _("%(name)s has been asked, and everyone has been told.") % {"name": form.chosen.name},
            )
            return redirect("people:person", person_id=guide.id)
    facts = {"page": emergency_page(guide, named, guides), "form": form}
    return render(request, "overview/emergency_cover.html", facts, status=status)
