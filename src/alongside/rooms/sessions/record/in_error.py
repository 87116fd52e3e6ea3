"""Words entered in error: who may mark which, and how they are sealed. What the meeting and focusing share."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from alongside.goals.models import Step
from alongside.journeys import visibility
from alongside.journeys.models import Words, WordsVersion
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now

from .models import EnteredInError, Issue, IssueStateRecord
from .states import IssueState


def issue_in_error(issue: str = "pk") -> Exists:
    """The condition for rows whose issue was entered in error. Nothing comes after that, so any such state says it."""
    return Exists(IssueStateRecord.objects.filter(issue=OuterRef(issue), state=IssueState.IN_ERROR))


def step_it_became(issue: Issue) -> Step | None:
    """The step an issue became, which says the same and goes with it."""
    became = IssueStateRecord.objects.filter(issue=issue, state=IssueState.BECAME_STEP).select_related("step")
    row = became.order_by("-created_at", "-id").first()
    return row.step if row and row.step and not row.step.entered_in_error_at else None


def written_alone(seat: Seat, where: Q) -> list[Words]:
    """Those of some words that this person alone has written: what both wrote is not one person's to hide."""
    others = WordsVersion.objects.filter(words=OuterRef("pk")).exclude(by=seat.actor)
    mine = WordsVersion.objects.filter(words=OuterRef("pk"), by=seat.actor)
    rows = Words.objects.filter(visibility.readable(seat) & where).filter(Exists(mine), ~Exists(others))
    return [words for words in rows.order_by("created_at", "id") if str(words.text).strip()]


def seal(words: Words, reason: str, by: Seat) -> EnteredInError:
    """Hide these words from everybody, with the reason. Their box is renamed, so that one can write on in its place."""
    words.entered_in_error_at, words.entered_in_error_by = now(), by.actor
    words.box = f"{words.box[:40]}#{words.id.hex[-16:]}"
    words.save(update_fields=["entered_in_error_at", "entered_in_error_by", "box"])
    return EnteredInError.objects.create(words=words, reason=reason.strip(), by=by.actor)


def seal_issue(issue: Issue, reason: str, by: Seat) -> IssueStateRecord:
    """Give an issue its last state, which hides it from everybody, with the reason."""
    return IssueStateRecord.objects.create(
        issue=issue, state=IssueState.IN_ERROR, word=reason.strip(), by=by.actor
    )
