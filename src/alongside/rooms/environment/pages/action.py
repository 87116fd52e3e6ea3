"""The pages with one form: book, move, cancel, missed, how the time was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.goals.safety.plan import Phone
from alongside.journeys.kinds.shapes import Words
from alongside.journeys.seat import Seat
from alongside.journeys.states import AfterMissed
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..models import Meeting, Place
from ..queries import guide_for
from ..queries.missed import what_follows
from .said import length_of, moment, phones_of, there, url, when
from .times import Suggested


@dataclass(frozen=True)
class Free:
    """Another time that is free, as a link that fills it into the form."""

    label: str
    url: str


@dataclass(frozen=True)
class Chosen:
    """The time one has tapped, with what its form sends, and the ways to another."""

    when: str
    place: str
    length: str
    there: str
    fields: tuple[tuple[str, str], ...]
    other: str
    own: str


@dataclass(frozen=True)
class ActionPage:
    """A page with one form: book, move, cancel, missed."""

    words: Words
    title: str
    lead: str
    button: str
    back: str
    next_path: str
    known: str
    free: tuple[Free, ...] = ()
    add_place: ActionButton | None = None
    no_places: str = ""
    suggested: Suggested | None = None
    ways: tuple[ActionButton, ...] = ()
    chosen: Chosen | None = None
    form_open: bool = True
    phones: tuple[Phone, ...] = ()
    back_label: str = ""
    """What the way out is called, where *Cancel* would be the act itself."""


def no_places(seat: Seat, places: list[Place]) -> str:
    if places:
        return ""
    if seat.is_guide:
        return _(
            "First add a place where you can meet: a room, an address or a number to call. It takes a minute."
        )
    facts = {"name": seat.guide.name}
    return _("You cannot book online. To book, ask %(name)s for a time.") % facts


def ask_act(seat: Seat, *, primary: bool = False) -> ActionButton:
    """The way that is open to every participant."""
    return ActionButton(_("Ask for a time"), url("ask", seat), link=True, primary=primary)


def add_place_act(seat: Seat) -> ActionButton | None:
    if seat.is_participant:
        return ask_act(seat, primary=True)
    if not seat.actor.is_guide:
        return None
    address = reverse("environment_places:add") + "?next=" + url("book", seat)
    return ActionButton(_("Add a place"), address, primary=True, link=True, icon="geo-alt")


def booking_page(
    seat: Seat,
    places: list[Place],
    next_path: str,
    free: tuple[Free, ...] = (),
    suggested: Suggested | None = None,
    chosen: Chosen | None = None,
    form_open: bool = True,
) -> ActionPage:
    words = seat.kind.words
    return ActionPage(
        words=words,
        title=str(words.book_meeting),
        lead=_("With %(name)s.") % {"name": seat.other.name},
        button=str(words.book_meeting),
        back=next_path or url("room", seat),
        next_path=next_path,
        known="",
        free=free,
        add_place=add_place_act(seat),
        no_places=no_places(seat, places),
        suggested=suggested,
        ways=_ways(seat),
        chosen=chosen,
        form_open=form_open,
    )


def chosen_time(
    seat: Seat, place: Place, starts_at: dt.datetime, minutes: int, here: str, asked: dict[str, str]
) -> Chosen:
    """A time that was tapped, said in full before it is booked."""
    zone = zone_of(guide_for(seat))
    wall = starts_at.astimezone(zone)
    filled = {
        **asked,
        "place": str(place.id),
        "date": f"{wall:%Y-%m-%d}",
        "time": f"{wall:%H:%M}",
        "minutes": str(minutes),
    }
    back = {name: asked[name] for name in ("next", "minutes") if asked.get(name)}
    return Chosen(
        when=when(starts_at, starts_at + dt.timedelta(minutes=minutes)),
        place=str(place.name),
        length=ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes},
        there=there(starts_at, zone),
        fields=tuple((name, value) for name, value in filled.items() if name not in ("next", "shape")),
        other=f"{here}?{urlencode(back)}" if back else here,
        own=f"{here}?{urlencode({**filled, 'own': '1'})}#book",
    )


def _ways(seat: Seat) -> tuple[ActionButton, ...]:
    """Other ways to find times: several in a row, and for the guide a link from which the other picks."""
    series = ActionButton(_("Book several in a row"), url("series", seat), link=True)
    if not seat.is_guide:
        return (series, ask_act(seat))
    label = _("Let %(name)s choose a time online") % {"name": seat.other.name}
    return (series, ActionButton(label, url("offer", seat), link=True))


def move_page(
    seat: Seat,
    meeting: Meeting,
    next_path: str,
    free: tuple[Free, ...] = (),
    suggested: Suggested | None = None,
    chosen: Chosen | None = None,
    form_open: bool = True,
) -> ActionPage:
    return ActionPage(
        words=seat.kind.words,
        title=_("Another time or place"),
        lead=_("It is now %(when)s, %(place)s.")
        % {"when": when(meeting.starts_at, meeting.ends_at), "place": meeting.place.name},
        button=_("Move"),
        back=next_path or url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
        free=free,
        suggested=suggested,
        chosen=chosen,
        form_open=form_open,
    )


def cancel_page(seat: Seat, meeting: Meeting, next_path: str) -> ActionPage:
    name = {"name": seat.other.name}
    told = _("%(name)s is told by email.") % name
    has_address = seat.other.person.email or seat.other.person.user_id
    is_short = meeting.starts_at > now() and seat.journey.is_short_notice(meeting.starts_at)
    return ActionPage(
        words=seat.kind.words,
        title=_("Cancel %(when)s?") % {"when": when(meeting.starts_at, meeting.ends_at)},
        lead=" ".join(
            [
                _notice(meeting),
                *(
                    [_("That is less than you agreed, so please also call %(name)s.") % name]
                    if is_short
                    else []
                ),
                _("Someone else can then book this time."),
                *([told] if has_address else []),
            ]
        ).strip(),
        phones=phones_of(seat) if is_short else (),
        back_label=_("Keep this %(meeting)s") % {"meeting": seat.kind.words.meeting},
        button=_("Cancel"),
        back=next_path or url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
    )


def cannot_come_page(seat: Seat, meeting: Meeting, next_path: str) -> ActionPage:
    """For the participant, once it is too late to cancel online: how to reach the service, and how to say it here."""
    phones, facts = phones_of(seat), {"name": seat.other.name}
    ways = (
        _("Please call if you can. You can also say it here, and %(name)s is told at once.")
        if phones
        else _("You can still say here that you cannot come, and %(name)s is told at once.")
    )
    return ActionPage(
        words=seat.kind.words,
        title=_("If you cannot come on %(when)s") % {"when": when(meeting.starts_at, meeting.ends_at)},
        lead=" ".join([str(rules.too_late(seat)), ways % facts]),
        button=_("I cannot come"),
        back=next_path or url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
        phones=phones,
    )


def _notice(meeting: Meeting) -> str:
    """How much notice it is: said, so that it can be kept to what was agreed."""
    ahead = meeting.starts_at - now()
    if ahead <= dt.timedelta():
        return ""
    return _("You are giving %(notice)s of notice.") % {"notice": length_of(ahead)}


def missed_page(seat: Seat, meeting: Meeting, next_path: str) -> ActionPage:
    lead = _("This happens. Record it here, and book a new time.")
    return ActionPage(
        words=seat.kind.words,
        title=_("%(when)s was missed") % {"when": when(meeting.starts_at, meeting.ends_at)},
        lead=" ".join([lead, _what_follows(seat, meeting)]).strip(),
        button=_("Record as missed"),
        back=next_path or url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
    )


_FOLLOWS = {
    AfterMissed.EMAIL: gettext_lazy("As you agreed, %(name)s gets an email about it."),
    AfterMissed.CALL: gettext_lazy("You then see under things to do that you call %(name)s."),
}
_NOT_THIS_TIME = {
    AfterMissed.EMAIL: gettext_lazy("Do not send the email this time"),
    AfterMissed.CALL: gettext_lazy("Do not remind me to call this time"),
}


def _what_follows(seat: Seat, meeting: Meeting) -> str:
    chosen = what_follows(seat, meeting)
    return str(_FOLLOWS[chosen] % {"name": seat.other.name}) if chosen in _FOLLOWS else ""


def not_this_time(seat: Seat, meeting: Meeting) -> str:
    """How the guide leaves out what was agreed for a missed one; "" where nothing follows."""
    chosen = what_follows(seat, meeting)
    return str(_NOT_THIS_TIME[chosen]) if chosen in _NOT_THIS_TIME else ""


def after_page(seat: Seat, meeting: Meeting, next_path: str) -> ActionPage:
    return ActionPage(
        words=seat.kind.words,
        title=_("How did the time go?"),
        lead=when(meeting.starts_at, meeting.ends_at),
        button=_("Save"),
        back=next_path or url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
    )


def free_choices(
    seat: Seat, free: Iterable[dt.datetime], url: str, asked: dict[str, str]
) -> tuple[Free, ...]:
    """Other times as links to the same form, filled in with what was asked for otherwise."""
    zone = zone_of(guide_for(seat))
    choices = []
    for one in free:
        wall = one.astimezone(zone)
        filled = {**asked, "date": wall.strftime("%Y-%m-%d"), "time": wall.strftime("%H:%M")}
        choices.append(Free(moment(one), f"{url}?{urlencode(filled)}"))
    return tuple(choices)
