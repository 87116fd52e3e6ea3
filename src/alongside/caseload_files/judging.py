"""What becomes of each line of a list: brought in, here already, left out, or not understood; with one sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.journeys.kinds import KINDS, Template
from alongside.journeys.kinds.shapes import RHYTHMS
from alongside.journeys.rules import may_begin_kind
from alongside.kernel.folding import folded
from alongside.people.models import Person
from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.names import NameField

from .dates import date_of, day_comes_first
from .states import Outcome
from .table import DATES, MEANINGS, Line, Table

ACTIVE = frozenset({"", "active", "current", "open", "aktiv"})

DAYS = dict(RHYTHMS)
"""How often two may meet, by days, as an agreement offers it."""

PACES = {
    "weekly": 7,
    "once a week": 7,
    "fortnightly": 14,
    "every second week": 14,
    "monthly": 28,
    "every month": 28,
}
"""What lists call some of them. Thirty days and thirty-one are a month, too."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person said for lines that don't say it themselves. `day_first` is None while it was not asked."""

    kind: str = ""
    template: str = ""
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class KnownHere:
    """Who is here already: (kind, address) and (kind, folded name) of running journeys, and marks brought in before."""

    addresses: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One journey to begin, as `set_up_journey` takes it."""

    name: str
    email: str
    kind: str
    template: str
    minutes: int
    every_days: int
    planned: int
    first_number: int
    agreed_on: dt.date | None
    mark: str


@dataclass(frozen=True, slots=True)
class Judged:
    number: int
    """The line of the file, from 1."""
    name: str
    outcome: Outcome
    sentence: str = ""
    wanted: Wanted | None = None


class LineForm(forms.Form):
    """The cells that are checked as in every other form."""

    name = NameField(label=gettext_lazy("name"), max_length=120)
    email = EmailAddressField(label=gettext_lazy("email address"), required=False)
    reached = forms.IntegerField(label=MEANINGS["reached"][0], min_value=0, max_value=499, required=False)
    planned = forms.IntegerField(label=MEANINGS["planned"][0], min_value=1, max_value=200, required=False)
    minutes = forms.IntegerField(label=MEANINGS["minutes"][0], min_value=5, max_value=480, required=False)


class NotSo(Exception):
    """Why a line is not brought in: an outcome and its sentence."""

    def __init__(self, outcome: Outcome, sentence: str) -> None:
        super().__init__(sentence)
        self.outcome, self.sentence = outcome, sentence


@dataclass(slots=True)
class _Judge:
    me: Person
    chosen: Chosen
    known: KnownHere
    today: dt.date
    day_first: bool
    seen: dict[str, int] = field(default_factory=dict)

    def judge(self, line: Line) -> Judged:
        name = name_of(line)
        try:
            wanted = self._wanted(line, name)
        except NotSo as why:
            return Judged(line.number, name, why.outcome, why.sentence)
        return Judged(line.number, wanted.name, Outcome.READY, wanted=wanted)

    def _wanted(self, line: Line, name: str) -> Wanted:
        self._refuse_who_is_left_out(line)
        form = LineForm(
            {**{key: line[key] for key in ("email", "reached", "planned", "minutes")}, "name": name}
        )
        if not form.is_valid():
            place, problems = next(iter(form.errors.items()))
            label = form.fields[place].label
            raise NotSo(
                Outcome.WRONG, _("%(what)s: %(why)s") % {"what": capfirst(str(label)), "why": problems[0]}
            )
        data = form.cleaned_data
        if data["email"] and data["email"] == self.me.email:
            raise NotSo(Outcome.WRONG, _("This is your own address."))
        template = self._template(line)
        reached = data["reached"] or 0
        kind, template_slug = template[0], template[1].slug
        wanted = Wanted(
            name=data["name"],
            email=data["email"],
            kind=kind,
            template=template_slug,
            minutes=data["minutes"] or template[1].meeting_minutes,
            every_days=self._every(line) or template[1].frequency.every_days,
            planned=data["planned"] or max(template[1].planned_meetings, reached + 1),
            first_number=reached + 1,
            agreed_on=self._began(line) if reached else None,
            mark=self._mark(kind, data["email"], data["name"], line),
        )
        self._refuse_who_is_known(line, wanted)
        return wanted

    def _refuse_who_is_left_out(self, line: Line) -> None:
        if folded(line["status"]) not in ACTIVE:
            said = _("Marked as %(status)s in the file.") % {"status": line["status"]}
            raise NotSo(Outcome.LEFT_OUT, said)
        mine = {folded(self.me.name), folded(self.me.email)}
        if line["guide"] and folded(line["guide"]) not in mine:
            said = _("By the file, %(name)s works with them, so only %(name)s can bring them in.")
            raise NotSo(Outcome.LEFT_OUT, said % {"name": line["guide"]})

    def _refuse_who_is_known(self, line: Line, wanted: Wanted) -> None:
        if earlier := self.seen.get(wanted.mark):
            said = _("The same person as on line %(line)s.") % {"line": earlier}
            raise NotSo(Outcome.KNOWN, said)
        self.seen[wanted.mark] = line.number
        by_address = wanted.email and (wanted.kind, wanted.email) in self.known.addresses
        by_name = (
            not wanted.email and not line["born"] and (wanted.kind, folded(wanted.name)) in self.known.names
        )
        if by_address or by_name or wanted.mark in self.known.marks:
            raise NotSo(Outcome.KNOWN, _("You work with them here already."))

    def _template(self, line: Line) -> tuple[str, Template]:
        """The kind and template of a line: what it says, else what was chosen for all of them."""
        kinds = {slug: {folded(slug), folded(str(kind.name))} for slug, kind in KINDS.items()}
        kind = _named(line["kind"], kinds) if line["kind"] else self.chosen.kind
        if line["kind"] and not kind:
            raise NotSo(
                Outcome.WRONG, _("“%(kind)s” is no kind that is known here.") % {"kind": line["kind"]}
            )
        if not kind:
            raise NotSo(Outcome.WRONG, _("Please choose above what is begun with them."))
        if not (offered := may_begin_kind(self.me, kind)):
            raise NotSo(Outcome.WRONG, str(offered.sentence))
        templates = {each.slug: {folded(each.slug), folded(str(each.name))} for each in KINDS[kind].templates}
        chosen = self.chosen.template if kind == self.chosen.kind else ""
        slug = _named(line["template"], templates) if line["template"] else chosen
        if line["template"] and not slug:
            said = _("“%(template)s” is no template of this kind.") % {"template": line["template"]}
            raise NotSo(Outcome.WRONG, said)
        return kind, next(
            (each for each in KINDS[kind].templates if each.slug == slug), KINDS[kind].templates[0]
        )

    def _every(self, line: Line) -> int:
        """Days between two meetings; 0 where the line says nothing."""
        said = folded(line["every"])
        if not said:
            return 0
        number = re.fullmatch(r"(?:every )?([0-9]{1,2})(?: (days|weeks?))?", said)
        days = (
            int(number[1]) * (7 if (number[2] or "").startswith("week") else 1)
            if number
            else PACES.get(said, 0)
        )
        days = 28 if days in (30, 31) else days
        if days in DAYS:
            return days
        for days, label in DAYS.items():
            if said == folded(str(label)):
                return days
        raise NotSo(
            Outcome.WRONG,
            _("“%(said)s” does not say how often you meet. Please write weekly, or 7, 14, 21 or 28 days.")
            % {"said": line["every"]},
        )

    def _began(self, line: Line) -> dt.date:
        if not line["began"]:
            raise NotSo(Outcome.WRONG, _("You have met before, but the file does not say when it began."))
        found = date_of(line["began"], day_first=self.day_first)
        if found is None:
            said = _("“%(said)s” is no date. Please write it like 2026-03-31.") % {"said": line["began"]}
            raise NotSo(Outcome.WRONG, said)
        if found > self.today:
            raise NotSo(Outcome.WRONG, _("When it began is a day still to come."))
        return found

    def _mark(self, kind: str, email: str, name: str, line: Line) -> str:
        born = date_of(line["born"], day_first=self.day_first) if line["born"] else None
        who = f"address {email}" if email else f"name {folded(name)} {born or line['born']}"
        return salted_hmac(
            "alongside.caseload_files", f"{self.me.id} {kind} {who}", algorithm="sha256"
        ).hexdigest()


def name_of(line: Line) -> str:
    """The whole name: the preferred first name and the last one, or one cell that may be written last name first."""
    first = line["preferred"] or line["first"]
    if first or line["last"]:
        return f"{first} {line['last']}".strip()
    last, comma, given = line["name"].partition(",")
    return f"{given.strip()} {last.strip()}" if comma and given.strip() and "," not in given else line["name"]


def _named(said: str, known: Mapping[str, set[str]]) -> str:
    return next((slug for slug, words in known.items() if folded(said) in words), "")


def asks_for_order(table: Table) -> bool:
    """Whether nobody can tell the day from the month in its dates."""
    return day_comes_first(_dates(table)) is None


def asks_for_kind(table: Table) -> bool:
    """Whether some line doesn't say of what kind its journey is."""
    return any(not line["kind"] for line in table.lines)


def _dates(table: Table) -> list[str]:
    return [line[meaning] for line in table.lines for meaning in DATES if line[meaning]]


def judged(table: Table, *, me: Person, chosen: Chosen, known: KnownHere, today: dt.date) -> list[Judged]:
    """What becomes of each line, in the order of the file."""
    decided = day_comes_first(_dates(table))
    day_first = decided if decided is not None else chosen.day_first is not False
    judge = _Judge(me, chosen, known, today, day_first)
    return [judge.judge(line) for line in table.lines]
