"""About cases. On the guide's side they start at the guide, on the supervision's at its table, which knows no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, UUIDField
from django.utils import timezone

from alongside.goals.measuring.queries import tracked
from alongside.goals.queries import goals_of
from alongside.journeys import visibility
from alongside.journeys.models import JourneyMember, Words
from alongside.journeys.queries import seat_for, seats_of
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.prepared import Prepared
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting, MeetingTime

from ..focusing.models import FocusingAct
from ..record.in_error import issue_in_error
from ..record.models import IssueStateRecord
from ..record.queries import Table, is_closed, table_for
from ..record.states import IssueState
from . import boxes
from .content import Content, Draft, build, content_from, draft_from
from .deidentification import Hit, Known, hits, reworded
from .hints import About, hints
from .models import Case, CaseStateRecord, TakenCase, TakenStateRecord
from .states import AgeBand, CaseState, TakenState

# --- where a case could go --------------------------------------------------------------------------------------


def supervisions_of(seat: Seat) -> list[Seat]:
    """The journeys in which the guide is supervised themselves and could bring a case out of this one.

    Not one at whose table somebody of this journey sits: they would know at once who it is about.
    """
    here = {member.person.id for member in seat.members} - {seat.actor.id}
    return [
        other
        for other in seats_of(seat.actor)
        if other.journey.id != seat.journey.id
        and other.kind.hears_cases
        and other.is_participant
        and other.state in (JourneyState.ACTIVE, JourneyState.ENDING)
        and not here & {member.person.id for member in other.members}
    ]


def supervision_for(seat: Seat, journey_id: UUID | None) -> Seat | None:
    return next((one for one in supervisions_of(seat) if one.journey.id == journey_id), None)


# --- what must not leave ----------------------------------------------------------------------------------------


def known_of(seat: Seat, also_called: str = "") -> Known:
    """Everything of this journey that would give somebody away: people (also those who have left), days, places.

    The guide's own name is known where the case goes.
    """
    people = JourneyMember.objects.filter(journey=seat.journey).exclude(person=seat.actor)
    others = {row.person_id: row.person for row in people.select_related("person")}.values()
    meetings = list(Meeting.objects.filter(journey=seat.journey).select_related("place"))
    moved = list(MeetingTime.objects.filter(meeting__journey=seat.journey).select_related("place"))
    places = {one.place.id: one.place for one in meetings} | {one.place.id: one.place for one in moved}
    days = {one.starts_at for one in meetings} | {one.starts_at for one in moved}
    # what was entered for an earlier case of this journey is looked for in each one after it
    earlier = [str(one.also_called) for one in TakenCase.objects.filter(journey=seat.journey)]
    named = ",".join([also_called, *earlier]).replace("\n", ",").split(",")
    called = tuple(dict.fromkeys(name.strip() for name in named if name.strip()))
    emails = {
        address for one in others for address in (one.email, one.user.email if one.user else "") if address
    }
    return Known(
        names=tuple(str(one.name) for one in others),
        called=called,
        emails=tuple(sorted(emails)),
        days=tuple({timezone.localtime(moment).date() for moment in days}),
        places=tuple(f"{place.name}\n{place.details}" for place in places.values()),
        service=seat.journey.organisation.name,
    )


def leaks_in(draft: Draft, known: Known) -> dict[str, tuple[Hit, ...]]:
    """What would give somebody away in a draft, by the field it was typed in; only fields with something in them."""
    found = {name: hits(text, known) for name, text in draft.texts().items()}
    return {name: each for name, each in found.items() if each}


def questions_in(draft: Draft) -> tuple[tuple[str, About], ...]:
    """What could give somebody away though it names nobody: the words, and what to ask oneself about them. Each once."""
    found = [(text[one.start : one.end], one.about) for text in draft.texts().values() for one in hints(text)]
    return tuple({words.lower(): (words, about) for words, about in reversed(found)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A target as the two agreed on it: what it is called, and every wording that must not be copied."""

    difference: str
    words: tuple[str, ...]


def agreed_words(seat: Seat) -> dict[str, Agreed]:
    """The targets that are worked on, by id, with everything that was written of them and of their need."""
    found = {}
    for need in goals_of(seat).needs:
        for target in need.targets:
            wording = target.wording
            words = (
                wording.difference,
                wording.why,
                wording.how_we_will_know,
                need.statement,
                *wording.levels,
            )
            found[str(target.id)] = Agreed(wording.difference, tuple(str(one) for one in words if one))
    return found


def copied_in(draft: Draft, agreed: Mapping[str, Agreed]) -> list[str]:
    """The targets whose own words are not the guide's own."""
    return [
        key
        for key, words in draft.targets.items()
        if key in agreed and not reworded(words, agreed[key].words)
    ]


def built(seat: Seat, making: TakenCase) -> Content:
    """A case in the making as it would be read today."""
    found = tracked(seat)
    return build(
        draft_of(making),
        kind=str(seat.kind.name),
        age=str(AgeBand(making.age_band).label) if making.age_band else "",
        measures=[each.facts for each in found.track_summary.measures],
        findings=[alert.finding for alert in found.alerts],
    )


# --- the guide's own side ---------------------------------------------------------------------------------------


def _latest(rows: QuerySet, noun: str, column: str, of: str = "pk", **more: Any) -> Subquery:
    ordered = rows.filter(**{noun: OuterRef(of)}).order_by("-created_at", "-id")
    return Subquery(ordered.values(column)[:1], **more)


def _own(seat: Seat) -> QuerySet[TakenCase]:
    mine = TakenCase.objects.filter(visibility.readable_by_author(seat.actor.id), journey=seat.journey)
    case = CaseStateRecord.objects.all()
    return mine.select_related("case", "journey").annotate(
        state=_latest(TakenStateRecord.objects.all(), "taken", "state"),
        case_state=_latest(case, "case", "state", of="case"),
        case_since=_latest(case, "case", "created_at", of="case"),
        # a key read through a subquery is plain text on SQLite unless one says what it is
        issue=_latest(case.exclude(issue=None), "case", "issue", of="case", output_field=UUIDField()),
    )


def in_the_making(seat: Seat) -> TakenCase | None:
    """The guide's own case out of this journey that is not on an agenda yet."""
    return _own(seat).filter(case=None).first()


def draft_of(taken: TakenCase | None) -> Draft:
    return draft_from(str(taken.draft)) if taken else Draft()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case, for the guide alone: the words of it, and what they did with it."""

    taken: TakenCase
    content: Content
    case_state: CaseState
    since: dt.datetime
    words: str
    state: TakenState

    @property
    def is_to_do(self) -> bool:
        return bool(self.words) and self.state == TakenState.TO_DO and self.case_state != CaseState.WITHDRAWN


def outcomes_of(seat: Seat) -> list[Outcome]:
    """The guide's own cases out of this journey, newest first, with what came of each. Three queries, one without any."""
    rows = list(_own(seat).exclude(case=None).order_by("-created_at", "-id"))
    said = _said({row.case_id for row in rows}) if rows else {}
    issues = _became({row.issue for row in rows if row.issue})  # type: ignore[attr-defined]
    return [_outcome(row, said, issues) for row in rows]


def _outcome(row: TakenCase, said: dict, issues: dict) -> Outcome:
    assert row.case
    words = said.get(row.case_id, "") or issues.get(row.issue, "")  # type: ignore[attr-defined]
    return Outcome(
        taken=row,
        content=content_from(str(row.case.content)),
        case_state=CaseState(row.case_state),  # type: ignore[attr-defined]
        since=row.case_since,  # type: ignore[attr-defined]
        words=words,
        state=TakenState(row.state),  # type: ignore[attr-defined]
    )


def _said(case_ids: set) -> dict[UUID, str]:
    """What was said to have come of each case, the latest words of each."""
    rows = CaseStateRecord.objects.filter(case__in=case_ids, state=CaseState.SETTLED)
    return {row.case_id: str(row.word) for row in rows.order_by("created_at", "id")}


def _became(issue_ids: set) -> dict[UUID | None, str]:
    """What became of the issue a case was taken up as: the act of its focusing, a step, a need, or the word on it."""
    if not issue_ids:
        return {}
    track_summary = FocusingAct.objects.filter(step__entered_in_error_at=None)
    acts = track_summary.filter(focusing__issue__in=issue_ids).order_by("created_at", "id")
    found = {
        row.focusing.issue_id: str(row.step.text)
        for row in acts.select_related("focusing", "step")
        if row.focusing
    }
    rows = IssueStateRecord.objects.filter(issue__in=issue_ids).exclude(issue_in_error("issue"))
    settled = rows.exclude(state__in=(IssueState.RAISED, IssueState.FOCUSING))
    settled = settled.filter(step__entered_in_error_at=None)
    for row in settled.select_related("step", "need").order_by("created_at", "id"):
        found[row.issue_id] = str(row.step.text if row.step else row.need.statement if row.need else row.word)
    return found


def taken_in(seat: Seat, taken_id: UUID) -> TakenCase | None:
    """One of the guide's own cases out of this journey; nobody finds another's."""
    return _own(seat).filter(id=taken_id).exclude(case=None).first()


def taken_for(actor: Person, *, journey_id: UUID, taken_id: UUID) -> tuple[Seat, TakenCase] | None:
    found = seat_for(actor, journey_id=journey_id)
    taken = taken_in(found[0], taken_id) if found else None
    return (found[0], taken) if found and taken else None


def note_on(seat: Seat, taken: TakenCase) -> Words | None:
    """The guide's own note on what they brought back."""
    box = boxes.note(taken.id)
    rows = Words.objects.filter(
        visibility.readable(seat), place=box.place, subject_id=box.subject_id, box=box.name, author=seat.actor
    )
    return rows.first()


# --- on the supervision's table ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnTable:
    """A case as the two at the supervision's table see it in a list."""

    id: UUID
    number: int
    state: CaseState
    content: Content | None


def _on_table(journey_id: UUID) -> QuerySet:
    rows = Case.objects.filter(journey=journey_id)
    return rows.annotate(state=_latest(CaseStateRecord.objects.all(), "case", "state")).order_by("number")


def _waiting(journey_id: UUID) -> QuerySet:
    wanted = [CaseState.ON_AGENDA, CaseState.TAKEN_UP]
    return _on_table(journey_id).filter(state__in=wanted)


def _taken_up_in(record_id: UUID) -> QuerySet:
    there = CaseStateRecord.objects.filter(issue__record=record_id).values("case")
    state = _latest(CaseStateRecord.objects.all(), "case", "state")
    return Case.objects.filter(id__in=there).annotate(state=state).order_by("number")


_CASES, _WAITING, _TAKEN_UP_IN = Prepared(_on_table), Prepared(_waiting), Prepared(_taken_up_in)


def cases_of(seat: Seat) -> list[OnTable]:
    """Every case that was brought to this supervision, as far as it may be read. One query."""
    return [_listed(case) for case in _CASES.instances(seat.journey.id)]


def cases_waiting(seat: Seat) -> list[OnTable]:
    """The cases that are still to be talked about, oldest first; asked only where cases are heard. One query."""
    if not seat.kind.hears_cases:
        return []
    return [_listed(case) for case in _WAITING.instances(seat.journey.id)]


def cases_at(seat: Seat, table: Table) -> list[OnTable]:
    """What waits on the agenda of a meeting; once its record is closed, what was taken up in it. One query at most."""
    if table.record is None or not is_closed(table.record):
        return cases_waiting(seat)
    if not seat.kind.hears_cases:
        return []
    return [_listed(case) for case in _TAKEN_UP_IN.instances(table.record.id)]


def _listed(case: Case) -> OnTable:
    state = CaseState(case.state)  # type: ignore[attr-defined]
    return OnTable(case.id, case.number, state, readable_content(case))


def readable_content(case: Case) -> Content | None:
    """What may be read of a case: of a withdrawn one nothing, by nobody."""
    withdrawn = case.state == CaseState.WITHDRAWN  # type: ignore[attr-defined]
    return None if withdrawn else content_from(str(case.content))


def case_behind(seat: Seat, issue_id: UUID | None) -> UUID | None:
    """The case an issue of this supervision was taken up as; asked only where cases are heard. One query at most."""
    if issue_id is None or not seat.kind.hears_cases:
        return None
    rows = CaseStateRecord.objects.filter(issue=issue_id, case__journey=seat.journey)
    return rows.values_list("case", flat=True).first()


def case_in(seat: Seat, case_id: UUID) -> Case | None:
    rows = Case.objects.filter(journey=seat.journey, id=case_id)
    states = CaseStateRecord.objects.all()
    return rows.annotate(
        state=_latest(states, "case", "state"), since=_latest(states, "case", "created_at")
    ).first()


def case_for(actor: Person, *, journey_id: UUID, case_id: UUID) -> tuple[Seat, Case] | None:
    found = seat_for(actor, journey_id=journey_id)
    case = case_in(found[0], case_id) if found else None
    return (found[0], case) if found and case else None


def case_at_table(
    actor: Person, *, journey_id: UUID, number: int, case_id: UUID
) -> tuple[Seat, Table, Case] | None:
    found = table_for(actor, journey_id=journey_id, number=number)
    case = case_in(found[0], case_id) if found else None
    return (*found, case) if found and case else None


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """What became of a case: where it was taken up, what was said to have come of it."""

    taken_up_in: int | None
    said: str
    became: str


def history_of(case: Case) -> CaseHistory:
    rows = list(
        CaseStateRecord.objects.filter(case=case).select_related("issue__record").order_by("created_at", "id")
    )
    issue = next((row.issue for row in reversed(rows) if row.issue), None)
    said = next((str(row.word) for row in reversed(rows) if row.state == CaseState.SETTLED), "")
    became = _became({issue.id}).get(issue.id, "") if issue else ""
    return CaseHistory(issue.record.number if issue else None, said, became)


def case_of(taken: TakenCase) -> Case | None:
    """The guide's own case where it lies, with its state; the one way from the one row to the other."""
    if taken.case_id is None:
        return None
    rows = Case.objects.filter(id=taken.case_id).select_related("journey")
    return rows.annotate(state=_latest(CaseStateRecord.objects.all(), "case", "state")).first()
