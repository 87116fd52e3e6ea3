"""Forms that arrived without a valid login session: kept sealed for half an hour, and given back once, to their owner.

What is kept: what was typed and chosen, where it was sent and on which page it stood. Never a file, a password or a code.
The browser holds a key in a cookie that no script can read; without it nothing is found, and with it only by the person
the form was made for (`ui/form_owner.py`), signed in. See `docs/decisions/0060-forms-are-never-lost.md`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.kernel.clock import now
from alongside.ui.filling import FRESH, Sent, typed
from alongside.ui.form_owner import Owner

from .models import KeptForm
from .queries import digest

KEPT_FOR = dt.timedelta(minutes=30)
LONGEST = 400_000
"""Characters of one form. The longest page of a person's own words is a tenth of that."""
LONGEST_OF_NOBODY = 40_000
MOST_OF_NOBODY = 200
MOST_IN_A_BROWSER = 10
SECRET = re.compile(r"password\d?$|passcode|secret|credential|^code$|_code$|otp|token", re.IGNORECASE)
"""Names of fields that are never kept. A test holds them against every password field there is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept form, opened."""

    page: str
    action: str
    values: dict[str, list[str]]
    files: bool
    secrets: bool
    whole: bool
    stale: bool
    """It came with a token of an earlier sign-in, not after one had ended."""

    @property
    def typed(self) -> list[str]:
        """What was typed, without what the form had of its own."""
        return typed(self.values)

    @property
    def sent(self) -> Sent:
        return Sent(self.action, self.values, self.whole)


def cookie_name() -> str:
    return str(settings.KEPT_FORMS_COOKIE_NAME)


def keep(request: HttpRequest, owner: Owner, *, stale: bool) -> tuple[Kept, str] | None:
    """Keep the form that was sent; it, and the key for the browser's cookie. None when there is too much of it.

    The same form sent again is kept once.
    """
    kept = _kept_of(request, stale=stale)
    content = json.dumps(asdict(kept))
    if len(content) > (LONGEST if owner.person_id else LONGEST_OF_NOBODY):
        return None
    key = request.COOKIES.get(cookie_name()) or secrets.token_urlsafe(32)
    browser = digest(key)
    row = UUID(bytes=hashlib.blake2b(f"{key} {owner} {content}".encode(), digest_size=16).digest())
    with transaction.atomic():
        forget_old()
        KeptForm.objects.filter(id=row).delete()
        KeptForm.objects.create(id=row, browser=browser, person_id=owner.person_id, content=content)
        _forget_the_oldest(MOST_IN_A_BROWSER, browser=browser)
        if owner.person_id is None:
            _forget_the_oldest(MOST_OF_NOBODY, person=None)
    return kept, key


def _forget_the_oldest(most: int, **of: object) -> None:
    too_many = KeptForm.objects.filter(**of).order_by("-created_at").values_list("id", flat=True)[most:]
    KeptForm.objects.filter(id__in=list(too_many)).delete()


def forget_old() -> None:
    """What nobody came back for goes."""
    KeptForm.objects.filter(created_at__lte=now() - KEPT_FOR).delete()


def remember(response: HttpResponse, key: str) -> None:
    """Give the browser its key, for as long as there is something to find with it."""
    response.set_cookie(
        cookie_name(),
        key,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that waits in this browser: its row, and for whom. Not opened: that is for its owner alone."""

    id: UUID
    person_id: UUID | None


def waiting_in(request: HttpRequest) -> list[Waiting]:
    """Everything that waits in this browser, whoever it is for, the latest first."""
    key = request.COOKIES.get(cookie_name())
    if not key:
        return []
    rows = KeptForm.objects.filter(browser=digest(key), created_at__gt=now() - KEPT_FOR)
    found = rows.order_by("-created_at").values_list("id", "person_id")
    return [Waiting(row, person_id) for row, person_id in found]


def opened(waiting: Iterable[Waiting], person_id: UUID | None) -> dict[UUID, Kept]:
    """Those of them that were made for this person, or for nobody, opened."""
    mine = [each.id for each in waiting if each.person_id in (None, person_id)]
    rows = KeptForm.objects.filter(id__in=mine).order_by("-created_at")
    return {row.id: Kept(**json.loads(row.content)) for row in rows}


def let_go(rows: Iterable[UUID]) -> None:
    """They have been given back."""
    KeptForm.objects.filter(id__in=list(rows)).delete()


def _kept_of(request: HttpRequest, *, stale: bool) -> Kept:
    values = {
        name: [value.replace("\r\n", "\n") for value in request.POST.getlist(name)]
        for name in request.POST
        if name not in FRESH and not SECRET.search(name)
    }
    return Kept(
        page=page_of(request),
        action=request.path,
        values=values,
        files=bool(request.FILES),
        secrets=any(SECRET.search(name) for name in request.POST if name not in FRESH),
        # a script sends what was changed; a browser by itself sends all there is
        whole="HX-Request" not in request.headers,
        stale=stale,
    )


def typed_in(request: HttpRequest) -> list[str]:
    """What was typed in the form that was sent, to be shown at once to whoever sent it."""
    return _kept_of(request, stale=True).typed


def page_of(request: HttpRequest) -> str:
    """The page the form stood on: where the browser says it comes from, when that is here; else where it was sent."""
    host = request.get_host()
    for said in (request.headers.get("HX-Current-URL"), request.headers.get("Referer")):
        if said and url_has_allowed_host_and_scheme(said, {host}):
            parts = urlsplit(said)
            page = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc and len(page) < 2000:
                return page
    return request.path
