"""How a hand-over stands, in a sentence: on its own page and on others."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat

from .queries import HandoverFacts
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
