"""What can be done about a hand-over: propose, say yes, let go, and, by the guide who is asked, take on or decline."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from alongside.goals.models import How
from alongside.goals.transfer import carry_goals
from alongside.journeys.actions import begin_journey, enter_state, seat_of
from alongside.journeys.covering import carry_words, give_seat_back, lend_seat
from alongside.journeys.joining import move_seat
from alongside.journeys.models import Journey, Words
from alongside.journeys.restriction import found_by
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, Refused, demand
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.rooms.environment.actions.series import call_off_what_is_booked
from alongside.rooms.environment.models import CalledOff
from alongside.rooms.first_meeting.actions import carry_agreement_over, end_agreement
from alongside.rooms.first_meeting.queries import agreement_in_force
from alongside.rooms.first_meeting.states import Side
from alongside.rooms.first_meeting.transfer import carry_picture
from alongside.rooms.sessions.focusing.actions import carry_acts

from ..record.actions import close_record
from ..record.queries import ending_of, side_of
from ..record.rules import SAY_WHY
from . import emails, rules
from .models import Handover, HandoverYes
from .queries import (
    CARRIED,
    PICTURE,
    SUMMARY,
    HandoverFacts,
    Left,
    asked_for,
    handover_of,
    knows_summary,
    left_for,
    next_number,
    offered,
)
from .states import HandedOver

found_by("handover_id", Handover)


@action("handover.proposed")
def propose_handover(*, to: Person, reason: str, by: Seat) -> Handover:
    """Propose that another guide goes on. Nothing changes by it; the other of the two is told."""
    by, facts = _fresh(by)
    demand(rules.may_propose_handover(by, facts))
    demand(rules.may_be_new_guide(by.journey, to, by.members))
    _say_why(reason)
    handover = Handover.objects.create(journey=by.journey, to=to, reason=reason.strip(), by=by.actor)
    record("handover.proposed", subject=handover, by=by)
    emails.tell_of_proposal(_stands(by), whom=by.other.person)
    return handover


@action("handover.proposed_without_guide")
def propose_without_guide(*, left: Left, guide: Person, to: Person, reason: str, by: Person) -> Handover:
    """An administrator asks another guide, because the guide is gone, and says why. The participant is told."""
    Journey.objects.select_for_update().get(id=left.journey.id)
    found = left_for(by, person_id=guide.id, left_id=left.journey.id)
    if found is None:
        raise Refused(hidden())
    left = found[2]
    demand(rules.may_hand_over_without_guide(by, guide, left))
    demand(rules.may_be_new_guide(left.journey, to, left.members))
    _say_why(reason)
    handover = Handover.objects.create(
        journey=left.journey, to=to, reason=reason.strip(), without_guide=True, by=by
    )
    record("handover.proposed_without_guide", subject=handover, by=by)
    facts = _stands(seat_of(left.participant.person, left.journey))
    emails.tell_of_proposal(facts, whom=left.participant.person)
    if facts.is_agreed:
        # a participant without an account is told in the room, by the one who goes on with them
        emails.tell_who_is_asked(facts)
    return handover


@action("handover.agreed")
def say_yes(*, side: Side, version: int, lets_go: Collection[str] = (), by: Seat) -> HandoverFacts:
    """Say yes to the summary as one has it before one's eyes; the participant also says which words go along.

    A summary that is changed afterwards asks both anew. With the last yes the new guide is asked.
    """
    by, facts = _fresh(by)
    demand(rules.may_say_yes(by, facts, side))
    if facts is None:
        raise Refused(hidden())
    if not knows_summary(facts, version, by.actor):
        raise NotThisMoment(rules.SUMMARY_CHANGED)
    version = facts.version
    if side == Side.PARTICIPANT:
        facts.handover.lets_go = [each.key for each in offered(by) if each.key in lets_go]
        facts.handover.save(update_fields=["lets_go"])
    how = How.SIGNED_IN if side == side_of(by) else How.IN_THE_ROOM
    HandoverYes.objects.create(handover=facts.handover, side=side, version=version, how=how, by=by.actor)
    record("handover.agreed", subject=facts.handover, by=by, side=str(side))
    agreed = _stands(by)
    if agreed.is_agreed:
        emails.tell_who_is_asked(agreed)
    return agreed


@action("handover.let_go")
def let_handover_go(*, by: Seat) -> Handover:
    """Rather not: either of the two, as long as it is not carried out. Everything goes on as it was."""
    by, facts = _fresh(by)
    demand(rules.may_work_on_handover(by, facts))
    if facts is None:
        raise Refused(hidden())
    handover = _settle(facts.handover, HandedOver.LET_GO, by.actor)
    record("handover.let_go", subject=handover, by=by)
    emails.tell_it_is_let_go(facts, whom=by.other.person, by=by.actor)
    return handover


@action("handover.declined")
def decline_handover(*, handover_id: UUID, word: str = "", by: Person) -> Handover:
    """The guide who was asked can't take it on. Both are told, and read the word that was said with it."""
    facts = _asked(handover_id, by)
    demand(rules.may_answer_request(by, facts))
    facts.handover.word = word.strip()
    facts.handover.save(update_fields=["word"])
    handover = _settle(facts.handover, HandedOver.DECLINED, by)
    record("handover.declined", subject=handover, by=by)
    emails.tell_it_is_declined(facts)
    return handover


@action("handover.carried_out")
def take_over(*, handover_id: UUID, by: Person) -> Journey:
    """Take it on: the journey closes as transferred, and goes on in a new one, at the same stage, with the new guide.

    Needs, targets, steps, readings and the starting picture go along, the numbers of meetings go on, the agreement
    holds as made before, and of the words those the participant lets go. Meetings still planned are called off, and
    both are told; on a day on which the two still meet it waits until they have met.
    """
    facts = _asked(handover_id, by)
    demand(rules.may_take_over(by, facts))
    before = lend_seat(journey=facts.handover.journey, by=by)
    onward = begin_journey(
        participant=facts.participant.person,
        kind=before.journey.kind,
        template=before.journey.template,
        material=before.journey.material,
        title=str(before.journey.title),
        meeting_minutes=before.journey.meeting_minutes,
        every_days=before.journey.every_days,
        planned_meetings=before.journey.planned_meetings,
        planned_end=before.journey.planned_end,
        first_number=next_number(before),
        follows=before.journey,
        by=by,
    )
    _carry(facts, before, onward)
    # who has no sign-in sits in each journey as somebody of their own
    move_seat(facts.participant.person, seat_of(by, onward).participant.person, onward.id)
    _leave(facts, before)
    handover = _settle(facts.handover, HandedOver.CARRIED_OUT, by, led_to=onward)
    record("handover.carried_out", subject=handover, by=by)
    emails.tell_it_goes_on(facts)
    return onward


def _carry(facts: HandoverFacts, before: Seat, onward: Journey) -> None:
    after, lets_go = seat_of(before.actor, onward), facts.handover.lets_go or []
    needs = carry_goals(source=before.journey, from_guide=facts.guide.person, by=after)
    carry_acts(source=before.journey, by=after)
    carry_picture(source=before.journey, needs=needs, with_words=PICTURE in lets_go, by=after)
    agreed = agreement_in_force(before)
    if agreed:
        written_on = agreed.created_at.astimezone(zone_of(facts.guide.person)).date()
        carry_agreement_over(made_on=agreed.begins_on or written_on, by=after)
    carry_words(place=CARRIED, boxes=_boxes(facts, before, lets_go), by=seat_of(after.actor, onward))


def _boxes(facts: HandoverFacts, before: Seat, lets_go: Collection[str]) -> Mapping[str, Words]:
    boxes = {f"{SUMMARY}:{SUMMARY}": facts.summary} if facts.summary and facts.text else {}
    for some in offered(before):
        if some.key in lets_go:
            boxes |= {_name(some.key, words): words for words in some.rows}
    return boxes


def _name(key: str, words: Words) -> str:
    """What came along before keeps the name it has had since; a summary of before is no longer the summary."""
    if key != CARRIED:
        return f"{key}:{words.box}"
    return words.box.replace(f"{SUMMARY}:", f"before-{str(words.id)[-6:]}:")


def _leave(facts: HandoverFacts, before: Seat) -> None:
    """Close the earlier journey: what is booked, an ending begun in it, its agreement, and the journey itself."""
    call_off_what_is_booked(because=CalledOff.HANDED_OVER, by=before)
    ending = ending_of(before)
    if ending is not None:
        close_record(ending=ending, by=before)
    if before.state != JourneyState.ENDING:
        enter_state(state=JourneyState.ENDING, reason=str(facts.handover.reason), by=before)
        before = seat_of(before.actor, before.journey)
    if agreement_in_force(before) is not None:
        end_agreement(by=before)
    enter_state(state=JourneyState.TRANSFERRED, reason=str(facts.handover.reason), by=before)
    give_seat_back(by=seat_of(before.actor, before.journey))


def _fresh(by: Seat) -> tuple[Seat, HandoverFacts | None]:
    """Seat and hand-over as they are now, behind the journey's row."""
    Journey.objects.select_for_update().get(id=by.journey.id)
    fresh = seat_of(by.actor, by.journey)
    return fresh, handover_of(fresh)


def _stands(by: Seat) -> HandoverFacts:
    facts = handover_of(by)
    if facts is None:
        raise Refused(hidden())
    return facts


def _asked(handover_id: UUID, by: Person) -> HandoverFacts:
    """As it is now, behind the journey's row; for nobody but the guide who is asked."""
    known = asked_for(by, handover_id=handover_id)
    if known is None:
        raise Refused(hidden())
    Journey.objects.select_for_update().get(id=known[1].handover.journey_id)
    found = asked_for(by, handover_id=handover_id)
    if found is None:
        raise NotThisMoment(rules.SETTLED)
    return found[1]


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise NotThisMoment(SAY_WHY)


def _settle(handover: Handover, outcome: HandedOver, by: Person, led_to: Journey | None = None) -> Handover:
    changed = Handover.objects.filter(id=handover.id, settled_at=None).update(
        outcome=outcome, settled_at=now(), settled_by=by, led_to=led_to
    )
    if not changed:
        raise NotThisMoment(rules.SETTLED)
    handover.outcome, handover.led_to = outcome, led_to
    return handover
