"""What the worker does for meetings, after commit: post letters, each once."""

from .meetings import GIVEN_UP_AFTER, is_needed, logger, post_meeting_email

__all__ = [
    "GIVEN_UP_AFTER",
    "is_needed",
    "logger",
    "post_meeting_email",
]
