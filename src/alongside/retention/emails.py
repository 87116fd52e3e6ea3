"""Administrators are told what is to be erased, so that nobody does it unseen; people what is restricted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.people.emails import email_kind
from alongside.people.models import Person
from alongside.people.queries import administrators_of
from alongside.people.tasks import enqueue_message

from .models import Erasure
from .rules import WAIT

TO_CARRY_OUT = email_kind(
    "something is to be erased", although_restricted="to administrators, about their duty"
)

RESTRICTION = email_kind(
    "restriction", although_restricted="it says what is done, and why nothing else comes"
)


def tell_of_restriction(person: Person, guides: Iterable[Person], *, is_set: bool) -> None:
    """The person, and who guides them. Within the transaction: posted once it holds."""
    for reader in (person, *(one for one in guides if one.id != person.id)):
        if not reader.email or not reader.is_active:
            continue
        with translation.override(reader.language):
            greeting = _("Hello %(reader)s,") % {"reader": reader.name}
            said = _said_of_restriction(person, is_theirs=reader.id == person.id, is_set=is_set)
            enqueue_message(
                RESTRICTION,
                to=reader.email,
                subject=_("About your record") if reader.id == person.id else _("About a record"),
                text=f"{greeting}\n\n{said}\n",
                organisation=reader.organisation_id,
                person=reader.id,
            )


def _said_of_restriction(person: Person, *, is_theirs: bool, is_set: bool) -> str:
    if is_theirs and is_set:
        return _(
            "As you asked, your record in Alongside is now restricted: it is stored, and nothing else is done with it. You "
            "can still sign in and read it. Until the restriction is lifted, no one can change it, and you get no reminders."
        )
    if is_theirs:
        return _(
            "The restriction on your record in Alongside has been lifted. It can be used again, as before."
        )
    if is_set:
        return _(
            "At the request of %(name)s, their record is restricted from now on: it is stored, and nothing else is done with "
            "it. You cannot open it until the restriction is lifted. Appointments in it stay booked."
        ) % {"name": person.name}
    return _("The restriction on the record of %(name)s has been lifted. You can open it again.") % {
        "name": person.name
    }


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


ACCESS_EXTENDED = email_kind(
    "request for access, extended", although_restricted="they asked for it, and have to be told"
)


def tell_of_extension(person: Person, until: dt.date, reason: str) -> None:
    """Within the transaction. Whoever has no address is told some other way: the page says so."""
    if not person.email:
        return
    with translation.override(person.language):
        facts = {"name": person.name, "until": date_format(until, "j F Y"), "reason": reason}
        text = _(
            "Hello %(name)s,\n\nYou asked for a copy of your records. It takes longer than a month. You will get an answer "
            "by %(until)s.\n\nThe reason: %(reason)s\n\nIf you are not happy with this, you can complain to the data "
            "protection authority.\n"
        )
        enqueue_message(
            ACCESS_EXTENDED,
            to=person.email,
            subject=_("Your request takes longer"),
            text=text % facts,
            organisation=person.organisation_id,
            person=person.id,
        )
