"""Offering times by link: the guide's page, the link once it is made, and the page the link opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.ui.action_buttons import ActionButton

from ..models import Meeting, Offer, Place
from ..queries.offers import Choice
from ..queries.slots import Suiting
from .action import add_place_act, no_places
from .said import day, hour_of, moment, there, url, when
from .times import zones_named


@dataclass(frozen=True)
class OpenOffer:
    """An offer that waits for an answer."""

    times: str
    until: str
    place: str
    withdraw: ActionButton


@dataclass(frozen=True)
class OfferPage:
    title: str
    lead: str
    zones: str
    back: str
    choices: tuple[tuple[str, str, str], ...]
    later: str
    waiting: tuple[OpenOffer, ...]
    no_places: str
    add_place: ActionButton | None

    @property
    def by_day(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The choices as the form shows them: times, under their days."""
        return [
            (day, [(value, hour) for _day, value, hour in group])
            for day, group in groupby(self.choices, key=lambda choice: choice[0])
        ]


def offer_page(
    seat: Seat, places: list[Place], found: Sequence[Suiting], waiting: Sequence[Offer], zone: ZoneInfo
) -> OfferPage:
    name = seat.other.name
    return OfferPage(
        title=_("Let %(name)s choose a time online") % {"name": name},
        lead=_("Tick the times that suit you. %(name)s chooses one with a link, without an account.")
        % {"name": name},
        zones=_zones(zone, [one.starts_at for one in found]),
        back=url("book", seat),
        choices=tuple(
            (day(one.starts_at, with_year=False), one.starts_at.isoformat(), _hour(one, zone))
            for one in found
        ),
        later=timezone.localtime(found[-1].starts_at).date().isoformat() if found else "",
        waiting=tuple(_waiting(seat, one) for one in waiting),
        no_places=no_places(seat, places),
        add_place=add_place_act(seat),
    )


def _hour(one: Suiting, zone: ZoneInfo) -> str:
    elsewhere, hour = there(one.starts_at, zone), hour_of(one.starts_at)
    return f"{hour} ({elsewhere})" if elsewhere else hour


def _waiting(seat: Seat, offer: Offer) -> OpenOffer:
    count = len(offer.times.all())
    withdraw = reverse("environment:withdraw", args=[seat.journey.id, offer.id])
    return OpenOffer(
        times=ngettext("%(count)s time offered", "%(count)s times offered", count) % {"count": count},
        until=_("until %(when)s") % {"when": moment(offer.expires_at)},
        place=str(offer.place.name),
        withdraw=ActionButton(_("Withdraw it"), withdraw),
    )


@dataclass(frozen=True)
class MadePage:
    """The link, shown this once: it is kept nowhere."""

    title: str
    lead: str
    link: str
    until: str
    back: str


def made_page(seat: Seat, offer: Offer, token: str) -> MadePage:
    facts = {"name": seat.other.name, "address": offer.email}
    lead = _("Copy it now. It is shown only this once, and not stored.")
    if offer.email:
        lead = _(
            "It has been sent to %(address)s. You can also copy it here. It is shown only this "
            "once, and not stored."
        )
    return MadePage(
        title=_("The link for %(name)s") % facts,
        lead=lead % facts,
        link=settings.PUBLIC_URL + reverse("environment_offers:pick", args=[token]),
        until=moment(offer.expires_at),
        back=url("room", seat),
    )


@dataclass(frozen=True)
class PickTime:
    value: str
    label: str
    there: str


@dataclass(frozen=True)
class PickPage:
    """What the link opens. `booked` is what was picked from it before, `gone` that some times are no longer free."""

    title: str
    lead: str
    zones: str
    times: tuple[PickTime, ...]
    gone: str
    place: str
    length: str
    sentence: str
    booked: str
    onward: str
    button: str


def pick_page(
    offer: Offer, seat: Seat, verdict: Verdict, choices: Sequence[Choice], zone: ZoneInfo
) -> PickPage:
    free = [one for one in choices if one.is_free] if verdict else []
    names = {"name": offer.offered_by.name}
    booked = offer.meeting if offer.meeting and offer.meeting.number else None
    return PickPage(
        title=_("Your appointment") if booked else _title(bool(free)),
        lead=_("%(name)s can meet you at these times. Which one suits you best?") % names if free else "",
        zones=_zones(zone, [one.starts_at for one in free]),
        times=tuple(
            PickTime(one.starts_at.isoformat(), moment(one.starts_at), there(one.starts_at, zone))
            for one in free
        ),
        gone=_gone(len(choices) - len(free)) if verdict else "",
        place=str(booked.place.name if booked else offer.place.name),
        length=ngettext("%(count)s minute", "%(count)s minutes", offer.minutes) % {"count": offer.minutes},
        sentence="" if booked else str(verdict.sentence) or _none_left(free, names),
        booked=_booked(booked) if booked else "",
        onward=_onward(seat, names) if booked else "",
        button=_("Book this time"),
    )


def _booked(meeting: Meeting) -> str:
    facts = {
        "when": when(meeting.starts_at, meeting.ends_at),
        "zone": timezone.get_current_timezone_name(),
    }
    return _("%(when)s (%(zone)s)") % facts


def _zones(zone: ZoneInfo, free: Sequence[dt.datetime]) -> str:
    """By which clocks these times are: always said, as whoever holds the link may be anywhere."""
    if not free:
        return ""
    mine = _("Times are shown in %(zone)s time.") % {"zone": timezone.get_current_timezone_name()}
    return zones_named(zone, free) or mine


def _onward(seat: Seat, names: dict[str, str]) -> str:
    """What comes next, and what to do when something comes up."""
    person = seat.participant.person
    if person.email or person.user_id:
        return _("We have emailed you the details, with a link to use if you cannot come.")
    return _("Please write it down. If something comes up, tell %(name)s as soon as you know.") % names


def _title(can_pick: bool) -> str:
    return _("Choose a time") if can_pick else _("No times to choose from")


def _gone(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s other time has been taken since.", "%(count)s other times have been taken since.", count
    ) % {"count": count}


def _none_left(free: Sequence[Choice], names: dict[str, str]) -> str:
    return (
        ""
        if free
        else _("All of these times have been taken since. Please ask %(name)s for new ones.") % names
    )
