"""People named in a journey, and what such a person sees of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.journeys.states import NAMED
from alongside.people.consents import TEXTS
from alongside.people.models import Purpose
from alongside.ui.action_buttons import ActionButton

from .common import day, room


@dataclass(frozen=True)
class NamedLine:
    name: str
    part: str
    summary: str
    let_go: ActionButton


@dataclass(frozen=True)
class PeoplePage:
    lines: tuple[NamedLine, ...]
    back: str
    name_url: str
    agrees: str
    """What the participant agrees to by naming somebody who supports them."""


def people_page(seat: Seat) -> PeoplePage:
    named = [member for member in seat.members if member.part in NAMED]
    return PeoplePage(
        lines=tuple(
            NamedLine(
                name=member.name,
                part=capfirst(seat.called(member.part)),
                summary="" if member.person.user_id else _("has not accepted the invitation yet"),
                let_go=ActionButton(
                    _("Remove"),
                    room(seat, "overview:let_go"),
                    fields=(("member_id", member.id),),
                    confirm=_("%(name)s can no longer see what was marked for them.") % {"name": member.name},
                ),
            )
            for member in named
        ),
        back=room(seat, "overview:journey"),
        name_url=room(seat, "overview:name"),
        agrees=str(TEXTS[Purpose.SHARING].text) if seat.is_participant else "",
    )


@dataclass(frozen=True)
class MarkedWords:
    text: str
    by: str
    when: str


@dataclass(frozen=True)
class NamedPage:
    """The journey page of a named person: what is marked for them, and nothing else."""

    eyebrow: str
    title: str
    lead: str
    words: tuple[MarkedWords, ...]
    empty: str


def named_page(seat: Seat, marked: list[Words]) -> NamedPage:
    facts = {
        "guide": seat.guide.name,
        "participant": seat.participant.name,
        "part": seat.called(seat.member.part),
    }
    return NamedPage(
        eyebrow=str(seat.kind.name),
        title=_("%(guide)s and %(participant)s") % facts,
        lead=_("You are named here as %(part)s. You see what has been marked for you.") % facts,
        words=tuple(
            MarkedWords(
                str(words.text),
                _writer(words),
                day(words.edited_at) if words.edited_at else "",
            )
            for words in marked
        ),
        empty=_(
            "Nothing is marked for you yet. When %(guide)s or %(participant)s marks something "
            "for you, it will appear here."
        )
        % facts,
    )


def _writer(words: Words) -> str:
    writer = words.author or words.edited_by
    return str(writer.name) if writer else ""
