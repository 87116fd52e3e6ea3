"""Remove the second factor of somebody who lost it, where there is no second administrator to agree."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.people.factor_resets import reset_factors
from alongside.people.queries import persons_of, user_by_address


class Command(BaseCommand):
    help = "Removes the second factor of whoever signs in with this address, signs them out and tells them by email."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = user_by_address(options["email"])
        persons = persons_of(user.pk) if user else []
        if not persons:
            raise CommandError("Nobody signs in with this address.")
        removed = reset_factors(person=persons[0], by=None)
        self.stdout.write(f"Removed {removed} factors. They were signed out and told by email.")
