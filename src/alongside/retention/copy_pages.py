"""What the pages about a copy show: its parts, the lines of one, the log, and the file that is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from alongside.archive.offline.sections import Section
from alongside.people.middleware import zone_of
from alongside.ui.lists import Moment

from .access import OPEN
from .access_pages import AccessLine
from .copies import OnePart
from .copying import Line, lines_of
from .models import AccessCopy, AccessLogEntry, AccessPart, AccessRedaction, AccessRequest, AccessStateRecord
from .pages import _day
from .states import AccessState, CopyStep, TakenOut


@dataclass(frozen=True)
class CopyPage:
    """`collected` says when and by whom; "" where nothing was collected yet."""

    collected: str
    parts: tuple[AccessLine, ...]
    may_change: bool
    may_release: bool
    collect: str
    release: str
    file: str
    log: tuple[Moment, ...]


@dataclass(frozen=True)
class LineShown:
    """`why` is the reason for which it was taken out; "" where it was not."""

    number: int
    shape: str
    name: str
    text: str
    is_chosen: bool
    why: str
    note: str


@dataclass(frozen=True)
class PartPage:
    eyebrow: str
    title: str
    place: str
    entries: tuple[tuple[LineShown, ...], ...]
    reviewed: str
    may_change: bool
    take_out: str
    put_back: str
    look_through: str
    following: str
    back: str


def copy_page(
    request: AccessRequest,
    copy: AccessCopy | None,
    parts: list[AccessPart],
    log: list[AccessLogEntry],
) -> CopyPage:
    state = AccessState(request.state)  # type: ignore[attr-defined]
    is_open = state in OPEN
    address = {
        name: reverse(f"retention:{name}", args=[request.id]) for name in ("collect", "release", "copy")
    }
    return CopyPage(
        collected=_collected(copy),
        parts=tuple(_part_line(request, one) for one in parts),
        may_change=is_open,
        may_release=is_open and bool(parts) and all(one.reviewed_at for one in parts),
        collect=address["collect"],
        release=address["release"],
        file=address["copy"] if copy and state == AccessState.ANSWERED else "",
        log=tuple(_logged(list(same)) for _key, same in groupby(log, key=_in_one_line)),
    )


def _collected(copy: AccessCopy | None) -> str:
    if copy is None:
        return ""
    when = formats.date_format(timezone.localtime(copy.created_at), "j F Y, H:i")
    return _("Collected on %(when)s by %(name)s.") % {"when": when, "name": copy.by.name}


def _part_line(request: AccessRequest, one: AccessPart) -> AccessLine:
    out = one.taken_out  # type: ignore[attr-defined]
    lines = ngettext("%(count)s line", "%(count)s lines", one.lines) % {"count": one.lines}
    return AccessLine(
        str(one.heading),
        reverse("retention:access_part", args=[request.id, one.number]),
        "done" if one.reviewed_at else "attention",
        _("looked through") if one.reviewed_at else _("to look through"),
        f"{lines} · {_taken_out(out)}" if out else lines,
    )


def _taken_out(number: int) -> str:
    return ngettext("%(count)s taken out", "%(count)s taken out", number) % {"count": number}


def _in_one_line(one: AccessLogEntry) -> tuple[str, object, str]:
    """What one person did again and again on a day is said once."""
    return one.did, one.by_id, _day(one.created_at)


def _logged(some: list[AccessLogEntry]) -> Moment:
    """A line of the log, with the time of the last of them."""
    one, count = some[-1], sum(each.count for each in some)
    when = formats.date_format(timezone.localtime(one.created_at), "j F Y, H:i")
    return Moment(when, _sentence(one, one.count if one.did == CopyStep.COLLECTED else count))


def _sentence(one: AccessLogEntry, count: int) -> str:
    facts = {"name": one.by.name if one.by else _("Alongside"), "count": count}
    sentences = {
        CopyStep.COLLECTED: ngettext(
            "%(name)s collected the record: %(count)s part",
            "%(name)s collected the record: %(count)s parts",
            count,
        ),
        CopyStep.TAKEN_OUT: ngettext(
            "%(name)s took %(count)s line out", "%(name)s took %(count)s lines out", count
        ),
        CopyStep.PUT_BACK: ngettext(
            "%(name)s put %(count)s line back", "%(name)s put %(count)s lines back", count
        ),
        CopyStep.LOOKED_THROUGH: ngettext(
            "%(name)s looked through %(count)s part", "%(name)s looked through %(count)s parts", count
        ),
        CopyStep.RELEASED: _("%(name)s released the copy"),
        CopyStep.REMOVED: _("%(name)s removed the copy from here"),
    }
    return sentences[CopyStep(one.did)] % facts


# --- one part, line by line -------------------------------------------------------------------------------


def part_page(part: OnePart, redactions: list[AccessRedaction], chosen: set[int]) -> PartPage:
    out = {one.line: one for one in redactions}
    state = AccessState(part.request.state)  # type: ignore[attr-defined]
    here = [part.request.id, part.row.number]
    lines = groupby(lines_of(part.content), key=lambda line: line.entry)
    following = part.row.number + 1
    return PartPage(
        eyebrow=str(part.request.person.name),
        title=str(part.row.heading),
        place=_("Part %(number)s of %(of)s") % {"number": part.row.number, "of": part.of},
        entries=tuple(
            tuple(_shown(line, out.get(line.number), chosen) for line in some) for _n, some in lines
        ),
        reviewed=_reviewed(part.row),
        may_change=state in OPEN,
        take_out=reverse("retention:take_out", args=here),
        put_back=reverse("retention:put_back", args=here),
        look_through=reverse("retention:look_through", args=here),
        following=reverse("retention:access_part", args=[part.request.id, following])
        if following <= part.of
        else "",
        back=reverse("retention:access_request", args=[part.request.id]),
    )


def _shown(line: Line, redaction: AccessRedaction | None, chosen: set[int]) -> LineShown:
    why = str(TakenOut(redaction.why).label) if redaction else ""
    note = str(redaction.note) if redaction else ""
    is_chosen = line.number in chosen and redaction is None
    return LineShown(line.number, line.shape, line.name, line.text.strip(), is_chosen, why, note)


def _reviewed(row: AccessPart) -> str:
    if row.reviewed_at is None or row.reviewed_by is None:
        return ""
    facts = {"name": row.reviewed_by.name, "day": _day(row.reviewed_at)}
    return _("%(name)s looked through this part on %(day)s.") % facts


# --- the file ---------------------------------------------------------------------------------------------


def copy_file(
    request: AccessRequest,
    copy: AccessCopy,
    given: list[tuple[str, Section]],
    out: int,
    outcome: AccessStateRecord,
) -> str:
    """One HTML file in the person's language: style within, nothing fetched, nothing run. It opens anywhere, and prints."""
    person = request.person
    with translation.override(person.language), timezone.override(zone_of(person)):
        facts: dict[str, Any] = {
            "name": str(person.name),
            "organisation": person.organisation.name,
            "asked": formats.date_format(request.asked_on, "j F Y"),
            "collected": formats.date_format(timezone.localtime(copy.created_at), "j F Y, H:i"),
            "released": _day(outcome.created_at),
            "out": out,
            "chapters": _chapters(given),
            "style": _style(),
            "language": get_language() or "en-gb",
            "direction": "rtl" if get_language_bidi() else "ltr",
        }
        return render_to_string("retention/copy_file.html", facts)


def _chapters(given: list[tuple[str, Section]]) -> list[tuple[str, list[Section]]]:
    """Parts of one chapter are one section again."""
    found: list[tuple[str, list[Section]]] = []
    for name, rows in groupby(given, key=lambda each: each[0]):
        sections = [
            Section(key, title, tuple(entry for one in same for entry in one[1].entries))
            for (key, title), same in groupby(rows, key=lambda each: (each[1].key, each[1].title))
        ]
        found.append((name, sections))
    return found


@cache
def _style() -> SafeString:
    """The style sheet of the archive, as the element it stands in."""
    with open(get_template("archive/offline/style.css").origin.name, encoding="utf-8") as sheet:  # type: ignore[attr-defined]
        return mark_safe(f"<style>{sheet.read()}</style>")
