"""The archive itself: a zip, made in memory alone, so that nothing of it ever lies open on a disk."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.people.publisher import letterhead_of
from alongside.rooms.sessions.copies.queries import told_of
from alongside.rooms.sessions.reflection.queries import reflections_of

from ..gathering import Facts
from ..gathering.account import account_of
from ..gathering.journeys import is_in_full, journey_of
from .account_page import account_sections
from .fhir import fhir_files
from .journey_page import journey_sections
from .papers import papers_of
from .schema import FORMAT, VERSION, schema
from .sections import said
from .tables import tables_of


@dataclass(frozen=True)
class Made:
    """The file, and the journeys whose words are in it."""

    content: bytes
    journeys: tuple[UUID, ...]


def everything_about(person: Person) -> Made:
    """In the person's own language and by their own clocks."""
    with translation.override(person.language), timezone.override(zone_of(person)):
        seats = list(reversed(seats_of(person)))
        files = _files(person, seats)
    return Made(_zipped(files), tuple(seat.journey.id for seat in seats))


def _files(person: Person, seats: list[Seat]) -> dict[str, bytes]:
    """Every file by its name. No name holds anything that somebody typed."""
    reflections, letterhead = reflections_of(person), letterhead_of(person.organisation)
    journeys: list[Facts] = []
    account, made_at = account_of(person), now()
    files: dict[str, bytes] = {}
    for number, seat in enumerate(seats, start=1):
        told = told_of(seat) if is_in_full(seat) else None
        facts = journey_of(seat, number, told, reflections)
        papers = list(papers_of(seat, told, letterhead)) if told else []
        folder = facts["folder"]
        for_programs = fhir_files(seat, facts, told, account) if told else {}
        files |= {f"{folder}/{name}": content for name, content in for_programs.items()}
        files |= {f"{folder}/{name}": content for name, _title, content in papers}
        files[f"{folder}/index.html"] = _journey_page(seat, facts, [paper[:2] for paper in papers])
        journeys.append(facts)
    tables = tables_of(journeys)
    files |= {name: text.encode() for name, text in tables.items()}
    whole = {"format": FORMAT, "format_version": VERSION, "made_by": f"Alongside {version('alongside')}"}
    files["alongside.json"] = _json({**whole, "made_at": made_at, "account": account, "journeys": journeys})
    files["alongside.schema.json"] = _json(schema())
    files["account.html"] = _page(
        "account", title=_("Your account"), up="", sections=_shown(account_sections(account))
    )
    files["style.css"] = _style().encode()
    files["index.html"] = _page(
        "index",
        title=_("Everything about me"),
        up="",
        name=account["name"],
        organisation=account["organisation"]["name"],
        made=said(made_at),
        journeys=journeys,
        tables=sorted(tables),
        programs=(
            ("alongside.json", _("everything, earlier versions of notes included")),
            ("alongside.schema.json", _("what each part of it means")),
            *(
                (name, _("for record systems (FHIR R4)"))
                for name in sorted(files)
                if name.endswith(".ndjson")
            ),
        ),
    )
    return files


def _journey_page(seat: Seat, facts: Facts, papers: list[tuple[str, str]]) -> bytes:
    title = facts["title"] or facts["kind_name"]
    shown = _shown(journey_sections(facts, seat.kind.words))
    return _page("journey", title=title, up="../", sections=shown, papers=papers, people=facts["people"])


def _shown(sections: Any) -> list[Any]:
    return [each for each in sections if each]


def _page(template: str, **facts: Any) -> bytes:
    facts |= {
        "back": template != "index",
        "language": get_language() or "en-gb",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return render_to_string(f"archive/offline/{template}.html", facts).encode()


@cache
def _style() -> str:
    with open(get_template("archive/offline/style.css").origin.name, encoding="utf-8") as sheet:  # type: ignore[attr-defined]
        return sheet.read()


class _Encoder(DjangoJSONEncoder):
    """As Django writes moments and lazy texts; figures as numbers."""

    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return int(o) if o == o.to_integral_value() else float(o)
        return super().default(o)


def _json(facts: Any) -> bytes:
    return json.dumps(facts, cls=_Encoder, ensure_ascii=False, indent=1).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    """Sorted, the first page first; all of one moment, which says nothing of when each was written."""
    packed = BytesIO()
    moment = timezone.localtime(now()).timetuple()[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != "index.html", name)):
            entry = zipfile.ZipInfo(f"alongside/{name}", date_time=moment)  # type: ignore[arg-type]
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return packed.getvalue()
