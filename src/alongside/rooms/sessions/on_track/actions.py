"""Bringing what is not on track to the table of a meeting, or on the agenda of the next, in words that both can read."""

from __future__ import annotations

from alongside.goals.tracking_facts import Finding
from alongside.goals.tracking_words import for_both
from alongside.journeys.seat import Seat
from alongside.journeys.words import Written, write
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from ..record import boxes, queries
from ..record.actions import raise_issue
from ..record.models import Issue
from ..record.queries import Table
from . import rules


@action("finding.brought_up")
def bring_up(*, table: Table, finding: Finding, by: Seat) -> Issue:
    """Put a finding on the table of an open meeting, as an issue: what to look at together, and nothing of a rule."""
    demand(rules.may_bring_up(by, table))
    issue = raise_issue(number=table.number, text=for_both(finding), by=by)
    record("finding.brought_up", subject=issue, by=by, rule=finding.rule, number=table.number)
    return issue


@action("finding.on_agenda")
def put_on_agenda(*, finding: Finding, by: Seat) -> Written:
    """Add one line about a finding below what stands for next time. Both read it: its numbers, and not the rule.

    What stands there already is not added twice. Who writes in the box at the same moment loses nothing.
    """
    demand(rules.may_put_on_agenda(by))
    box = boxes.for_next_time(by.journey.id, queries.number_to_come(by))
    words = queries.words_in(by, box)
    stands, line = str(words.text) if words else "", for_both(finding)
    text = stands if line in stands.splitlines() else f"{stands.rstrip()}\n{line}".strip()
    record("finding.on_agenda", subject=by.journey, by=by, rule=finding.rule)
    return write(box=box, text=text, version=words.version if words else 0, base=stands, by=by)
