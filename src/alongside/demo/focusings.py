"""How an issue in a story was focused on, from the wide view to one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.goals.models import Target
from alongside.goals.queries import goals_of, target_for
from alongside.journeys.seat import Seat
from alongside.rooms.sessions.focusing import actions
from alongside.rooms.sessions.focusing.levels import PERSPECTIVE
from alongside.rooms.sessions.focusing.queries import level_of
from alongside.rooms.sessions.record.actions import raise_issue
from alongside.rooms.sessions.record.issue_queries import issue_in

from .cases import take_up

if TYPE_CHECKING:
    from .story import FocusingStory
    from .teller import Teller


def tell_focusing(teller: Teller, number: int, told: FocusingStory) -> None:
    """In the meeting of that number: raise the issue, focus on it, and come to a step of its plan.

    Without an issue of its own it is about the case on the agenda of that supervision.
    """
    seat = teller.as_participant
    of_their_own = raise_issue(number=number, text=told.issue, by=seat).id if told.issue else None
    raised = issue_in(seat, of_their_own or take_up(teller, number))
    assert raised
    focusing = actions.focus_on_issue(number=number, issue=raised, together=told.together, by=seat)
    eyes = [place.partition(PERSPECTIVE)[2] for place in told.said if PERSPECTIVE in place]
    actions.choose_perspectives(focusing_id=focusing.id, keys=eyes, by=seat)
    for place, text in told.said.items():
        key, _dot, box = place.partition(".")
        level = level_of(seat, key)
        assert level
        actions.write_in_level(focusing_id=focusing.id, level=level, name=box, text=text, version=0, by=seat)
    target = _target(seat, told.serves)
    actions.link_target(focusing_id=focusing.id, target=target, by=seat)
    for key in told.shared:
        level = level_of(seat, key)
        assert level
        actions.share_level(focusing_id=focusing.id, level=level, by=seat)
    act = actions.ActionButton(
        text=told.act[0],
        owner=teller.participant,
        target=target,
        due=teller.day_of(number + 1),
        support=told.support,
        obstacle=told.obstacle,
        success_sign=told.success_sign,
    )
    actions.plan_act(focusing_id=focusing.id, act=act, by=seat)


def _target(seat: Seat, difference: str) -> Target | None:
    found = next(facts for facts in goals_of(seat).targets if facts.wording.difference == difference)
    return target_for(seat, found.id)
