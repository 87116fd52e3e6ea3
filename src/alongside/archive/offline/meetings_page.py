"""Meetings, their records and what stands beside them, to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..gathering import Facts
from .sections import Entry, Section, entry, said, section, word_entry
from .wording import state_of


def meetings_sections(journey: Facts, words: Any) -> Iterator[Section]:
    yield section("meetings", capfirst(str(words.meetings)), _meetings(journey))
    yield section("records", _("What was written down"), _records(journey, words))
    yield section("focusings", _("Focusing"), map(_focusing, journey["focusings"]))
    yield section("felt", _("How it was"), map(_felt, journey["how_meetings_were"]))
    yield section("reflections", _("Your own reflections"), map(_reflection, journey["reflections"]))
    yield section("cases", _("Cases brought here"), map(_case, journey["cases"]))
    yield section(
        "taken", _("What you took to your supervision"), map(_taken, journey["taken_to_supervision"])
    )
    yield section("requests", _("Requests for a time"), map(_request, journey["requests_for_a_time"]))


def _meetings(journey: Facts) -> Iterator[Entry]:
    for one in journey["meetings"]:
        yield entry(
            one["starts_at"],
            state_of("meeting", one["state"]),
            one["place"],
            text=one["why_not"],
            pairs=(
                (_("Number"), one["number"]),
                (_("Minutes"), one["minutes"]),
                (_("Where"), one["place_details"]),
                (_("Why outside the usual hours"), one["why_outside_hours"]),
            ),
        )
        for reply in one["replies"]:
            yield entry(state_of("answer", reply["answer"]), reply["by"], reply["at"], text=reply["words"])


def _records(journey: Facts, words: Any) -> Iterator[Entry]:
    """Each record with the words of its meeting; what belongs to no record comes first."""
    written = [one for one in journey["words"] if one["group"] == "meetings"]
    known = {record["number"] for record in journey["records"]}
    yield from (word_entry(one) for one in written if one["number"] not in known)
    for record in journey["records"]:
        yield _record(record, words)
        yield from (word_entry(one) for one in written if one["number"] == record["number"])
        for issue in journey["issues"]:
            if issue["meeting"] == record["number"]:
                about = (state_of("issue", issue["state"]), issue["raised_by"])
                yield entry(issue["text"], *about, text=issue["words"])


def _record(record: Facts, words: Any) -> Entry:
    raised = record["safety_raised"]
    yes_or_no = "" if raised is None else _("yes") if raised else _("no")
    there = ", ".join(one["name"] or state_of("part", one["part"]) for one in record["present"])
    return entry(
        str(words.meeting_number) % {"number": record["number"]},
        state_of("record", record["state"]),
        record["state_since"],
        pairs=(
            (_("Minutes"), record["minutes"]),
            (_("Who was there"), there),
            (_("Safety concerns"), yes_or_no),
            (_("Who was told, and what was done"), record["safety_where"]),
            (_("Next time, as agreed then"), record["next_agreed_at"]),
        ),
    )


def _focusing(one: Facts) -> Entry:
    how = _("together") if one["together"] else one["author"]
    return entry(one["issue"] or _("Focusing"), how, one["begun_at"])


def _felt(one: Facts) -> Entry:
    hidden = _("only you can read this") if one["hidden_from_guide"] else ""
    return entry(one["on"], hidden, pairs=_numbers(one["answers"]))


def _reflection(one: Facts) -> Entry:
    return entry(one["on"], _("only you can read this"), text=one["words"], pairs=_numbers(one["skills"]))


def _numbers(answers: Facts) -> Iterator[tuple[str, str]]:
    for key, value in answers.items():
        yield capfirst(key.replace("_", " ")), said(value)


def _case(one: Facts) -> Entry:
    return _content(
        _("Case %(number)s") % {"number": one["number"]}, state_of("case", one["state"]), one["content"]
    )


def _taken(one: Facts) -> Entry:
    about = state_of("taken", one["state"]) or _("not taken yet")
    told = _content("", about, one["content"])
    draft = one["draft"]
    pairs = (
        (_("What you wrote"), draft["question"]),
        *((_("In your words"), text) for text in draft["targets"].values()),
        (_("Other names"), one["also_called"]),
        (_("What came of it"), one["words"]),
        *told.pairs,
    )
    return entry(told.text or draft["question"], about, pairs=pairs)


def _content(title: str, about: str, content: Facts | None) -> Entry:
    if content is None:
        return entry(title, about)
    lines = (*content["targets"], *content["scores"])
    pairs = ((line["words"], ", ".join(value for _week, value in line["points"])) for line in lines)
    alerts = ((one["title"], one["numbers"]) for one in content["alerts"])
    told = (about, content["kind"], content["age"])
    return entry(title, *told, text=content["question"], pairs=(*pairs, *alerts))


def _request(one: Facts) -> Entry:
    return entry(one["at"], one["by"], text=one["words"])
