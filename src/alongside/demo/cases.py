"""How a guide in a story takes a case to their own supervision, and how it is taken up there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from alongside.goals.measuring.queries import tracked
from alongside.goals.queries import goals_of
from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.supervision_cases import actions
from alongside.rooms.sessions.supervision_cases.content import Draft, key_of
from alongside.rooms.sessions.supervision_cases.queries import case_in, cases_waiting, supervisions_of

if TYPE_CHECKING:
    from .story import CaseStory
    from .teller import Teller


def take_to_supervision(teller: Teller, told: CaseStory) -> None:
    """The guide tells it in words of their own; what the rules say goes along in numbers."""
    guide = teller.as_guide
    ids = {facts.wording.difference: str(facts.id) for facts in goals_of(guide).targets}
    draft = Draft(
        question=told.question,
        targets={ids[agreed]: own for agreed, own in told.targets},
        alerts=tuple(key_of(alert.finding) for alert in tracked(guide).alerts),
    )
    actions.keep_draft(draft=draft, age_band=told.age_band, also_called=told.also_called, by=guide)
    (supervision,) = supervisions_of(guide)
    actions.put_on_agenda(supervision_id=supervision.journey.id, considered=True, by=guide)


def take_up(teller: Teller, number: int) -> UUID:
    """The oldest case on the agenda becomes an issue of this meeting. Answers with that issue."""
    seat = teller.as_participant
    table = table_of(seat, number)
    case = case_in(seat, cases_waiting(seat)[0].id)
    assert table and case
    taken_up = actions.take_up_case(table=table, case=case, by=seat)
    assert taken_up.issue_id
    return taken_up.issue_id


def settle(teller: Teller, word: str) -> None:
    """The supervisor writes down what came of the case that was taken up."""
    seat = teller.as_guide
    case = case_in(seat, cases_waiting(seat)[0].id)
    assert case
    actions.settle_case(case=case, word=word, by=seat)
