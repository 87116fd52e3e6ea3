"""The demo's open doors: be one of the personas, and read the letters that were sent."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.people.doors import public
from alongside.people.openings import Nothing

from . import mailbox
from .personas import PERSONAS
from .queries import user_of

BECAUSE = "only in demo mode, where everyone may be everyone and nobody is real"
MADE_UP = Nothing("People and emails of the demo are made up.")


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@public(BECAUSE, opens=MADE_UP)
@require_GET
def list_personas(request: HttpRequest) -> JsonResponse:
    _only_in_the_demo()
    return JsonResponse({"personas": [{"slug": p.slug, "name": p.name, "who": p.who} for p in PERSONAS]})


@public(BECAUSE, opens=MADE_UP)
@require_GET
def choose_persona(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    return render(request, "demo/personas.html", {"personas": PERSONAS})


# Exempt from CSRF: signing in as a made-up person can't be used against anyone, and scripts may do it with one POST.
@csrf_exempt
@public(BECAUSE, opens=MADE_UP)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    user = user_of(request.POST.get("persona", ""))
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, method="persona")
    next_url = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()})
    return redirect(next_url if safe else "/")


@public(BECAUSE, opens=MADE_UP)
@require_http_methods(["GET", "HEAD"])
def read_mail(request: HttpRequest, name: str = "") -> HttpResponse:
    _only_in_the_demo()
    if not name:
        return render(request, "demo/mail.html", {"letters": mailbox.letters()})
    letter = mailbox.letter(name)
    if letter is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": letter})
