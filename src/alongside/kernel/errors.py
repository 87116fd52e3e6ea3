"""What can go wrong in a way a person should read about."""

from __future__ import annotations

from .verdict import Sentence, Verdict, not_now


class Refused(Exception):
    """A rule said no. Carries the verdict; the web turns it into 404, 403 or 409 with its sentence."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.sentence))
        self.verdict = verdict


class NotThisMoment(Refused):
    """The world changed in between (someone else booked, closed, accepted): 409 with its sentence."""

    def __init__(self, sentence: Sentence, next_url: str = "") -> None:
        super().__init__(not_now(sentence, next_url))


def demand(verdict: Verdict) -> None:
    """Raise `Refused` unless the verdict allows."""
    if not verdict:
        raise Refused(verdict)
