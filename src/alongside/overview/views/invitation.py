"""The landing of an invitation: looking uses nothing up, the button opens the one seat it was sent for."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.journeys.joining import take_seat
from alongside.people.actions import send_invitation_again
from alongside.people.doors import public
from alongside.people.models import Invitation, User
from alongside.people.openings import Nothing
from alongside.people.pages import invitation_page
from alongside.people.queries import invitation_by, user_by_address

from ..pages.common import ahead_url
from ..queries import seat_before_the_first

LINK_IS_THE_KEY = "Who holds the link from the letter is invited; looking at it changes nothing."


def _must_sign_in(invitation: Invitation, user: User | None) -> bool:
    """Someone who has a password or a second factor shows it: a link never stands in for it."""
    known = user_by_address(invitation.email)
    if known is None or (user and user.pk == known.pk):
        return False
    return known.has_usable_password() or is_mfa_enabled(known)


INVITED = Nothing("Who invites whom, and no word of what is written there.")


@public(LINK_IS_THE_KEY, opens=INVITED)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening an invitation uses nothing up, as mail scanners open links; its button does."""
    invited = invitation_by(token)
    if invited is None:
        return render(request, "people/invitation_unknown.html", status=404)
    request.publisher = invited.person.organisation  # type: ignore[attr-defined]
    with translation.override(invited.person.language):
        user = request.user if request.user.is_authenticated else None
        page = invitation_page(token, invited, user, must_sign_in=_must_sign_in(invited, user))
        if request.method == "POST" and page.verdict:
            return _accept(request, token, invited, page.sign_in_first)
        return render(request, "people/invitation.html", {"page": page}, status=page.status)


def _accept(request: HttpRequest, token: str, invited: Invitation, sign_in_first: bool) -> HttpResponse:
    if request.user.is_authenticated and request.user.email != invited.email:
        logout(request)
    if sign_in_first:
        landing = reverse("overview:invitation", args=[token])
        return redirect(f"{reverse('account_login')}?{urlencode({'next': landing})}")
    person = take_seat(
        invitation=invited, user=request.user if request.user.is_authenticated else None, by=None
    )
    if not request.user.is_authenticated:
        login(request, person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        # the link proved them a moment ago: setting up a second factor does not ask for a code again
        record_authentication(request, person.user, method="invitation")
    request.session["person_id"] = str(person.id)
    messages.success(request, _("Welcome. You are signed in. There is no password to remember."))
    seat = seat_before_the_first(person, invited.journey_id)
    return redirect(ahead_url(seat, number=1) if seat else invited.next_path)


@public(
    "Who holds an old link may have a new one posted, to the address the old one was sent to and no other.",
    opens=INVITED,
)
@never_cache
@require_POST
def invitation_again(request: HttpRequest, token: str) -> HttpResponse:
    invited = invitation_by(token)
    if invited is None:
        return render(request, "people/invitation_unknown.html", status=404)
    send_invitation_again(invitation=invited, by=None)
    return render(request, "people/invitation_posted.html")
