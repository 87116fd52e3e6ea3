"""Where one is signed in, and how one ends it; an administrator does the same for somebody else."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from . import rules
from .doors import Request, door
from .login_sessions import login_session_for, login_sessions_of
from .models import LoginSession, Person
from .openings import ACCOUNTS, LEADS_BACK
from .pages import signed_in_page
from .queries import digest, person_for
from .signing_out import end_login_session, sign_out_everywhere


@door(rules.is_signed_in, opens=ACCOUNTS)
def signed_in(request: Request, actor: Person) -> HttpResponse:
    here = digest(str(request.session.session_key))
    user_id = cast("UUID", actor.user_id)  # who is signed in has one
    page = signed_in_page(login_sessions_of(user_id), here)
    return render(request, "people/signed_in.html", {"page": page})


@door(rules.may_end_login_session, load=login_session_for, methods=("POST",), opens=LEADS_BACK)
def end_one(request: Request, actor: Person, login_session: LoginSession) -> HttpResponse:
    here = login_session.key_digest == digest(str(request.session.session_key))
    end_login_session(login_session=login_session, by=actor)
    if here:
        return _signed_out(request)
    messages.success(request, _("That browser is signed out."))
    return redirect("people:signed_in")


@door(rules.is_signed_in, methods=("POST",), opens=LEADS_BACK)
def end_all(request: Request, actor: Person) -> HttpResponse:
    sign_out_everywhere(person=actor, by=actor)
    return _signed_out(request)


@door(rules.may_sign_out, load=person_for, methods=("POST",), opens=LEADS_BACK)
def sign_out(request: Request, actor: Person, person: Person) -> HttpResponse:
    sign_out_everywhere(person=person, by=actor)
    if person.id == actor.id:
        return _signed_out(request)
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": person.name})
    return redirect("people:person", person_id=person.id)


def _signed_out(request: Request) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("account_login")
