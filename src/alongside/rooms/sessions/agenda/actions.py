"""Putting something on the agenda of the next meeting."""

from __future__ import annotations

from alongside.goals.tracking_facts import Finding
from alongside.goals.tracking_words import for_both
from alongside.journeys.seat import Seat
from alongside.journeys.words import Written, write
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from .. import boxes, queries, rules


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
