"""The room itself: what is done, what is left, and the one thing to do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.rooms.environment.queries import MeetingFacts
from alongside.rooms.environment.states import MeetingState
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Reader
from alongside.ui.words import WordsBox

from .. import boxes
from ..queries import RoomFacts
from ..states import WAITING, AgreementState
from .common import address, both_read, day, moment, words_box
from .preparation import Answer, Found, answers_of_other


@dataclass(frozen=True)
class Task:
    """One thing of this room: how far it is, said in a word and a sentence."""

    title: str
    state: str
    state_word: str
    text: str
    url: str


@dataclass(frozen=True)
class Next:
    """The one thing to do now. Without an act it says what one is waiting for."""

    title: str
    text: str
    act: ActionButton | None = None


@dataclass(frozen=True)
class RoomPage:
    eyebrow: str
    title: str
    lead: str
    next: Next
    tasks: tuple[Task, ...]
    shared_notes: WordsBox
    private_notes: WordsBox
    answers: tuple[Answer, ...]
    """What the participant has prepared, for the guide: beside the notes while the two talk."""
    other_name: str
    meeting: str
    place: str
    environment_url: str
    before_url: str
    readers: tuple[Reader, ...]


def room_page(
    seat: Seat,
    facts: RoomFacts,
    meeting: MeetingFacts | None,
    notes: dict[tuple[str, UUID | None], Words],
    prepared: Found,
) -> RoomPage:
    words = seat.kind.words
    return RoomPage(
        eyebrow=str(seat.kind.name),
        title=capfirst(str(words.first_meeting)),
        lead=_(
            "Here you say what is needed, what your goals are, and what you can count on from each other."
        ),
        next=next_of(seat, facts, meeting),
        tasks=_tasks(seat, facts, meeting),
        shared_notes=_notes_box(seat, boxes.SHARED, notes),
        private_notes=_notes_box(seat, boxes.PRIVATE, notes),
        answers=answers_of_other(seat, prepared, facts.other_sent_at(seat)) if seat.is_guide else (),
        other_name=seat.other.name,
        meeting=moment(meeting.starts_at) if meeting else str(words.no_meeting_booked),
        place=meeting.place_name if meeting else "",
        environment_url=reverse("environment:room", kwargs={"journey_id": seat.journey.id}),
        before_url=address(seat, "before"),
        readers=both_read(seat),
    )


def _notes_box(seat: Seat, name: str, notes: dict[tuple[str, UUID | None], Words]) -> WordsBox:
    url = address(seat, "words", box=name)
    if name == boxes.SHARED:
        found, box = notes.get((name, None)), boxes.shared_notes(seat)
        label = _("Notes you share")
        help = _("What you want to remember from this conversation. You can both write here.")
    else:
        found, box = notes.get((name, seat.actor.id)), boxes.private_notes(seat)
        label, help = _("Notes for yourself"), ""
    return words_box(seat, box, found, name=name, url=url, label=label, help=help)


# --- what is done and what is left -------------------------------------------------------------------------


def _tasks(seat: Seat, facts: RoomFacts, meeting: MeetingFacts | None) -> tuple[Task, ...]:
    return (
        _preparation(seat, facts),
        _picture(seat, facts),
        _goals(seat, facts),
        _agreement(seat, facts),
        _meeting(seat, meeting),
    )


def _state(done: bool, begun: bool) -> tuple[str, str]:
    if done:
        return "done", _("done")
    return ("partly", _("started")) if begun else ("not_yet", _("to do"))


def _preparation(seat: Seat, facts: RoomFacts) -> Task:
    own, other = facts.sent_at(seat), facts.other_sent_at(seat)
    said = _own_preparation(seat, own)
    if other:
        text = _("%(name)s has sent theirs.") % {"name": seat.other.name}
    elif not seat.participant.person.user_id:
        text = _("You can write down %(name)s's answers together.") % {"name": seat.participant.name}
    else:
        text = _("%(name)s has not sent theirs yet. If that does not change, you can answer together.") % {
            "name": seat.other.name
        }
    # a guide keeps theirs or sends it, as they like: what is still to do is the participant's
    state, word = _state(bool(other if seat.is_guide else own and other), bool(own or other))
    return Task(_("Preparation"), state, word, f"{said} {text}", address(seat, "preparation"))


def _own_preparation(seat: Seat, sent: Any) -> str:
    if sent:
        return _("You sent yours on %(day)s.") % {"day": day(sent)}
    return _("Yours is for you alone.") if seat.is_guide else _("You have not sent yours yet.")


def _picture(seat: Seat, facts: RoomFacts) -> Task:
    title = _("%(needs)s and starting picture") % {"needs": capfirst(str(seat.kind.words.needs))}
    if not facts.needs:
        text = _("What is needed, and how it is now, from 0 to 10.")
    elif facts.picture_is_whole:
        text = ngettext(
            "One, with a starting picture.", "%(count)s, each with a starting picture.", facts.needs
        )
    elif facts.goes_on_without_picture:
        text = _("You decided to continue without a complete starting picture.")
    else:
        text = _("%(rated)s of %(count)s have a starting picture.")
    text = text % {"count": facts.needs, "rated": facts.rated_needs}
    settled = facts.picture_is_whole or (facts.goes_on_without_picture and facts.needs > 0)
    state, word = _state(settled, facts.needs > 0)
    return Task(title, state, word, text, address(seat, "picture"))


def _goals(seat: Seat, facts: RoomFacts) -> Task:
    words = seat.kind.words
    title = _("%(targets)s and first steps") % {"targets": capfirst(str(words.targets))}
    if facts.targets:
        targets = ngettext("One goal", "%(count)s goals", facts.targets) % {"count": facts.targets}
        steps = ngettext("one step", "%(count)s steps", facts.steps) % {"count": facts.steps}
        text = _("%(targets)s, %(steps)s.") % {"targets": targets, "steps": steps}
    else:
        text = _("What will be different, how you will both know, and what comes first.")
    state, word = _state(bool(facts.targets and facts.steps), bool(facts.targets or facts.steps))
    return Task(title, state, word, text, address(seat, "goals"))


def _agreement(seat: Seat, facts: RoomFacts) -> Task:
    title, url = capfirst(str(seat.kind.words.agreement)), address(seat, "agreement")
    if facts.newest_state is None:
        text = _("How often, how long, what stays between you, and how it ends. You both accept it.")
        return Task(title, "not_yet", _("to do"), text, url)
    if facts.newest_state == AgreementState.IN_FORCE:
        text = _("Version %(number)s is in force.") % {"number": facts.in_force_number}
        return Task(title, "done", _("done"), text, url)
    text = _("Version %(number)s is %(state)s.") % {
        "number": facts.newest_number,
        "state": facts.newest_state.label,
    }
    return Task(title, "partly", _("started"), text, url)


def _meeting(seat: Seat, meeting: MeetingFacts | None) -> Task:
    title = _("The meeting itself")
    url = reverse("environment:room", kwargs={"journey_id": seat.journey.id})
    if meeting is None:
        return Task(title, "not_yet", _("not booked"), str(seat.kind.words.no_meeting_booked), url)
    if meeting.state == MeetingState.HELD:
        return Task(title, "done", _("held"), day(meeting.starts_at), url)
    return Task(title, "partly", _("booked"), moment(meeting.starts_at), url)


# --- the one thing to do now -------------------------------------------------------------------------------


def next_of(seat: Seat, facts: RoomFacts, meeting: MeetingFacts | None) -> Next:
    """The first of these that waits for this person, in the order in which one does them."""
    choices = (_to_accept, _to_note_held, _to_prepare, _to_need, _to_picture, _to_target, _to_agree)
    for choose in choices:
        found = choose(seat, facts, meeting)
        if found:
            return found
    if facts.newest_state == AgreementState.IN_FORCE:
        text = _("You can read everything here and, when something changes, agree it again.")
        return Next(_("You have made a start"), text)
    text = _("It is %(name)s's turn. You will find it on your Today page.") % {"name": seat.other.name}
    return Next(_("Nothing for you to do now"), text)


def _link(label: str, url: str) -> ActionButton:
    return ActionButton(label, url, primary=True, link=True)


def _to_accept(seat: Seat, facts: RoomFacts, meeting: Any) -> Next | None:
    if facts.newest_state not in WAITING or facts.has_said_yes(seat):
        return None
    text = _(
        "The agreement has been proposed. Read it in your own time, and accept it when it "
        "says what you both want."
    )
    return Next(_("Read the agreement"), text, _link(_("Read and accept"), address(seat, "agreement")))


def _to_note_held(seat: Seat, facts: RoomFacts, meeting: MeetingFacts | None) -> Next | None:
    if meeting is None or meeting.state != MeetingState.PLANNED or meeting.ends_at > now():
        return None
    act = ActionButton(_("Yes, we met"), address(seat, "held"), primary=True)
    text = _("It was booked for %(when)s.") % {"when": moment(meeting.starts_at)}
    return Next(_("Did you meet?"), text, act)


def _to_prepare(seat: Seat, facts: RoomFacts, meeting: MeetingFacts | None) -> Next | None:
    held = meeting is not None and meeting.state == MeetingState.HELD
    if facts.sent_at(seat) or facts.in_force_number or held:
        return None
    if seat.is_guide:
        text = _(
            "A few questions to think about beforehand. Your answers are saved as you type, and "
            "stay yours unless you send them."
        )
    else:
        text = _(
            "A few questions to think about beforehand. Your answers are saved as you type, and "
            "no one reads them until you send them."
        )
    return Next(_("Prepare"), text, _link(_("Prepare"), address(seat, "preparation")))


def _to_need(seat: Seat, facts: RoomFacts, meeting: Any) -> Next | None:
    if facts.needs:
        return None
    text = _("Start with what is needed, in plain words. Everything else follows from it.")
    return Next(_("Say what is needed"), text, _link(_("Write it down"), address(seat, "picture")))


def _to_picture(seat: Seat, facts: RoomFacts, meeting: Any) -> Next | None:
    if facts.picture_is_whole or facts.picture_is_fixed or facts.goes_on_without_picture:
        return None
    text = _("One number and a few words for each. At the end you can compare them with how things are then.")
    return Next(
        _("Take the starting picture"), text, _link(_("Take the starting picture"), address(seat, "picture"))
    )


def _to_target(seat: Seat, facts: RoomFacts, meeting: Any) -> Next | None:
    if facts.targets and facts.steps:
        return None
    text = _("Turn what is needed into something you can both see, and choose a small first step.")
    return Next(_("Agree your goals"), text, _link(_("Go to the goals"), address(seat, "goals")))


def _to_agree(seat: Seat, facts: RoomFacts, meeting: Any) -> Next | None:
    if facts.newest_state not in (None, AgreementState.DRAFT):
        return None
    text = _(
        "Write down what you can count on from each other, then propose it. It applies once "
        "you have both accepted it."
    )
    return Next(_("Make the agreement"), text, _link(_("Go to the agreement"), address(seat, "agreement")))
