"""What is known of somebody outside of their journeys: who they are here, how they sign in, how they work."""

from __future__ import annotations

from uuid import UUID

from alongside.ledger.own import own_events
from alongside.people.account_events import EVENTS
from alongside.people.consents import consents_of
from alongside.people.login_sessions import login_sessions_of
from alongside.people.models import AddressChange, Person, Purpose
from alongside.people.queries import account_history
from alongside.rooms.environment.models import BusyCalendar, EmailWishes, Place, TimeAway

from . import Facts

WHERE = ("address", "browser", "system")
"""What the ledger keeps of where somebody signed in; the rest of its facts is of no use outside."""


def account_of(person: Person) -> Facts:
    """Eleven queries at most."""
    return {
        "id": person.id,
        "name": str(person.name),
        "pronouns": str(person.pronouns),
        "email": person.email,
        "telephone": str(person.telephone),
        "emergency_contact": {
            "name": str(person.emergency_contact_name),
            "telephone": str(person.emergency_contact_telephone),
        },
        "language": person.language,
        "time_zone": person.time_zone,
        "roles": [name for name in ("guide", "lead", "administrator") if getattr(person, f"is_{name}")],
        "known_since": person.created_at,
        "organisation": {"id": person.organisation_id, "name": person.organisation.name},
        "closed_and_opened": [
            {"state": row.state, "at": row.created_at} for row in reversed(account_history(person))
        ],
        "consents": _consents(person),
        "address_changes": _address_changes(person),
        "signed_in_now": _signed_in(person.user_id),
        "events": _events(person.user_id),
        "emails": _emails(person),
        "days_away": _days_away(person),
        "places": _places(person),
        "calendars_read": [
            {"name": str(row.name), "since": row.created_at}
            for row in BusyCalendar.objects.filter(person=person).order_by("created_at", "id")
        ],
    }


def _consents(person: Person) -> list[Facts]:
    rows = [row for each in consents_of(person).values() for row in each]
    return [
        {
            "purpose": str(row.purpose),
            "about": str(Purpose(row.purpose).label),
            "given": row.given,
            "version": row.version,
            "text": str(row.text),
            "at": row.created_at,
        }
        for row in sorted(rows, key=lambda row: row.created_at)
    ]


def _address_changes(person: Person) -> list[Facts]:
    rows = AddressChange.objects.filter(person=person).order_by("created_at", "id")
    return [
        {"at": row.created_at, "before": str(row.before), "after": str(row.after), "state": row.state}
        for row in rows
    ]


def _signed_in(user_id: UUID | None) -> list[Facts]:
    return [
        {"began_at": one.began_at, "seen_at": one.seen_at, "browser": one.browser, "system": one.system}
        for one in (login_sessions_of(user_id) if user_id else [])
    ]


def _events(user_id: UUID | None) -> list[Facts]:
    found = own_events(user_id, EVENTS) if user_id else []
    return [
        {"event": one.event, "at": one.at, **{name: str(one.detail.get(name) or "") for name in WHERE}}
        for one in found
    ]


def _emails(person: Person) -> Facts | None:
    wishes = EmailWishes.objects.filter(person=person).first()
    if wishes is None:
        return None
    return {
        "title": wishes.title,
        "own_title": str(wishes.own_title),
        "shows_place": wishes.shows_place,
        "reminders": wishes.reminders,
        "quiet_from": wishes.quiet_from,
        "quiet_until": wishes.quiet_until,
    }


def _days_away(person: Person) -> list[Facts]:
    rows = TimeAway.objects.filter(person=person).order_by("first_day", "id")
    return [{"first_day": row.first_day, "last_day": row.last_day, "words": str(row.word)} for row in rows]


def _places(person: Person) -> list[Facts]:
    rows = Place.objects.filter(owner=person).order_by("created_at", "id")
    return [{"name": str(row.name), "kind": row.kind, "details": str(row.details)} for row in rows]
