"""What a guide is shown, alone, of what is not on track."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.goals.alerts import Alert
from alongside.goals.measuring.fact_sources import acts_beside
from alongside.goals.measuring.queries import Tracked
from alongside.goals.tracking_words import FIXED_LINE, LEVEL_SHAPES, LEVEL_WORDS, InWords, for_both, said
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.ui.action_buttons import ActionButton

from ..record.pages.said import title_of
from ..record.queries import Table
from ..supervision_cases.pages import OwnCase, own_case
from ..supervision_cases.queries import Outcome
from . import rules

BRIEF = 3
"""So many findings stand on the page of a meeting; all of them on their own page."""


@dataclass(frozen=True)
class AlertHere:
    said: InWords
    rule: str
    subject: str
    form: Any
    acts: tuple[ActionButton, ...]


@dataclass(frozen=True)
class TrackHere:
    level: str
    shape: str
    alerts: tuple[AlertHere, ...]
    more: str
    quiet: str
    safety: str
    fixed_line: str
    decide: str
    whole: str


@dataclass(frozen=True)
class AlonePage:
    """What is the guide's alone beside a meeting."""

    title: str
    track: TrackHere
    outcomes: tuple[OwnCase, ...]
    own_cases: str
    own_cases_label: str
    back: str


FormOf = Callable[[int, Alert], Any]
"""Makes the form of the n-th finding on a page."""


def alone_page(
    seat: Seat, table: Table, found: Tracked, outcomes: Sequence[Outcome], form_of: FormOf, *, brief: bool
) -> AlonePage:
    label = _("What you took to supervision") if outcomes else _("Stuck? Take it to supervision")
    return AlonePage(
        title=title_of(seat, table.number),
        track=_track(seat, table, found, form_of, brief=brief),
        outcomes=tuple(own_case(seat, one) for one in outcomes if one.is_to_do),
        own_cases=address("taken:mine" if outcomes else "taken:write", seat.journey.id),
        own_cases_label=label,
        back=address("sessions:meeting", seat.journey.id, table.number),
    )


def _track(seat: Seat, table: Table, found: Tracked, form_of: FormOf, *, brief: bool) -> TrackHere:
    """What speaks, the gravest first."""
    speaking = found.speaking
    shown = speaking[:BRIEF] if brief else speaking
    level = max((alert.finding.level for alert in speaking), default=found.track_summary.level)
    answered = len(found.alerts) - len(speaking)
    here = (seat.journey.id, table.number)
    return TrackHere(
        level=str(LEVEL_WORDS[level]),
        shape=LEVEL_SHAPES[level],
        alerts=tuple(
            _alert(seat, table, alert, form_of(number, alert)) for number, alert in enumerate(shown)
        ),
        more=_("All %(count)s of them") % {"count": len(speaking)} if len(speaking) > len(shown) else "",
        quiet=_("%(count)s more were answered and need nothing from you.") % {"count": answered}
        if answered
        else "",
        safety=address("goals:on_track", seat.journey.id) if found.notices else "",
        fixed_line=str(FIXED_LINE),
        decide=address("track:decide", *here),
        whole=address("track:review", *here),
    )


def _alert(seat: Seat, table: Table, alert: Alert, form: Any) -> AlertHere:
    finding = alert.finding
    acts = acts_beside(seat, finding)
    if rules.may_bring_up(seat, table):
        url = address("track:bring_up", seat.journey.id, table.number)
        fields = (("rule", finding.rule), ("subject", finding.subject))
        sure = _("Both of you will read, among the issues: “%(line)s”") % {"line": for_both(finding)}
        acts = (ActionButton(_("Talk about it today"), url, fields=fields, confirm=sure), *acts)
    return AlertHere(said(finding), finding.rule, finding.subject, form, acts)
