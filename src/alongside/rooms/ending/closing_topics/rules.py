"""Who may say what about the matters of an ending, and when."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import Matter
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, hidden, not_now

from ..record.models import Ending
from ..record.queries import Sayings, sayings_of, words_of
from ..record.rules import may_shape_ending
from ..record.states import Said
from .queries import Written, agreed_on_records, matters_of


def may_say_nothing(seat: Seat, ending: Ending | None, matter: Matter) -> Verdict:
    """Either of the two, where the kind allows that nothing is written, and nothing is."""
    denied = may_shape_ending(seat, ending)
    if not denied or ending is None:
        return denied
    if not matter.settled:
        return hidden()
    facts = next(
        one
        for one in matters_of(seat, sayings_of(ending), words_of(seat, ending))
        if one.matter.key == matter.key
    )
    if facts.text:
        return not_now(_("Something is written about this. Remove it first, if there is nothing to say."))
    if facts.nothing:
        return not_now(_("This has been said already."))
    return ALLOWED


def may_say_how_long(seat: Seat, ending: Ending | None) -> Verdict:
    """Either of the two, as long as the ending is shaped."""
    return may_shape_ending(seat, ending)


def may_keep_as_agreed(seat: Seat, ending: Ending | None) -> Verdict:
    """Where the agreement says something about records there is something to go by."""
    denied = may_say_how_long(seat, ending)
    if denied and not agreed_on_records(seat):
        return not_now(_("Your agreement says nothing about that. Please give a day."))
    return denied


def are_settled(seat: Seat, ending: Ending, sayings: Sayings, written: Written | None = None) -> Verdict:
    """What the kind asks for is written or was said to be nothing, and how long the record is kept is said.

    `written` are the words of the ending, for whoever has read them already.
    """
    written = words_of(seat, ending) if written is None else written
    closing = reverse("ending:closing", args=[seat.journey.id])
    missing = next((one for one in matters_of(seat, sayings, written) if one.is_missing), None)
    if missing:
        sentence = _("“%(title)s” is still open. Please write a few words there.")
        if missing.matter.settled:
            sentence = _("“%(title)s” is still open. Please write a few words there, or say “%(settled)s”.")
        words = {"title": missing.matter.title, "settled": missing.matter.settled}
        return not_now(sentence % words, f"{closing}#matter-{missing.matter.key}")
    if not sayings.of(Said.KEPT):
        return not_now(_("Please say how long this record is stored."), f"{closing}#kept")
    return ALLOWED
