"""The single answers of a questionnaire, each with the earlier ones beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure

from .models import FilledForm
from .pages import where
from .queries import numbers_of
from .scoring import answers_in_words, questions_of


@dataclass(frozen=True)
class AnswersRow:
    """One question, and what was answered each time, newest first."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class AnswersPage:
    title: str
    days: tuple[str, ...]
    """When it was filled in and by whom, newest first."""
    totals: tuple[str, ...]
    rows: tuple[AnswersRow, ...]
    back: str


def answers_page(seat: Seat, instrument: str, forms: Sequence[FilledForm]) -> AnswersPage:
    told = [answers_in_words(form.instrument, numbers_of(form.answers)) for form in forms]
    questions = dict(questions_of(instrument))
    for form in forms:  # what an earlier version asked and this one does not
        for name, question in questions_of(form.instrument):
            questions.setdefault(name, question)
    row = measure(instrument)
    return AnswersPage(
        title=str(row.name),
        days=tuple(_day(seat, form) for form in forms),
        totals=tuple(_("incomplete") if form.total is None else row.say(form.total) for form in forms),
        rows=tuple(
            AnswersRow(question, tuple(one.get(name) or _("no answer") for one in told))
            for name, question in questions.items()
        ),
        back=where(seat, "lines"),
    )


def _day(seat: Seat, form: FilledForm) -> str:
    day = date_format(timezone.localtime(form.submitted_at), "j F Y")
    return _("%(day)s, %(name)s") % {"day": day, "name": seat.name_of(form.by_id)}
