"""How a hand-over stands, in a sentence: on its own page and on others."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.rooms.environment.queries import MeetingFacts, meetings_ahead

from .queries import HandoverFacts, seat_of_participant
from .states import HandedOver


def settled(facts: HandoverFacts) -> str:
    handover = facts.handover
    names = {"to": handover.to.name, "day": date_format(handover.settled_at, "j F Y")}  # type: ignore[arg-type]
    if handover.outcome == HandedOver.CARRIED_OUT:
        return _("On %(day)s this was handed over. It continues with %(to)s.") % names
    if handover.outcome == HandedOver.DECLINED:
        text = _("On %(day)s %(to)s said that they could not take over.") % names
        return f"{text} “{handover.word}”" if str(handover.word) else text
    return _("On %(day)s it was decided not to hand over to %(to)s.") % names


def today_stays(facts: HandoverFacts, meeting: MeetingFacts) -> str:
    """That what is booked for today takes place all the same."""
    names = {"to": facts.handover.to.name, "time": date_format(localtime(meeting.starts_at), "H:i")}
    return _("Today at %(time)s you still meet as planned. %(to)s can take over after that.") % names


def what_taking_over_does(facts: HandoverFacts) -> str:
    """With the number of what it cancels: which times those are is known to the two alone."""
    count = len(meetings_ahead(seat_of_participant(facts)))
    if not count:
        return _("It continues in a new journey with you as the guide, from where they are now.")
    text = ngettext(
        "It continues in a new journey with you as the guide, from where they are now. %(count)s time "
        "still booked with %(guide)s is cancelled, and both are told. You find a new one together.",
        "It continues in a new journey with you as the guide, from where they are now. %(count)s times "
        "still booked with %(guide)s are cancelled, and both are told. You find new ones together.",
        count,
    )
    return text % {"count": count, "guide": facts.guide.name}


def standing_handover(seat: Seat, facts: HandoverFacts | None) -> str:
    """A line for other pages while a hand-over stands, or once it is done; "" otherwise."""
    if facts is None or (not facts.stands and facts.handover.outcome != HandedOver.CARRIED_OUT):
        return ""
    if not facts.stands:
        return settled(facts)
    to = {"name": facts.handover.to.name}
    if facts.is_agreed:
        return _("%(name)s is asked to take over.") % to
    return _("It is proposed that %(name)s takes over.") % to
