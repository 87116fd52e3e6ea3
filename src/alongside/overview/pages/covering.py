"""Who is there while the guide is away: for those at the table, and for an administrator in an emergency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from alongside.journeys.models import Cover, Journey
from alongside.journeys.rules import may_end_cover, may_name_cover
from alongside.journeys.seat import Member, Seat
from alongside.journeys.states import Part
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton
from alongside.ui.names import told_apart

from .common import day, room

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class CoverLine:
    name: str
    days: str
    said: str
    """Who asked for it and why, where there is something to say."""
    end: ActionButton | None


@dataclass(frozen=True)
class AwayPage:
    title: str
    lead: str
    here: tuple[CoverLine, ...]
    """Now, and on days to come."""
    earlier: tuple[CoverLine, ...]
    empty: str
    may_name: bool
    nobody: str
    """Why there is nobody to choose from, if there is not."""
    name_url: str
    back: str


def away_page(seat: Seat, here: list[Cover], earlier: list[Cover], guides: list[Person]) -> AwayPage:
    names = {"guide": seat.guide.name, "participant": seat.participant.name}
    if seat.is_participant:
        lead = _("When %(guide)s is away, someone else can cover.") % names
    else:
        lead = _("When you are away, someone else can cover for %(participant)s.") % names
    may_name = bool(may_name_cover(seat))
    return AwayPage(
        title=_("While %(guide)s is away") % names if Part.GUIDE not in seat.parts else _("Arrange cover"),
        lead=lead
        + " "
        + _(
            "For these days they can read what you share, and hold meetings in your place. "
            "Private notes stay private."
        ),
        here=tuple(_line(seat, cover) for cover in here),
        earlier=tuple(_line(seat, cover, over=True) for cover in earlier),
        empty=_("No one is covering now, and no cover is planned."),
        may_name=may_name,
        nobody=_("No one else in your organisation can cover: no one else has an account and the right role.")
        if may_name and not guides
        else "",
        name_url=room(seat, "overview:name_cover"),
        back=room(seat, "overview:journey"),
    )


def _line(seat: Seat, cover: Cover, *, over: bool = False) -> CoverLine:
    name = str(cover.member.person.name)
    ends = _("%(name)s can no longer open these pages after that.") % {"name": name}
    act = ActionButton(
        _("End cover now") if cover.has_begun else _("Withdraw this"),
        room(seat, "overview:end_cover", cover.id),
        verdict=may_end_cover(seat, cover),
        confirm=ends,
    )
    return CoverLine(name, days_of(cover), _said(cover, over=over), None if over else act)


def days_of(cover: Cover) -> str:
    """From 3 December 2026 until 14 December 2026."""
    facts = {
        "from": formats.date_format(cover.from_day, "j F Y"),
        "until": formats.date_format(cover.until_day, "j F Y"),
    }
    if cover.from_day == cover.until_day:
        return _("On %(from)s") % facts
    return _("From %(from)s until %(until)s") % facts


def _said(cover: Cover, *, over: bool) -> str:
    parts = []
    if cover.in_an_emergency:
        parts.append(_("arranged by %(name)s, in an emergency") % {"name": cover.by.name})
    if over and cover.member.left_at:
        ended = formats.date_format(cover.member.left_at, "j F Y")
        parts.append(_("ended on %(day)s") % {"day": ended})
    if str(cover.reason):
        parts.append(f"“{cover.reason}”")
    return " · ".join(parts)


def there_instead(seat: Seat) -> str:
    """A sentence for the journey page while somebody covers; "" otherwise."""
    cover = next((member for member in seat.members if member.part == Part.COVERING), None)
    if cover is None or cover.until is None:
        return ""
    facts = {"name": cover.name, "guide": seat.guide.name, "day": _last_day(seat, cover)}
    if seat.covers_until:
        return _("You are covering for %(guide)s until %(day)s.") % facts
    return _("%(name)s is covering for %(guide)s until %(day)s.") % facts


def in_an_emergency(seat: Seat, covers: list[Cover]) -> tuple[str, ...]:
    """For the two, on their page: that an administrator said who covers, from when until when, and why."""
    told = _("%(by)s, an administrator, asked %(name)s to cover for %(guide)s. %(days)s. Reason: %(reason)s")
    oneself = _(
        "%(by)s, an administrator, covers for %(guide)s themselves, because nobody else could be asked. %(days)s. "
        "Reason: %(reason)s"
    )
    return tuple(
        (oneself if cover.by_id == cover.member.person_id else told)
        % {
            "by": cover.by.name,
            "name": cover.member.person.name,
            "guide": seat.guide.name,
            "days": days_of(cover),
            "reason": cover.reason,
        }
        for cover in covers
    )


def _last_day(seat: Seat, cover: Member) -> str:
    """The last day as the guide's clock has it: the part ends at the midnight after it."""
    assert cover.until
    local = cover.until.astimezone(zone_of(seat.guide.person))
    return formats.date_format(local.date() - ONE_DAY, "j F")


# --- an administrator, when a guide can't do it ----------------------------------------------------------


@dataclass(frozen=True)
class EmergencyPage:
    title: str
    lead: str
    journeys: tuple[str, ...]
    nobody: str
    url: str
    gone_url: str
    back: str


def emergency_page(guide: Person, named: dict[str, str], guides: list[Person]) -> EmergencyPage:
    return EmergencyPage(
        title=_("While %(name)s is away") % {"name": guide.name},
        lead=_(
            "When someone cannot arrange cover themselves, you choose who covers for a time. You "
            "see who they work with, and nothing of what they write. Everyone concerned is told "
            "by email."
        ),
        journeys=tuple(named.values()),
        nobody=""
        if guides
        else _("No one else in your organisation can cover: no one else has an account and the right role."),
        url=reverse("overview:emergency_cover", args=[guide.id]),
        gone_url=reverse("asked:left", args=[guide.id]),
        back=reverse("people:person", args=[guide.id]),
    )


def named_by_participant(journeys: list[Journey], members: dict) -> dict[str, str]:
    """The journeys by id, each by the name of its participant; not by its kind, nor by a title of theirs."""
    choices = []
    for journey in journeys:
        name = next(member.name for member in members[journey.id] if member.part == Part.PARTICIPANT)
        choices.append((str(journey.id), name, _("since %(day)s") % {"day": day(journey.created_at)}))
    return dict(told_apart(choices))
