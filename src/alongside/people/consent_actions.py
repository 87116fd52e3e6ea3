"""Agreeing to one thing, and withdrawing it: each in one press, by the person alone."""

from __future__ import annotations

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import consents, rules
from .models import ConsentRecord, Person, Purpose


@action("consent.given")
def give_consent(*, purpose: Purpose, by: Person) -> ConsentRecord:
    """Agree, to the words of today. Said twice to the same words, it is recorded once."""
    demand(rules.is_signed_in(by))
    Person.objects.select_for_update().get(id=by.id)
    words, last = consents.TEXTS[purpose], consents.standing(by, purpose)
    if last and last.given and last.version == words.version:
        return last
    row = ConsentRecord.objects.create(
        person=by, purpose=purpose, version=words.version, text=str(words.text), given=True, by=by
    )
    record("consent.given", subject=row, by=by, purpose=str(purpose), version=row.version)
    return row


@action("consent.withdrawn")
def withdraw_consent(*, purpose: Purpose, by: Person) -> ConsentRecord:
    """Withdraw it, or say no before one was asked. What rests on it stops at once."""
    demand(rules.is_signed_in(by))
    Person.objects.select_for_update().get(id=by.id)
    last = consents.standing(by, purpose)
    if last and not last.given:
        return last
    words = consents.TEXTS[purpose]
    row = ConsentRecord.objects.create(
        person=by,
        purpose=purpose,
        version=last.version if last else words.version,
        text=str(last.text if last else words.text),
        given=False,
        by=by,
    )
    record("consent.withdrawn", subject=row, by=by, purpose=str(purpose), version=row.version)
    return row
