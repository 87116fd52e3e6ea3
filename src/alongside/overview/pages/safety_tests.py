"""The way of a safety notice, tried: to whom it went, and whether it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.goals.safety.models import SafetyTest
from alongside.goals.safety.pages import moment_in_words
from alongside.goals.safety.queries import readers_of
from alongside.people.models import Person


@dataclass(frozen=True)
class TestLine:
    name: str
    state: str
    shape: str
    meta: str


@dataclass(frozen=True)
class TestsPage:
    readers: str
    lines: tuple[TestLine, ...]


def tests_page(actor: Person, tests: Sequence[SafetyTest]) -> TestsPage:
    readers = ", ".join(str(person.name) for person in readers_of(actor.organisation))
    sentence = _("A notice nobody has answered in time goes to: %(names)s.") % {"names": readers}
    return TestsPage(sentence, tuple(_line(each) for each in tests))


def _line(test: SafetyTest) -> TestLine:
    meta = _("asked for by %(name)s, %(when)s") % {
        "name": test.by.name,
        "when": moment_in_words(test.created_at),
    }
    if test.arrived_at:
        said = _("Arrived, opened on %(when)s") % {"when": moment_in_words(test.arrived_at)}
        return TestLine(str(test.to.name), said, "done", meta)
    if test.sent_at:
        said = _("Sent on %(when)s, not opened yet") % {"when": moment_in_words(test.sent_at)}
        return TestLine(str(test.to.name), said, "here", meta)
    if not test.to.email:
        return TestLine(str(test.to.name), _("Not sent: no email address is known"), "attention", meta)
    return TestLine(str(test.to.name), _("Not sent yet. Is the worker running?"), "attention", meta)
