"""What happens between two meetings of a story: questionnaires, an answer that needs somebody, one that fell out, cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from alongside.goals.measuring.actions import keep_form
from alongside.goals.safety.actions import answer_notices
from alongside.goals.safety.queries import open_notices
from alongside.journeys.covering import Days, name_cover
from alongside.rooms.environment.actions import book_meeting, cancel_meeting, note_missed
from alongside.rooms.environment.actions.missed import note_called
from alongside.rooms.environment.queries import meeting_by_number, meeting_in
from alongside.rooms.environment.queries.missed import call_in

from .story import MISSED

if TYPE_CHECKING:
    from .teller import Teller

Chapter = tuple[dt.datetime, Callable[[], None]]
DAY = dt.timedelta(days=1)


def forms_before(
    teller: Teller, number: int, forms: Mapping[str, str], safety_done: str = ""
) -> Iterator[Chapter]:
    """The questionnaires, filled in the day before; what the guide did after an answer about harm, 40 minutes later."""
    day = teller.day_of(number) - DAY
    if forms:
        yield teller.at(day), partial(_fill_in, teller, forms)
    if safety_done:
        yield teller.at(day, 40), partial(_say_what_was_done, teller, safety_done)


def _fill_in(teller: Teller, forms: Mapping[str, str]) -> None:
    for instrument, figures in forms.items():
        answers = {str(place): figure for place, figure in enumerate(figures, start=1)}
        keep_form(instrument=instrument, answers=answers, submit=True, by=teller.as_participant)


def _say_what_was_done(teller: Teller, words: str) -> None:
    answer_notices(notices=open_notices(teller.as_guide), what_was_done=words, by=teller.as_guide)


def what_fell_out(teller: Teller, number: int) -> Iterator[Chapter]:
    """One that was missed or cancelled before this meeting, and who stood in for the guide meanwhile."""
    cover = teller.story.cover
    if cover and cover.before == number:
        yield teller.at(teller.first_tried(number) - 6 * DAY), partial(_name_cover, teller, number)
    if number in teller.story.falls_out:
        how, why = teller.story.falls_out[number]
        day = teller.first_tried(number)
        when = teller.at(day, 70) if how == MISSED else teller.at(day - 3 * DAY)
        yield when, partial(_falls_out, teller, number, how, why)


def _falls_out(teller: Teller, number: int, how: str, why: str) -> None:
    seat = teller.as_guide
    facts = meeting_by_number(seat, number)
    meeting = meeting_in(seat, meeting_id=facts.id) if facts else None
    assert meeting and teller.place and teller.journey
    if how == MISSED:
        note_missed(meeting=meeting, word=why, by=seat)
        call = call_in(seat, meeting.id)
        if call:
            note_called(call=call, by=seat)
    else:
        cancel_meeting(meeting=meeting, reason=why, by=teller.as_participant)
    again = teller.at(teller.day_of(number))
    book_meeting(
        place=teller.place, starts_at=again, minutes=teller.journey.meeting_minutes, by=teller.as_guide
    )


def _name_cover(teller: Teller, number: int) -> None:
    assert teller.story.cover and teller.covers
    first = teller.first_tried(number) - 5 * DAY
    days = Days(first, first + 4 * DAY)
    name_cover(person=teller.covers, days=days, reason=teller.story.cover.reason, by=teller.as_guide)
