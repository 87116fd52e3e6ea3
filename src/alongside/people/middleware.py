"""Who is asking, whether they have shown enough, and what a refusal looks like."""

from __future__ import annotations

import secrets
import zoneinfo
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial

from .account_events import note_refused, note_try
from .doors import Request, wants_json
from .kept_forms import waiting_in
from .models import Person
from .queries import persons_of

Next = Callable[[HttpRequest], HttpResponse]


def _actor_of(request: HttpRequest) -> Person | None:
    if not request.user.is_authenticated:
        return None
    # the backend brings them along; in the request that signs somebody in, the user comes from elsewhere
    known = getattr(request.user, "persons", None)
    persons = persons_of(request.user.pk) if known is None else known
    if len(persons) > 1 and "person_id" not in request.session:
        _go_on_where_one_was(request, persons)
    chosen = request.session.get("person_id")
    return next((person for person in persons if str(person.id) == chosen), persons[0] if persons else None)


def _go_on_where_one_was(request: HttpRequest, persons: list[Person]) -> None:
    """Signed in again, one is in the organisation in which a form of theirs waits, if one does."""
    waits_for = {each.person_id for each in waiting_in(request)}
    person = next((person for person in persons if person.id in waits_for), None)
    if person:
        request.session["person_id"] = str(person.id)


class ActorMiddleware:
    """`request.actor` is the person who asks, in the organisation they chose, or None; their zone and language hold."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:  # type: ignore[override]
        request.seat = None
        request.actor = _actor_of(request) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if request.actor is None:
            return self.get_response(request)
        request.login_session = SimpleLazyObject(lambda: login_session_of(request))
        with translation.override(request.actor.language), timezone.override(zone_of(request.actor)):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
            return response


def zone_of(person: Person) -> zoneinfo.ZoneInfo:
    """The person's zone; UTC when the machine doesn't know the one they chose."""
    try:
        return zoneinfo.ZoneInfo(person.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


def login_session_of(request: HttpRequest) -> str:
    """One login session is one sign-in: openings are recorded once in it. Not the session's key, which is a secret."""
    if "login_session" not in request.session:
        request.session["login_session"] = secrets.token_urlsafe(12)
    return str(request.session["login_session"])


class SecondFactorMiddleware:
    """Guides, leads and administrators set up a second factor before anything else (not in the demo)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        actor = request.actor
        if (
            settings.REQUIRE_SECOND_FACTOR
            and actor
            and actor.needs_second_factor
            and not self._is_shown(request)
        ):
            open_paths = (reverse("account_logout"), "/accounts/", "/about/", settings.STATIC_URL, "/healthz")
            if not request.path.startswith(open_paths):
                if wants_json(request):
                    return JsonResponse({"sentence": ""}, status=401)
                return redirect("mfa_index")
        return self.get_response(request)

    def _is_shown(self, request: HttpRequest) -> bool:
        if not request.session.get("second_factor"):
            request.session["second_factor"] = is_mfa_enabled(request.user)
        return bool(request.session["second_factor"])


class SignInTriesMiddleware:
    """A try to sign in that was not convincing is recorded, whichever page of the library it was made on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        note_try(request, response)
        return response


class RefusalMiddleware:
    """A refusal becomes 404, 403 or 409 with its one sentence and the way onward."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        denial = error.verdict.denial or Denial.HIDDEN
        if denial is not Denial.NOT_NOW:
            note_refused(request, denial.value)
        facts = {"sentence": error.verdict.sentence, "next_url": error.verdict.next_url}
        if wants_json(request):
            return JsonResponse({k: str(v) for k, v in facts.items()}, status=denial.value)
        return render(request, f"ui/errors/{denial.value}.html", facts, status=denial.value)
