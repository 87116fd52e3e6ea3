"""The door through which what helped is taken along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.doors import door

from ..models import Ending
from ..states import Sort
from . import actions, rules
from .queries import Suggestion, suggestion_for


@door(rules.may_take_along, find=suggestion_for, methods=("POST",))
def take_along(request: HttpRequest, seat: Seat, ending: Ending, suggestion: Suggestion) -> HttpResponse:
    entry = actions.take_along(suggestion=suggestion, by=seat)
    if entry.sort == Sort.STRATEGY:
        messages.success(
            request, _("Taken along. Say as well when you will do it: it comes to mind more easily.")
        )
    else:
        messages.success(request, _("Taken along. It can be reworded, or removed again."))
    return redirect(reverse("ending:taking_with_me", args=[seat.journey.id]) + f"#h-{entry.sort}")
