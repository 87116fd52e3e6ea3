"""Protected time kept: a sentence, a picture, its table, and what may help where it slips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from ..models import Place
from ..protected_time_kept import Noted, Slip, Tally, Week, by_place, by_week, calmer_place, lately, slips
from ..queries import bookable_places, next_meeting, places_for
from ..queries.hours import limits_of
from ..queries.protected_time_kept import names_of
from .said import url


@dataclass(frozen=True)
class KeptRow:
    """A line of a table: of so many, and how it was."""

    name: str
    tally: Tally


@dataclass(frozen=True)
class Advice:
    """Something that may help, with the way to do it for whoever can."""

    said: str
    idea: str
    act: ActionButton | None


@dataclass(frozen=True)
class KeptPage:
    eyebrow: str
    title: str
    lead: str
    picture: str
    picture_dark: str
    alt: str
    weeks: tuple[KeptRow, ...]
    places: tuple[KeptRow, ...]
    advice: tuple[Advice, ...]
    empty: str
    back: str


def _page(
    noted: Sequence[Noted],
    address: Callable[[str], str],
    *,
    eyebrow: str,
    title: str,
    empty: str,
    **more: object,
) -> KeptPage:
    weeks = by_week(noted)
    rows = tuple(KeptRow(_week_of(week.monday), week.tally) for week in reversed(weeks) if week.tally.noted)
    facts = {
        "lead": kept_sentence(weeks),
        "weeks": rows,
        "empty": "" if weeks else empty,
        "places": (),
        "advice": (),
        **more,
    }
    return KeptPage(
        eyebrow=eyebrow,
        title=title,
        picture=address("kept_chart"),
        picture_dark=address("kept_chart_dark"),
        alt=_(
            "One bar for each week shows in how many meetings the time was protected. The table "
            "below shows the same."
        ),
        **facts,  # type: ignore[arg-type]
    )


def kept_sentence(weeks: Sequence[Week]) -> str:
    """What the picture shows, in words; it needs no noun of any kind of journey."""
    if not weeks:
        return ""
    sums = [week.tally for week in weeks]
    facts = {
        name: sum(getattr(one, name) for one in sums)
        for name in ("noted", "kept", "late", "interrupted", "short")
    }
    since = {"since": date_format(weeks[0].monday, _("j F"))}
    whole = _("Since %(since)s the time was fully protected in %(kept)s of %(noted)s.") % {**facts, **since}
    if facts["kept"] == facts["noted"]:
        return whole
    how = _("Started late: %(late)s. Interrupted: %(interrupted)s. Too little time: %(short)s.") % facts
    return f"{whole} {how}"


def _week_of(monday: dt.date) -> str:
    return date_format(monday, _("j M"))


# --- of one journey -----------------------------------------------------------------------------------------


def kept_in_journey(seat: Seat, noted: Sequence[Noted]) -> KeptPage:
    return _page(
        noted,
        lambda name: url(name, seat),
        eyebrow=_("Getting ready"),
        title=_("How well time was protected"),
        empty=_(
            "After each meeting you can record in one tap how the time went. Here you will see "
            "it over the weeks."
        ),
        advice=_advice_in(seat, noted),
        back=url("room", seat),
    )


def _advice_in(seat: Seat, noted: Sequence[Noted]) -> tuple[Advice, ...]:
    found = slips(noted)
    if not found:
        return ()
    bookable = bookable_places(seat) if any(slip is Slip.INTERRUPTED for slip, _count in found) else []
    calmer = calmer_place(noted, [place.id for place in bookable])
    names = {place.id: str(place.name) for place in bookable}
    ahead = next_meeting(seat) if calmer else None
    move = None
    if ahead and calmer and not ahead.has_started:
        address = url("move", seat, ahead.id) + f"?place={calmer}"
        move = ActionButton(_("Move the next one there"), address, link=True)
    return tuple(
        _advice(
            slip,
            count,
            noted,
            calmer=names.get(calmer) if calmer else None,
            move=move,
            guide=seat.actor if seat.is_guide else None,
            minutes=seat.journey.meeting_minutes,
        )
        for slip, count in found
    )


# --- of a guide -----------------------------------------------------------------------------------------------


def kept_by_guide(actor: Person, noted: Sequence[Noted]) -> KeptPage:
    places = by_place(noted)
    names = names_of(actor, places)
    elsewhere = _("another person’s place")
    rows = sorted(
        (KeptRow(names.get(place, elsewhere), found) for place, found in places.items()),
        key=lambda row: (-row.tally.noted, row.name.casefold()),
    )
    return _page(
        noted,
        lambda name: reverse(f"environment_time:{name}"),
        eyebrow=_("My protected time"),
        title=_("How the time went"),
        empty=_(
            "After each meeting you can record in one tap how the time went. Here you will see "
            "it over the weeks."
        ),
        places=tuple(rows),
        advice=_advice_for(actor, noted),
        back=reverse("environment_time:time"),
    )


def _advice_for(actor: Person, noted: Sequence[Noted]) -> tuple[Advice, ...]:
    found = slips(noted)
    if not found:
        return ()
    names = {place.id: str(place.name) for place in places_for(actor)}
    calmer = calmer_place(noted, names)
    return tuple(
        _advice(slip, count, noted, calmer=names.get(calmer) if calmer else None, guide=actor)
        for slip, count in found
    )


# --- of a place -----------------------------------------------------------------------------------------------


def kept_at_place(actor: Person, place: Place, noted: Sequence[Noted]) -> KeptPage:
    empty = _("Nothing has been recorded about meetings here yet.")
    if place.owner_id is None:
        empty = _(
            "There is not enough to show yet. For a shared place it is shown from five meetings "
            "on, so that it says nothing about one person."
        )
    return _page(
        noted,
        lambda name: reverse(f"environment_places:{name}", args=[place.id]),
        eyebrow=_("Places"),
        title=_("How well time was protected: %(place)s") % {"place": place.name},
        empty=empty,
        back=reverse("environment_places:places"),
    )


# --- what may help ----------------------------------------------------------------------------------------------


def _advice(
    slip: Slip,
    count: int,
    noted: Sequence[Noted],
    *,
    calmer: str | None,
    guide: Person | None,
    move: ActionButton | None = None,
    minutes: int | None = None,
) -> Advice:
    facts = {"count": count, "last": len(lately(noted))}
    if slip is Slip.INTERRUPTED:
        return Advice(
            _("Interrupted in %(count)s of the last %(last)s.") % facts, *_elsewhere(calmer, move, guide)
        )
    if slip is Slip.LATE:
        return Advice(_("Started late in %(count)s of the last %(last)s.") % facts, *_earlier(guide))
    return Advice(_("Too little time in %(count)s of the last %(last)s.") % facts, *_longer(guide, minutes))


def _elsewhere(
    calmer: str | None, move: ActionButton | None, guide: Person | None
) -> tuple[str, ActionButton | None]:
    """Another place."""
    if calmer:
        return _("In %(place)s it happened less often. You could meet there.") % {"place": calmer}, move
    idea = _("Another place may help: one that is private, where no one comes in. Or put a sign on the door.")
    look = ActionButton(_("Look at your places"), reverse("environment_places:places"), link=True)
    return idea, look if guide else None


def _earlier(guide: Person | None) -> tuple[str, ActionButton | None]:
    """A longer buffer before."""
    if guide is None:
        return _("A few minutes to arrive may help. Talk about what makes you late."), None
    return _buffer(guide, int(limits_of(guide).buffer_before.total_seconds() // 60), before=True)


def _longer(guide: Person | None, minutes: int | None) -> tuple[str, ActionButton | None]:
    """More time: a longer buffer after it, or a longer meeting."""
    more = ""
    if minutes:
        more = _(
            "You have agreed on %(minutes)s minutes. You could agree on more, or take on less at a time."
        ) % {"minutes": minutes}
    if guide is None:
        return more or _("You could agree on more time, or take on less at a time."), None
    idea, act = _buffer(guide, int(limits_of(guide).buffer_after.total_seconds() // 60), before=False)
    return f"{more} {idea}".strip(), act


def _buffer(guide: Person, kept: int, *, before: bool) -> tuple[str, ActionButton]:
    facts = {"kept": kept, "longer": kept + 10}
    known = ngettext("You keep %(kept)s minute free", "You keep %(kept)s minutes free", kept) % facts
    known = known if kept else _("You keep no time free")
    said = (
        _("%(known)s before each. With %(longer)s minutes you would have time to arrive.")
        if before
        else _("%(known)s after each. With %(longer)s minutes you would not have to rush at the end.")
    )
    address = reverse("environment_time:time") + "#h-around"
    return said % {**facts, "known": known}, ActionButton(_("Change your free minutes"), address, link=True)
