"""What the frame around every page needs to know. Asks no database: it reads `request.actor`, lazily."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from alongside.kernel.addresses import address


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    here: bool = False


@dataclass(frozen=True)
class Chrome:
    name: str = ""
    nav: tuple[NavItem, ...] = ()
    account: tuple[NavItem, ...] = ()
    home: str = "/"
    sign_out: str = ""
    sign_in: str = ""
    help: str = ""

    @property
    def signed_in(self) -> bool:
        return bool(self.name)


def chrome(request: HttpRequest) -> dict[str, Any]:
    return {"chrome": SimpleLazyObject(lambda: _build(request)), "mail_lies_in": settings.MAIL_LIES_IN}


def _build(request: HttpRequest) -> Chrome:
    actor = getattr(request, "actor", None)
    if rehearses := getattr(request, "rehearses", None):
        # what else there is, is their own again, and no part of what is tried
        return Chrome(home=rehearses.leave_url)
    home, help_page = _address("overview:today") or "/", _address("help:contents")
    if not actor:
        # Somebody signed in without a part in any organisation still needs the way out.
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated:
            return Chrome(name=_("You"), home=home, sign_out=_address("account_logout"), help=help_page)
        return Chrome(home=home, sign_in=_address("account_login"), help=help_page)
    guide, lead, administrator = (
        bool(getattr(actor, role, False)) for role in ("is_guide", "is_lead", "is_administrator")
    )
    doors = [
        (True, _("Today"), "overview:today"),
        (True, _("All"), "overview:journeys"),
        (guide, _("Week"), "environment_week:week"),
        (guide or administrator, _("Places"), "environment_places:places"),
        (lead or administrator, _("Programmes"), "programmes:programmes"),
        (administrator, _("People"), "people:people"),
        (administrator, _("Measures"), "service_measures:instruments"),
        (lead and not administrator, _("Measures"), "service_measures:bounds"),
        (lead or administrator, _("Templates"), "material:materials"),
    ]
    nav = _items(request, [(label, door) for shown, label, door in doors if shown])
    account = _items(
        request,
        [
            (_("Your profile"), "people:profile"),
            (_("Signing in safely"), "mfa_index"),
            (_("Help"), "help:contents"),
        ],
    )
    return Chrome(
        name=str(getattr(actor, "name", "")) or _("You"),
        nav=nav,
        account=account,
        home=home,
        sign_out=_address("account_logout"),
        help=help_page,
    )


def _items(request: HttpRequest, doors: list[tuple[str, str]]) -> tuple[NavItem, ...]:
    found = [(label, _address(door)) for label, door in doors]
    return tuple(NavItem(label, url, here=request.path == url) for label, url in found if url)


def _address(door: str) -> str:
    try:
        return address(door)
    except NoReverseMatch:
        return ""
