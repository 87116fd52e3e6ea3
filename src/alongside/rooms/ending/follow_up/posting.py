"""What the worker does with a letter that was written."""

from __future__ import annotations

from django_tasks import task

from alongside.people import posting

from .emails import compose
from .queries import letter_to_post, state_now
from .states import FollowUpState


@task()
def post_follow_up(letter_id: str, attempt: int = 0) -> None:
    """Post the letter, unless it was answered, given up or switched off meanwhile."""
    letter = letter_to_post(letter_id)
    answered = state_now(letter.follow_up) == FollowUpState.ANSWERED
    if letter.follow_up.cancelled_at or letter.revoked_at or answered or not letter.recipient.is_active:
        return
    posting.send(compose(letter), task=post_follow_up, attempt=attempt, letter_id=letter_id)
