"""The door at which a browser asks for the key to its signed-in person's drafts."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from alongside.kernel.errors import demand
from alongside.kernel.verdict import hidden

from . import rules
from .doors import Request, door
from .drafts import draft_key
from .models import Person
from .openings import ACCOUNTS


@door(rules.is_signed_in, opens=ACCOUNTS)
def key(request: Request, actor: Person) -> HttpResponse:
    """The key, and the sentences a page needs when it finds words: no page but that one has to carry them."""
    found = draft_key(actor, request.GET.get("epoch", ""))
    if found is None:
        demand(hidden())
    assert found
    return JsonResponse({**asdict(found), "sentences": _sentences()})


def _sentences() -> dict[str, str]:
    """`#` stands for when something was typed, `@` for where."""
    return {
        "title": _("We found something you wrote"),
        "put": _("What you typed in “@” (#) had not been saved. It is back in its place now."),
        "old": _(
            "You typed this in “@” (#), and it was never saved. Do you want to put it back, or discard it?"
        ),
        "refused": _(
            "You typed this in “@” (#), and it cannot be added any more. It stays here until you discard it."
        ),
        "form": _("You typed this in “@” (#) and did not send it. It stays here until you discard it."),
        "goThere": _("Go there"),
        "putIn": _("Put it back"),
        "copy": _("Copy it"),
        "copied": _("Copied"),
        "letGo": _("Discard it"),
        "letGoNow": _("Yes, discard it"),
    }
