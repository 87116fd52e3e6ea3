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
from alongside.ui.action_buttons import ActionButton

from ..alerts import Alert, Run
from ..safety.pages import DoneView, SafetyAlert, done_of
from ..safety.queries import answered_notices
from ..tracking_words import FIXED_LINE, LEVEL_SHAPES, LEVEL_WORDS, RULE_NAMES, InWords, said
from .fact_sources import acts_beside
from .models import FindingAnswer
from .pages import where
from .queries import Tracked
from .rules import may_answer_finding


@dataclass(frozen=True)
class AlertView:
    said: InWords
    rule: str
    subject: str
    speaks: bool
    quiet_line: str
    acts: tuple[ActionButton, ...]
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
    alert: SafetyAlert | None
    safety_done: tuple[DoneView, ...]
    measures: tuple[tuple[str, str, str], ...]
    alerts: tuple[AlertView, ...]
    history: tuple[AnswerLine, ...]
    past: tuple[PastLine, ...]
    fixed_line: str
    who_sees: str
    may_answer: Verdict
    url: str
    back: str


def on_track_page(seat: Seat, found: Tracked, alert: SafetyAlert | None, at: str = "") -> OnTrackPage:
    """`at` names the finding whose form came back; `alert` are the notices nobody has answered."""
    track_summary = found.track_summary
    known = {
        mark for each in track_summary.measures for mark in (score.fact_key for score in each.facts.scores)
    }
    return OnTrackPage(
        level=str(LEVEL_WORDS[track_summary.level]),
        shape=LEVEL_SHAPES[track_summary.level],
        also=tuple(str(LEVEL_WORDS[level]) for level in track_summary.listed[1:]),
        resting=track_summary.is_resting,
        alert=alert,
        safety_done=done_of(seat, answered_notices(seat)),
        measures=tuple(
            (
                each.facts.name or str(each.facts.measure.name),
                str(LEVEL_WORDS[each.level]),
                LEVEL_SHAPES[each.level],
            )
            for each in track_summary.measures
        ),
        alerts=tuple(_alert(seat, alert, at) for alert in found.alerts),
        history=tuple(_answer(seat, each, known) for each in reversed(found.answers)),
        past=tuple(_past(run) for run in reversed(found.past)),
        fixed_line=str(FIXED_LINE),
        who_sees=_(
            "Only you see this. %(name)s sees the same numbers in their own charts, without this "
            "prompt. A supervisor sees it only in a case you bring, without a name."
        )
        % {"name": seat.participant.name},
        may_answer=may_answer_finding(seat),
        url=where(seat, "answer_finding"),
        back=where(seat, "lines"),
    )


def _alert(seat: Seat, alert: Alert, at: str) -> AlertView:
    return AlertView(
        said(alert.finding),
        alert.finding.rule,
        alert.finding.subject,
        alert.speaks,
        _quiet_line(alert),
        acts_beside(seat, alert.finding),
        at == ":".join(alert.finding.key),
    )


def _quiet_line(alert: Alert) -> str:
    if alert.speaks or alert.answered is None:
        return ""
    if alert.answered.closes:
        return _("You closed this. It comes back if it goes away and then applies again.")
    if alert.answered.review_on:
        parts = {"day": _day(alert.answered.review_on)}
        return _("Answered. You will not be reminded until %(day)s, or until something new is known.") % parts
    return _("Answered. You will not be reminded until something new is known.")


def _answer(seat: Seat, row: FindingAnswer, known: set[str]) -> AnswerLine:
    rests_on_score = row.rule in ("N1", "N2", "N3", "N4", "N5")
    return AnswerLine(
        rule=str(RULE_NAMES[row.rule]),
        decision=str(row.get_decision_display()),
        word=row.word,
        by=seat.name_of(row.by_id),
        when=_moment(row.created_at),
        numbers=_numbers(row) if rests_on_score else "",
        review=_("to be reviewed on %(day)s") % {"day": _day(row.review_on)} if row.review_on else "",
        closed=row.closes,
        corrected=rests_on_score and row.rests_on not in known,
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
    parts = {
        "rule": RULE_NAMES[run.rule],
        "name": run.name,
        "since": _day(run.since.on),
        "value": plain(run.since.value),
    }
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
