"""A file of lines as a table, whoever wrote it: its letters, its separator, its heads, and where each line stands.

Practice systems give a list of clients and nothing else, each with column names of its own; what they mean is in
`MEANINGS`. Nothing here knows of a journey.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.journeys.kinds.shapes import Text
from alongside.kernel.folding import folded

LONGEST = 300
"""Lines that are brought in at once: a page one can still look through."""

BIGGEST = 1024 * 1024
"""Bytes of a file. A line of a client list takes about a hundred."""

SEPARATORS = ",;\t"

MEANINGS: Mapping[str, tuple[Text, frozenset[str]]] = {
    "first": (_("first name"), frozenset({"firstname", "givenname", "legalfirstname", "forename", "first"})),
    "last": (_("last name"), frozenset({"lastname", "surname", "familyname", "legallastname", "last"})),
    "preferred": (_("preferred name"), frozenset({"preferredname", "preferredfirstname", "knownas"})),
    "name": (
        _("name"),
        frozenset(
            [
                "name",
                "client",
                "clientname",
                "fullname",
                "patient",
                "patientname",
                "student",
                "studentname",
                "participant",
                "mentee",
                "menteename",
            ]
        ),
    ),
    "email": (
        _("email address"),
        frozenset({"email", "emailaddress", "mail", "emailprimary", "primaryemail"}),
    ),
    "born": (_("date of birth"), frozenset({"dob", "dateofbirth", "birthdate", "birthday"})),
    "status": (_("status"), frozenset({"status", "clientstatus"})),
    "guide": (
        _("who works with them"),
        frozenset(
            [
                "clinician",
                "primaryclinician",
                "practitioner",
                "primarypractitioner",
                "therapist",
                "guide",
                "supervisor",
                "mentor",
            ]
        ),
    ),
    "kind": (_("kind"), frozenset({"kind"})),
    "template": (_("template"), frozenset({"template"})),
    "reached": (
        _("how many times you have met"),
        frozenset(
            {"meetingnumberreached", "numberreached", "meetingsheld", "sessionsheld", "sessionsattended"}
        ),
    ),
    "began": (_("when it began"), frozenset({"beganon", "began", "startdate", "startedon", "agreedon"})),
    "planned": (
        _("how many times you plan to meet"),
        frozenset({"plannednumber", "plannedmeetings", "plannedsessions", "sessionsplanned"}),
    ),
    "every": (_("how often"), frozenset({"interval", "howoften", "everydays", "frequency"})),
    "minutes": (_("how long"), frozenset({"minutes", "length", "meetingminutes"})),
}
"""What a column means: its name in words, and the heads by which it is known, in small letters alone."""

DATES = ("born", "began")


class Unreadable(ValueError):
    """The file is no list of people. Its text is one sentence for whoever chose it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line under the heads: where it stands in the file, from 1, and its cells by what they mean."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, meaning: str) -> str:
        return self.cells.get(meaning, "")


@dataclass(frozen=True, slots=True)
class Table:
    """What was read. `understood` is (head, what it means) and `unused` the heads that mean nothing here, as written."""

    lines: tuple[Line, ...]
    understood: tuple[tuple[str, Text], ...]
    unused: tuple[str, ...]


def text_of(content: bytes) -> str:
    """The letters of a file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, as spreadsheets save.

    Raises Unreadable for what is no text.
    """
    has_a_wide_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if has_a_wide_mark else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(str(_("This is not a text file. Please save the list as CSV and choose that file.")))


def table_of(text: str) -> Table:
    """The lines under the heads, without the empty ones. Raises Unreadable with a sentence."""
    if not text.strip():
        raise Unreadable(str(_("This file is empty.")))
    first = next(line for line in text.splitlines() if line.strip())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))
    try:
        rows = _rows(reader)
    except csv.Error as error:
        raise Unreadable(
            str(_("This file cannot be read as a table. Please save it as CSV again."))
        ) from error
    return _table(rows)


def _rows(reader: Any) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with the line of the file on which it begins."""
    found, begins = [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            found.append((begins, [cell.strip() for cell in row]))
        begins = reader.line_num + 1
    return found


def _table(rows: list[tuple[int, list[str]]]) -> Table:
    heads, lines = rows[0][1], rows[1:]
    meanings = _meanings(heads)
    if not {"name", "first", "last"} & set(meanings.values()):
        raise Unreadable(
            str(
                _(
                    "No column of this file is called name. The first line has to say what stands in each column."
                )
            )
        )
    if not lines:
        raise Unreadable(str(_("Nobody stands in this file: under its first line it is empty.")))
    if len(lines) > LONGEST:
        said = ngettext(
            "There is %(count)s line in this file.", "There are %(count)s lines in this file.", len(lines)
        )
        more = _("At most %(most)s are brought in at once. Please split it into several files.")
        raise Unreadable(f"{said % {'count': len(lines)}} {more % {'most': LONGEST}}")
    return Table(
        lines=tuple(
            Line(number, {meanings[place]: cell for place, cell in enumerate(row) if place in meanings})
            for number, row in lines
        ),
        understood=tuple((heads[place], MEANINGS[meaning][0]) for place, meaning in meanings.items()),
        unused=tuple(head for place, head in enumerate(heads) if head and place not in meanings),
    )


def _meanings(heads: list[str]) -> dict[int, str]:
    """What each column means, by its place. Of two columns that mean the same the first counts."""
    found: dict[int, str] = {}
    for place, head in enumerate(heads):
        bare = re.sub(r"[^a-z]", "", folded(head))
        meaning = next((name for name, (_said, known) in MEANINGS.items() if bare in known), None)
        if meaning and meaning not in found.values():
            found[place] = meaning
    return found
