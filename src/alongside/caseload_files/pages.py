"""The pages on which a list is brought in, looked at and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.kinds import KINDS
from alongside.kernel.clock import now
from alongside.ui.action_buttons import ActionButton

from .judging import DAYS, Judged, Wanted
from .models import BroughtIn, CaseloadFile
from .queries import KEPT_FOR
from .rules import may_undo
from .states import Outcome
from .table import Table

FIRST = 5
"""So many are read back in words at once; the others are behind one more tap."""


@dataclass(frozen=True)
class Undoable:
    text: str
    url: str


@dataclass(frozen=True)
class StartPage:
    columns: tuple[tuple[str, str], ...]
    undoable: tuple[Undoable, ...]
    example: str
    back: str


@dataclass(frozen=True)
class SaidLine:
    """One line of the file: where it stands, who it is about, and what is said of it."""

    number: int
    name: str
    text: str


@dataclass(frozen=True)
class Group:
    title: str
    lead: str
    lines: tuple[SaidLine, ...]


@dataclass(frozen=True)
class FilePage:
    title: str
    lead: str
    understood: tuple[tuple[str, str], ...]
    unused: str
    first: tuple[SaidLine, ...]
    more: tuple[SaidLine, ...]
    groups: tuple[Group, ...]
    bring_in: ActionButton | None
    another: str


@dataclass(frozen=True)
class Begun:
    name: str
    line: int
    url: str


@dataclass(frozen=True)
class DonePage:
    title: str
    lead: str
    begun: tuple[Begun, ...]
    undo: ActionButton | None
    until: str
    all_url: str


def start_page(files: Sequence[tuple[CaseloadFile, int]]) -> StartPage:
    columns = {
        _("First name, Last name"): _("or Name in one column. This is the only one the file has to have."),
        _("Email"): _("where the invitation goes, once you send it"),
        _("Date of birth"): _("tells people of the same name apart. It is not saved."),
        _("Kind, Template"): _("what is begun. You can also choose it for all of them on the next page."),
        _("Meeting number reached, Began on"): _("if you have met before: how many times, and since when"),
        _("Interval, Minutes, Planned number"): _("how often, how long and how many times you plan to meet"),
        _("Status, Clinician"): _("only active people are brought in, and only yours"),
    }
    return StartPage(
        columns=tuple(columns.items()),
        undoable=tuple(Undoable(_brought_in(count, file), _url("file", file)) for file, count in files),
        example=reverse("caseload_files:example"),
        back=reverse("overview:begin"),
    )


def _brought_in(count: int, file: CaseloadFile) -> str:
    said = ngettext(
        "%(count)s person, brought in at %(time)s", "%(count)s people, brought in at %(time)s", count
    )
    return said % {"count": count, "time": _clock(file.brought_in_at or now())}


def file_page(file: CaseloadFile, table: Table, lines: Sequence[Judged]) -> FilePage:
    """What would become of the list. Nothing has been begun yet."""
    ready = [_read_back(line) for line in lines if line.wanted]
    count = len(ready)
    title = ngettext("%(count)s person can be brought in", "%(count)s people can be brought in", count)
    label = ngettext("Bring in %(count)s person", "Bring in %(count)s people", count) % {"count": count}
    return FilePage(
        title=title % {"count": count},
        lead=_("Nothing has been begun yet. Please look at how your list was read."),
        understood=tuple((head, str(meaning)) for head, meaning in table.understood),
        unused=", ".join(table.unused),
        first=tuple(ready[:FIRST]),
        more=tuple(ready[FIRST:]),
        groups=tuple(_groups(lines)),
        bring_in=ActionButton(label, _url("bring_in", file), primary=True) if count else None,
        another=reverse("caseload_files:start"),
    )


def _groups(lines: Sequence[Judged]) -> list[Group]:
    titles = {
        Outcome.WRONG: (_("Not understood"), _("Correct these lines in your file, and choose it again.")),
        Outcome.KNOWN: (_("Already here"), _("Nothing is begun a second time.")),
        Outcome.LEFT_OUT: (_("Left out"), ""),
    }
    found = []
    for outcome, (title, lead) in titles.items():
        told = tuple(
            SaidLine(line.number, line.name or _("no name"), line.sentence)
            for line in lines
            if line.outcome == outcome
        )
        if told:
            found.append(Group(title, lead, told))
    return found


def _read_back(line: Judged) -> SaidLine:
    assert line.wanted
    return SaidLine(line.number, line.name, said_of(line.wanted))


def said_of(wanted: Wanted) -> str:
    """What is begun with somebody, as one reads it aloud."""
    kind = KINDS[wanted.kind]
    facts = {
        "kind": kind.name,
        "template": kind.template(wanted.template).name,
        "often": _often(wanted),
        "minutes": wanted.minutes,
        "planned": wanted.planned,
    }
    sentences = [
        _("%(kind)s, %(template)s: %(planned)s times %(minutes)s minutes, %(often)s.") % facts,
        _("Email: %(email)s.") % {"email": wanted.email} if wanted.email else _("No email address."),
    ]
    if wanted.agreed_on:
        met = wanted.first_number - 1
        said = ngettext("You have met %(met)s time", "You have met %(met)s times", met) % {"met": met}
        since = _("since %(day)s") % {"day": date_format(wanted.agreed_on, "j F Y")}
        sentences.append(f"{said}, {since}.")
    return " ".join(str(sentence) for sentence in sentences)


def _often(wanted: Wanted) -> str:
    own = KINDS[wanted.kind].template(wanted.template).frequency
    return str(DAYS.get(wanted.every_days, own.label))


def done_page(file: CaseloadFile, rows: Sequence[BroughtIn], names: dict) -> DonePage:
    """What a list began, and until when that can be undone."""
    count = len(rows)
    assert file.brought_in_at
    title = ngettext("%(count)s person is here now", "%(count)s people are here now", count) % {
        "count": count
    }
    undo = None
    if may_undo(file.by, file):
        undo = ActionButton(
            _("Undo"),
            _url("undo", file),
            confirm=_("What this list began is removed, unless someone has already done something in it."),
        )
    until = file.brought_in_at + KEPT_FOR
    return DonePage(
        title=_("This list was undone") if file.undone_at else title,
        lead=_("No one has been invited yet. You can do that for each of them, when it suits."),
        begun=tuple(Begun(names[row.journey_id], row.line, _journey(row)) for row in rows),
        undo=undo,
        until=_("You can undo this until %(time)s.") % {"time": _day_and_clock(until)} if undo else "",
        all_url=reverse("overview:journeys"),
    )


def _journey(row: BroughtIn) -> str:
    return reverse("overview:journey", args=[row.journey_id])


def _url(name: str, file: CaseloadFile) -> str:
    return reverse(f"caseload_files:{name}", args=[file.id])


def _clock(moment: dt.datetime) -> str:
    return date_format(localtime(moment), "H:i")


def _day_and_clock(moment: dt.datetime) -> str:
    return date_format(localtime(moment), "l H:i")


EXAMPLE = (
    (
        "First name",
        "Last name",
        "Email",
        "Kind",
        "Template",
        "Meeting number reached",
        "Began on",
        "Interval",
    ),
    ("Ana", "Silva", "ana@example.org", "treatment", "", "3", "2026-03-31", "weekly"),
    ("Ben", "Okafor", "", "treatment", "", "", "", "14"),
)
"""A list as it may be, to begin one's own from."""
