"""When the old mailbox is lost: the guide asks, an administrator confirms, the old address can object."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.journeys.addresses import actions, rules
from alongside.journeys.addresses.queries import change_by, change_for, changes_in
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import door, public
from alongside.people.models import AddressChange, Person
from alongside.people.openings import LEADS_BACK, Nothing

from ..forms import NewAddressForm
from ..pages.addresses import address_page, change_page, objection_page

THE_OLD_MAILBOX_OBJECTS = "Whoever reads the old mailbox can keep the address; looking at it changes nothing."

ADDRESSES = Nothing("Addresses, and who spoke for them: no words of a journey.")


@door(rules.may_look_after_address, load=seat_for, methods=("GET", "POST"), opens=ADDRESSES)
def address(request: HttpRequest, seat: Seat) -> HttpResponse:
    """How a participant is written to, and what can be done when they have lost their mailbox."""
    form = NewAddressForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            change = actions.vouch_for_address(email=form.cleaned_data["email"], by=seat)
        except Refused as refused:
            if refused.verdict.denial != Denial.NOT_NOW:
                raise
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
        else:
            messages.success(
                request, _("The administrators of your organisation have been asked to confirm this.")
            )
            return redirect("overview:address_change", change_id=change.id)
    facts = {"page": address_page(seat, changes_in(seat)), "form": form}
    return render(request, "overview/address.html", facts, status=status)


@door(rules.may_read_change, load=change_for, opens=ADDRESSES)
def address_change(request: HttpRequest, actor: Person, change: AddressChange) -> HttpResponse:
    return render(request, "overview/address_change.html", {"page": change_page(actor, change)})


def _decide(
    action: Callable[..., AddressChange], said: Callable[[AddressChange], str]
) -> Callable[..., HttpResponse]:
    def decide(request: HttpRequest, actor: Person, change: AddressChange) -> HttpResponse:
        messages.success(request, said(action(change=change, by=actor)))
        return redirect("overview:address_change", change_id=change.id)

    return decide


def _stays(change: AddressChange) -> str:
    return _("The email address of %(name)s stays as it is.") % {"name": change.person.name}


def _confirmed(change: AddressChange) -> str:
    return _("Confirmed. We have written to the old address, which can object for 72 hours.")


@door(rules.may_confirm_address, load=change_for, methods=("POST",), opens=LEADS_BACK)
def confirm_address(request: HttpRequest, actor: Person, change: AddressChange) -> HttpResponse:
    return _decide(actions.confirm_address, _confirmed)(request, actor, change)


@door(rules.may_decline_address, load=change_for, methods=("POST",), opens=LEADS_BACK)
def decline_address(request: HttpRequest, actor: Person, change: AddressChange) -> HttpResponse:
    return _decide(actions.decline_address, _stays)(request, actor, change)


@door(rules.may_withdraw_address, load=change_for, methods=("POST",), opens=LEADS_BACK)
def withdraw_address(request: HttpRequest, actor: Person, change: AddressChange) -> HttpResponse:
    return _decide(actions.withdraw_address, _stays)(request, actor, change)


@door(rules.may_object_to_address, load=change_for, methods=("POST",), opens=LEADS_BACK)
def keep_address(request: HttpRequest, actor: Person, change: AddressChange) -> HttpResponse:
    return _decide(actions.object_to_address, _stays)(request, actor, change)


@public(THE_OLD_MAILBOX_OBJECTS, opens=ADDRESSES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def object_to_address(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the email to the old address. Opening it changes nothing; its button does."""
    change = change_by(token)
    if change is None:
        return render(request, "people/invitation_unknown.html", status=404)
    with translation.override(change.person.language):
        status = 200
        if request.method == "POST" and rules.may_be_objected_to(change):
            change = actions.object_to_address(change=change, by=None)
        elif not rules.may_be_objected_to(change):
            status = 409 if request.method == "POST" else 200
        return render(
            request, "overview/address_objection.html", {"page": objection_page(token, change)}, status=status
        )
