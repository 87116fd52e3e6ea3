"""When the guide is away, or gone: somebody covers for a time, or another guide goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.kernel.actions import action
from alongside.kernel.clock import midnight, now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record
from alongside.people.models import Person
from alongside.people.queries import administrators_of, guides_of

from . import rules
from .actions import seat_of
from .emails import tell_of_cover
from .models import Cover, Journey, JourneyMember, Visibility, Words, WordsVersion
from .queries import emergency_before, guided_by, members_of, next_cover_in
from .seat import Seat
from .states import Part

# --- when the guide is away ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Days:
    """From which day until which, both included, as the guide's clock counts them."""

    first: dt.date
    last: dt.date


@action("journey.cover_named")
def name_cover(*, person: Person, days: Days, reason: str = "", by: Seat) -> Cover:
    """Name who covers for oneself, from which day until which. It ends by itself; the participant is told."""
    demand(rules.may_name_cover(by))
    cover = _cover(by.journey, person, days, reason, by.actor)
    record("journey.cover_named", subject=cover, by=by, journey_id=by.journey.id, until=days.last.isoformat())
    return cover


@action("journey.emergency_cover_named")
def name_cover_in_an_emergency(
    *, journey: Journey, guide: Person, person: Person, days: Days, reason: str, by: Person
) -> Cover:
    """An administrator names who covers for a guide who can't do so, and says why. All three are told.

    For fourteen days at most, and to themselves only where nobody else could be asked and nobody else could ask.
    """
    demand(rules.may_look_after_guides(by, guide))
    if journey.id not in {each.id for each in guided_by(by, guide)}:
        demand(hidden())
    Journey.objects.select_for_update().get(id=journey.id)
    asked = rules.Emergency(
        days=(days.last - days.first).days + 1,
        reason=reason,
        others_cover=bool({each.id for each in guides_of(by) if each.user_id} - {by.id, guide.id}),
        others_ask=bool({each.id for each in administrators_of(by.organisation_id)} - {by.id}),
        before=emergency_before(journey, days.first),
    )
    demand(rules.may_cover_in_an_emergency(by, person, asked))
    cover = _cover(journey, person, days, reason, by, in_an_emergency=True)
    record(
        "journey.emergency_cover_named",
        subject=cover,
        by=by,
        journey_id=journey.id,
        until=days.last.isoformat(),
        oneself=person.id == by.id,
        renews=str(asked.before.id) if asked.before else "",
    )
    return cover


def _cover(
    journey: Journey, person: Person, days: Days, reason: str, by: Person, *, in_an_emergency: bool = False
) -> Cover:
    Journey.objects.select_for_update().get(id=journey.id)
    members = members_of([journey.id])[journey.id]
    demand(rules.may_cover(journey, person, {member.person.id for member in members}))
    guide = next(member.person for member in members if member.part == Part.GUIDE)
    begins_at = midnight(days.first, guide.time_zone)
    ends_at = midnight(days.last + dt.timedelta(days=1), guide.time_zone)
    if ends_at <= max(begins_at, now()):
        raise NotThisMoment(_("These days are over already. Please choose later ones."))
    if already := next_cover_in(journey, begins_at=begins_at, ends_at=ends_at):
        facts = {"name": already.member.person.name}
        raise NotThisMoment(_("%(name)s covers on some of these days already. End that first.") % facts)
    # an earlier time of the same person is over: it is closed, so that it stands beside the new one
    over = JourneyMember.objects.filter(journey=journey, person=person, part=Part.COVERING, left_at=None)
    over.filter(ends_at__lte=now()).update(left_at=now())
    if over.exists():
        facts = {"name": person.name}
        raise NotThisMoment(_("%(name)s is asked already. Ask again once that is over, or end it.") % facts)
    member = JourneyMember.objects.create(
        journey=journey, person=person, part=Part.COVERING, begins_at=begins_at, ends_at=ends_at
    )
    cover = Cover.objects.create(
        member=member,
        from_day=days.first,
        until_day=days.last,
        reason=reason.strip(),
        in_an_emergency=in_an_emergency,
        by=by,
    )
    participant = next(member.person for member in members if member.part == Part.PARTICIPANT)
    tell_of_cover(cover, guide=guide, participant=participant)
    return cover


@action("journey.cover_ended")
def end_cover(*, cover: Cover, by: Seat) -> Cover:
    """End a covering before its time, or before it has begun. What the two share closes to that person at once."""
    if cover.member.journey_id != by.journey.id:
        demand(hidden())
    demand(rules.may_end_cover(by, cover))
    ended = JourneyMember.objects.filter(id=cover.member_id, left_at=None).update(left_at=now())
    if not ended:
        raise NotThisMoment(_("This has been ended already."))
    record("journey.cover_ended", subject=cover, by=by, journey_id=by.journey.id)
    return cover


# --- when another guide goes on --------------------------------------------------------------------------


@action("journey.seat_lent")
def lend_seat(*, journey: Journey, by: Person) -> Seat:
    """Let the guide who takes over sit at the earlier table for the length of that act, so that it is theirs.

    It is the part of one who covers; `give_seat_back` ends it within the same transaction.
    """
    Journey.objects.select_for_update().get(id=journey.id)
    members = members_of([journey.id])[journey.id]
    others = {member.person.id for member in members if member.part != Part.COVERING}
    demand(rules.may_cover(journey, by, others))
    if by.id not in {member.person.id for member in members}:
        # somebody asked to cover on days to come is there now, in another way
        JourneyMember.objects.filter(journey=journey, person=by, left_at=None).update(left_at=now())
        begins_at = now()
        JourneyMember.objects.create(
            journey=journey,
            person=by,
            part=Part.COVERING,
            begins_at=begins_at,
            ends_at=begins_at + dt.timedelta(minutes=1),
        )
    record("journey.seat_lent", subject=journey, by=by, journey_id=journey.id)
    return seat_of(by, journey)


@action("journey.seat_given_back")
def give_seat_back(*, by: Seat) -> int:
    """End every covering of a journey that is over: the earlier table belongs to the two who sat at it."""
    demand(rules.may_give_seat_back(by))
    left = JourneyMember.objects.filter(journey=by.journey, part=Part.COVERING, left_at=None)
    count = left.update(left_at=now())
    record("journey.seat_given_back", subject=by.journey, by=by, count=count)
    return count


@action("words.carried")
def carry_words(*, place: str, boxes: Mapping[str, Words], by: Seat) -> int:
    """Copy words the participant lets go along into a journey that follows, with who wrote them and when.

    `boxes` says under which name each is kept there. Returns how many.
    """
    demand(rules.may_carry_words(by))
    for box, words in boxes.items():
        carried = Words.objects.create(
            journey=by.journey,
            place=place,
            subject_id=by.journey.id,
            box=box,
            author=words.author,
            visibility=Visibility.OURS,
            text=str(words.text),
            version=1,
            edited_at=words.edited_at,
            edited_by=words.edited_by,
            created_at=words.created_at,
        )
        writer = words.edited_by or words.author or by.actor
        WordsVersion.objects.create(
            words=carried, version=1, text=str(words.text), visibility=Visibility.OURS, by=writer
        )
    record("words.carried", subject=by.journey, by=by, place=place, count=len(boxes))
    return len(boxes)
