"""`python -m bench.seed --journeys N`: fill the migrated database of this environment, and say what was seeded as JSON."""

from __future__ import annotations

import argparse
import json
import logging
import platform
import sys
import time
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Max  # noqa: E402
from django.urls import reverse  # noqa: E402

from alongside.journeys.models import JourneyMember  # noqa: E402
from alongside.kernel.clock import now  # noqa: E402
from alongside.people.login_sessions import SessionStore  # noqa: E402
from alongside.people.models import User  # noqa: E402
from alongside.rooms.sessions.record.models import MeetingRecord  # noqa: E402
from bench import pages  # noqa: E402
from bench.seeding import organisation  # noqa: E402
from bench.seeding.load import Load, pour_into  # noqa: E402
from bench.seeding.shape import BEGUN, MEASURED  # noqa: E402

CSRF = "benchbenchbenchbenchbenchbenchbe"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--journeys", type=int, required=True)
    parser.add_argument("--each", type=int, default=organisation.JOURNEYS_EACH, help="journeys of one guide")
    parser.add_argument("--pages", default=",".join(pages.NAMES), help="which pages are asked for")
    parser.add_argument("--all-open", action="store_true", help="a meeting goes on in every journey")
    parser.add_argument("--check", action="store_true", help="check every foreign key, which takes a while")
    arguments = parser.parse_args()
    logging.disable()
    began = time.perf_counter()
    seeded: list[organisation.Seeded] = []

    def fill(load: Load) -> None:
        seeded.append(
            organisation.fill(
                load, journeys=arguments.journeys, now=now(), each=arguments.each, all_open=arguments.all_open
            )
        )

    load = pour_into(connection, fill)
    seconds = time.perf_counter() - began
    if arguments.check:
        connection.check_constraints()
    cookies = {settings.SESSION_COOKIE_NAME: sign_in(seeded[0]), settings.CSRF_COOKIE_NAME: CSRF}
    asked_for = set(arguments.pages.split(","))
    addresses = {name: page for name, page in pages.addresses(seeded[0]).items() if name in asked_for}
    visitor = pages.Visitor(cookies)
    for name, page in addresses.items():
        asked = visitor.ask(page)
        page |= {"queries": len(asked.queries), "bytes": len(asked.content), "built": asked.built}
        sys.stderr.write(f"  {name}: {len(asked.queries)} queries, {len(asked.content)} bytes\n")
    facts = {
        "journeys": arguments.journeys,
        "rows": load.rows,
        "seed_seconds": round(seconds, 1),
        "cookies": cookies,
        "csrf": CSRF,
        "pages": addresses,
        "database": {"vendor": connection.vendor, "version": version()},
        "python": platform.python_version(),
        "django": django.get_version(),
    }
    if arguments.all_open:
        facts["tables"] = tables()
    json.dump(facts, sys.stdout)


def tables() -> list[dict[str, object]]:
    """Every open meeting: where it is watched and written in, and the sessions of the two who sit at it."""
    found = []
    members = JourneyMember.objects.filter(part__in=["guide", "participant"]).select_related("person__user")
    records = MeetingRecord.objects.values_list("journey_id").annotate(number=Max("number"))
    numbers = dict(records.order_by())
    by_journey: dict[UUID, list[str]] = {}
    for member in members.order_by("journey_id", "part"):
        by_journey.setdefault(member.journey_id, []).append(
            session_of(member.person.user, member.person_id, f"bench-{member.id}")
        )
    for journey_id, sessions in by_journey.items():
        shape = MEASURED if numbers[journey_id] == MEASURED.meetings else BEGUN
        parts = {"journey_id": journey_id, "number": numbers[journey_id]}
        found.append(
            {
                "watch": reverse("sessions:now", kwargs=parts),
                "page": reverse("sessions:meeting", kwargs=parts),
                "box": pages.boxes_of(journey_id, shape)[0],
                "sessions": sessions,
            }
        )
    return found


def sign_in(seeded: organisation.Seeded) -> str:
    """A session of the measured guide, past the second factor, as a browser would hold it."""
    return session_of(User.objects.get(id=seeded.user_id), seeded.person_id, "bench-login_session")


def session_of(user: User, person_id: UUID, login_session: str) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["person_id"] = str(person_id)
    session["second_factor"] = True
    session["login_session"] = login_session
    session.create()
    return str(session.session_key)


def version() -> str:
    if connection.vendor == "sqlite":
        from sqlite3 import sqlite_version

        return sqlite_version
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
