"""What one has proposed and the other has not answered: an agreement, or needs, targets and wordings.

Whoever is asked is told by one email, some time after the last of several proposals made together: what is answered
meanwhile, as in a meeting in which the two sit beside each other, is told to nobody.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField

from alongside.goals.models import NeedStateRecord, TargetStateRecord
from alongside.goals.queries import proposed_needs, proposed_targets, proposed_wordings
from alongside.goals.states import NeedState, TargetState
from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import state_of_journey
from alongside.journeys.states import JourneyState, Part

from .models import Acceptance, AgreementStateRecord, AgreementVersion, Reminded, Reminder
from .reminder_schedule import TWO, members_to_write_to
from .states import WAITING, AgreementState, Side

QUIET_FOR = dt.timedelta(minutes=15)
"""So long nothing more was proposed: then those who are asked are told of all of it."""
AT_LATEST = dt.timedelta(hours=1)
"""Though more is still being proposed."""
NOT_AFTER = dt.timedelta(days=2)
"""What was proposed longer ago is on the page; an email about it now would come out of nowhere."""


class Proposal(NamedTuple):
    journey_id: UUID
    subject_id: UUID
    at: dt.datetime
    asked: Side
    is_agreement: bool = False


class ToTell(NamedTuple):
    """One person of one journey, and all that they are asked and were not told of."""

    person_id: UUID
    journey_id: UUID
    proposals: tuple[Proposal, ...]


def proposals_to_tell(now: dt.datetime) -> list[ToTell]:
    """Whom to tell of what at this moment. Six queries, however many there are."""
    found: dict[tuple[UUID, Side], list[Proposal]] = defaultdict(list)
    for each in standing_proposals(now - NOT_AFTER):
        found[each.journey_id, each.asked].append(each)
    if not found:
        return []
    ids = [each.subject_id for some in found.values() for each in some]
    told = set(
        Reminder.objects.filter(of=Reminded.PROPOSAL, subject_id__in=ids).values_list(
            "person_id", "subject_id"
        )
    )
    due = []
    members = members_to_write_to({journey_id for journey_id, _side in found}, now, TWO)
    for journey_id, person_id, part in members.values_list("journey_id", "person_id", "part"):
        side = Side.PARTICIPANT if part == Part.PARTICIPANT else Side.GUIDE
        new = [each for each in found[journey_id, side] if (person_id, each.subject_id) not in told]
        if new and _is_time(new, now):
            due.append(ToTell(person_id, journey_id, tuple(new)))
    return due


def _is_time(new: list[Proposal], now: dt.datetime) -> bool:
    moments = [each.at for each in new]
    return max(moments) <= now - QUIET_FOR or min(moments) <= now - AT_LATEST


def standing_proposals(since: dt.datetime, journey_id: UUID | None = None) -> list[Proposal]:
    """What was proposed since then and is not answered, in journeys that go on; of one of them where it is named.

    Each begins with what was entered since then: to ask of every proposal there ever was how it stands takes long.
    """
    return [*_agreements(since, journey_id), *_goals(since, journey_id)]


def _of(journey_id: UUID | None, through: str = "journey") -> Q:
    return Q(**{through: journey_id}) if journey_id else Q()


def _agreements(since: dt.datetime, journey_id: UUID | None) -> Iterator[Proposal]:
    records = AgreementStateRecord.objects.filter(version=OuterRef("pk")).order_by("-created_at", "-id")
    put = records.filter(state=AgreementState.PROPOSED)
    recent = AgreementStateRecord.objects.filter(
        _of(journey_id, "version__journey"), state=AgreementState.PROPOSED, created_at__gt=since
    )
    rows = AgreementVersion.objects.filter(id__in=recent.values("version")).annotate(
        state=Subquery(records.values("state")[:1]),
        put_at=Subquery(put.values("created_at")[:1]),
        # a foreign key comes out of SQLite as text, and would be nobody's
        put_by=Subquery(put.values("by")[:1], output_field=UUIDField()),
        journey_is=state_of_journey("journey"),
    )
    open_states = (JourneyState.PREPARING, JourneyState.ACTIVE, JourneyState.ENDING)
    rows = rows.filter(state__in=WAITING, put_at__gt=since, journey_is__in=open_states)
    found = list(rows.values_list("journey_id", "id", "put_at", "put_by"))
    said = set(
        Acceptance.objects.filter(version__in=[row[1] for row in found]).values_list("version_id", "side")
    )
    participants = _participants([row[0] for row in found])
    for journey, version, at, by in found:
        asked = Side.GUIDE if by == participants.get(journey) else Side.PARTICIPANT
        if (version, asked) not in said:
            yield Proposal(journey, version, at, asked, is_agreement=True)


def _goals(since: dt.datetime, journey_id: UUID | None) -> Iterator[Proposal]:
    """Only once it is under way: what is proposed before that is agreed with the agreement."""
    found = [*_rows(proposed_needs(), NeedStateRecord, "need", NeedState.PROPOSED, since, journey_id)]
    found += [
        *_rows(proposed_targets(), TargetStateRecord, "target", TargetState.PROPOSED, since, journey_id)
    ]
    wordings = proposed_wordings().filter(_of(journey_id, "target__journey"), created_at__gt=since)
    wordings = wordings.annotate(journey_is=state_of_journey("target__journey"))
    wordings = wordings.filter(journey_is=JourneyState.ACTIVE)
    found += wordings.values_list("target__journey_id", "id", "created_at", "by_id")
    participants = _participants([row[0] for row in found])
    for journey, subject, at, by in found:
        asked = Side.GUIDE if by == participants.get(journey) else Side.PARTICIPANT
        yield Proposal(journey, subject, at, asked)


def _rows(
    proposed: QuerySet, records: type, noun: str, state: str, since: dt.datetime, journey_id: UUID | None
) -> QuerySet:
    entered = records.objects.filter(**{noun: OuterRef("pk")}).order_by("-created_at", "-id")  # type: ignore[attr-defined]
    recent = records.objects.filter(  # type: ignore[attr-defined]
        _of(journey_id, f"{noun}__journey"), state=state, created_at__gt=since
    )
    rows = proposed.filter(id__in=recent.values(noun)).annotate(
        at=Subquery(entered.values("created_at")[:1]), journey_is=state_of_journey("journey")
    )
    rows = rows.filter(at__gt=since, journey_is=JourneyState.ACTIVE)
    return rows.values_list("journey_id", "id", "at", "proposed_by_id")


def _participants(journeys: list[UUID]) -> dict[UUID, UUID]:
    rows = JourneyMember.objects.filter(journey__in=journeys, part=Part.PARTICIPANT, left_at=None)
    return dict(rows.values_list("journey_id", "person_id"))
