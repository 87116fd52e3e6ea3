"""How an organisation and its people are reached: what an administrator says of the service, and a person of themself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.kernel.one_line import one_line
from alongside.ledger.record import record

from . import rules
from .models import EmergencyNumber, Organisation, Person


@action("organisation.details_changed")
def change_organisation(
    *,
    name: str,
    telephone: str,
    email: str,
    opening_hours: str,
    emergency_text: str,
    emergency_numbers: Sequence[tuple[str, str]],
    safety_reader: Person | None,
    safety_after_minutes: int,
    open_weekdays: str = "01234",
    opens_at: dt.time = dt.time(9),
    closes_at: dt.time = dt.time(17),
    by: Person,
) -> Organisation:
    """Say how this organisation is reached, what to do in an emergency, and who reads a safety notice nobody answers.

    `emergency_numbers` are whom to call and at which number, in the order in which they are shown. Without a
    `safety_reader` the notices go to every administrator. The ledger keeps who reads them, not what was written.
    """
    demand(rules.may_change_organisation(by))
    if safety_reader:
        demand(rules.may_read_safety_notices(by, safety_reader))
    organisation = Organisation.objects.select_for_update().get(id=by.organisation_id)
    organisation.name, organisation.telephone, organisation.email = one_line(name), telephone, email.strip()
    organisation.opening_hours, organisation.emergency_text = opening_hours.strip(), emergency_text.strip()
    organisation.safety_reader, organisation.safety_after_minutes = safety_reader, safety_after_minutes
    organisation.open_weekdays = open_weekdays
    organisation.opens_at, organisation.closes_at = opens_at, closes_at
    organisation.save()
    _replace_numbers(organisation, emergency_numbers)
    reader = str(safety_reader.id) if safety_reader else ""
    record(
        "organisation.details_changed",
        subject=organisation,
        by=by,
        safety_reader=reader,
        safety_after_minutes=safety_after_minutes,
    )
    return organisation


def _replace_numbers(organisation: Organisation, numbers: Sequence[tuple[str, str]]) -> None:
    EmergencyNumber.objects.filter(organisation=organisation).delete()
    EmergencyNumber.objects.bulk_create(
        EmergencyNumber(organisation=organisation, position=place, name=name, telephone=telephone)
        for place, (name, telephone) in enumerate(numbers)
    )


@action("person.contact_changed")
def change_contact(
    *, telephone: str, emergency_contact_name: str, emergency_contact_telephone: str, by: Person
) -> Person:
    """Say how one is reached by telephone, and whom to call in an emergency."""
    by.telephone = telephone
    by.emergency_contact_name = one_line(emergency_contact_name)
    by.emergency_contact_telephone = emergency_contact_telephone
    by.save(update_fields=["telephone", "emergency_contact_name", "emergency_contact_telephone"])
    record("person.contact_changed", subject=by, by=by)
    return by
