"""What is done in the house whose worker is killed. Run as a program beside it: `python -m tests.killed.application make`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import django

MEETINGS = 16
MINUTES = 15
HOUR = dt.timedelta(hours=1)
BEFORE_QUIET, AFTER_QUIET = 14, 15
QUIET = {BEFORE_QUIET: dt.timedelta(minutes=65), AFTER_QUIET: 2 * HOUR}
"""Two who have quiet hours, from so long after the house opened until five hours after."""


def starts_of(opened: dt.datetime) -> list[dt.datetime]:
    """A day ahead and a little: their reminders fall due one after the other within the next hours."""
    first = opened + dt.timedelta(days=1, minutes=10)
    return [first + dt.timedelta(minutes=MINUTES * number) for number in range(MEETINGS)]


def make(opened: dt.datetime) -> None:
    """A guide and those who come, each with a meeting that was booked three days ago."""
    from alongside.journeys.queries import seat_for
    from alongside.kernel import clock
    from alongside.people.models import Organisation
    from alongside.rooms.environment.actions import PlaceWords, book_meeting, make_place
    from tests.cast import Cast, person

    organisation = Organisation.objects.create(name="Riverside House")
    guide = person(organisation, "Gwen Guide", is_guide=True)
    quick = dict.fromkeys(("supporter", "colleague", "lead", "administrator", "stranger"), guide)
    cast = Cast(organisation=organisation, guide=guide, participant=guide, **quick)
    remind(guide)
    with clock.at(opened - dt.timedelta(days=3)):
        place = make_place(words=PlaceWords(kind="room", name="Quiet room"), by=guide)
        for number, start in enumerate(starts_of(opened)):
            cast.participant = person(organisation, f"Person{number:02d} Comes", account=False)
            cast.participant.email = f"person{number:02d}@example.org"
            cast.participant.save()
            if number in QUIET:
                remind(cast.participant, quiet=(opened + QUIET[number], opened + 5 * HOUR))
            cast.supporter = person(organisation, f"Aside{number:02d} Sits", account=False)
            journey = cast.journey()
            seat = seat_for(guide, journey_id=journey.id)
            assert seat
            book_meeting(place=place, starts_at=start, minutes=MINUTES, by=seat[0])


def remind(who: Any, quiet: tuple[dt.datetime, dt.datetime] | None = None) -> None:
    """A day before, by the clocks of Greenwich."""
    from alongside.rooms.environment.actions.reminders import choose_emails

    who.time_zone = "UTC"
    who.save()
    wall = [at.time().replace(second=0, microsecond=0) for at in quiet] if quiet else [None, None]
    choose_emails(
        title="plain",
        own_title="",
        shows_place=False,
        reminders=[1440],
        quiet_from=wall[0],
        quiet_until=wall[1],
        by=who,
    )


def move(number: int, hours: int) -> None:
    from alongside.rooms.environment.actions import move_meeting

    seat, meeting = find(number)
    later = meeting.starts_at + dt.timedelta(hours=hours)
    move_meeting(meeting=meeting, place=meeting.place, starts_at=later, minutes=MINUTES, by=seat)


def cancel(number: int) -> None:
    from alongside.rooms.environment.actions import cancel_meeting

    seat, meeting = find(number)
    cancel_meeting(meeting=meeting, by=seat)


def find(number: int) -> tuple[Any, Any]:
    from alongside.journeys.models import JourneyMember
    from alongside.people.models import Person
    from alongside.rooms.environment.models import Meeting
    from alongside.rooms.environment.queries import meeting_for

    person = Person.objects.get(email=f"person{number:02d}@example.org")
    journey = JourneyMember.objects.get(person=person).journey
    meeting = Meeting.objects.get(journey=journey)
    found = meeting_for(Person.objects.get(is_guide=True), journey_id=journey.id, meeting_id=meeting.id)
    assert found
    return found


def address_of_the_guide() -> str:
    from alongside.people.models import Person

    return Person.objects.values_list("email", flat=True).get(is_guide=True)


def left() -> dict[str, int]:
    """What is still to be done: letters neither posted nor given up, tasks neither done nor waiting for later."""
    from django_tasks_db.models import DBTaskResult

    from alongside.rooms.environment.models import MeetingEmail

    letters = MeetingEmail.objects.filter(posted_at=None)
    return {
        "letters": letters.count(),
        "outdated": sum(one.sequence != one.meeting.sequence for one in letters.select_related("meeting")),
        "tasks": DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).count(),
        "failed": DBTaskResult.objects.filter(status="FAILED").count(),
    }


if __name__ == "__main__":
    django.setup()
    action, *said = sys.argv[1:]
    if action == "make":
        make(dt.datetime.fromisoformat(said[0]))
    elif action == "left":
        json.dump(left(), sys.stdout)
    elif action == "guide":
        sys.stdout.write(address_of_the_guide())
    else:
        {"move": move, "cancel": cancel}[action](*map(int, said))
