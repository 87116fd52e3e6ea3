"""People who do not exist, for a rehearsal: somebody to act as, whom no email reaches and who cannot sign in."""

from __future__ import annotations

from typing import Any

from alongside.kernel.ids import new_id

from .models import Organisation, Person, User

DOMAIN = "rehearsal.invalid"
"""A name that no mail server has or can be given (RFC 2606)."""


def is_made_up(address: str) -> bool:
    return address.rpartition("@")[2] == DOMAIN


def make_up_organisation(like: Organisation) -> Organisation:
    """Called and reached as the real one, so that pages read as they will; nothing of it is counted or listed."""
    return Organisation.objects.create(
        is_rehearsal=True,
        name=like.name,
        telephone=like.telephone,
        opening_hours=str(like.opening_hours),
        emergency_text=str(like.emergency_text),
        open_weekdays=like.open_weekdays,
        opens_at=like.opens_at,
        closes_at=like.closes_at,
    )


def make_up_person(organisation: Organisation, name: str, *, like: Person, **roles: Any) -> Person:
    """Somebody who has an account as far as any page can tell. It has no password, and is closed: no way leads into it."""
    assert organisation.is_rehearsal
    user = User(email=f"{new_id().hex}@{DOMAIN}", is_active=False)
    user.set_unusable_password()
    user.save()
    return Person.objects.create(
        organisation=organisation,
        user=user,
        name=name,
        time_zone=like.time_zone,
        language=like.language,
        **roles,
    )
