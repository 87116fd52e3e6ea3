"""One journey, to read: in the order in which it went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..gathering import Facts
from .afterwards_page import afterwards_sections
from .goals_page import goals_sections
from .meetings_page import meetings_sections
from .sections import Entry, Section, entry, section, word_entry
from .wording import state_of


def journey_sections(journey: Facts, words: Any) -> Iterator[Section]:
    """`words` are the kind's own words for things."""
    yield section("about", _("About this"), _about(journey))
    if not journey["in_full"]:
        yield written(journey, None, "written", _("What you can read, and what you wrote"))
        return
    yield written(journey, "preparation", "preparation", _("Preparation"))
    yield section("agreement", capfirst(str(words.agreement)), _agreements(journey))
    yield from goals_sections(journey, words)
    yield from meetings_sections(journey, words)
    yield written(journey, "focusing", "focusing", _("What was written while focusing"))
    yield from afterwards_sections(journey)
    yield written(journey, "ending", "ending-words", _("What was written at the end"))
    yield written(journey, "other", "other", _("Other notes"))
    yield section(
        "opened",
        _("Who else opened what is written here"),
        (
            entry(one["name"] or _("Someone who has left"), one["what"], one["at"])
            for one in journey["opened_by_others"]
        ),
    )


def written(journey: Facts, group: str | None, key: str, title: str) -> Section:
    """The words of one chapter, or all of them."""
    rows = [one for one in journey["words"] if group in (None, one["group"])]
    return section(key, title, (word_entry(one) for one in rows))


def _about(journey: Facts) -> Iterator[Entry]:
    yield entry(
        journey["title"] or journey["kind_name"],
        state_of("journey", journey["state"]),
        pairs=(
            *((capfirst(state_of("part", one["part"])), one["name"]) for one in journey["people"]),
            (_("Started"), journey["begun_at"]),
            (_("Planned end"), journey["planned_end"]),
        ),
    )
    for one in journey.get("states", ()):
        about = (one["at"], one["by"])
        yield entry(
            capfirst(state_of("journey", one["state"])), *about, one["expected_return"], text=one["reason"]
        )
    for one in journey.get("covers", ()):
        days = (one["from_day"], one["until_day"])
        yield entry(_("Cover by %(name)s") % {"name": one["name"]}, *days, text=one["reason"])


def _agreements(journey: Facts) -> Iterator[Entry]:
    for one in journey["agreements"]:
        title = _("Version %(number)s") % {"number": one["number"]}
        yield entry(
            title,
            state_of("agreement", one["state"]),
            one["state_since"],
            pairs=(
                (_("Starts on"), one["begins_on"]),
                (_("Looked at again on"), one["review_on"]),
                (_("Minutes each time"), one["meeting_minutes"]),
                (_("Every so many days"), one["every_days"]),
                (_("How many"), one["planned_meetings"]),
                (_("Hours of notice to cancel"), one["notice_hours"]),
            ),
        )
        for yes in one["accepted"]:
            yield entry(_("Accepted by %(name)s") % {"name": yes["name"]}, yes["at"])
        for word in journey["words"]:
            if word["group"] == "agreement" and word["number"] == one["number"]:
                yield word_entry(word)
