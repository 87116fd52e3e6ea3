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


@door(rules.is_signed_in)
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
        "title": _("Words of yours were found"),
        "put": _("What you typed in “@” (#) had not been saved. It is in its place now."),
        "old": _("You typed this in “@” (#), and it was never saved. Put it in, or let it go?"),
        "refused": _(
            "You typed this in “@” (#), and it can't be put in any more. It is kept here until you let it go."
        ),
        "form": _("You typed this in “@” (#), and didn't send it. It is kept here until you let it go."),
        "goThere": _("Go there"),
        "putIn": _("Put it in"),
        "copy": _("Copy it"),
        "copied": _("Copied"),
        "letGo": _("Let it go"),
        "letGoNow": _("Yes, let it go"),
    }
