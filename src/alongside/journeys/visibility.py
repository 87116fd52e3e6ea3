"""Who may read which words. The one owner of this truth: pages, exports and every other way out ask here.

Three labels: *mine* (its author alone), *ours* (guide and participant), *named* (ours, and the named people it is
marked for). Words entered in error are read by nobody here. See `docs/explanation/who-reads-what.md`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Visibility, Words
from .seat import Member, Seat
from .states import BOTH, Part

ONE_MOMENT = dt.timedelta(seconds=1)
"""A part that ends at midnight is named by the day before."""


def readable(seat: Seat) -> Q:
    """The condition under which `Words` of the seat's journey may be read by the person who sits there."""
    if seat.is_one_of_two:
        return readable_by_one_of_two(seat.journey.id, seat.actor.id)
    allowed = Q(author_id=seat.actor.id)
    if seat.is_named:
        allowed |= Q(visibility=Visibility.NAMED, named_for__in=[member.id for member in _own_members(seat)])
    return _of_journey(seat.journey.id) & allowed


def readable_by_one_of_two(journey_id: UUID, actor_id: UUID) -> Q:
    """The condition for guide or participant, by ids alone: for queries whose SQL is worked out once."""
    allowed = Q(author_id=actor_id) | Q(visibility__in=[Visibility.OURS, Visibility.NAMED])
    return _of_journey(journey_id) & allowed


def _of_journey(journey_id: UUID) -> Q:
    return Q(journey_id=journey_id, entered_in_error_at__isnull=True)


def readable_by_author(actor_id: UUID) -> Q:
    """The condition for rows that are their author's alone and have no label: a case in the making, a reflection."""
    return Q(by_id=actor_id)


def readable_across(seats: Sequence[Seat]) -> Q:
    """The same condition over several journeys of one person at once; nothing may be read in none."""
    ids = [seat.journey.id for seat in seats]
    ours = [seat.journey.id for seat in seats if seat.is_one_of_two]
    parts = [member.id for seat in seats if seat.is_named for member in _own_members(seat)]
    allowed = Q(author_id__in={seat.actor.id for seat in seats})
    allowed |= Q(journey_id__in=ours, visibility__in=[Visibility.OURS, Visibility.NAMED])
    allowed |= Q(visibility=Visibility.NAMED, named_for__in=parts)
    return Q(journey_id__in=ids, entered_in_error_at__isnull=True) & allowed


def may_read(seat: Seat, words: Words) -> bool:
    """The same decision for words already at hand."""
    if words.journey_id != seat.journey.id or words.entered_in_error_at:
        return False
    if words.author_id == seat.actor.id:
        return True
    if seat.is_one_of_two:
        return words.visibility in (Visibility.OURS, Visibility.NAMED)
    if seat.is_named and words.visibility == Visibility.NAMED:
        return words.named_for.filter(id__in=[member.id for member in _own_members(seat)]).exists()
    return False


def readable_versions(seat: Seat, words: Words) -> Q:
    """The condition for earlier versions of words one may read: their author's all, of others' those that were shared.

    What somebody wrote for themselves stays theirs, also when they shared it later. A named person reads what is marked
    for them as it stands, and not how it came to be.
    """
    if not may_read(seat, words) or not seat.is_one_of_two:
        return Q(pk__in=[])
    if words.author_id in (None, seat.actor.id):
        return Q(words=words)
    return Q(words=words, visibility__in=[Visibility.OURS, Visibility.NAMED])


def readable_versions_in(seat: Seat) -> Q:
    """The same condition over the earlier versions of everything in a journey that one may read."""
    if not seat.is_one_of_two:
        return Q(pk__in=[])
    mine = Q(words__author=None) | Q(words__author=seat.actor.id)
    shared = Q(visibility__in=[Visibility.OURS, Visibility.NAMED])
    of_words = Words.objects.filter(readable(seat)).values("id")
    return Q(words__in=of_words) & (mine | shared)


def may_read_said(seat: Seat, *, author_id: UUID, visibility: str) -> bool:
    """The same decision for what was said outside of a box, by its author and who reads it: mine or ours."""
    if author_id == seat.actor.id:
        return True
    return seat.is_one_of_two and visibility == Visibility.OURS


def _own_members(seat: Seat) -> list:
    return [member for member in seat.members if member.person.id == seat.actor.id]


def readers(seat: Seat, visibility: str, *, named_for: Iterable[UUID] = ()) -> tuple[Member, ...]:
    """Everyone who can read words of that label now: of those at the table, guide first. The boxes say their names.

    `named_for` are the members something is marked for. Their author reads their own words whoever else does.
    """
    if visibility == Visibility.MINE:
        return tuple(_own_members(seat)[:1])
    named = set(named_for)
    found: dict[UUID, Member] = {}
    for member in seat.members:
        if member.part in BOTH or (visibility == Visibility.NAMED and member.id in named):
            found.setdefault(member.person.id, member)
    return tuple(found.values())


def sentence(seat: Seat, visibility: str, *, named_for: Iterable[UUID] = ()) -> str:
    """What is said at the box, before anything is typed: everyone who will be able to read it."""
    if visibility == Visibility.MINE:
        return _("Only you can read this.")
    found = readers(seat, visibility, named_for=named_for)
    others = [each.name for each in found if each.person.id != seat.actor.id and each.part != Part.COVERING]
    said = [_who_can(others, here=any(each.person.id == seat.actor.id for each in found))]
    for each in found:
        if each.part == Part.COVERING and each.until:
            said.append(_until(seat, each))
    return " ".join(said)


def _who_can(others: list[str], *, here: bool) -> str:
    names = {"names": ", ".join(others[:-1]), "last": others[-1] if others else ""}
    if not others:
        return _("Only you can read this.")
    if here:
        return (
            _("You, %(names)s and %(last)s can read this.") % names
            if names["names"]
            else _("You and %(last)s can read this.") % names
        )
    if names["names"]:
        return _("%(names)s and %(last)s can read this.") % names
    return _("%(last)s can read this.") % names


def _until(seat: Seat, covering: Member) -> str:
    assert covering.until
    day = date_format(timezone.localtime(covering.until - ONE_MOMENT), "j F")
    if covering.person.id == seat.actor.id:
        return _("You can read it until %(day)s, while you cover for %(guide)s.") % {
            "day": day,
            "guide": seat.guide.name,
        }
    return _("%(name)s can read it until %(day)s, while covering for %(guide)s.") % {
        "name": covering.name,
        "day": day,
        "guide": seat.guide.name,
    }
