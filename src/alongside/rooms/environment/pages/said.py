"""Times, places and addresses as the pages of this room say them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.safety.plan import Phone
from alongside.journeys.seat import Seat
from alongside.kernel import clock
from alongside.kernel.clock import now
from alongside.ui.telephones import telephone_link


def day(at: dt.datetime, *, with_year: bool = True) -> str:
    local = timezone.localtime(at)
    if not with_year and local.year == timezone.localtime(now()).year:
        return formats.date_format(local, _("l j F"))
    return formats.date_format(local, _("l j F Y"))


def away(begins: dt.datetime, ends: dt.datetime) -> str:
    """How far off it is, in days of the reader: today, tomorrow, in 5 days."""
    if begins <= now():
        return _("now") if now() < ends else ""
    days = (timezone.localtime(begins).date() - clock.today()).days
    if days < 2:
        return _("tomorrow") if days else _("today")
    return _("in %(days)s days") % {"days": days}


def hours(begins: dt.datetime, ends: dt.datetime) -> str:
    time_range = [hour_of(one) for one in (begins, ends)]
    return _("%(begins)s to %(ends)s") % dict(zip(("begins", "ends"), time_range, strict=True))


def hour_of(at: dt.datetime) -> str:
    return formats.time_format(timezone.localtime(at).time(), "H:i")


def when(begins: dt.datetime, ends: dt.datetime) -> str:
    return _("%(day)s, %(hours)s") % {"day": day(begins, with_year=False), "hours": hours(begins, ends)}


def moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), _("D j M, H:i"))


def length_of(time_range: dt.timedelta) -> str:
    """A length of time in whole days, or hours when it is less than two days."""
    hours = int(time_range.total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return _("%(count)s days") % {"count": time_range.days}


def there(at: dt.datetime, zone: ZoneInfo) -> str:
    """The time in another zone, where its clocks show another one: "10:00 in Europe/London"; else ""."""
    theirs, ours = at.astimezone(zone), timezone.localtime(at)
    if theirs.utcoffset() == ours.utcoffset():
        return ""
    hour = formats.time_format(theirs.time(), "H:i")
    if theirs.date() != ours.date():
        hour = formats.date_format(theirs, _("D j M, H:i"))
    return _("%(time)s in %(zone)s") % {"time": hour, "zone": zone.key}


def phones_of(seat: Seat) -> tuple[Phone, ...]:
    """Where the other of the two is called: the participant at their own number, the guide at that of the service."""
    service = seat.journey.organisation
    name, number = (
        (service.name, service.telephone)
        if seat.is_participant
        else (seat.participant.name, str(seat.participant.person.telephone))
    )
    try:
        return (Phone(name, number, telephone_link(number)),)
    except ValueError:  # none, or one from before numbers were checked
        return ()


def url(name: str, seat: Seat, meeting_id: UUID | None = None) -> str:
    parts = [seat.journey.id, meeting_id] if meeting_id else [seat.journey.id]
    return reverse(f"environment:{name}", args=parts)


def qualities(is_private: bool, is_quiet: bool, is_step_free: bool, *, opened: bool = False) -> str:
    said = [
        (is_private, _("private")),
        (is_quiet, _("quiet")),
        (is_step_free, _("step-free")),
        (opened, _("can be booked by the people you meet")),
    ]
    return ", ".join(word for true, word in said if true)
