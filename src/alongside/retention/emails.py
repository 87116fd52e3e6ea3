"""The other administrators are told that something is to be erased: nobody does it unseen."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.people.emails import email_kind
from alongside.people.queries import administrators_of
from alongside.people.tasks import enqueue_message

from .models import Erasure
from .rules import WAIT

TO_CARRY_OUT = email_kind("something is to be erased")


def tell_other_administrators(erasure: Erasure) -> None:
    """Within the transaction: posted once it holds."""
    link = settings.PUBLIC_URL + reverse("retention:erasure", args=[erasure.id])
    for reader in administrators_of(erasure.organisation_id):
        if reader.id in (erasure.by_id, erasure.person_id):
            continue
        with translation.override(reader.language):
            text = _(
                "Hello %(reader)s,\n\n%(name)s decided that something is to be erased from Alongside. A second "
                "administrator can carry it out now. In %(days)s days %(name)s can do it alone. Please look at it, "
                "and withdraw it if it is not right:\n\n%(link)s\n"
            )
            facts = {"reader": reader.name, "name": erasure.by.name, "days": WAIT.days, "link": link}
            enqueue_message(
                TO_CARRY_OUT,
                to=reader.email,
                subject=_("A decision is needed"),
                text=text % facts,
                organisation=reader.organisation_id,
                person=reader.id,
            )
