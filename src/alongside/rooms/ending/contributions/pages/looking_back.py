"""How it has gone, in both voices: each shown when both are ready."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import Question
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.visibility import sentence as who_reads
from alongside.journeys.words_page import words_box
from alongside.rooms.first_meeting.states import Side
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ...record.models import Ending
from ...record.pages import Onward, eyebrow, onward, url
from ...record.queries import Sayings, sayings_of, side_of, speaks_in_the_room, words_of
from ...record.states import Said
from ..queries import IN_THE_ROOM, has_answered, questions_for, voice_of
from ..rules import may_show_answers


@dataclass(frozen=True)
class Voices:
    """One question, and what each said to it."""

    question: str
    participant: str
    guide: str


@dataclass(frozen=True)
class LookingBackPage:
    eyebrow: str
    lead: str
    onward: Onward
    revealed: bool
    voices: tuple[Voices, ...]
    boxes: tuple[WordsBox, ...]
    boxes_of_other: tuple[WordsBox, ...]
    other_heading: str
    ready: ActionButton | None
    status: str
    participant: str
    guide: str


def looking_back_page(seat: Seat, ending: Ending) -> LookingBackPage:
    sayings, written = sayings_of(ending), words_of(seat, ending)
    revealed = sayings.both_ready
    together = speaks_in_the_room(seat)
    return LookingBackPage(
        eyebrow=eyebrow(seat),
        lead=_(
            "You both look back, each in your own words. Neither can read the other's answers "
            "before both are ready."
        ),
        onward=onward(seat, "looking_back", primary=revealed and not seat.is_over),
        revealed=revealed,
        voices=_voices(seat, written) if revealed or seat.is_over else (),
        boxes=_own_boxes(seat, written, revealed) if not seat.is_over else (),
        boxes_of_other=_boxes_in_the_room(seat, written) if together and not seat.is_over else (),
        other_heading=_("%(name)s, in person") % {"name": seat.participant.name} if together else "",
        ready=_ready(seat, ending, sayings, written, together=together),
        status=_status(seat, sayings, together=together),
        participant=seat.participant.name,
        guide=seat.guide.name,
    )


def _voices(seat: Seat, written: dict[tuple[str, UUID | None], Words]) -> tuple[Voices, ...]:
    shown = []
    for question in questions_for(seat, side_of(seat)):
        participant = voice_of(seat, Side.PARTICIPANT, question.key, written)
        guide = voice_of(seat, Side.GUIDE, question.key, written)
        said = (str(participant.text) if participant else "", str(guide.text) if guide else "")
        if any(said):
            shown.append(Voices(_heading(question), *said))
    return tuple(shown)


def _heading(question: Question) -> str:
    """The two were asked in words of their own; above both voices stands what it was about."""
    headings = {
        "process": _("How it went"),
        "benefit": _("What you have gained from it"),
        "helped": _("What helped"),
        "did_not_help": _("What did not help, or was missing"),
    }
    return headings.get(question.key, str(question.text))


def _own_boxes(
    seat: Seat, written: dict[tuple[str, UUID | None], Words], revealed: bool
) -> tuple[WordsBox, ...]:
    visibility = Visibility.OURS if revealed else Visibility.MINE
    line = who_reads(seat, visibility)
    if not revealed:
        line = _("Only you can read this until you are both ready.")
    return tuple(
        _box(seat, question, question.key, written.get((question.key, seat.actor.id)), visibility, line)
        for question in questions_for(seat, side_of(seat))
    )


def _boxes_in_the_room(seat: Seat, written: dict[tuple[str, UUID | None], Words]) -> tuple[WordsBox, ...]:
    line = _("%(name)s's words, written down by you. %(readers)s") % {
        "name": seat.participant.name,
        "readers": who_reads(seat, Visibility.OURS),
    }
    return tuple(
        _box(seat, question, name, written.get((name, None)), Visibility.OURS, line)
        for question in questions_for(seat, Side.PARTICIPANT)
        for name in (IN_THE_ROOM + question.key,)
    )


def _box(
    seat: Seat, question: Question, name: str, words: Words | None, visibility: Visibility, line: str
) -> WordsBox:
    return words_box(
        seat,
        words,
        visibility=visibility,
        line=line,
        name=name,
        label=question.text,
        help_text=question.help,
        url=url(seat, "words", name),
        rows=question.rows,
    )


def _ready(
    seat: Seat,
    ending: Ending,
    sayings: Sayings,
    written: dict[tuple[str, UUID | None], Words],
    *,
    together: bool,
) -> ActionButton | None:
    if seat.is_over or sayings.both_ready or (not together and side_of(seat) in sayings.sides(Said.READY)):
        return None
    confirm = _("When %(name)s is ready too, you can each read what the other wrote. You cannot undo this.")
    if together:
        confirm = _("Does %(name)s agree, here in person? You can then both read what each of you said.")
    # allowed as soon as there is one answer: what is typed now is saved as it is typed, so the rule asks again
    verdict = may_show_answers(seat, ending) if has_answered(seat, side_of(seat), written) else None
    return ActionButton(
        _("I am ready to show mine") if not together else _("We are ready to show them"),
        url(seat, "ready"),
        verdict,
        primary=True,
        confirm=confirm % {"name": seat.participant.name if together else seat.other.name},
    )


def _status(seat: Seat, sayings: Sayings, *, together: bool) -> str:
    if seat.is_over and not sayings.both_ready:
        return _("You were not both ready to show your answers, so each of you can only read your own.")
    if seat.is_over:
        return ""
    if sayings.both_ready:
        return _("You have both answered. What you add now can be read by both of you at once.")
    ready = sayings.sides(Said.READY)
    if side_of(seat) in ready:
        return _("You are ready. You can still add to your answers until %(name)s is ready too.") % {
            "name": seat.other.name
        }
    if ready:
        return _("%(name)s is ready. You can read their answers once you are ready too.") % {
            "name": seat.other.name
        }
    return ""
