"""What a door opens: declared at each door, recorded by the door, once for each login session and thing.

    @door(may_see_meeting, load=table_for, opens=Words("meeting_record", of=record_of))
    @door(is_signed_in, opens=Journeys("overview.search"))          # the view names them: `request.opened`
    @door(may_keep_places, opens=Nothing("Places are the organisation's, and no words of a journey."))

Whether words were shown is not for the door to guess: `kernel.encryption` tells which sealed columns were opened while it
answered. A page without any word is no opening. A door that opens words and declares none is a fault, which the tests
see and the log says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse

from alongside.kernel.encryption import Column, SealedTextField
from alongside.ledger.record import record_openings

logger = logging.getLogger("alongside.openings")


@dataclass(frozen=True)
class Words:
    """Words, or figures, of one journey: of the thing that `of` takes from what the door loaded; of the journey itself.

    `figures` says of what was loaded whether there are any: they lie unsealed, so nobody else can tell.
    """

    kind: str
    of: Callable[..., Any] | None = None
    figures: Callable[..., bool] | None = None


@dataclass(frozen=True)
class Journeys:
    """Words of several journeys. The view says whose they are, in `request.opened`: it may read more than it shows."""

    kind: str


@dataclass(frozen=True)
class Nothing:
    """No words of a journey, and why."""

    because: str


Opens = Words | Journeys | Nothing

ACCOUNTS = Nothing("Who is here and how they are reached: no words of a journey.")
LEADS_BACK = Nothing("It does one thing and leads back to a page, which says what it opens itself.")


def the_second(_first: Any, thing: Any, *_rest: Any) -> Any:
    """What most doors load: whose seat it is, and the thing."""
    return thing


def always(*_found: Any) -> bool:
    """A door to figures that is there only where there are some."""
    return True


@dataclass(frozen=True)
class OpenedThing:
    """What a view of several journeys showed words of."""

    journey_id: UUID
    kind: str = ""
    subject_id: UUID | None = None


class OpensUndeclared(Exception):
    """A door showed words and did not say so."""


def note_openings(
    request: HttpRequest,
    opens: Opens,
    found: tuple[Any, ...],
    columns: set[Column],
    response: HttpResponse,
    *,
    by: Any,
    login_session: Any,
) -> None:
    """Record what this answer opened. Called for each answer; asks the database once for each thing and login session."""
    if not _shows_something(request, response):
        return
    words = {column for column in columns if _are_words(*column)}
    kind = getattr(opens, "kind", "")
    things = [
        (thing.journey_id, thing.subject_id or thing.journey_id, thing.kind or kind)
        for thing in _opened(request, opens, found, words)
    ]
    if things:
        record_openings(things, login_session=str(login_session), by=by)


def _shows_something(request: HttpRequest, response: HttpResponse) -> bool:
    """A picture that the browser has still (304) is shown; a way to another page is not."""
    led_away = 300 <= response.status_code < 400 and response.status_code != 304
    return request.method != "HEAD" and not led_away and response.status_code != 204


def _opened(
    request: HttpRequest, opens: Opens, found: tuple[Any, ...], words: set[Column]
) -> list[OpenedThing]:
    if isinstance(opens, Journeys):
        opened: list[OpenedThing] | None = getattr(request, "opened", None)
        if words and opened is None:
            _say_undeclared(request, words)
        return opened or []
    if isinstance(opens, Nothing):
        if words:
            _say_undeclared(request, words)
        return []
    if not words and not (opens.figures and opens.figures(*found)):
        return []
    journey_id = journey_of(found)
    if journey_id is None:
        _say_undeclared(request, words)
        return []
    thing = opens.of(*found) if opens.of else None
    subject_id = thing if thing is None or isinstance(thing, UUID) else thing.pk
    return [OpenedThing(journey_id, opens.kind, subject_id)]


def journey_of(found: tuple[Any, ...]) -> UUID | None:
    for thing in found:
        journey = getattr(thing, "journey", None)
        journey_id = getattr(journey, "id", None) or getattr(thing, "journey_id", None)
        if journey_id:
            return UUID(str(journey_id))
    return None


def _say_undeclared(request: HttpRequest, words: set[Column]) -> None:
    named = ", ".join(sorted(f"{model._meta.label}.{column}" for model, column in words))
    view = request.resolver_match.view_name if request.resolver_match else "a door"
    if settings.OPENINGS_MUST_BE_DECLARED:
        raise OpensUndeclared(f"{view} opens {named} and does not say so")
    logger.error("%s opens %s and does not say so", view, named)


@lru_cache(maxsize=512)
def _are_words(model: type[models.Model], column: str | None) -> bool:
    try:
        field = model._meta.get_field(column or "")
    except FieldDoesNotExist:
        return False
    return isinstance(field, SealedTextField) and field.are_words
