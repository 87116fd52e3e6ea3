"""A hand-over as far as a test wants it: proposed, summarised, agreed, gone on."""

from alongside.journeys.words import write
from alongside.rooms.ending.handover import actions, queries
from alongside.rooms.ending.handover.models import Handover
from alongside.rooms.first_meeting.states import Side

SUMMARY = "We came half the way."


def proposed(cast, journey, by="guide"):
    seat = cast.seat(getattr(cast, by), journey)
    actions.propose_handover(to=cast.colleague, reason="I move to another town", by=seat)
    return seat


def summarised(cast, journey, text=SUMMARY):
    seat = cast.seat(cast.guide, journey)
    facts = queries.handover_of(seat)
    write(box=queries.summary_box(facts.handover), text=text, version=facts.version, by=seat)
    return queries.handover_of(seat).version


def agreed(cast, journey, lets_go=()):
    """Proposed, summarised, and both have said yes."""
    proposed(cast, journey)
    version = summarised(cast, journey)
    actions.say_yes(side=Side.GUIDE, version=version, by=cast.seat(cast.guide, journey))
    actions.say_yes(
        side=Side.PARTICIPANT, version=version, lets_go=lets_go, by=cast.seat(cast.participant, journey)
    )
    return Handover.objects.get(journey=journey, settled_at=None)


def gone_on(cast, journey, lets_go=()):
    return actions.take_over(handover_id=agreed(cast, journey, lets_go).id, by=cast.colleague)
