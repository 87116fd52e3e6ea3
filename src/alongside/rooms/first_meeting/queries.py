"""Questions about the first meeting. Reading starts at the seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from alongside.goals.models import Reading, Target, TargetWording
from alongside.goals.queries import (
    ReadingFacts,
    needs_of,
    steps_of,
    targets_of,
)
from alongside.goals.safety.plan import SafetyPlan, plan_field
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.journeys import words as writing
from alongside.journeys.models import Journey, Words
from alongside.journeys.seat import Seat
from alongside.kernel.encryption import unseal
from alongside.rooms.environment.queries import MeetingFacts, meeting_by_number

from . import boxes
from .models import (
    Acceptance,
    AgreementStateRecord,
    AgreementText,
    AgreementVersion,
    Picture,
    PictureEntry,
    Preparation,
    WithoutPicture,
)
from .states import LIVING, AgreementState, Moment, Side

# --- the agreement -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of the agreement, with all versions of the journey beside it, newest first."""

    version: AgreementVersion
    versions: tuple[AgreementVersion, ...]

    @property
    def state(self) -> AgreementState:
        return AgreementState(self.version.state)  # type: ignore[attr-defined]

    @property
    def sides(self) -> frozenset[str]:
        """Whose yes it has."""
        said = {
            Side.GUIDE: self.version.guide_said_yes,  # type: ignore[attr-defined]
            Side.PARTICIPANT: self.version.participant_said_yes,  # type: ignore[attr-defined]
        }
        return frozenset(side for side, yes in said.items() if yes)

    @property
    def is_newest(self) -> bool:
        return self.version.number == self.versions[0].number

    def beside(self, number: str) -> AgreementVersion | None:
        """The version asked for to lay beside this one; without a number the one before it, else any other."""
        others = [each for each in self.versions if each.number != self.version.number]
        asked = (each for each in others if str(each.number) == number)
        before = (each for each in others if each.number < self.version.number)
        return next(asked, None) or next(before, None) or next(iter(others), None)

    @property
    def in_force(self) -> AgreementVersion | None:
        return next((each for each in self.versions if each.state == AgreementState.IN_FORCE), None)  # type: ignore[attr-defined]


def _latest_state(column: str = "state") -> Subquery:
    records = AgreementStateRecord.objects.filter(version=OuterRef("pk")).order_by("-created_at", "-id")
    return Subquery(records.values(column)[:1])


def _versions(**whose: Any) -> QuerySet[AgreementVersion]:
    def said(side: Side) -> Exists:
        return Exists(Acceptance.objects.filter(version=OuterRef("pk"), side=side))

    return AgreementVersion.objects.filter(**whose).annotate(
        state=_latest_state(),
        entered_at=_latest_state("created_at"),
        guide_said_yes=said(Side.GUIDE),
        participant_said_yes=said(Side.PARTICIPANT),
    )


def versions_of(seat: Seat) -> tuple[AgreementVersion, ...]:
    """Every version with its `state` and the moment it was entered, newest first. One query."""
    return tuple(_versions(journey=seat.journey).order_by("-number"))


def agreement_in_force(seat: Seat) -> AgreementVersion | None:
    found = _versions(journey=seat.journey).filter(state=AgreementState.IN_FORCE)
    return found.order_by("-number").first()


def journeys_with_agreement(journey_ids: list[UUID]) -> set[UUID]:
    """Which of several journeys have an agreement in force. One query."""
    found = AgreementVersion.objects.filter(journey_id__in=journey_ids).annotate(state=_latest_state())
    return set(found.filter(state=AgreementState.IN_FORCE).values_list("journey_id", flat=True))


def newest_version(seat: Seat) -> AgreementVersion | None:
    return _versions(journey=seat.journey).order_by("-number").first()


def agreement_of(seat: Seat, number: int | None = None) -> Agreement | None:
    """One version, or without a number the newest that lives, as it is on the table now."""
    versions = versions_of(seat)
    if number is None:
        living = (each for each in versions if each.state in LIVING)  # type: ignore[attr-defined]
        shown = next(living, versions[0] if versions else None)
    else:
        shown = next((each for each in versions if each.number == number), None)
    return Agreement(shown, versions) if shown else None


def acceptances_of(version: AgreementVersion) -> list[Acceptance]:
    return list(Acceptance.objects.filter(version=version).order_by("created_at", "id"))


def sections_of(seat: Seat, version: AgreementVersion) -> dict[str, Words]:
    """The words of each section that has been begun, by its key."""
    found = writing.read(seat, boxes.AGREEMENT, version.id)
    return {box: words for (box, author), words in found.items() if author is None}


def section_texts(seat: Seat, version: AgreementVersion) -> dict[str, str]:
    return {key: str(words.text) for key, words in sections_of(seat, version).items()}


def safety_plan(seat: Seat) -> SafetyPlan:
    """What the agreement in force says about a hard moment, field by field: signs, what helps, whom to call."""
    asked = [section for section in seat.kind.agreement if "risk_plan" in section.covers]
    version = agreement_in_force(seat) if asked else None
    written = sections_of(seat, version) if version else {}
    return tuple(
        plan_field(section, written[section.key].text)
        for section in asked
        if section.key in written and written[section.key].text.strip()
    )


def texts_of(organisation_id: UUID, kind: str, template: str) -> dict[str, AgreementText]:
    """The newest text an organisation has for each section of a template, also where it gave one back."""
    rows = AgreementText.objects.filter(organisation_id=organisation_id, kind=kind, template=template)
    return {row.section: row for row in rows.order_by("created_at", "id")}


def late_words_of(seat: Seat, version: AgreementVersion) -> dict[str, Words]:
    """What this person was still typing in a section when it had been proposed, by section."""
    found = writing.read(seat, boxes.LATE, version.id)
    return {box: words for (box, author), words in found.items() if author == seat.actor.id and words.text}


# --- the pictures ------------------------------------------------------------------------------------------


class Entry(NamedTuple):
    rating: int
    words: str


@dataclass(frozen=True, slots=True)
class PictureFacts:
    id: UUID
    moment: Moment
    taken_at: dt.datetime
    taken_by_id: UUID
    entries: dict[UUID, Entry]
    """By the id of the need."""


def pictures_of(seat: Seat) -> list[PictureFacts]:
    """Every picture taken in a journey, oldest first; a start comes before all others. One query."""
    return _pictures(Picture.objects.filter(journey=seat.journey))


def starting_picture(seat: Seat) -> PictureFacts | None:
    found = _pictures(Picture.objects.filter(journey=seat.journey, moment=Moment.START))
    return found[0] if found else None


def _pictures(pictures: QuerySet[Picture]) -> list[PictureFacts]:
    columns = (
        "id",
        "moment",
        "taken_at",
        "taken_by_id",
        "entries__id",
        "entries__need_id",
        "entries__rating",
        "entries__words",
    )
    found: dict[UUID, PictureFacts] = {}
    for row in pictures.order_by("taken_at", "id", "entries__id").values_list(*columns):
        facts = found.setdefault(row[0], PictureFacts(row[0], Moment(row[1]), row[2], row[3], {}))
        if row[4]:
            said = unseal(PictureEntry, "words", row[4], row[7]) if row[7] else ""
            facts.entries[row[5]] = Entry(row[6], said)
    return sorted(found.values(), key=lambda facts: facts.moment != Moment.START)


def reason_without_picture(seat: Seat) -> WithoutPicture | None:
    """Why the two went on without a whole starting picture, as last said."""
    said = WithoutPicture.objects.filter(journey=seat.journey).select_related("by")
    return said.order_by("-created_at", "-id").first()


# --- what is done and what is left -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """How far the two are in this room. Numbers and moments only."""

    guide_sent_at: dt.datetime | None
    participant_sent_at: dt.datetime | None
    needs: int
    rated_needs: int
    targets: int
    steps: int
    goes_on_without_picture: bool
    picture_is_fixed: bool
    newest_number: int | None
    newest_state: AgreementState | None
    in_force_number: int | None
    yes_of_guide: int | None
    """The highest version the guide has said yes to."""
    yes_of_participant: int | None

    @property
    def picture_is_whole(self) -> bool:
        return 0 < self.needs <= self.rated_needs

    def sent_at(self, seat: Seat) -> dt.datetime | None:
        """When this person sent their own preparation."""
        return self.participant_sent_at if seat.is_participant else self.guide_sent_at

    def other_sent_at(self, seat: Seat) -> dt.datetime | None:
        return self.guide_sent_at if seat.is_participant else self.participant_sent_at

    def has_said_yes(self, seat: Seat) -> bool:
        """Whether this person's side has accepted the newest version."""
        yes = self.yes_of_participant if seat.is_participant else self.yes_of_guide
        return yes is not None and yes == self.newest_number


class _HowMany(Subquery):
    """How many rows a query has, asked inside another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def room_facts(seat: Seat) -> RoomFacts:
    """All of it in one query."""
    journey = {"journey": seat.journey}
    kept = needs_of(seat).exclude(state=NeedState.LET_GO).order_by()
    start = PictureEntry.objects.filter(picture__journey=seat.journey, picture__moment=Moment.START)
    versions = AgreementVersion.objects.filter(**journey).annotate(state=_latest_state()).order_by("-number")
    ours = versions.filter(state=AgreementState.IN_FORCE)
    living = versions.filter(state__in=LIVING)
    asked = {
        "guide_sent": _sent(seat, seat.guide.person.id),
        "participant_sent": _sent(seat, seat.participant.person.id),
        "needs": _HowMany(kept.values("pk")),
        "rated": _HowMany(kept.filter(Exists(start.filter(need=OuterRef("pk")))).values("pk")),
        "targets": _HowMany(targets_of(seat).exclude(state=TargetState.LET_GO).order_by().values("pk")),
        "steps": _HowMany(steps_of(seat).exclude(state=StepState.DROPPED).order_by().values("pk")),
        "without": Exists(WithoutPicture.objects.filter(**journey)),
        "later_picture": Exists(Picture.objects.filter(**journey, moment=Moment.NOW)),
        # brought along from an earlier journey: the very first picture stays what it was
        "brought": Exists(Picture.objects.filter(**journey, taken_at__lt=OuterRef("created_at"))),
        "accepted_here": Exists(ours.filter(made_elsewhere_on=None)),
        "newest_number": Subquery(living.values("number")[:1]),
        "newest_state": Subquery(living.values("state")[:1]),
        "in_force": Subquery(ours.values("number")[:1]),
        "yes_guide": _yes(seat, Side.GUIDE),
        "yes_participant": _yes(seat, Side.PARTICIPANT),
    }
    found = Journey.objects.filter(id=seat.journey.id).annotate(**asked).values(*asked).get()
    return RoomFacts(
        guide_sent_at=found["guide_sent"],
        participant_sent_at=found["participant_sent"],
        needs=found["needs"],
        rated_needs=found["rated"],
        targets=found["targets"],
        steps=found["steps"],
        goes_on_without_picture=found["without"],
        picture_is_fixed=found["accepted_here"] or found["later_picture"] or found["brought"],
        newest_number=found["newest_number"],
        newest_state=AgreementState(found["newest_state"]) if found["newest_state"] else None,
        in_force_number=found["in_force"],
        yes_of_guide=found["yes_guide"],
        yes_of_participant=found["yes_participant"],
    )


def _sent(seat: Seat, person_id: UUID) -> Subquery:
    return Subquery(
        Preparation.objects.filter(journey=seat.journey, person_id=person_id).values("sent_at")[:1]
    )


def _yes(seat: Seat, side: Side) -> Subquery:
    given = Acceptance.objects.filter(version__journey=seat.journey, side=side).order_by("-version__number")
    return Subquery(given.values("version__number")[:1])


def preparation_words(seat: Seat) -> dict[tuple[str, UUID | None], Words]:
    """The answers this person may read: their own, those the other has sent, those written together."""
    return writing.read(seat, boxes.PREPARATION, seat.journey.id)


def notes(seat: Seat) -> dict[tuple[str, UUID | None], Words]:
    return writing.read(seat, boxes.NOTES, seat.journey.id)


def has_prepared_words(seat: Seat) -> bool:
    own = Words.objects.filter(
        journey=seat.journey, place=boxes.PREPARATION, subject_id=seat.journey.id, author=seat.actor
    )
    return any(words.text.strip() for words in own)


@dataclass(frozen=True, slots=True)
class WordedTarget:
    """A target in its present wording, without readings."""

    target: Target
    wording: TargetWording


def worded_targets(seat: Seat) -> list[WordedTarget]:
    """Every target of the journey with its state and present wording, in order. One query."""
    newer = TargetWording.objects.filter(target=OuterRef("target"), number__gt=OuterRef("number"))
    states = targets_of(seat).filter(pk=OuterRef("target")).order_by()
    rows = (
        TargetWording.objects.filter(~Exists(newer), target__journey=seat.journey)
        .annotate(target_state=Subquery(states.values("state")[:1]))
        .select_related("target")
        .order_by("target__position", "target__created_at", "target_id")
    )
    found = []
    for wording in rows:
        wording.target.state = wording.target_state  # type: ignore[attr-defined]
        found.append(WordedTarget(wording.target, wording))
    return found


# --- one target --------------------------------------------------------------------------------------------


def readings_of(target: Target) -> list[ReadingFacts]:
    """Every reading of a target under all its wordings, oldest first, withdrawn ones left out."""
    rows = Reading.objects.filter(target=target, withdrawn_at=None).order_by("taken_on", "id")
    columns = ("id", "value", "taken_on", "source", "wording_id", "meeting_number")
    return [ReadingFacts(*row) for row in rows.values_list(*columns)]


def first_meeting_of(seat: Seat) -> MeetingFacts | None:
    """The booking of the first meeting here: of a journey begun at meeting n, the n-th."""
    return meeting_by_number(seat, seat.journey.first_number)
