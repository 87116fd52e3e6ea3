"""Where login sessions lie: in our own table, each under the hash of its key, what it holds sealed.

Django's own keeps the key itself: whoever reads the database, or a copy of it, could go on as anybody signed in. What a
session holds is no better known: codes just sent, a second factor being set up, sentences with names. Named in
`SESSION_ENGINE`; see decision 58.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, models, transaction

# as `get_expiry_date` does: when a session ends is the browser's time, never a story's
from django.utils.timezone import now

from alongside.kernel.encryption import Unreadable, seal, unseal
from alongside.kernel.prepared import Prepared, uuid_in

from .models import LoginSession, Person
from .queries import digest

_COLUMN = "data"


class SessionStore(SessionBase):
    """One login session: as Django's in the database, with a hash instead of its key and sealed data."""

    _row: UUID | None = None

    def load(self) -> dict[str, Any]:
        """What it holds; nothing when it has ended, or when its key of the ring is gone."""
        rows = _LIVE.rows(digest(str(self.session_key)), now()) if self.session_key else []
        for key, data in rows:
            self._row = uuid_in(key)
            try:
                return self._opened(data)
            except Unreadable:
                break
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        return LoginSession.objects.filter(key_digest=digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write it down; refused when it was ended meanwhile, so that no request under way brings it back."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        facts = {"user_id": data.get(SESSION_KEY), "expires_at": self.get_expiry_date()}
        if must_create:
            return self._insert(data, facts)
        known = LoginSession.objects.filter(key_digest=digest(self.session_key))
        row = self._row or known.values_list("id", flat=True).first()
        if row is None:
            raise UpdateError
        text = seal(LoginSession, _COLUMN, row, self._written(data))
        if not known.filter(id=row).update(data=text, **facts):
            raise UpdateError
        return None

    def _insert(self, data: dict[str, Any], facts: dict[str, Any]) -> None:
        row = LoginSession(key_digest=digest(str(self.session_key)), data=self._written(data), **facts)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise CreateError from taken
        self._row = row.id

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            LoginSession.objects.filter(key_digest=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        LoginSession.objects.filter(expires_at__lte=now()).delete()

    def _written(self, data: dict[str, Any]) -> str:
        return self.serializer().dumps(data).decode("latin-1")  # type: ignore[no-any-return]

    def _opened(self, data: bytes) -> dict[str, Any]:
        return _read(unseal(LoginSession, _COLUMN, self._row, bytes(data)))


def _live(key_digest: str, moment: Any) -> models.QuerySet:
    rows = LoginSession.objects.filter(key_digest=key_digest, expires_at__gt=moment)
    return rows.values_list("id", _COLUMN)


_LIVE = Prepared(_live, takes=0, texts=1, moments=1)
"""Every page of everybody signed in begins with it."""


def _read(text: str) -> dict[str, Any]:
    return SessionStore().serializer().loads(text.encode("latin-1"))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which somebody is signed in."""

    id: UUID
    key_digest: str
    began_at: dt.datetime
    seen_at: dt.datetime
    browser: str
    system: str


def login_sessions_of(user_id: UUID) -> list[SignedIn]:
    """Where this sign-in is in use, the latest used first. One that has been idle too long has ended."""
    idle_since = now() - dt.timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    rows = LoginSession.objects.filter(user=user_id, expires_at__gt=now())
    found = [one for one in map(_signed_in, rows) if one and one.seen_at > idle_since]
    return sorted(found, key=lambda one: one.seen_at, reverse=True)


def _signed_in(row: LoginSession) -> SignedIn | None:
    try:
        held = _read(str(row.data))
    except Unreadable:
        return None
    seen = dt.datetime.fromtimestamp(held["seen_at"], dt.UTC) if held.get("seen_at") else row.created_at
    browser, system = held.get("device") or ("", "")
    return SignedIn(row.id, row.key_digest, row.created_at, seen, browser, system)


def login_session_for(actor: Person, *, login_session_id: UUID) -> tuple[Person, LoginSession] | None:
    """The door's find for one of one's own."""
    row = LoginSession.objects.filter(id=login_session_id, user=actor.user_id).first()
    return (actor, row) if row and actor.user_id else None
