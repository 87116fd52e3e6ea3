"""The agreement to keep on paper, and its versions side by side."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from alongside.journeys.seat import Seat
from alongside.kernel import clock
from alongside.people.doors import door
from alongside.ui.paper import download, pdf

from .. import finders, queries, rules
from ..agreed import agreed_goals
from ..openings import AGREEMENT
from ..pages.agreement import agreement_page
from ..pages.papers import agreement_paper, comparison_page
from ..queries import Agreement
from ..states import AgreementState
from .agreement import parts_of
from .common import show


@door(rules.may_open_room, load=finders.agreement_for, opens=AGREEMENT)
def paper(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    parts = parts_of(seat, agreement)
    if agreement.state == AgreementState.DRAFT:
        parts = replace(parts, agreed=agreed_goals(seat, clock.now()))
    page = agreement_page(seat, agreement, parts)
    made = pdf("first_meeting/agreement.typ", agreement_paper(seat, page))
    return download(made, f"agreement-{agreement.version.number}.pdf")


@door(rules.may_open_room, load=finders.agreement_for, opens=AGREEMENT)
def compare(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    earlier = agreement.beside(request.GET.get("with", ""))
    texts = (
        queries.sections_of(seat, earlier) if earlier else {},
        queries.sections_of(seat, agreement.version),
    )
    page = comparison_page(seat, agreement, earlier, texts)
    return show(request, seat, "comparison", page=page)
