"""Taking along what helped."""

from __future__ import annotations

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record

from .. import rules as ending_rules
from ..actions import Content, add_entry
from ..models import EndingEntry
from ..saying import fresh
from ..states import Sort
from . import rules
from .queries import Suggestion, suggestions_of


@action("ending.taken_along")
def take_along(*, suggestion: Suggestion, by: Seat) -> EndingEntry:
    """Make of something that helped an entry of what is taken along. Pressed twice, it is taken once."""
    by, ending = fresh(by)
    demand(rules.may_take_along(by, ending, suggestion))
    if suggestion.id not in {each.id for each in suggestions_of(by, ending)}:
        raise NotThisMoment(ending_rules.SETTLED_MEANWHILE)
    is_step = suggestion.sort == Sort.STRATEGY
    content = Content(
        what="" if is_step else suggestion.text,
        then=suggestion.text if is_step else "",
        taken_from=suggestion.id,
    )
    entry = add_entry(sort=suggestion.sort, content=content, by=by)
    record("ending.taken_along", subject=entry, by=by, sort=str(suggestion.sort))
    return entry
