"""How allauth behaves here: people come by invitation, and its letters go out by the worker."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpRequest

from .actions import follow_address
from .tasks import enqueue_message


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        request = allauth_context.request
        facts = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        letter = self.render_mail(template_prefix, email, facts)
        alternatives = letter.alternatives if isinstance(letter, EmailMultiAlternatives) else []
        html = next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
        with transaction.atomic():
            enqueue_message(to=email, subject=letter.subject, text=str(letter.body), html=html)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A changed address is proven: letters to the persons of this sign-in go there from now on."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            user = email_address.user
            user.refresh_from_db(fields=["email"])
            follow_address(user=user, by=None)
        return confirmed
