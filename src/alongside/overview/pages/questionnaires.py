"""The questionnaires to answer before the next meeting, in one line: which, and before when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.goals.measuring.pages_schedule import DuePanel, in_a_row
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.ui.action_buttons import ActionButton

from .common import day

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class AskedBefore:
    """`url` and `act` lead to the first that is not answered yet."""

    title: str
    url: str
    act: ActionButton


def asked_before_meeting(seat: Seat, starts_at: dt.datetime, panel: DuePanel) -> AskedBefore:
    """All of one meeting are one line; `panel` has one at least that is still to be answered."""
    to_answer = [line for line in panel.lines if not line.is_done]
    first = to_answer[0]
    facts = {
        "names": in_a_row([line.short_name for line in to_answer]),
        "meeting": seat.kind.words.meeting,
        "day": day(starts_at),
        "weekday": formats.date_format(timezone.localtime(starts_at), "l"),
    }
    days = (timezone.localtime(starts_at).date() - timezone.localtime(now()).date()).days
    if days == 0:
        title = _("%(names)s, before today’s %(meeting)s")
    elif 0 < days < DAYS_OF_A_WEEK:
        title = _("%(names)s, before %(weekday)s’s %(meeting)s")
    else:
        title = _("%(names)s, before the %(meeting)s on %(day)s")
    return AskedBefore(title % facts, first.url, ActionButton(first.label, first.url, link=True))
