"""One level as one card, with the funnel beside it: what is asked, the boxes, and who reads them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.goals.safety.plan import SafetyPlan
from alongside.journeys import visibility
from alongside.journeys.kinds.shapes import FocusingLevel
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.words_page import words_box
from alongside.kernel.addresses import address
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ...live.pages import Live
from .. import levels
from ..queries import FocusingHere, Written, subject_of, text_of
from ..rules import may_keep, may_plan_act, may_share_level
from ..states import FocusingState
from .common import (
    ActSaid,
    BackToMeeting,
    act_said,
    back_to_meeting,
    begun,
    question_of,
    title_of,
    whose,
)

ROWS = {levels.HOW_ARE_YOU: 2, levels.FEELING: 2, levels.OPTIONS: 3, levels.FOCUS: 1, levels.ACCOUNT: 6}


@dataclass(frozen=True, slots=True)
class Station:
    """One level in the funnel. `is_here` is the card that lies open."""

    number: int
    title: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Topic:
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CardPage:
    title: str
    eyebrow: str
    key: str
    number: int
    level: str
    purpose: str
    prompts: tuple[str, ...]
    funnel: tuple[Station, ...]
    up: Station | None
    down: Station | None
    boxes: tuple[WordsBox, ...]
    topics: tuple[Topic, ...]
    kept: tuple[str, ...]
    topics_url: str
    perspectives_url: str
    eyes: tuple[str, ...]
    target_url: str
    act_url: str
    acts: tuple[ActSaid, ...]
    may_act: bool
    readers: str
    readers_visibility: str
    share: ActionButton | None
    leave: ActionButton
    keep: ActionButton | None
    path_url: str
    list_url: str
    back: BackToMeeting | None
    correct_url: str
    goals_url: str
    agreement_url: str
    emergency_note: str
    agreed_for_emergencies: SafetyPlan
    live: Live | None


def card_page(
    seat: Seat,
    here: FocusingHere,
    level: FocusingLevel,
    written: Written,
    *,
    kept: tuple[str, ...] = (),
    agreed_for_emergencies: SafetyPlan = (),
    token: str = "",
) -> CardPage:
    journey, stations = seat.journey.id, _funnel(seat, here, level)
    place = level.number - 1
    chosen = text_of(here, written, levels.WIDE, levels.CHOSEN)
    topics = levels.lines_of(text_of(here, written, levels.WIDE, levels.TOPICS))
    is_wide, is_act = level.key == levels.WIDE, level.key == levels.ACT
    return CardPage(
        title=title_of(subject_of(here, written)),
        eyebrow=_("Focusing %(whose)s, started on %(day)s")
        % {"whose": whose(seat, here), "day": begun(here)},
        key=level.key,
        number=level.number,
        level=str(level.title),
        purpose=str(level.purpose),
        prompts=tuple(str(prompt) for prompt in level.prompts),
        funnel=stations,
        up=stations[place - 1] if place > 0 else None,
        down=stations[place + 1] if place + 1 < len(stations) else None,
        boxes=_boxes(seat, here, level, written),
        topics=tuple(Topic(text, text == chosen) for text in topics) if is_wide else (),
        kept=kept if is_wide else (),
        topics_url=address("focusing:topics", journey, here.id),
        perspectives_url=address("focusing:perspectives", journey, here.id),
        eyes=tuple(here.row.perspectives),
        target_url=address("focusing:target", journey, here.id),
        act_url=address("focusing:act", journey, here.id),
        acts=tuple(act_said(seat, act) for act in here.acts) if is_act else (),
        may_act=may_plan_act(seat, here).allowed,
        readers=_readers(seat, here, level),
        readers_visibility="ours" if is_act or here.is_open(level.key) else "mine",
        share=_share(seat, here, level),
        leave=_leave(seat, here, level),
        keep=_keep(seat, here),
        path_url=address("focusing:path", journey, here.id),
        list_url=address("focusing:list", journey),
        back=back_to_meeting(seat, here),
        correct_url=address("focusing:correct", journey, here.id),
        goals_url=address("first_meeting:goals", journey),
        agreement_url=address("first_meeting:agreement", journey),
        emergency_note=str(seat.kind.emergency_note),
        agreed_for_emergencies=agreed_for_emergencies,
        live=Live(address("focusing:now", journey, here.id, level.key), token, False, "", True)
        if token
        else None,
    )


def _funnel(seat: Seat, here: FocusingHere, level: FocusingLevel) -> tuple[Station, ...]:
    return tuple(
        Station(
            number=one.number,
            title=str(one.title),
            url=address("focusing:level", seat.journey.id, here.id, one.key),
            is_here=one.key == level.key,
        )
        for one in seat.kind.focusing
    )


def _readers(seat: Seat, here: FocusingHere, level: FocusingLevel) -> str:
    """Who will read what is typed on this card, said before anything is."""
    if level.key == levels.ACT or here.is_open(level.key):
        return visibility.sentence(seat, Visibility.OURS)
    return _("Only you can read this, until you share this level with %(name)s.") % {"name": seat.other.name}


def _boxes(seat: Seat, here: FocusingHere, level: FocusingLevel, written: Written) -> tuple[WordsBox, ...]:
    names = [name for name in levels.WRITTEN[level.key] if _is_shown(here, written, level, name)]
    if level.key == levels.EXPLORE:
        names = [*names[1:], names[0]]
    return tuple(
        _box(seat, here, level, written, name, sentences=place == 0) for place, name in enumerate(names)
    )


def _is_shown(here: FocusingHere, written: Written, level: FocusingLevel, name: str) -> bool:
    """A viewpoint is shown when it was chosen, and when something was written from it."""
    if not name.startswith(levels.PERSPECTIVE):
        return True
    chosen = name.removeprefix(levels.PERSPECTIVE) in here.row.perspectives
    return chosen or bool(text_of(here, written, level.key, name))


def _box(
    seat: Seat, here: FocusingHere, level: FocusingLevel, written: Written, name: str, *, sentences: bool
) -> WordsBox:
    box = levels.box_in(here.id, level.key, name, together=here.together, shared=here.is_open(level.key))
    author = None if here.together else here.row.author_id
    words = written.get((box.place, box.name, author))
    return words_box(
        seat,
        words,
        visibility=box.visibility,
        line=_readers(seat, here, level),
        name=name.replace("_", "-"),
        label=question_of(seat, name),
        help_text=_help(name),
        url=address("focusing:write", seat.journey.id, here.id, level.key, name),
        rows=ROWS.get(name, 4),
        sentences=sentences,
    )


def _help(name: str) -> str:
    if name.startswith(levels.PERSPECTIVE):
        return _("Tell it as they would. What would they notice first? What would they want?")
    return {
        levels.ACCOUNT: _("No names, and nothing that could identify someone: say “a colleague”."),
        levels.OPTIONS: _("One on each line. Unlikely ones too."),
    }.get(name, "")


def _share(seat: Seat, here: FocusingHere, level: FocusingLevel) -> ActionButton | None:
    if not may_share_level(seat, here, level).allowed:
        return None
    name = {"name": seat.other.name}
    return ActionButton(
        _("Share this level with %(name)s") % name,
        address("focusing:share", seat.journey.id, here.id, level.key),
        confirm=_(
            "%(name)s can then read what is on this card, and what you add to it. The other "
            "levels stay yours. You cannot undo this."
        )
        % name,
    )


def _leave(seat: Seat, here: FocusingHere, level: FocusingLevel) -> ActionButton:
    return ActionButton(
        _("That is enough for now"), address("focusing:leave", seat.journey.id, here.id, level.key)
    )


def _keep(seat: Seat, here: FocusingHere) -> ActionButton | None:
    if not may_keep(seat, here).allowed:
        return None
    draft = here.state == FocusingState.DRAFT
    return ActionButton(
        _("Leave it private") if draft else _("Open it again"),
        address("focusing:keep", seat.journey.id, here.id),
        fields=(("state", FocusingState.KEPT.value if draft else FocusingState.DRAFT.value),),
    )
