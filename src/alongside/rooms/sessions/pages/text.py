"""The shared record of a meeting as plain text, for the record that is kept elsewhere."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat

from .meeting import MeetingPage, PartHere


def snippet(words: Words) -> str:
    """The beginning of some words, so that their author knows them again."""
    return Truncator(" ".join(str(words.text).split())).chars(140)


def as_text(seat: Seat, page: MeetingPage) -> str:
    lines = [page.title, page.eyebrow, f"{seat.guide.name} · {seat.participant.name}"]
    lines += [page.standing] if page.standing else []
    lines += [f"{name}: {value}" for name, value in page.facts]
    lines += _block(page.matters.label, [page.matters.text])
    for part in page.four:
        lines += _block(part.title, [*_inside(page, part), part.notes.text])
    lines += _block(page.summary.label, [page.summary.text])
    lines += _block(_("Next time"), [page.following])
    added = [f"{one.by}, {one.when}: {one.text}" for one in page.additions]
    lines += _block(_("Added afterwards"), added)
    return "\n".join(lines) + "\n"


def _inside(page: MeetingPage, part: PartHere) -> list[str]:
    if part.key == "review":
        return [_with(step.text, step.state_word if step.state else "", step.word) for step in page.review]
    if part.key == "direction":
        return [_with(line.text, line.course.sentence if line.course else "") for line in page.headings]
    if part.key == "plan":
        return [_with(step.text, step.about) for step in page.plan]
    return [_with(issue.text, issue.outcome, issue.word) for issue in page.issues]


def _with(*pieces: str) -> str:
    return "- " + " · ".join(str(piece) for piece in pieces if piece)


def _block(title: str, texts: list[str]) -> list[str]:
    said = [text for text in texts if text.strip()]
    return ["", title, *said] if said else []
