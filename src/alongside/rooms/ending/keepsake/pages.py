"""The keepsake: what the participant takes home. Never a word that is the guide's alone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.rooms.first_meeting.states import Side
from alongside.ui.action_buttons import ActionButton
from alongside.ui.qr import Code, code

from ..comparison.pages.compared import Compared, FormCompared, compare
from ..comparison.queries import then_and_now_of
from ..contributions.contact_links import href_of
from ..contributions.models import EndingEntry
from ..contributions.queries import entries_of, questions_for, standing, voice_of
from ..contributions.states import Sort
from ..follow_up.queries import days_of, has_come
from ..links.queries import address_behind, keepsake_link_of
from ..record.models import Ending
from ..record.queries import is_in_work, words_of
from ..record.rules import is_theirs
from ..record.states import AFTER

BENEFIT = "benefit"


@dataclass(frozen=True)
class Said:
    question: str
    words: str


@dataclass(frozen=True)
class Kept:
    what: str
    then: str
    category: str = ""
    first_contact: str = ""
    first_contact_line: str = ""
    link: str = ""
    href: str = ""


@dataclass(frozen=True)
class WayOn:
    """What comes after the end: the days on which one is asked, the way back in, and where both are found."""

    days: tuple[str, ...] = ()
    sentence: str = ""
    come_back: str = ""
    link: str = ""
    code: Code | None = None


@dataclass(frozen=True)
class KeepsakePage:
    """One page to print or keep. `note` is said while the ending is still being written."""

    title: str
    kind: str
    participant: str
    guide: str
    guide_part: str
    dates: str
    compared: Compared
    said: tuple[Said, ...]
    from_the_guide: str
    key_points: tuple[Kept, ...]
    strategies: tuple[Kept, ...]
    early_signs: tuple[Kept, ...]
    support: tuple[Kept, ...]
    matters: tuple[Said, ...]
    way_on: WayOn
    note: str
    belongs: str
    room_url: str
    files: tuple[ActionButton, ...] = ()
    questionnaires: tuple[FormCompared, ...] = ()
    """Those that are wished for in it."""


def keepsake_page(seat: Seat, ending: Ending, *, theirs: bool = False) -> KeepsakePage:
    """As the reader may read it; `theirs` in the participant's own voice, for what is taken away."""
    written, entries = words_of(seat, ending), entries_of(ending)
    compared = compare(then_and_now_of(seat))
    return KeepsakePage(
        title=str(seat.journey.title) or _title(seat, theirs=theirs),
        kind=capfirst(str(seat.kind.words.journey)),
        participant=seat.participant.name,
        guide=seat.guide.name,
        guide_part=str(seat.kind.words.guide),
        dates=_dates(seat, ending),
        compared=compared,
        questionnaires=tuple(each for each in compared.forms if each.in_keepsake),
        said=_said(seat, written),
        from_the_guide=_from_the_guide(seat, written),
        key_points=_kept(seat, entries, Sort.KEY_POINT),
        strategies=_kept(seat, entries, Sort.STRATEGY),
        early_signs=_kept(seat, entries, Sort.EARLY_SIGN),
        support=_kept(seat, entries, Sort.SUPPORT),
        matters=_matters(seat, written),
        way_on=_way_on(seat),
        note=_("This is still being written. It is yours once the ending is closed.")
        if is_in_work(ending)
        else "",
        belongs=_("This belongs to %(participant)s.") % {"participant": seat.participant.name},
        room_url=reverse("ending:room", args=[seat.journey.id]),
        files=_files(seat),
    )


def _files(seat: Seat) -> tuple[ActionButton, ...]:
    """The keepsake to take away. Three shapes of the same words."""
    shapes = (
        ("pdf", _("To print (PDF, A4)")),
        ("small_pdf", _("For the phone (PDF)")),
        ("file", _("One file that opens in any browser")),
    )
    return tuple(
        ActionButton(label, reverse(f"keepsake:{name}", args=[seat.journey.id]), link=True)
        for name, label in shapes
    )


def _way_on(seat: Seat) -> WayOn:
    """The code is in the participant's own copy: with it one answers as them. A day that has been is left out.

    For somebody without an account the guide takes that copy with them, in the room.
    """
    ahead = [one for one in days_of(seat) if not has_come(seat, one)]
    link = keepsake_link_of(seat) if is_theirs(seat) and seat.state in AFTER else None
    address = address_behind(link) if link else ""
    return WayOn(
        days=tuple(date_format(one.on, "j F Y") for one in ahead),
        sentence=_("Ask me how things are on:") if ahead else "",
        come_back=_come_back(seat, has_link=bool(link)),
        link=address,
        code=code(address) if address else None,
    )


def _come_back(seat: Seat, *, has_link: bool) -> str:
    if seat.state not in AFTER:
        return ""
    if has_link:
        return _("If I want to come back, or to look at this again: here, without an account.")
    return _("If I want to come back, I ask %(guide)s, or the people they work with.") % {
        "guide": seat.guide.name
    }


def _title(seat: Seat, *, theirs: bool) -> str:
    """The kind's word stands above it already."""
    if seat.is_participant or theirs:
        return _("What I take with me")
    return _("What %(name)s takes with them") % {"name": seat.participant.name}


def _dates(seat: Seat, ending: Ending) -> str:
    began = ending.journey_began_at or seat.journey.created_at  # type: ignore[attr-defined]
    closed = ending.journey_closed_at  # type: ignore[attr-defined]
    facts = {"began": date_format(localtime(began), "j F Y")}
    if closed is None:
        return _("since %(began)s") % facts
    return _("%(began)s to %(closed)s") % {**facts, "closed": date_format(localtime(closed), "j F Y")}


def _said(seat: Seat, written: dict[tuple[str, UUID | None], Words]) -> tuple[Said, ...]:
    """The participant's own words, as far as the reader may read them."""
    answers = [
        (str(question.text), voice_of(seat, Side.PARTICIPANT, question.key, written))
        for question in questions_for(seat, Side.PARTICIPANT)
    ]
    return tuple(Said(text, str(words.text)) for text, words in answers if words and words.text)


def _matters(seat: Seat, written: dict[tuple[str, UUID | None], Words]) -> tuple[Said, ...]:
    """What the two wrote down together for afterwards, as far as the participant takes it home."""
    taken = [
        (str(matter.title), written.get((matter.key, None)))
        for matter in seat.kind.ending_matters
        if matter.in_keepsake
    ]
    return tuple(Said(title, str(words.text)) for title, words in taken if words and words.text.strip())


def _from_the_guide(seat: Seat, written: dict[tuple[str, UUID | None], Words]) -> str:
    """What the guide saw of the benefit, once both had shown theirs; also on the guide's own screen not before."""
    words = voice_of(seat, Side.GUIDE, BENEFIT, written)
    return str(words.text) if words and words.visibility != Visibility.MINE else ""


def _kept(seat: Seat, entries: list[EndingEntry], sort: Sort) -> tuple[Kept, ...]:
    categories = {each.key: str(each.label) for each in seat.kind.support_categories}
    return tuple(_entry(entry, categories.get(entry.category, "")) for entry in standing(entries, sort))


def _entry(entry: EndingEntry, category: str) -> Kept:
    day = date_format(entry.first_contact, "j F Y") if entry.first_contact else ""
    line = _("First contact on %(day)s") % {"day": day} if day else ""
    link = str(entry.link)
    return Kept(str(entry.what), str(entry.then), category, day, line, link, href_of(link))
