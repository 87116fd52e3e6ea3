"""How allauth behaves where a sign-in has a part in journeys. Named in `ACCOUNT_ADAPTER`."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from alongside.people import adapters

from .addresses.actions import follow_address


class AccountAdapter(adapters.AccountAdapter):
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A changed address is proven: emails to the persons of this sign-in go there, and their tables know of it."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            user = email_address.user
            user.refresh_from_db(fields=["email"])
            follow_address(user=user, by=None)
        return confirmed
