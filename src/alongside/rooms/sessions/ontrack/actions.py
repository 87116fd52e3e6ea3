"""Bringing what is not on track to the table of a meeting, in words that both can read."""

from __future__ import annotations

from alongside.goals.tracking_facts import Finding
from alongside.goals.tracking_words import for_both
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from ..actions import raise_issue
from ..models import Issue
from ..queries import Table
from . import rules


@action("finding.brought_up")
def bring_up(*, table: Table, finding: Finding, by: Seat) -> Issue:
    """Put a finding on the table of an open meeting, as an issue: what to look at together, and nothing of a rule."""
    demand(rules.may_bring_up(by, table))
    issue = raise_issue(number=table.number, text=for_both(finding), by=by)
    record("finding.brought_up", subject=issue, by=by, rule=finding.rule, number=table.number)
    return issue
