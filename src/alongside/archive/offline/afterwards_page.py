"""The ending and what came after it, to read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..gathering import Facts
from .sections import Entry, Section, entry, section
from .wording import state_of


def afterwards_sections(journey: Facts) -> Iterator[Section]:
    yield section("ending", _("Ending"), _ending(journey["ending"]))
    yield section("wishes", _("Wishes for the end"), map(_wish, journey["wishes_for_the_end"]))
    yield section("handovers", _("Changing to another guide"), map(_handover, journey["handovers"]))
    yield section("after", _("After the end"), _follow_up(journey))
    yield section("return", _("Requests to come back"), map(_request, journey["requests_to_come_back"]))


def _ending(ending: Facts | None) -> Iterator[Entry]:
    if ending is None:
        return
    yield entry(state_of("ending", ending["state"]), ending["begun_at"], ending["begun_by"])
    for one in ending["entries"]:
        yield entry(
            one["what"],
            state_of("entry", one["sort"]),
            one["by"],
            text=one["then"],
            pairs=((_("First contact"), one["first_contact"]), (_("How to reach them"), one["link"])),
        )
    for one in ending["said"]:
        yield entry(state_of("said", one["what"]), one["by"], one["at"], one["on"], text=one["words"])


def _wish(one: Facts) -> Entry:
    about = (one["by"], one["at"], one["on"], state_of("wished", one["outcome"]))
    return entry(capfirst(state_of("wanted", one["wanted"])), *about, text=one["words"])


def _handover(one: Facts) -> Entry:
    pairs = ((_("From the participant"), one["words"]),)
    about = (one["by"], one["at"], state_of("handover", one["outcome"]))
    return entry(one["to"], *about, text=one["reason"], pairs=pairs)


def _follow_up(journey: Facts) -> Iterator[Entry]:
    needs = {need["id"]: need["statement"] for need in journey["needs"]}
    goals = {goal["id"]: goal["wordings"][-1]["text"] for goal in journey["goals"]}
    for day in journey["follow_up"]["days"]:
        yield entry(day["on"], state_of("follow_up", day["state"]))
    for one in journey["follow_up"]["answers"]:
        yield entry(
            one["at"],
            state_of("helping", one["helping"]),
            one["by"],
            text=one["words"],
            pairs=(
                (_("What you do now"), one["doing"]),
                *(
                    (needs.get(each["need"], ""), f"{each['rating']} · {each['words']}")
                    for each in one["needs"]
                ),
                *((goals.get(each["goal"], ""), each["value"]) for each in one["goals"]),
                *((each["instrument"], each["total"]) for each in one["questionnaires"]),
            ),
        )


def _request(one: Facts) -> Entry:
    return entry(one["at"], one["by"], state_of("returned", one["outcome"]), text=one["words"])
