"""Questions about focusings. Reading starts at the seat of the one who asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from alongside.goals.models import Step, StepStateRecord, Target, TargetWording
from alongside.journeys import visibility
from alongside.journeys.kinds.shapes import FocusingLevel
from alongside.journeys.models import JourneyMember, Words
from alongside.journeys.queries import seat_for, with_a_part
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.people.models import Person

from ..record.in_error import issue_in_error, written_alone
from ..record.models import MeetingRecord, MeetingRecordStateRecord
from ..record.states import RecordState
from . import levels
from .models import Focusing, FocusingAct, FocusingShare, FocusingStateRecord
from .states import FocusingState

Written = dict[tuple[str, str, UUID | None], Words]


@dataclass(frozen=True, slots=True)
class ActFacts:
    """The step a focusing came to, as it stands in the plan now."""

    id: UUID
    step_id: UUID
    text: str
    owner_id: UUID
    due: object
    state: str
    word: str
    support: str
    obstacle: str
    success_sign: str


@dataclass(frozen=True, slots=True)
class FocusingHere:
    """A focusing as this reader finds it: which levels they may read at all, and its acts."""

    row: Focusing
    state: FocusingState
    issue: str
    number: int | None
    shared: frozenset[int]
    acts: tuple[ActFacts, ...]

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def together(self) -> bool:
        return self.row.together

    def is_open(self, level: str) -> bool:
        """Both read this level."""
        return self.together or levels.NUMBER_OF[level] in self.shared

    def is_written_by(self, seat: Seat) -> bool:
        return seat.is_one_of_two if self.together else self.row.author_id == seat.actor.id


def seen_by(actor_id: UUID) -> Q:
    """The focusings somebody knows of: their own, those of both, and those of which something was shared."""
    shared = Exists(FocusingShare.objects.filter(focusing=OuterRef("pk")))
    acted = Exists(FocusingAct.objects.filter(focusing=OuterRef("pk")))
    return Q(author=actor_id) | Q(together=True) | Q(shared) | Q(acted)


def _focusings(seat: Seat) -> QuerySet[Focusing]:
    states = FocusingStateRecord.objects.filter(focusing=OuterRef("pk")).order_by("-created_at", "-id")
    rows = Focusing.objects.filter(seen_by(seat.actor.id), journey=seat.journey)
    found = rows.annotate(state=Subquery(states.values("state")[:1]), in_error=issue_in_error("issue"))
    return found.select_related("issue", "record")


def focusings_of(seat: Seat, *, of_record: UUID | None = None) -> list[FocusingHere]:
    """Those this person knows of, newest first; of one meeting, those begun in it. Three queries."""
    rows = _focusings(seat).order_by("-created_at", "-id")
    return _as_found(list(rows.filter(record=of_record) if of_record else rows))


def focusing_in(seat: Seat, focusing_id: UUID) -> FocusingHere | None:
    return next(iter(_as_found(list(_focusings(seat).filter(id=focusing_id)))), None)


def _as_found(rows: list[Focusing]) -> list[FocusingHere]:
    ids = [row.id for row in rows]
    shared: dict[UUID, set[int]] = {}
    for focusing_id, level in FocusingShare.objects.filter(focusing__in=ids).values_list("focusing", "level"):
        shared.setdefault(focusing_id, set()).add(level)
    acts = _acts(ids)
    return [
        FocusingHere(
            row=row,
            state=FocusingState(row.state),  # type: ignore[attr-defined]
            issue=str(row.issue.text) if row.issue and not row.in_error else "",  # type: ignore[attr-defined]
            number=row.record.number if row.record else None,
            shared=frozenset(shared.get(row.id, ())),
            acts=tuple(acts.get(row.id, ())),
        )
        for row in rows
    ]


def _acts(ids: list[UUID]) -> dict[UUID | None, list[ActFacts]]:
    """The acts of some focusings, oldest first, each with the latest state of its step."""
    latest = StepStateRecord.objects.filter(step=OuterRef("step")).order_by("-created_at", "-id")
    acts = FocusingAct.objects.filter(focusing__in=ids, step__entered_in_error_at=None)
    rows = StepStateRecord.objects.filter(id=Subquery(latest.values("id")[:1]), step__in=acts.values("step"))
    states = {row.step_id: row for row in rows.select_related("step")}
    found: dict[UUID | None, list[ActFacts]] = {}
    for act in acts.order_by("created_at", "id"):
        state = states[act.step_id]
        step: Step = state.step
        found.setdefault(act.focusing_id, []).append(
            ActFacts(
                id=act.id,
                step_id=step.id,
                text=str(step.text),
                owner_id=step.owner_id,
                due=step.due,
                state=state.state,
                word=str(state.word),
                support=str(act.support),
                obstacle=str(act.obstacle),
                success_sign=str(act.success_sign),
            )
        )
    return found


def words_of(seat: Seat, *focusing_ids: UUID) -> dict[UUID, Written]:
    """What this person may read in some focusings, by place, box and author. One query."""
    rows = Words.objects.filter(
        visibility.readable(seat), place__in=levels.PLACES, subject_id__in=focusing_ids
    ).order_by("created_at", "id")
    found: dict[UUID, Written] = {focusing_id: {} for focusing_id in focusing_ids}
    for words in rows:
        found[words.subject_id][words.place, words.box, words.author_id] = words
    return found


def own_words_in(seat: Seat, here: FocusingHere) -> list[Words]:
    """The words of one focusing that this person alone has written, and so may mark as entered in error."""
    return written_alone(seat, Q(place__in=levels.PLACES, subject_id=here.id))


def text_of(here: FocusingHere, written: Written, level: str, name: str) -> str:
    """What stands in one box of a focusing, as far as `words_of` found it."""
    author = None if here.together else here.row.author_id
    words = written.get((levels.place_of(level), name, author))
    return str(words.text).strip() if words else ""


def subject_of(here: FocusingHere, written: Written) -> str:
    """What it is about, for this reader: the topic chosen, else the issue it began with."""
    return text_of(here, written, levels.WIDE, levels.CHOSEN) or here.issue


def insights_of(seat: Seat) -> list[tuple[FocusingHere, Words]]:
    """What has been understood so far, as far as this person may read it, oldest first."""
    rows = Words.objects.filter(
        visibility.readable(seat),
        journey=seat.journey,
        place=levels.place_of(levels.NARROW),
        box=levels.INSIGHT,
        version__gt=0,
    )
    by_id = {here.id: here for here in focusings_of(seat)}
    found = [(by_id[words.subject_id], words) for words in rows if words.subject_id in by_id]
    written = [(here, words) for here, words in found if str(words.text).strip()]
    return sorted(written, key=lambda pair: (pair[0].row.created_at, pair[0].id))


def differences_of(seat: Seat) -> dict[UUID, str]:
    """Every target of a journey in its newest wording, also those reached or let go, in their order. One query."""
    newest = TargetWording.objects.filter(target=OuterRef("target")).order_by("-number").values("id")[:1]
    rows = TargetWording.objects.filter(target__journey=seat.journey, id=Subquery(newest))
    ordered = rows.order_by("target__position", "target__created_at", "target_id")
    return {row.target_id: str(row.difference) for row in ordered}


def kept_topics_of(seat: Seat, *, together: bool) -> tuple[str, ...]:
    """Topics kept for another time."""
    box = levels.kept_topics(seat.journey.id, together=together)
    rows = Words.objects.filter(
        visibility.readable(seat),
        place=box.place,
        subject_id=box.subject_id,
        box=box.name,
        author=seat.actor if box.own else None,
    )
    words = rows.first()
    return levels.lines_of(str(words.text)) if words else ()


def open_record_of(seat: Seat) -> MeetingRecord | None:
    """The record that is open now: what is begun together is begun in it."""
    states = MeetingRecordStateRecord.objects.filter(record=OuterRef("pk")).order_by("-created_at", "-id")
    rows = MeetingRecord.objects.filter(journey=seat.journey).annotate(
        state=Subquery(states.values("state")[:1])
    )
    return rows.filter(state=RecordState.OPEN).order_by("-number").first()


def target_in(seat: Seat, target_id: UUID) -> Target | None:
    return Target.objects.filter(journey=seat.journey, id=target_id).first()


# --- the doors' finds ------------------------------------------------------------------------------------


def focusing_for(actor: Person, *, journey_id: UUID, focusing_id: UUID) -> tuple[Seat, FocusingHere] | None:
    found = seat_for(actor, journey_id=journey_id)
    here = focusing_in(found[0], focusing_id) if found else None
    return (found[0], here) if found and here else None


def level_of(seat: Seat, key: str) -> FocusingLevel | None:
    """A level in the words of the kind."""
    return next((level for level in seat.kind.focusing if level.key == key), None)


def level_for(
    actor: Person, *, journey_id: UUID, focusing_id: UUID, level: str
) -> tuple[Seat, FocusingHere, FocusingLevel] | None:
    found = focusing_for(actor, journey_id=journey_id, focusing_id=focusing_id)
    named = level_of(found[0], level) if found else None
    return (*found, named) if found and named else None


def box_for(
    actor: Person, *, journey_id: UUID, focusing_id: UUID, level: str, box: str
) -> tuple[Seat, FocusingHere, FocusingLevel, str] | None:
    found = level_for(actor, journey_id=journey_id, focusing_id=focusing_id, level=level)
    return (*found, box) if found and box in levels.WRITTEN[level] else None


# --- a card that both have open ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pulse:
    """How things stand in a focusing of two, in few numbers: `token` changes with everything that a card shows."""

    parts: frozenset[Part]
    token: str

    @property
    def is_one_of_two(self) -> bool:
        return bool(self.parts & {Part.GUIDE, Part.COVERING, Part.PARTICIPANT})


def pulse_for(actor: Person, *, journey_id: UUID, focusing_id: UUID, level: str) -> tuple[Pulse] | None:
    """The door's find for a look at a card. Two queries; one's own focusing has nothing to look for."""
    members = JourneyMember.objects.filter(
        with_a_part(now()), journey=journey_id, person=actor, journey__organisation=actor.organisation_id
    )
    parts = frozenset(Part(part) for part in members.values_list("part", flat=True))
    token = token_of(journey_id, focusing_id) if parts and level in levels.NUMBER_OF else ""
    return (Pulse(parts, token),) if token else None


def token_of(journey_id: UUID, focusing_id: UUID) -> str:
    """One query; "" for a focusing that is not the two people's. What was entered in error changes it, too."""
    written = Words.objects.filter(subject_id=focusing_id, place__in=levels.PLACES).order_by()
    versions = written.values("subject_id").annotate(found=Sum("version")).values("found")
    acts = FocusingAct.objects.filter(focusing=focusing_id, step__entered_in_error_at=None).order_by()
    counted = acts.values("focusing").annotate(found=Count("pk")).values("found")
    rows = Focusing.objects.filter(journey=journey_id, id=focusing_id, together=True)
    hidden = issue_in_error("issue")
    row = rows.values_list("version", Subquery(versions), Subquery(counted), hidden).first()
    return ".".join(str(int(number or 0)) for number in row) if row else ""


def beside_steps(journey_ids: Sequence[UUID]) -> Iterator[tuple[UUID, str]]:
    """What stands beside steps in the plans of journeys, opened: whose help, what may get in the way, how one sees it.

    It is the plan's, read by both; it tells of no focusing. One query.
    """
    standing = FocusingAct.objects.filter(step__entered_in_error_at=None)
    rows = standing.filter(step__journey__in=journey_ids).select_related("step")
    for act in rows.order_by("-created_at", "-id"):
        for text in (act.support, act.obstacle, act.success_sign):
            yield act.step.journey_id, str(text)
