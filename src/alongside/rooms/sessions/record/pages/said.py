"""Small phrases that several pages of this room say the same way."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.goals.models import Step
from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.kernel.days import in_letters

from ..models import Issue

_SENTENCE = re.compile(r"\s*(.+?[.!?…])(?:\s|$)", re.S)


def day_and_time(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), _("l j F Y, H:i"))


def day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), _("j F Y"))


def short_day(date: dt.date) -> str:
    return in_letters(date, _("j M"))


def clock_time(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), _("H:i"))


def title_of(seat: Seat, number: int) -> str:
    return str(seat.kind.words.meeting_number) % {"number": number}


def first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return Truncator(found.group(1) if found else text.strip()).chars(180)


def snippet(words: Words | Issue | Step) -> str:
    """The beginning of some words, so that their author knows them again."""
    return Truncator(" ".join(str(words.text).split())).chars(140)
