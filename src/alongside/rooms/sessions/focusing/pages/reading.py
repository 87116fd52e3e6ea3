"""Reading again: all focusings one knows of, the path of one, and what has been understood over the journey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys import visibility
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.ui.action_buttons import ActionButton

from ...record.models import MeetingRecord
from ...record.pages import said
from .. import levels
from ..queries import FocusingHere, Written, subject_of
from ..rules import may_begin_focusing, may_begin_together, may_write_in_focusing
from ..states import FocusingState
from .common import (
    ActSaid,
    BackToMeeting,
    act_said,
    back_to_meeting,
    begun,
    question_of,
    title_of,
    url_of,
    whose,
)


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    about: str
    url: str
    state_word: str
    act: str


@dataclass(frozen=True, slots=True)
class ListPage:
    begin: tuple[ActionButton, ...]
    lines: tuple[Line, ...]
    kept: tuple[str, ...]
    understood_url: str
    room_url: str
    emergency_note: str


def list_page(
    seat: Seat,
    found: Sequence[FocusingHere],
    written: Mapping[UUID, Written],
    *,
    kept: tuple[str, ...],
    opened: MeetingRecord | None,
) -> ListPage:
    journey = seat.journey.id
    alone = ActionButton(
        _("Start on your own"),
        address("focusing:begin", journey),
        verdict=may_begin_focusing(seat),
        primary=True,
    )
    together = ActionButton(
        _("Start together"),
        address("focusing:begin", journey),
        verdict=may_begin_together(seat, opened),
        fields=(("together", "yes"),),
    )
    return ListPage(
        begin=() if seat.is_over else (alone, together),
        lines=tuple(_line(seat, here, written[here.id]) for here in found),
        kept=kept,
        understood_url=address("focusing:understood", journey),
        room_url=address("sessions:room", journey),
        emergency_note=str(seat.kind.emergency_note),
    )


def _line(seat: Seat, here: FocusingHere, written: Written) -> Line:
    mine = not here.together and here.row.author_id == seat.actor.id
    return Line(
        title=title_of(subject_of(here, written)),
        about=f"{begun(here)} · {whose(seat, here)}",
        url=url_of(seat, here.id),
        state_word=str(here.state.label) if mine and here.state != FocusingState.SHARED else "",
        act=here.acts[-1].text if here.acts else "",
    )


# --- the path of one -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """What was written in one box."""

    question: str
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the path, as far as this reader may read it; a level nobody wrote in is not there at all."""

    number: int
    title: str
    passages: tuple[Passage, ...]
    only_mine: str


@dataclass(frozen=True, slots=True)
class Path:
    title: str
    eyebrow: str
    levels: tuple[Level, ...]
    serves: str
    acts: tuple[ActSaid, ...]

    @property
    def is_blank(self) -> bool:
        return not self.levels and not self.acts


@dataclass(frozen=True, slots=True)
class PathPage:
    path: Path
    nothing_yet: str
    go_on: ActionButton | None
    back: BackToMeeting | None
    list_url: str
    understood_url: str


def path_of(
    seat: Seat,
    here: FocusingHere,
    written: Written,
    differences: Mapping[UUID, str],
    *,
    only_shared: bool = False,
) -> Path:
    """From the wide view to the act. `only_shared` leaves out what is the reader's alone: for what leaves the house."""
    shown = {
        key: words
        for key, words in written.items()
        if str(words.text).strip() and not (only_shared and words.visibility == Visibility.MINE)
    }
    target = here.row.target_id
    knows_target = target and (here.acts or _may_read(seat, here, levels.NARROW, only_shared))
    return Path(
        title=title_of(subject_of(here, shown)),
        eyebrow=_("%(day)s · %(whose)s")
        % {"day": begun(here), "whose": whose(seat, here, by_name=only_shared)},
        levels=tuple(level for key in levels.SHAREABLE if (level := _level(seat, here, key, shown)).passages),
        serves=differences.get(target, "") if knows_target else "",  # type: ignore[arg-type]
        acts=tuple(act_said(seat, act) for act in here.acts),
    )


def _may_read(seat: Seat, here: FocusingHere, level: str, only_shared: bool) -> bool:
    return here.is_open(level) or (here.row.author_id == seat.actor.id and not only_shared)


def _level(seat: Seat, here: FocusingHere, key: str, written: Written) -> Level:
    place, author = levels.place_of(key), None if here.together else here.row.author_id
    names = (levels.TOPICS, levels.CHOSEN) if key == levels.WIDE else ()
    passages = [
        _passage(seat, name, words)
        for name in (*names, *levels.WRITTEN[key])
        if (words := written.get((place, name, author)))
    ]
    own = not here.is_open(key)
    return Level(
        number=levels.NUMBER_OF[key],
        title=str(seat.kind.focusing[levels.NUMBER_OF[key] - 1].title),
        passages=tuple(passages),
        only_mine=visibility.sentence(seat, Visibility.MINE) if own else "",
    )


def _passage(seat: Seat, name: str, words: Words) -> Passage:
    text = str(words.text).strip()
    is_list = name in (levels.TOPICS, levels.OPTIONS)
    return Passage(question_of(seat, name), text, levels.lines_of(text) if is_list else ())


def path_page(seat: Seat, here: FocusingHere, written: Written, differences: Mapping[UUID, str]) -> PathPage:
    writes = may_write_in_focusing(seat, here).allowed
    number = here.row.left_at_level or 1
    key = seat.kind.focusing[number - 1].key
    onward = ActionButton(_("Continue"), address("focusing:level", seat.journey.id, here.id, key), link=True)
    return PathPage(
        path=path_of(seat, here, written, differences),
        nothing_yet=_("Nothing has been written here. That is fine too."),
        go_on=onward if writes else None,
        back=back_to_meeting(seat, here),
        list_url=address("focusing:list", seat.journey.id),
        understood_url=address("focusing:understood", seat.journey.id),
    )


# --- what has been understood ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Insight:
    text: str
    by: str
    when: str
    url: str
    only_mine: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The insights that serve one target; the last group serves none as yet."""

    key: str
    title: str
    insights: tuple[Insight, ...]


@dataclass(frozen=True, slots=True)
class UnderstoodPage:
    groups: tuple[Gathered, ...]
    nothing_yet: str
    list_url: str
    room_url: str


def understood_page(
    seat: Seat, insights: Sequence[tuple[FocusingHere, Words]], differences: Mapping[UUID, str]
) -> UnderstoodPage:
    by_target: dict[UUID | None, list[Insight]] = {}
    for here, words in insights:
        target = here.row.target_id if here.row.target_id in differences else None
        by_target.setdefault(target, []).append(_insight(seat, here, words))
    groups = [
        Gathered(f"target-{target}", difference, tuple(by_target[target]))
        for target, difference in differences.items()
        if target in by_target
    ]
    if None in by_target:
        groups.append(Gathered("no-target", _("Beside your goals"), tuple(by_target[None])))
    return UnderstoodPage(
        groups=tuple(groups),
        nothing_yet=_(
            "What you come to understand while focusing is gathered here, beside the goal it "
            "belongs to. It is here for you to read again, not to fill in."
        ),
        list_url=address("focusing:list", seat.journey.id),
        room_url=address("sessions:room", seat.journey.id),
    )


def _insight(seat: Seat, here: FocusingHere, words: Words) -> Insight:
    mine = words.visibility == Visibility.MINE
    return Insight(
        text=str(words.text).strip(),
        by=_("Together") if here.together else seat.name_of(here.row.author_id),
        when=said.day(words.edited_at or words.created_at),
        url=address("focusing:path", seat.journey.id, here.id),
        only_mine=visibility.sentence(seat, Visibility.MINE) if mine else "",
    )
