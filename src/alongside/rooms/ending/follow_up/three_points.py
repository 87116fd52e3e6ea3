"""Then, at the end, and now: an answer beside the start and the end, with no more said than the numbers carry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.goals.measuring.queries import form_scores
from alongside.goals.measuring.versions import of_line
from alongside.goals.queries import ReadingFacts
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure
from alongside.measures.change import classify
from alongside.measures.numbers import plain
from alongside.rooms.first_meeting.queries import Entry, PictureFacts
from alongside.rooms.first_meeting.states import Moment

from ..comparison.pages.compared import Compared, NeedCompared, compare
from ..comparison.queries import ThenAndNow, then_and_now_of
from .queries import Answered
from .states import Helping, Way


def day(when: dt.date | dt.datetime) -> str:
    return date_format(localtime(when) if isinstance(when, dt.datetime) else when, "j F Y")


@dataclass(frozen=True)
class Row:
    """One thing in three moments. `sentence` says what has changed since the start, and no more than it may."""

    title: str
    then: str
    end: str
    now: str
    sentence: str
    words: str = ""


@dataclass(frozen=True)
class AnswerShown:
    """One answer beside the start and the end."""

    when: str
    how: str
    note: str
    helping: str
    words: str
    doing: str
    rows: tuple[Row, ...]


def shown(seat: Seat, found: Answered) -> AnswerShown:
    return shown_beside(seat, found, then_and_now_of(seat))


def shown_beside(seat: Seat, found: Answered, story: ThenAndNow) -> AnswerShown:
    row = found.row
    how = {
        Way.BY_PHONE: _("by phone, written down by %(name)s") % {"name": row.by.name},
        Way.BY_LINK: _("by link"),
        Way.SIGNED_IN: "",
    }[Way(row.way)]
    late = getattr(found.day, "silent_at", None)
    notes = [
        _("Added to what was answered before. Both are saved.") if found.later else "",
        _("It came after the day had been recorded as unanswered.") if late and row.created_at > late else "",
        _("Much worse than at the end.") if row.much_worse else "",
    ]
    return AnswerShown(
        when=day(row.created_at),
        how=how,
        note=" ".join(note for note in notes if note),
        helping=str(Helping(row.helping).label),
        words=str(row.words),
        doing=str(row.doing),
        rows=(*_rows(compare(story), compare(_as_of(story, found)), found), *_forms(seat, found)),
    )


def _as_of(story: ThenAndNow, found: Answered) -> ThenAndNow:
    """The story as if it had ended with this answer, so that one comparison speaks for both."""
    entries = {
        need: Entry(rating, words) for need, (rating, words) in found.needs.items() if rating is not None
    }
    moment = found.row.created_at
    picture = PictureFacts(found.row.id, Moment.NOW, moment, found.row.by_id, entries)
    needs = []
    for need in story.goals.needs:
        targets = tuple(
            replace(
                target,
                readings=_readings(
                    target.current_readings, found.targets.get(target.id), moment, target.wording.id
                ),
            )
            for target in need.targets
        )
        needs.append(replace(need, targets=targets))
    return ThenAndNow(replace(story.goals, needs=tuple(needs)), story.then, picture)


def _readings(
    known: tuple[ReadingFacts, ...], value: Decimal | None, moment: dt.datetime, wording_id: UUID
) -> tuple[ReadingFacts, ...]:
    if value is None:
        return ()
    later = ReadingFacts(uuid4(), value, localtime(moment).date(), "ending", wording_id, None)
    return (*known[:1], later)


def _rows(at_end: Compared, today: Compared, found: Answered) -> list[Row]:
    rows = []
    for end, now in zip(at_end.needs, today.needs, strict=True):
        if now.now:
            rows.append(Row(end.statement, end.then, end.now, now.now, now.sentence, now.now_words))
        rows += [row for row in _targets(end, now) if row.now]
    return rows


def _targets(end: NeedCompared, now: NeedCompared) -> list[Row]:
    rows = []
    for was, present in zip(end.targets, now.targets, strict=True):
        # with no reading from the start the one there is is the latest
        latest = present.now or (present.then if not was.then else "")
        rows.append(Row(was.title, was.then, was.now, latest, present.sentence))
    return rows


def _forms(seat: Seat, found: Answered) -> list[Row]:
    if not found.forms:
        return []
    scores, rows = form_scores(seat), []
    for instrument, total in found.forms.items():
        known, asked = of_line(scores, instrument, ()), measure(instrument)
        first = known[0].value if known else None
        last = known[-1].value if len(known) > 1 else None
        if total is None:
            sentence = _("Some answers are missing, so there is no total.")
        elif first is None:
            sentence = _("There is none from the start to compare with.")
        else:
            sentence = _change(instrument, first, total)
        then, end, now = ("" if value is None else plain(value) for value in (first, last, total))
        rows.append(Row(str(asked.name), then, end, now, sentence))
    return rows


def _change(instrument: str, first: Decimal, total: Decimal) -> str:
    change = classify(measure(instrument), first, total)
    points = plain(abs(change.change))
    if not change.change:
        return _("The same as at the start.")
    if not change.reliable:
        return _("%(points)s points from the start: too small to count as a change.") % {"points": points}
    facts = {"points": points, "bound": plain(change.threshold or Decimal(0))}
    if change.label == "improvement":
        return _("Better by %(points)s (a change of %(bound)s or more is reliable).") % facts
    return _("Worse by %(points)s (a change of %(bound)s or more is reliable).") % facts
