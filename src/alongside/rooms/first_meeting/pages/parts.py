"""What the page of an agreement is made of, read as its state asks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alongside.goals.measuring.pages_schedule import asked_note
from alongside.goals.measuring.schedule import schedule_of
from alongside.goals.queries import needs_of
from alongside.journeys.seat import Seat
from alongside.kernel import clock

from .. import queries, rules
from ..agreed import agreed_goals
from ..queries import Agreement
from ..states import WAITING, AgreementState
from ..texts import starting_texts
from .agreement import Parts


def paper_parts_of(seat: Seat, agreement: Agreement) -> Parts:
    """As on paper: a draft, too, says what the two work for."""
    parts = parts_of(seat, agreement)
    if agreement.state == AgreementState.DRAFT:
        return replace(parts, agreed=agreed_goals(seat, clock.now()))
    return parts


def parts_of(seat: Seat, agreement: Agreement) -> Parts:
    """Only what this state of the agreement shows is read."""
    version, state = agreement.version, agreement.state
    sections = queries.sections_of(seat, version)
    if state == AgreementState.DRAFT:
        written = {key: str(words.text) for key, words in sections.items()}
        facts = queries.room_facts(seat)
        return Parts(
            sections=sections,
            late={},
            missing=rules.what_is_missing(seat, agreement, facts, written),
            needs=list(needs_of(seat)),
            targets=queries.worded_targets(seat),
            texts=starting_texts(seat, version),
            asked=asked_note(seat, schedule_of(seat)),
        )
    parts: dict[str, Any] = {"late": queries.late_words_of(seat, version)}
    accepted = queries.acceptances_of(version)
    parts["acceptances"] = accepted
    # one that was never accepted by both says what it said when it was put aside
    agreed_at = max((one.created_at for one in accepted), default=version.entered_at)  # type: ignore[attr-defined]
    parts["agreed"] = agreed_goals(seat, clock.now() if state in WAITING else agreed_at)
    if state in WAITING or state == AgreementState.IN_FORCE:
        parts["asked"] = asked_note(seat, schedule_of(seat))
    if state not in WAITING:
        parts["without"] = queries.reason_without_picture(seat)
    return Parts(sections=sections, **parts)
