"""The agreement to keep on paper, and its versions side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.publisher import letterhead_of
from alongside.ui.paper import download, pdf

from .. import finders, queries, rules
from ..openings import AGREEMENT
from ..pages.agreement import agreement_page
from ..pages.papers import agreement_paper, comparison_page
from ..pages.parts import paper_parts_of
from ..queries import Agreement
from .common import show


@door(rules.may_open_room, load=finders.agreement_for, opens=AGREEMENT)
def paper(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    page = agreement_page(seat, agreement, paper_parts_of(seat, agreement))
    made = pdf(
        "first_meeting/agreement.typ",
        agreement_paper(seat, page),
        letterhead_of(seat.actor.organisation),
    )
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
