"""How an item of a template reads, to those whose journey it leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.kinds.material import Chapter, Content, Item, frequency_of, minutes_of
from alongside.journeys.kinds.shapes import ENDS, EVERY, NEVER

from ..changes import said_of, title_of
from ..queries import Desk


@dataclass(frozen=True)
class Result:
    title: str
    note: str = ""
    prompt: str = ""
    text: str = ""


def result_of(desk: Desk, chapter: Chapter, item: Item) -> Result:
    return reads(chapter, item, desk.content)


def reads(chapter: Chapter, item: Item, content: Content) -> Result:
    """In the order in which the journey shows it: name, a remark, what is asked, the text."""
    title = title_of(chapter, item)
    if chapter.key == "about":
        return Result(str(item["name"]), text=str(item["summary"]))
    if chapter.key == "pace":
        often, *rest = _pace(chapter, item, minutes_of(content))
        return Result(often, text=" ".join(rest))
    if chapter.key == "agreement":
        note = "" if item.get("required") else _("optional")
        return Result(title, note, str(item["prompt"]), str(item["text"]))
    if chapter.key == "parts":
        minutes = ngettext("%(count)s minute", "%(count)s minutes", item["minutes"])
        return Result(title, minutes % {"count": item["minutes"]}, str(item["prompt"]))
    if chapter.key == "questionnaires":
        return Result(title, text=_asked(item))
    if chapter.key == "ending_topics":
        return Result(title, prompt=str(item["help"]), text=str(item["text"]))
    return Result(title, prompt=str(item.get("help", "")))


def _pace(chapter: Chapter, item: Item, minutes: int) -> list[str]:
    facts = {"often": frequency_of(item["every_days"]).label, "minutes": minutes}
    often = _("%(often)s, %(minutes)s minutes each time.") % facts
    said = [often[:1].upper() + often[1:]]
    times = ngettext("%(count)s time is planned.", "%(count)s times are planned.", item["planned_meetings"])
    said.append(times % {"count": item["planned_meetings"]})
    hours = ngettext(
        "It can be cancelled online until %(count)s hour before.",
        "It can be cancelled online until %(count)s hours before.",
        item["notice_hours"],
    )
    said.append(hours % {"count": item["notice_hours"]})
    missed = next(field for field in chapter.fields if field.name == "after_missed")
    said.append(_("If one is missed: %(what)s.") % {"what": said_of(missed, item)})
    return said


def _asked(item: Item) -> str:
    if item["when"] == NEVER:
        return _("It is not asked.")
    if item["when"] == ENDS:
        return _("It is asked at the beginning and at the end.")
    if item["when"] == EVERY and item["every"] > 1:
        return _("It is asked once in every %(count)s meetings.") % {"count": item["every"]}
    return _("It is asked before each meeting.")
