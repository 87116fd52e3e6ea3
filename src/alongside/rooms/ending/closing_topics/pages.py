"""The matters of an ending as they are shown, and how long its record is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.words_page import words_box
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ..record import pages as pages_shared
from ..record.models import Saying
from ..record.queries import Sayings
from ..record.states import Said
from .queries import MatterFacts, Written, agreed_on_records, matters_of


@dataclass(frozen=True)
class MatterShown:
    """`optional` says that it may be left as it is; `said` that there is nothing, and `nothing` is the act to say so."""

    key: str
    title: str
    box: WordsBox | None
    optional: bool
    said: str
    nothing: ActionButton | None


@dataclass(frozen=True)
class Kept:
    """How long the record is kept: what was said, what the agreement says, and what one can still say."""

    said: str
    agreed: str
    as_agreed: ActionButton | None
    url: str
    may_say: bool


def matters_shown(
    seat: Seat, sayings: Sayings, written: Written, *, may_shape: bool
) -> tuple[MatterShown, ...]:
    return tuple(
        _matter(seat, facts, may_shape=may_shape, first=not number)
        for number, facts in enumerate(matters_of(seat, sayings, written))
    )


def _matter(seat: Seat, facts: MatterFacts, *, may_shape: bool, first: bool) -> MatterShown:
    matter = facts.matter
    nothing = None
    if may_shape and matter.settled and not facts.is_settled:
        nothing = ActionButton(str(matter.settled), pages_shared.url(seat, "nothing", matter.key))
    said = _nothing_said(facts.nothing, str(matter.settled)) if facts.nothing and not facts.text else ""
    box = None if said and seat.is_over else _box(seat, facts, first=first)
    return MatterShown(matter.key, str(matter.title), box, not matter.required, said, nothing)


def _box(seat: Seat, facts: MatterFacts, *, first: bool) -> WordsBox:
    matter = facts.matter
    return words_box(
        seat,
        facts.words,
        visibility=Visibility.OURS,
        name=matter.key,
        label=matter.text,
        help_text=matter.help,
        url=pages_shared.url(seat, "words", matter.key),
        readonly=seat.is_over,
        rows=3,
        sentences=first,
    )


def _nothing_said(saying: Saying, settled: str) -> str:
    return _("“%(settled)s”, said %(name)s on %(day)s.") % {
        "settled": settled,
        "name": saying.by.name,
        "day": date_format(localtime(saying.created_at), "j F Y"),
    }


def kept_of(seat: Seat, sayings: Sayings, *, may_shape: bool) -> Kept:
    said, agreed = sayings.of(Said.KEPT), agreed_on_records(seat)
    url = pages_shared.url(seat, "kept")
    as_agreed = None
    if may_shape and agreed and not (said and said.on is None):
        as_agreed = ActionButton(_("As our agreement says"), url, fields=(("as_agreed", "1"),))
    return Kept(_kept_said(said), agreed, as_agreed, url, may_shape)


def _kept_said(said: Saying | None) -> str:
    if said is None:
        return ""
    facts = {"name": said.by.name, "said": date_format(localtime(said.created_at), "j F Y")}
    if said.on is None:
        return _("It is stored as long as your agreement says (%(name)s, %(said)s).") % facts
    facts["day"] = date_format(said.on, "j F Y")
    return _("It is stored until %(day)s (%(name)s, %(said)s).") % facts
