"""Somebody lost phone and recovery codes: their second factor is removed by two administrators, never by one.

An administrator asks and says why, another one agrees; the person is told of both by email. Where there is only one,
whoever looks after the installation does it by the command line (`alongside manage resetfactors`).
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import rules
from .emails import email_kind
from .models import FACTOR_RESET_LASTS, FactorReset, LoginSession, Person
from .queries import administrators_of, has_factor, open_factor_reset
from .tasks import enqueue_message

FACTOR_RESET = email_kind(
    "second factor removed", although_restricted="of their own account, which stays theirs"
)

ASKED = gettext_lazy(
    "Hello %(reader)s,\n\n%(name)s asked to remove your second factor, so that you can sign in without your phone or your "
    "recovery codes. A second administrator decides. If this is not what you want, please tell your organisation "
    "now.\n\n%(link)s\n"
)
TO_DECIDE = gettext_lazy(
    "Hello %(reader)s,\n\n%(name)s asked to remove the second factor of a person who can no longer use it. A second "
    "administrator has to agree. Please make sure that it is really them who asked, for example by calling them:\n\n"
    "%(link)s\n"
)
DONE = gettext_lazy(
    "Hello %(reader)s,\n\nYour second factor was removed, and you were signed out everywhere. Please sign in and set up a "
    "new one. If you did not ask for this, please tell your organisation now.\n\n%(link)s\n"
)


@action("factor_reset.asked")
def ask_for_factor_reset(*, person: Person, reason: str, by: Person) -> FactorReset:
    """Ask a second administrator to remove somebody's second factor. They and the other administrators are told."""
    facts = {"has_one": has_factor(person.user_id), "is_asked": open_factor_reset(person) is not None}
    demand(rules.may_ask_for_factor_reset(by, person, **facts))
    FactorReset.objects.filter(
        person=person, decided_at=None, created_at__lte=now() - FACTOR_RESET_LASTS
    ).delete()
    reset = FactorReset.objects.create(person=person, reason=reason.strip(), asked_by=by)
    record("factor_reset.asked", subject=reset, by=by, person=str(person.id))
    _tell(person, ASKED, by, "/profile/")
    for reader in administrators_of(by.organisation_id):
        if reader.id not in (by.id, person.id):
            _tell(reader, TO_DECIDE, by, f"/people/{person.id}/")
    return reset


@action("factor_reset.decided")
def decide_factor_reset(*, reset: FactorReset, agrees: bool, by: Person) -> FactorReset:
    """Agree, and the second factor is gone and the person signed out everywhere; or say no. Of two at once one holds."""
    demand(rules.may_decide_factor_reset(by, reset, now=now()))
    decided = FactorReset.objects.filter(id=reset.id, decided_at=None).update(
        decided_at=now(), decided_by=by, agreed=agrees
    )
    reset.refresh_from_db()
    if not decided:
        demand(rules.may_decide_factor_reset(by, reset, now=now()))
    record("factor_reset.decided", subject=reset, by=by, person=str(reset.person_id), agreed=agrees)
    if agrees:
        _remove_factors(reset.person)
    return reset


@action("factor_reset.from_command_line")
def reset_factors(*, person: Person, by: None) -> int:
    """Remove somebody's second factor from the command line; how many factors they had."""
    record("factor_reset.from_command_line", subject=person, by=by)
    return _remove_factors(person)


def _remove_factors(person: Person) -> int:
    removed, _rows = Authenticator.objects.filter(user_id=person.user_id).delete()
    LoginSession.objects.filter(user=person.user_id).delete()
    _tell(person, DONE, person, "/accounts/login/")
    return removed


def _tell(reader: Person, text: Promise, by: Person, path: str) -> None:
    """Within the transaction: posted once it holds."""
    with translation.override(reader.language):
        facts = {"reader": reader.name, "name": by.name, "link": settings.PUBLIC_URL + path}
        subject = _("How you sign in") if text is not TO_DECIDE else _("A decision is needed")
        enqueue_message(
            FACTOR_RESET,
            to=reader.email,
            subject=subject,
            text=str(text) % facts,
            organisation=reader.organisation_id,
        )
