"""Preparing: one's own answers, the other's once they are sent, and what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.measuring.pages_schedule import DuePanel
from alongside.goals.models import Need
from alongside.goals.states import NeedState
from alongside.journeys import visibility
from alongside.journeys.kinds.shapes import Question
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from .. import boxes, rules
from ..queries import Entry, PictureFacts, RoomFacts
from .common import address, day, words_box

Found = dict[tuple[str, UUID | None], Words]


@dataclass(frozen=True)
class Answer:
    """A question, and what was answered; `when` only for what came after it was sent."""

    question: str
    text: str
    by: str
    when: str = ""


@dataclass(frozen=True)
class Asked:
    """One of one's own questions. What is only asked of some stays folded, until they open it or have answered."""

    box: WordsBox
    only_if: str = ""
    is_open: bool = True


@dataclass(frozen=True)
class NeedLine:
    id: UUID
    statement: str
    by: str
    state_word: str
    rating: int | None = None
    words: str = ""


@dataclass(frozen=True)
class PreparationPage:
    eyebrow: str
    title: str
    lead: str
    own: tuple[Asked, ...]
    progress: str
    send: ActionButton | None
    send_title: str
    send_note: str
    sent: str
    other_name: str
    other_state: str
    other: tuple[Answer, ...]
    together: tuple[WordsBox, ...]
    needs_title: str
    needs: tuple[NeedLine, ...]
    need_url: str
    other_first: bool
    side_by_side: bool
    """Their words on the left and one's own on the right, where the screen is wide enough."""
    may_write: bool
    who_reads: str
    back: str
    before_url: str
    due: DuePanel | None = None


def preparation_page(
    seat: Seat,
    facts: RoomFacts,
    found: Found,
    needs: list[Need],
    picture: PictureFacts | None,
    *,
    due: DuePanel | None = None,
) -> PreparationPage:
    sent_at, other_at = facts.sent_at(seat), facts.other_sent_at(seat)
    other = answers_of_other(seat, found, other_at)
    verdict = rules.may_send_preparation(seat, facts)
    send = ActionButton(
        _("Send it to %(name)s") % {"name": seat.other.name},
        address(seat, "send_preparation"),
        verdict,
        seat.is_participant,
    )
    return PreparationPage(
        eyebrow=capfirst(str(seat.kind.words.first_meeting)),
        title=_("Prepare"),
        lead=_lead(seat, bool(sent_at)),
        own=_own_boxes(seat, found, has_sent=bool(sent_at)),
        progress=_progress(seat, found),
        send=None if sent_at or not seat.other.person.user_id else send,
        send_title=_send_title(seat),
        send_note=_send_note(seat),
        sent=_("You sent this on %(day)s.") % {"day": day(sent_at)} if sent_at else "",
        other_name=seat.other.name,
        other_state=_other_state(seat, other_at, bool(other)),
        other=other,
        together=_together_boxes(seat, found),
        needs_title=capfirst(str(seat.kind.words.needs)),
        needs=need_lines(seat, needs, picture),
        need_url=address(seat, "add_need"),
        other_first=bool(other) and (seat.is_guide or bool(sent_at)),
        side_by_side=bool(other) and seat.is_guide,
        may_write=bool(rules.may_shape_goals(seat)),
        who_reads=visibility.sentence(seat, Visibility.OURS),
        back=address(seat, "room"),
        before_url=address(seat, "before"),
        due=due,
    )


def _lead(seat: Seat, sent: bool) -> str:
    name = {"name": seat.other.name}
    if sent:
        return _("You can carry on writing. %(name)s can read what you add at once.") % name
    if not seat.other.person.user_id:
        return _("Write whatever comes to mind. Half sentences are fine. Only you can read your answers.")
    if seat.is_guide:
        return (
            _(
                "Write whatever comes to mind. Half sentences are fine. It stays yours unless you send it to %(name)s."
            )
            % name
        )
    return (
        _(
            "Write whatever comes to mind. Half sentences are fine. No one reads it until you "
            "send it to %(name)s."
        )
        % name
    )


def _send_title(seat: Seat) -> str:
    return _("When you are ready") if seat.is_participant else _("Keep it or send it")


def _send_note(seat: Seat) -> str:
    name = {"name": seat.other.name}
    if seat.is_participant:
        return _("%(name)s can read your answers from then on. You can still add to them.") % name
    return (
        _(
            "Your answers are yours: you need do nothing to keep them so. "
            "If you send them, %(name)s can read them from then on."
        )
        % name
    )


def _progress(seat: Seat, found: Found) -> str:
    """How many of the questions have some words, without a duty to fill them all. One for some counts once answered."""
    asked = [
        (bool(question.only_if), _has_words(found.get((question.key, seat.actor.id))))
        for question in boxes.questions_for(seat, guide=not seat.is_participant)
    ]
    return _("You've answered %(done)s of %(all)s questions. You can skip any question.") % {
        "done": sum(done for _for_some, done in asked),
        "all": sum(done or not for_some for for_some, done in asked),
    }


def _has_words(words: Words | None) -> bool:
    return bool(words and words.text.strip())


def _own_boxes(seat: Seat, found: Found, *, has_sent: bool) -> tuple[Asked, ...]:
    anything_else = Question(key=boxes.ELSE, text=_("Is there anything else?"))
    shown = []
    for question in (*boxes.questions_for(seat, guide=not seat.is_participant), anything_else):
        words = found.get((question.key, seat.actor.id))
        box = words_box(
            seat,
            boxes.own_answer(seat, question.key, has_sent=has_sent),
            words,
            name=f"answer-{question.key}",
            url=address(seat, "words", box=f"{boxes.OWN_ANSWER}{question.key}"),
            label=str(question.text),
            help=str(question.help),
            rows=question.rows,
        )
        shown.append(Asked(box, str(question.only_if), not question.only_if or _has_words(words)))
    return tuple(shown)


def _together_boxes(seat: Seat, found: Found) -> tuple[WordsBox, ...]:
    """For somebody without an account: their answers, written down with them."""
    if not seat.is_guide or seat.participant.person.user_id:
        return ()
    return tuple(
        words_box(
            seat,
            boxes.answer_together(seat, question.key),
            found.get((question.key, None)),
            name=f"together-{question.key}",
            url=address(seat, "words", box=f"{boxes.TOGETHER}{question.key}"),
            label=str(question.text),
            help=str(question.only_if),
            rows=question.rows,
        )
        for question in boxes.questions_for(seat, guide=False)
    )


def answers_of_other(seat: Seat, found: Found, sent_at: Any) -> tuple[Answer, ...]:
    """What the other has sent, and what was written down with them in the room."""
    asked = boxes.questions_for(seat, guide=seat.is_participant)
    questions = {question.key: str(question.text) for question in asked} | {boxes.ELSE: _("Anything else")}
    answers = []
    for key, question in questions.items():
        words = found.get((key, seat.other.person.id))
        if sent_at and words and words.text.strip():
            late = words.edited_at and words.edited_at > sent_at
            when = _("changed on %(day)s") % {"day": day(words.edited_at)} if late else ""
            answers.append(Answer(question, words.text, seat.other.name, when))
    if seat.is_participant:
        answers += _answers_in_the_room(seat, found)
    return tuple(answers)


def _answers_in_the_room(seat: Seat, found: Found) -> list[Answer]:
    """Written down for this participant before they had an account."""
    return [
        Answer(str(question.text), found[(question.key, None)].text, _("written down together"))
        for question in boxes.questions_for(seat, guide=False)
        if (question.key, None) in found and found[(question.key, None)].text.strip()
    ]


def _other_state(seat: Seat, sent_at: Any, has_answers: bool) -> str:
    name = {"name": seat.other.name, "day": day(sent_at)}
    if sent_at:
        return _("%(name)s sent this on %(day)s.") % name
    if has_answers:
        return ""
    if not seat.other.person.user_id:
        return _("%(name)s has no account. You can write down their answers with them, here.") % name
    return (
        _("%(name)s has not sent anything yet. That is fine: you can go through the questions together.")
        % name
    )


def need_lines(seat: Seat, needs: list[Need], picture: PictureFacts | None) -> tuple[NeedLine, ...]:
    entries: dict[UUID, Entry] = picture.entries if picture else {}
    lines = []
    for need in needs:
        state = NeedState(need.state)  # type: ignore[attr-defined]
        if state != NeedState.LET_GO:
            entry = entries.get(need.id)
            by = seat.name_of(need.proposed_by_id)
            said = (entry.rating, entry.words) if entry else (None, "")
            lines.append(NeedLine(need.id, need.statement, by, str(state.label), *said))
    return tuple(lines)
