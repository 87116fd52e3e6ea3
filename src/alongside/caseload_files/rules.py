"""Who may bring in a list, and undo it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import may_begin_journey
from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now
from alongside.people.models import Person

from .models import CaseloadFile
from .queries import KEPT_FOR


def may_bring_in(actor: Person) -> Verdict:
    """Whoever begins journeys, for themselves."""
    return may_begin_journey(actor)


def may_see_file(actor: Person, file: CaseloadFile) -> Verdict:
    if file.by_id != actor.id:
        return hidden()
    return may_bring_in(actor)


def may_use_file(actor: Person, file: CaseloadFile) -> Verdict:
    """Once, and while it is there."""
    if file.brought_in_at:
        return first_denial(may_see_file(actor, file), not_now(_("This list has been brought in already.")))
    return may_see_file(actor, file)


def may_undo(actor: Person, file: CaseloadFile) -> Verdict:
    """For a day after it was brought in, once."""
    return first_denial(may_see_file(actor, file), _can_be_undone(file))


def _can_be_undone(file: CaseloadFile) -> Verdict:
    if file.brought_in_at is None:
        return not_now(_("This list has not been brought in."))
    if file.undone_at:
        return not_now(_("This has been undone already."))
    if file.brought_in_at <= now() - KEPT_FOR:
        return not_now(_("This was brought in more than a day ago, so it can no longer be undone."))
    return ALLOWED
