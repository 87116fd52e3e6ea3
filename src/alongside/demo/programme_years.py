"""Two years of figures for the demo's lead: made-up courses, counted and published as real ones are.

The courses are facts alone and lie in no database, so that furnishing stays quick; from their facts on, everything is what
happens each night. No made-up person stands behind any of them.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from alongside.goals.measuring.models import AskedWhen
from alongside.goals.measuring.schedule import Asked
from alongside.people.models import Person
from alongside.programmes.actions import ProgrammeDetails, add_programme
from alongside.programmes.figures.definition import counts_of
from alongside.programmes.models import Programme, ProgrammeMember, ProgrammeRole
from alongside.programmes.publishing import replace_cells
from alongside.programmes.star.facts import JourneyFacts, MeetingFacts
from alongside.programmes.star.making import tables_of
from alongside.programmes.star.months import last_complete

MONTHS = 30
"""So long ago the first of them began; figures of the last two years then have journeys of every age."""


@dataclass(frozen=True)
class Years:
    """A programme as it went: how many began a month, how they met, and how well it has been looked after."""

    name: str
    site: str
    kind: str
    begun: int
    """A month."""
    every_days: int
    meetings: int
    guides: tuple[str, ...]
    good: float
    """How likely things go as they should, at the end of the two years."""
    better: float
    """By how much that has become likelier since their beginning."""


ALL = (
    Years("Placements at Larkfield", "Larkfield", "supervision", 26, 14, 9, ("supervisor",), 0.9, 0.3),
    Years("Placements at Millbrook", "Millbrook", "supervision", 21, 14, 9, (), 0.74, 0.08),
    Years("Mentoring at work", "Larkfield", "mentoring", 17, 28, 8, ("mentor",), 0.82, 0.2),
    Years("Talking therapies", "Millbrook", "treatment", 34, 7, 8, ("clinician",), 0.84, 0.25),
)


def add_programmes(people: dict[str, Person], today: dt.date) -> list[Programme]:
    """The programmes with their people, and what may be shown of two years of them."""
    chance = random.Random(2026)  # noqa: S311 - made-up courses, the same in every demo
    made, facts = [], []
    for years in ALL:
        details = ProgrammeDetails(
            name=years.name,
            site=years.site,
            kinds=[years.kind],
            begins_on=dt.date(today.year - 3, 9, 1),
        )
        programme = add_programme(details=details, by=people["lead"])
        ProgrammeMember.objects.bulk_create(
            ProgrammeMember(
                programme=programme, person=people[slug], role=ProgrammeRole.GUIDE, by=people["administrator"]
            )
            for slug in years.guides
        )
        made.append(programme)
        facts += list(_courses(chance, years, programme, today))
    replace_cells(counts=counts_of(tables_of(facts, last=last_complete(today))), by=None)
    return made


def _courses(
    chance: random.Random, years: Years, programme: Programme, today: dt.date
) -> Iterator[JourneyFacts]:
    for number in range(MONTHS * years.begun):
        begun = today - dt.timedelta(days=round(MONTHS * 30.4) - number * 30.4 / years.begun)
        yield _course(chance, years, programme, begun, number / (MONTHS * years.begun))


def _course(
    chance: random.Random, years: Years, programme: Programme, begun: dt.date, age: float
) -> JourneyFacts:
    """One course; `age` runs from 0, the first that began, to 1, the latest."""
    good = years.good - years.better * (1 - age)

    def goes_well(more: float = 0.0) -> bool:
        return chance.random() < good + more

    facts = JourneyFacts(
        f"{programme.id.hex}-{begun}-{age}",
        programme.organisation_id.hex,
        years.kind,
        years.every_days,
        begun,
    )
    if years.kind == "treatment":
        facts.asked.append((begun, Asked("phq-9", AskedWhen.EACH)))
    facts.placements.append((begun, programme.id.hex))
    facts.states.append((begun, "preparing"))
    first = begun + dt.timedelta(days=chance.randint(6, 27) if goes_well(0.08) else chance.randint(29, 50))
    _meet(chance, years, facts, first, good)
    agreed_on = first + dt.timedelta(days=chance.randint(0, 14) if goes_well() else chance.randint(40, 120))
    facts.versions[1] = (years.every_days, agreed_on + dt.timedelta(days=91))
    facts.agreements.append((agreed_on, 1, "in_force"))
    if goes_well(-0.2):
        facts.agreements.append((agreed_on + dt.timedelta(days=chance.randint(70, 91)), 2, "proposed"))
    facts.states.append((agreed_on, "active"))
    facts.preparations = [first - dt.timedelta(days=2) for _side in range(2) if goes_well(0.05)]
    _review(chance, facts, first, good)
    over = _end(chance, years, facts, good)
    facts.states = sorted(state for state in facts.states if state[0] <= over)
    facts.agreements = sorted(agreement for agreement in facts.agreements if agreement[0] <= over)
    return facts


def _meet(chance: random.Random, years: Years, facts: JourneyFacts, first: dt.date, good: float) -> None:
    """Meetings in their rhythm, some later than agreed, some missed or called off."""
    on, number = first, 0
    while number < years.meetings:
        state = chance.choices(("held", "missed", "cancelled"), (88, 17 - 14 * good, 5))[0]
        meeting = MeetingFacts(on, on - dt.timedelta(days=10), None, state, on)
        if state == "held":
            number += 1
            meeting.number = number
            if chance.random() < 0.8:
                meeting.protected = chance.random() < good
            if number > 1 and chance.random() < good - 0.05:
                facts.matters[number] = on - dt.timedelta(days=1)
            if chance.random() < good:
                facts.measured.append(on)
                facts.submitted.setdefault("phq-9", []).append(on)
        facts.meetings.append(meeting)
        late = 1.0 if chance.random() < good + 0.1 else chance.uniform(1.4, 3)
        on += dt.timedelta(days=round(years.every_days * late))
    facts.goals = chance.randint(1, 3)
    facts.goals_reached = sum(chance.random() < good - 0.2 for _goal in range(facts.goals))


def _review(chance: random.Random, facts: JourneyFacts, first: dt.date, good: float) -> None:
    if chance.random() < 0.75:
        raised = first + dt.timedelta(days=chance.randint(20, 100))
        decided = chance.randint(0, 7) if chance.random() < good else chance.randint(9, 30)
        facts.suggestions.append((raised, raised + dt.timedelta(days=decided)))


def _end(chance: random.Random, years: Years, facts: JourneyFacts, good: float) -> dt.date:
    """How it ended; the day on which it did."""
    last = max(meeting.on for meeting in facts.meetings)
    over = last + dt.timedelta(days=chance.randint(0, 10))
    early = chance.random() < 0.28 - 0.15 * good
    if early:
        kept = facts.meetings[: max(2, len(facts.meetings) // 2)]
        facts.meetings, over = kept, kept[-1].on + dt.timedelta(days=3)
    facts.states.append((over, "ended_early" if early else "completed"))
    facts.ending_closed = chance.random() < good + 0.12
    facts.support = chance.random() < good + 0.08
    facts.taken_along = chance.random() < good + 0.15
    asked = over + dt.timedelta(days=90)
    answered = asked + dt.timedelta(days=chance.randint(0, 20))
    facts.follow_ups.append((asked, answered if chance.random() < good - 0.15 else None))
    if years.kind == "treatment" and chance.random() < 0.95:
        _score(chance, facts, over, good)
    return over


def _score(chance: random.Random, facts: JourneyFacts, over: dt.date, good: float) -> None:
    """First and last scores as services have them: most were a case, and about half of these recover."""
    begins = facts.created_on + dt.timedelta(days=3)
    recovers = chance.random() < good - 0.27
    for key, cutoff, worst in (("phq-9", 10, 27), ("gad-7", 8, 21)):
        first = chance.randint(cutoff - 2, worst - 4)
        last = (
            chance.randint(1, cutoff - 1) if recovers else min(worst, max(0, first + chance.randint(-8, 5)))
        )
        facts.scores[key] = [(begins, Decimal(first)), (over, Decimal(last))]
