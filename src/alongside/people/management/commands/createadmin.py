"""Found an organisation and its first administrator."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from alongside.kernel.email_addresses import normal_address
from alongside.people import actions
from alongside.people.models import User
from alongside.people.queries import user_by_address
from alongside.ui.email_addresses import validate_address


class Command(BaseCommand):
    help = "Founds an organisation with its administrator and prints the link with which they begin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", help="the organisation's name")
        parser.add_argument("--name", help="the administrator's name")
        parser.add_argument("--email", help="the administrator's email address")
        parser.add_argument("--time-zone", default="Europe/London", help="an IANA time zone")
        parser.add_argument("--port", type=int, help="the port Alongside will be served on, if not 8000")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read a password from standard input instead of a link",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else None
        organisation = self._ask(options["organisation"], "Name of the organisation: ")
        name = self._ask(options["name"], "Your name: ")
        email = normal_address(self._ask(options["email"], "Your email address: "))
        try:
            validate_address(email)
            if password is not None:
                validate_password(password, User(email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if password is not None and user_by_address(email):
            raise CommandError(
                "There is a sign-in with this address already: leave the password out and use the link."
            )
        self.address = (
            settings.PUBLIC_URL if options["port"] is None else f"http://localhost:{options['port']}"
        )
        self._say_what_comes()
        self._found(organisation, name, email, options["time_zone"], password)

    @transaction.atomic
    def _found(self, organisation: str, name: str, email: str, zone: str, password: str | None) -> None:
        founded = actions.found_organisation(name=organisation, by=None)
        person = actions.add_person(
            organisation_id=founded.id,
            name=name,
            email=email,
            time_zone=zone,
            is_guide=True,
            is_administrator=True,
            by=None,
        )
        if password is not None:
            actions.make_sign_in(person=person, password=password, by=None)
            self.stdout.write(f"{email} can sign in at {self.address}/")
        else:
            token = actions.hand_over_invitation(person=person, by=None)
            self.stdout.write("Open this link to begin. It works once, for fourteen days:")
            self.stdout.write(self.address + reverse("overview:invitation", args=[token]))

    def _say_what_comes(self) -> None:
        """Before the link, which stays last: where emails lie, and how to start."""
        if settings.MAIL_LIES_IN:
            self.stdout.write(
                f"No mail server is set (EMAIL_HOST): emails are saved in {settings.MAIL_LIES_IN}"
            )
        port = urlsplit(self.address).port
        if not self.address.startswith("https://") and port:
            self.stdout.write(f"Start Alongside, if it is not running: alongside serve --port {port}")

    def _ask(self, given: str | None, question: str) -> str:
        if given is None and not sys.stdin.isatty():
            raise CommandError("Please give --organisation, --name and --email.")
        answer = (given if given is not None else input(question)).strip()
        if not answer:
            raise CommandError("This can't be empty.")
        return answer
