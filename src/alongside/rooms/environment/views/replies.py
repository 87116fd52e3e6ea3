"""The door by which a guide puts away an email that may be an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from ..actions.replies import put_away_possible_answer
from ..models import PossibleAnswer
from ..queries.replies import possible_answer_for
from ..rules.replies import may_put_away


@door(may_put_away, load=possible_answer_for, methods=("POST",), opens=LEADS_BACK)
def put_away(request: HttpRequest, seat: Seat, possible: PossibleAnswer) -> HttpResponse:
    put_away_possible_answer(possible=possible, by=seat)
    messages.success(request, _("The email is put away."))
    return redirect("environment:room", journey_id=seat.journey.id)
