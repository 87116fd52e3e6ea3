"""What was typed and did not arrive: the key to a browser's drafts, and forms that came too late."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.kernel.errors import demand
from alongside.kernel.verdict import hidden

from . import rules
from .doors import Request, door
from .drafts import draft_key
from .kept_forms import opened, waiting_in
from .models import Person
from .openings import ACCOUNTS, Nothing


@door(rules.is_signed_in, opens=ACCOUNTS)
def key(request: Request, actor: Person) -> HttpResponse:
    """The key, and the sentences a page needs when it finds words: no page but that one has to carry them."""
    found = draft_key(actor, request.GET.get("epoch", ""))
    if found is None:
        demand(hidden())
    assert found
    return JsonResponse({**asdict(found), "sentences": _sentences()})


@door(rules.is_signed_in, opens=Nothing("What one typed oneself, and nobody has read yet."))
def kept_forms(request: Request, actor: Person) -> HttpResponse:
    """What waits in this browser for the one who typed it, to be read when its page can't be opened any more."""
    kept = opened(waiting_in(request), actor.id)
    return render(request, "people/kept_forms.html", {"kept": list(kept.values())})


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
