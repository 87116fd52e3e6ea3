"""Who may read which page of the help."""

from __future__ import annotations

from alongside.kernel.verdict import ALLOWED, Verdict, hidden
from alongside.people.models import Person

from .contents import HelpPage, is_written_for


def may_read_help(actor: Person, page: HelpPage) -> Verdict:
    """A page that is not written for somebody is not there for them: they need not be told of it."""
    return ALLOWED if is_written_for(actor, page) else hidden()
