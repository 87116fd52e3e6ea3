"""From where somebody asks: the address that limits of signing in count by."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The address of who asks, through as many proxies as are trusted; what further ones claim is not believed.

    Each proxy writes the address it was asked from at the end of `X-Forwarded-For`: with two trusted ones the last but
    one is the client's. A request that came past them counts as whoever it came from.
    """
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(told) >= trusted and (address := _address_in(told[-trusted])):
        return address
    return _address_in(request.META.get("REMOTE_ADDR", "")) or "unknown"


def asked_by(request: HttpRequest, email: str) -> str:
    """Somebody who asks for an address, by both: what one does elsewhere is not another's fault."""
    return f"{email.strip().lower()} {client_of(request)}"


def _address_in(text: str) -> str | None:
    """An address as some proxies write it: with a port, in brackets, or as it is."""
    for candidate in (text, text.rpartition(":")[0], text.rpartition(":")[0].strip("[]"), text.strip("[]")):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return None
