"""What has been said to each matter of an ending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.kinds.shapes import Matter
from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.rooms.first_meeting.queries import sections_of, versions_of
from alongside.rooms.first_meeting.states import AgreementState

from ..record.models import Ending, Saying
from ..record.queries import Sayings, room_for
from ..record.states import Said

Written = Mapping[tuple[str, UUID | None], Words]


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """A matter, the words in its box, and who said that there is nothing to write. Words weigh more."""

    matter: Matter
    words: Words | None
    nothing: Saying | None

    @property
    def text(self) -> str:
        return str(self.words.text).strip() if self.words else ""

    @property
    def is_settled(self) -> bool:
        return bool(self.text or self.nothing)

    @property
    def is_missing(self) -> bool:
        return self.matter.required and not self.is_settled


def matters_of(seat: Seat, sayings: Sayings, written: Written) -> tuple[MatterFacts, ...]:
    return tuple(
        MatterFacts(
            matter,
            written.get((matter.key, None)),
            next((row for row in sayings.rows if row.said == Said.NOTHING and row.about == matter.key), None),
        )
        for matter in seat.kind.ending_matters
    )


def agreed_on_records(seat: Seat) -> str:
    """What the agreement says about records and how long they are kept: the one in force, or that ended with it."""
    held = (AgreementState.IN_FORCE, AgreementState.ENDED)
    version = next((each for each in versions_of(seat) if each.state in held), None)  # type: ignore[attr-defined]
    if version is None:
        return ""
    keys = [section.key for section in seat.kind.agreement if "records" in section.covers]
    sections = sections_of(seat, version)
    return "\n\n".join(str(sections[key].text) for key in keys if key in sections)


def matter_for(actor: Person, *, journey_id: UUID, matter: str) -> tuple[Seat, Ending | None, Matter] | None:
    found = room_for(actor, journey_id=journey_id)
    named = found[0].kind.matter(matter) if found else None
    return (*found, named) if found and named else None
