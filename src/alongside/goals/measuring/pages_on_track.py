"""What the page about being on track shows: every finding with its numbers, what was decided, what held before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.measures.numbers import plain
from alongside.ui.acts import Act

from ..flags import Flag, Run
from ..safety.pages import Alert, DoneView, done_of
from ..safety.queries import answered_notices
from ..tracking_words import FIXED_LINE, LEVEL_SHAPES, LEVEL_WORDS, Said, said
from .models import FindingAnswer
from .pages import where
from .queries import Tracked
from .rules import may_answer_finding
from .told import acts_beside


@dataclass(frozen=True)
class FlagView:
    said: Said
    rule: str
    subject: str
    speaks: bool
    quiet_line: str
    acts: tuple[Act, ...]
    is_at: bool
    """Whether its form is the one that came back with a mistake."""


@dataclass(frozen=True)
class AnswerLine:
    rule: str
    decision: str
    word: str
    by: str
    when: str
    numbers: str
    review: str
    closed: bool
    corrected: bool


@dataclass(frozen=True)
class PastLine:
    text: str
    corrected: bool


@dataclass(frozen=True)
class OnTrackPage:
    level: str
    shape: str
    also: tuple[str, ...]
    resting: bool
    alert: Alert | None
    safety_done: tuple[DoneView, ...]
    measures: tuple[tuple[str, str, str], ...]
    flags: tuple[FlagView, ...]
    history: tuple[AnswerLine, ...]
    past: tuple[PastLine, ...]
    fixed_line: str
    who_sees: str
    may_answer: Verdict
    url: str
    back: str


def on_track_page(seat: Seat, found: Tracked, alert: Alert | None, at: str = "") -> OnTrackPage:
    """`at` names the finding whose form came back; `alert` are the notices nobody has answered."""
    standing = found.standing
    known = {mark for each in standing.measures for mark in (score.mark for score in each.facts.scores)}
    return OnTrackPage(
        level=str(LEVEL_WORDS[standing.level]),
        shape=LEVEL_SHAPES[standing.level],
        also=tuple(str(LEVEL_WORDS[level]) for level in standing.listed[1:]),
        resting=standing.is_resting,
        alert=alert,
        safety_done=done_of(seat, answered_notices(seat)),
        measures=tuple(
            (
                each.facts.name or str(each.facts.measure.name),
                str(LEVEL_WORDS[each.level]),
                LEVEL_SHAPES[each.level],
            )
            for each in standing.measures
        ),
        flags=tuple(_flag(seat, flag, at) for flag in found.flags),
        history=tuple(_answer(seat, each, known) for each in reversed(found.answers)),
        past=tuple(_past(run) for run in reversed(found.past)),
        fixed_line=str(FIXED_LINE),
        who_sees=_(
            "You see this, as the one who guides. %(name)s sees the same numbers in their own lines, without this "
            "prompt. A supervisor sees it only in a case you bring, without who it is about."
        )
        % {"name": seat.participant.name},
        may_answer=may_answer_finding(seat),
        url=where(seat, "answer_finding"),
        back=where(seat, "lines"),
    )


def _flag(seat: Seat, flag: Flag, at: str) -> FlagView:
    return FlagView(
        said(flag.finding),
        flag.finding.rule,
        flag.finding.subject,
        flag.speaks,
        _quiet_line(flag),
        acts_beside(seat, flag.finding),
        at == ":".join(flag.finding.key),
    )


def _quiet_line(flag: Flag) -> str:
    if flag.speaks or flag.answered is None:
        return ""
    if flag.answered.closes:
        return _("You closed this. It speaks again when it has stopped and holds anew.")
    if flag.answered.review_on:
        parts = {"day": _day(flag.answered.review_on)}
        return _("Answered. It is quiet until %(day)s, or until something new is known.") % parts
    return _("Answered. It is quiet until something new is known.")


def _answer(seat: Seat, row: FindingAnswer, known: set[str]) -> AnswerLine:
    rests_on_score = row.rule in ("N1", "N2", "N3", "N4", "N5")
    return AnswerLine(
        rule=row.rule,
        decision=str(row.get_decision_display()),
        word=row.word,
        by=seat.name_of(row.by_id),
        when=_moment(row.created_at),
        numbers=_numbers(row) if rests_on_score else "",
        review=_("to be looked at again on %(day)s") % {"day": _day(row.review_on)} if row.review_on else "",
        closed=row.closes,
        corrected=rests_on_score and row.mark not in known,
    )


def _numbers(row: FindingAnswer) -> str:
    """With which numbers it was decided, and by which version of the thresholds."""
    kept = row.numbers
    if not {"baseline", "latest", "threshold", "session"} <= kept.keys():
        return ""
    parts = {name: plain(Decimal(kept[name])) for name in ("baseline", "latest", "threshold")}
    return _(
        "then from %(baseline)s to %(latest)s at session %(session)s, threshold %(threshold)s (version %(version)s)"
    ) % {**parts, "session": kept["session"], "version": row.bounds_version}


def _past(run: Run) -> PastLine:
    parts = {"rule": run.rule, "name": run.name, "since": _day(run.since.on), "value": plain(run.since.value)}
    if run.cleared is None:
        text = _("%(rule)s, %(name)s: since %(since)s, with %(value)s.") % parts
    else:
        text = _(
            "%(rule)s, %(name)s: since %(since)s, with %(value)s; resolved on %(until)s with %(cleared)s."
        ) % {
            **parts,
            "until": _day(run.cleared.on),
            "cleared": plain(run.cleared.value),
        }
    return PastLine(text, run.corrected)


def _moment(when: dt.datetime) -> str:
    return date_format(timezone.localtime(when), "j F Y, H:i")


def _day(when: Any) -> str:
    return date_format(when, "j F Y")
