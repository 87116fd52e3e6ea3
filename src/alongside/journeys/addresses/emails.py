"""What is told of a change of address. No address stands in any of these emails but the one it is sent to."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.people.emails import email_kind
from alongside.people.models import AddressChange, AddressChangeKind, Person
from alongside.people.queries import administrators_of
from alongside.people.tasks import enqueue_message

from ..emails import write_to
from .queries import touched_by

ADDRESS = email_kind("change of address", although_restricted="of their own account, which stays theirs")


def _facts(change: AddressChange) -> dict[str, str]:
    opens = timezone.localtime(change.opens_at) if change.opens_at else None
    return {
        "name": str(change.person.name),
        "by": str(change.by.name) if change.by else str(change.person.name),
        "organisation": str(change.person.organisation.name),
        "telephone": str(change.person.organisation.telephone),
        "opens": date_format(opens, "l j F Y, H:i") if opens else "",
        "link": settings.PUBLIC_URL + reverse("overview:address_change", args=[change.id]),
        "sign_in": f"{settings.PUBLIC_URL}/",
    }


def _subject() -> str:
    return _("An email address is changing")


def _tell(
    readers: list[Person], compose: Callable[[], tuple[str, str]], *, but: Person | None = None
) -> None:
    for reader in readers:
        if but is None or reader.id != but.id:
            write_to(ADDRESS, reader, compose)


def _send(to: str, person: Person, compose: Callable[[], tuple[str, str]]) -> None:
    """To an address that is not, or no longer, that of the person."""
    with translation.override(person.language):
        subject, text = compose()
        text = _("Hello %(name)s,") % {"name": person.name} + f"\n\n{text}\n"
        enqueue_message(ADDRESS, to=to, subject=subject, text=text, organisation=person.organisation_id)


def ask_administrators(change: AddressChange) -> None:
    facts = _facts(change)

    def ask() -> tuple[str, str]:
        text = _(
            "%(by)s says that %(name)s can no longer read the mailbox they sign in with, and has a new email address. "
            "Please check this with %(by)s, then confirm it or say no:\n\n%(link)s"
        )
        return _("Please confirm a new email address"), text % facts

    readers = administrators_of(change.person.organisation_id)
    _tell([each for each in readers if each.id != change.person_id], ask, but=change.by)


def tell_of_confirmed(change: AddressChange, token: str) -> None:
    """The old address, which can object; everyone at a table with the person."""
    link = settings.PUBLIC_URL + reverse("overview:object_to_address", args=[token])
    facts = {**_facts(change), "object": link}

    def to_old() -> tuple[str, str]:
        text = _(
            "%(by)s has told us that you can no longer read this mailbox, and that you have a new email address. An "
            "administrator of %(organisation)s has confirmed it. On %(opens)s the new address takes the place of this "
            "one.\n\nIf you can read this and did not ask for it, keep your address here:\n\n%(object)s\n\nUntil then "
            "nothing changes, and nobody can sign in with the new address."
        )
        return _subject(), text % facts

    def to_others() -> tuple[str, str]:
        text = _(
            "%(by)s has told us that %(name)s has lost their mailbox and has a new email address. An administrator has "
            "confirmed it. It changes on %(opens)s. If you doubt that this is right, please speak to %(name)s, and to "
            "an administrator of your organisation."
        )
        return _subject(), text % facts

    _send(str(change.before), change.person, to_old)
    _tell(touched_by(change.person), to_others)


def tell_it_stays(change: AddressChange) -> None:
    """Nothing changes: the person, whoever asked for it, the administrators, and those who were told."""
    facts = _facts(change)

    def stays() -> tuple[str, str]:
        text = _(
            "The email address of %(name)s stays as it is. A new one was asked for by %(by)s: it is %(state)s."
        )
        return _("An email address stays as it is"), text % {**facts, "state": change.get_state_display()}

    readers = [change.person, *administrators_of(change.person.organisation_id)]
    if change.by:
        readers.append(change.by)
    if change.opens_at:
        readers += touched_by(change.person)
    _tell(list({each.id: each for each in readers}.values()), stays)


def tell_of_new_address(change: AddressChange) -> None:
    """It is done: everyone at a table with the person; of a lost mailbox also both addresses."""
    facts = _facts(change)

    def changed() -> tuple[str, str]:
        text = _(
            "The email address of %(name)s has changed. If you did not expect this, please ask %(name)s in person or "
            "by telephone, and tell an administrator of your organisation if something seems wrong."
        )
        return _("An email address has changed"), text % facts

    def corrected() -> tuple[str, str]:
        text = _(
            "%(by)s has corrected the email address of %(name)s, who has not accepted the invitation yet."
        )
        return _("An email address was corrected"), text % facts

    def is_yours() -> tuple[str, str]:
        text = _(
            "From now on you sign in at Alongside with this address. Ask for a code there, and it comes here:\n\n%(sign_in)s"
        )
        return _("Your new email address"), text % facts

    def was_yours() -> tuple[str, str]:
        text = _(
            "You no longer sign in at Alongside with this address, and no emails come here any more. If this is wrong, "
            "please call %(organisation)s. %(telephone)s"
        )
        return _("Your email address has changed"), (text % facts).strip()

    if change.kind == AddressChangeKind.CORRECTED:
        _tell(touched_by(change.person), corrected, but=change.by)
        return
    _tell(touched_by(change.person), changed)
    if change.kind == AddressChangeKind.LOST:
        _send(str(change.after), change.person, is_yours)
        _send(str(change.before), change.person, was_yours)
