"""What can be done with a focusing: begin it, write in it, share a level, come to a step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from alongside.goals.actions import plan_step
from alongside.goals.models import Step, Target
from alongside.goals.rules import belongs
from alongside.journeys import words as writing
from alongside.journeys.kinds.shapes import FocusingLevel
from alongside.journeys.models import Journey, Words
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box, Written
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record
from alongside.people.models import Person

from ..record.actions import plan_step_in_meeting, settle_issue
from ..record.in_error import seal
from ..record.models import EnteredInError, Issue, MeetingRecord
from ..record.states import IssueState
from . import levels, rules
from .models import Focusing, FocusingAct, FocusingShare, FocusingStateRecord
from .queries import FocusingHere, focusing_in, open_record_of, own_words_in
from .states import FocusingState

KEPT_WORDS = "each version of the words is itself kept, with who saved it and when"


@dataclass(frozen=True, slots=True)
class ActionButton:
    """What somebody will do next, and what goes beside it."""

    text: str
    owner: Person
    target: Target | None = None
    due: dt.date | None = None
    support: str = ""
    obstacle: str = ""
    success_sign: str = ""


@action("focusing.begun")
def begin_focusing(*, together: bool = False, by: Seat) -> Focusing:
    """Begin with a wide view: by oneself at any time, or together in the meeting that is open."""
    demand(rules.may_begin_focusing(by))
    opened = open_record_of(by)
    if together:
        demand(rules.may_begin_together(by, opened))
    return _begin(by, together=together, opened=opened if together else None)


@action("focusing.begun")
def focus_on_issue(*, number: int, issue: Issue, together: bool, by: Seat) -> Focusing:
    """An issue of the meeting becomes a focusing: of the two together, or of the one who takes it away to think."""
    settle_issue(number=number, issue=issue, becomes=IssueState.FOCUSING, by=by)
    opened = MeetingRecord.objects.get(journey=by.journey, number=number)
    return _begin(by, together=together, opened=opened, issue=issue)


def _begin(by: Seat, *, together: bool, opened: MeetingRecord | None, issue: Issue | None = None) -> Focusing:
    focusing = Focusing.objects.create(
        journey=by.journey, record=opened, issue=issue, author=by.actor, together=together
    )
    state = FocusingState.SHARED if together else FocusingState.DRAFT
    FocusingStateRecord.objects.create(focusing=focusing, state=state, by=by.actor)
    record("focusing.begun", subject=focusing, by=by, together=together, of_issue=issue is not None)
    return focusing


@action(unrecorded_because=KEPT_WORDS)
def write_in_level(
    *,
    focusing_id: UUID,
    level: FocusingLevel,
    name: str,
    text: str,
    version: int,
    base: str | None = None,
    letter: UUID | None = None,
    by: Seat,
) -> Written:
    """Save what was typed in a box of one level. Whoever comes back goes on from there."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_level(by, here, level, name))
    if name not in levels.WRITTEN[level.key]:
        demand(hidden())
    if here.row.left_at_level != level.number:
        _change(here, left_at_level=level.number)
    box = _box(here, level.key, name)
    return writing.write(box=box, text=text, version=version, base=base, letter=letter, by=by)


@action(unrecorded_because=KEPT_WORDS)
def put_down_topic(*, focusing_id: UUID, topic: str, by: Seat) -> Words | None:
    """Add a topic to those one sees at first. One that is there already stays as it is."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    return _reword(_box(here, levels.WIDE, levels.TOPICS), by, lambda known: _with(known, topic))


@action(unrecorded_because=KEPT_WORDS)
def choose_topic(*, focusing_id: UUID, topic: str, by: Seat) -> Words | None:
    """Say which of them deserves the time. Choosing another later changes nothing below."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    return _reword(_box(here, levels.WIDE, levels.CHOSEN), by, lambda _known: (" ".join(topic.split()),))


@action(unrecorded_because=KEPT_WORDS)
def keep_topic(*, focusing_id: UUID, topic: str, by: Seat) -> Words | None:
    """Keep a topic for another time: it leaves this focusing and is offered in the next."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    _reword(_box(here, levels.WIDE, levels.TOPICS), by, lambda known: _without(known, topic))
    kept = levels.kept_topics(by.journey.id, together=here.together)
    return _reword(kept, by, lambda known: _with(known, topic))


@action(unrecorded_because=KEPT_WORDS)
def take_up_topic(*, focusing_id: UUID, topic: str, by: Seat) -> Words | None:
    """Take up a topic that was kept from an earlier time."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    kept = levels.kept_topics(by.journey.id, together=here.together)
    _reword(kept, by, lambda known: _without(known, topic))
    return _reword(_box(here, levels.WIDE, levels.TOPICS), by, lambda known: _with(known, topic))


@action(unrecorded_because=KEPT_WORDS)
def drop_topic(*, focusing_id: UUID, topic: str, by: Seat) -> Words | None:
    """Take a topic off the list."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    return _reword(_box(here, levels.WIDE, levels.TOPICS), by, lambda known: _without(known, topic))


@action("focusing.changed")
def choose_perspectives(
    *, focusing_id: UUID, keys: Collection[str], known: Collection[str] = (), by: Seat
) -> Focusing:
    """Choose whose eyes to look through. What was written for one that is put aside stays and is shown.

    `known` are those the chooser saw as chosen: when both choose at once, both choices stand.
    """
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    wanted = set(here.row.perspectives) - (set(known) - set(keys)) | set(keys)
    chosen = [one.key for one in by.kind.perspectives if one.key in wanted]
    record("focusing.changed", subject=here.row, by=by, what="perspectives")
    return _change(here, perspectives=chosen, left_at_level=levels.NUMBER_OF[levels.EXPLORE])


@action("focusing.changed")
def link_target(*, focusing_id: UUID, target: Target | None, by: Seat) -> Focusing:
    """Say which target the focus serves; none is a good answer too."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    if target is not None:
        demand(belongs(by, target))
    record("focusing.changed", subject=here.row, by=by, what="target")
    return _change(here, target=target, left_at_level=levels.NUMBER_OF[levels.NARROW])


@action("focusing.level_shared")
def share_level(*, focusing_id: UUID, level: FocusingLevel, by: Seat) -> FocusingShare:
    """Open one level to the other of the two, with what is written there and will be. It can't be taken back."""
    here = _locked(focusing_id, by)
    demand(rules.may_share_level(by, here, level))
    shared = FocusingShare.objects.create(focusing=here.row, level=level.number, by=by.actor)
    writing.share(place=levels.place_of(level.key), subject_id=here.id, by=by)
    _is_shared(here, by)
    record("focusing.level_shared", subject=here.row, by=by, level=level.number)
    return shared


@action("focusing.act_planned")
def plan_act(*, focusing_id: UUID, act: ActionButton, by: Seat) -> FocusingAct:
    """Come to a step: it stands in the plan of the meeting that is open, else among the steps between two meetings.

    Either way the next review begins with it. The other of the two can read it, and what goes beside it.
    """
    here = _locked(focusing_id, by)
    demand(rules.may_plan_act(by, here))
    planned = FocusingAct.objects.create(
        focusing=here.row,
        step=_step(act, by),
        support=act.support.strip(),
        obstacle=act.obstacle.strip(),
        success_sign=act.success_sign.strip(),
    )
    _change(here, left_at_level=levels.NUMBER_OF[levels.ACT])
    _is_shared(here, by)
    record("focusing.act_planned", subject=here.row, by=by, step=str(planned.step_id))
    return planned


def _step(act: ActionButton, by: Seat) -> Step:
    opened = open_record_of(by)
    if opened is None:
        return plan_step(text=act.text, owner=act.owner, target=act.target, due=act.due, by=by)
    return plan_step_in_meeting(
        number=opened.number, text=act.text, owner=act.owner, target=act.target, due=act.due, by=by
    )


@action("focusing.acts_carried")
def carry_acts(*, source: Journey, by: Seat) -> int:
    """Take along what stands beside the steps that came of focusings, once the steps were copied from the earlier journey.

    So the first review with another guide begins with them too. The paths stay where they were written. A step is known
    again by its words and by when it was made. Returns how many went along; asked twice, nothing is doubled.
    """
    demand(rules.may_carry_acts(by, source))
    theirs = {(step.created_at, str(step.text)): step for step in Step.objects.filter(journey=by.journey)}
    carried = 0
    acts = FocusingAct.objects.filter(step__journey=source, step__entered_in_error_at=None)
    for act in acts.select_related("step").order_by("id"):
        step = theirs.get((act.step.created_at, str(act.step.text)))
        if step is None:
            continue
        beside = {name: getattr(act, name) for name in ("support", "obstacle", "success_sign")}
        _found, made = FocusingAct.objects.get_or_create(step=step, defaults={"focusing": None, **beside})
        carried += made
    record("focusing.acts_carried", subject=by.journey, by=by, count=carried)
    return carried


@action("focusing.left")
def leave_focusing(*, focusing_id: UUID, level: FocusingLevel, by: Seat) -> Focusing:
    """Stop here, at any level. What is written stays, and coming back leads here."""
    here = _locked(focusing_id, by)
    demand(rules.may_write_in_focusing(by, here))
    record("focusing.left", subject=here.row, by=by)
    return _change(here, left_at_level=level.number)


@action("words.entered_in_error")
def mark_in_focusing(*, focusing_id: UUID, words_id: UUID, reason: str, by: Seat) -> EnteredInError:
    """Hide words that don't belong in this focusing, from both: sealed, with the reason, for an investigation.

    The reason is sealed too and is not in the ledger. A card that both have open is fetched anew.
    """
    here = _locked(focusing_id, by)
    demand(rules.may_mark_in_focusing(by, here, words_id, reason))
    words = next(words for words in own_words_in(by, here) if words.id == words_id)
    record("words.entered_in_error", subject=words, by=by, focusing=str(here.id))
    _change(here)
    return seal(words, reason, by)


@action("focusing.kept")
def keep_focusing(*, focusing_id: UUID, state: FocusingState, by: Seat) -> FocusingStateRecord:
    """Keep a draft as it is, or take it up again."""
    here = _locked(focusing_id, by)
    demand(rules.may_keep(by, here, state))
    record("focusing.kept", subject=here.row, by=by, state=str(state))
    return FocusingStateRecord.objects.create(focusing=here.row, state=state, by=by.actor)


# --- what they have in common ----------------------------------------------------------------------------


def _locked(focusing_id: UUID, by: Seat) -> FocusingHere:
    """The focusing as it stands now; whoever else acts on it waits until this act is done."""
    list(Focusing.objects.select_for_update().filter(id=focusing_id, journey=by.journey).values_list("id"))
    here = focusing_in(by, focusing_id)
    if here is None:
        demand(hidden())
    assert here
    return here


def _box(here: FocusingHere, level: str, name: str) -> Box:
    return levels.box_in(here.id, level, name, together=here.together, shared=here.is_open(level))


def _change(here: FocusingHere, **changes: object) -> Focusing:
    row = here.row
    row.version += 1
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=[*changes, "version"])
    return row


def _is_shared(here: FocusingHere, by: Seat) -> None:
    if here.state != FocusingState.SHARED:
        FocusingStateRecord.objects.create(focusing=here.row, state=FocusingState.SHARED, by=by.actor)


def _reword(box: Box, by: Seat, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Words | None:
    """Write a list anew from what it holds now. Nothing is written when nothing changes."""
    author = by.actor if box.own else None
    rows = Words.objects.filter(place=box.place, subject_id=box.subject_id, box=box.name, author=author)
    words = rows.first()
    known = levels.lines_of(str(words.text)) if words else ()
    wanted = change(known)
    if wanted == known:
        return words
    writing.write(box=box, text="\n".join(wanted), version=words.version if words else 0, by=by)
    return rows.first()


def _with(known: tuple[str, ...], topic: str) -> tuple[str, ...]:
    one = " ".join(topic.split())
    return known if not one or one in known else (*known, one)


def _without(known: tuple[str, ...], topic: str) -> tuple[str, ...]:
    return tuple(line for line in known if line != " ".join(topic.split()))
