"""Needs, goals, steps and measurements, to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..gathering import Facts
from .sections import Entry, Section, entry, said, section
from .wording import state_of


def goals_sections(journey: Facts, words: Any) -> Iterator[Section]:
    yield section("needs", capfirst(str(words.needs)), _needs(journey))
    yield section("goals", capfirst(str(words.targets)), _goals(journey))
    yield section("steps", capfirst(str(words.steps)), _steps(journey))
    yield section("questionnaires", _("Questionnaires"), map(_form, journey["questionnaires"]))
    yield section("safety", _("Answers about safety, and what was done"), map(_notice, journey["safety"]))
    yield section(
        "decisions", _("What you decided when something needed a look"), map(_decision, journey["decisions"])
    )


def _needs(journey: Facts) -> Iterator[Entry]:
    for need in journey["needs"]:
        yield entry(need["statement"], state_of("need", need["state"]), need["proposed_by"])
        for picture in journey["pictures"]:
            for one in picture["entries"]:
                if one["need"] == need["id"]:
                    rated = _("%(rating)s of 10") % {"rating": one["rating"]}
                    yield entry(
                        rated, state_of("moment", picture["moment"]), picture["at"], text=one["words"]
                    )
        yield from _changes("need", need["states"])
    for picture in journey["pictures"]:
        if picture["without"]:
            yield entry(
                _("Why you went on without a starting picture"), picture["by"], text=picture["without"]
            )


def _goals(journey: Facts) -> Iterator[Entry]:
    for goal in journey["goals"]:
        for wording in goal["wordings"]:
            yield _wording(goal, wording)
        if found := goal["readings"]:
            yield entry(
                _("Measurements"),
                pairs=((said(one["on"]), _value(one)) for one in found),
            )
        yield from _changes("goal", goal["states"])


def _wording(goal: Facts, wording: Facts) -> Entry:
    return entry(
        wording["text"],
        state_of("goal", goal["state"]) if wording is goal["wordings"][-1] else _("an earlier wording"),
        wording["by"],
        wording["at"],
        pairs=(
            (_("Why"), wording["why"]),
            (_("How you will know"), wording["how_we_will_know"]),
            (_("Measured by"), wording["measure_name"]),
            (_("At the start"), wording["baseline"]),
            (_("Goal"), wording["aim"]),
            (_("Due"), wording["due"]),
            *((f"{level:+d}", text) for level, text in enumerate(wording["levels"], start=-2)),
        ),
    )


def _value(reading: Facts) -> str:
    return f"{reading['value'].normalize():f} · {state_of('source', reading['source'])}"


def _changes(what: str, states: list[Facts]) -> Iterator[Entry]:
    """What became of it, as far as it says more than the state it has now."""
    for one in states:
        if one["words"] or len(states) > 1:
            yield entry(capfirst(state_of(what, one["state"])), one["by"], one["at"], text=one["words"])


def _steps(journey: Facts) -> Iterator[Entry]:
    for step in journey["steps"]:
        beside = step["beside"]
        yield entry(
            step["text"],
            state_of("step", step["state"]),
            step["owner"],
            pairs=(
                (_("Due"), step["due"]),
                (_("Times a week"), step["times_a_week"]),
                (_("Who helps"), beside["support"]),
                (_("What may get in the way"), beside["obstacle"]),
                (_("How you will see it worked"), beside["success_sign"]),
            ),
        )
        yield from _changes("step", step["states"])
        for one in step["done_on"]:
            yield entry(_("Done"), one["on"], text=one["words"])


def _form(form: Facts) -> Entry:
    when = form["handed_in_at"] or _("not submitted yet")
    answers = ((one["question"], one["answer"]) for one in form["asked"])
    total = (_("Total"), form["total"])
    return entry(form["name"], form["by"], when, pairs=(*answers, total))


def _notice(notice: Facts) -> Entry:
    pairs = ((one["question"], one["answer"]) for one in notice["asked"])
    return entry(
        notice["at"],
        notice["by"],
        notice["seen_by"],
        notice["seen_at"],
        text=notice["what_was_done"],
        pairs=pairs,
    )


def _decision(one: Facts) -> Entry:
    return entry(
        capfirst(state_of("decision", one["decision"])), one["rule"], one["at"], one["by"], text=one["words"]
    )
