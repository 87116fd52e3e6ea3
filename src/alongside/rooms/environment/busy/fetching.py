"""Fetching a calendar from an address somebody gave, without being led where one must not look.

An address can name a machine of one's own network, directly, by its name, or by sending one on. So each name is
resolved here, every address it has must be a public one, and the connection goes to the address that was checked: a
name that answers differently the second time gains nothing. See decision 23.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass

import httpx
from django.conf import settings

from ..models import Trouble

BIGGEST = 5 * 1024 * 1024
"""Bytes. Ten years of a full calendar are about two million."""

LONGEST = 20.0
"""Seconds for all of it, however slowly it trickles."""

REDIRECTS = 4
_HEADERS = {"User-Agent": "Alongside", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
_REFUSED = (401, 403, 407)


class Failed(Exception):
    """It could not be fetched; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; `body` is None when nothing has changed since the tag that was sent along."""

    body: bytes | None
    tag: str


def as_https(address: str) -> str:
    """`webcal://` is https by another name."""
    scheme, colon, rest = address.strip().partition(":")
    return f"https:{rest}" if colon and scheme.lower() in ("webcal", "webcals") else address.strip()


def fetch(address: str, *, tag: str = "") -> Fetched:
    """The calendar at an address; raises `Failed`. At most `BIGGEST` bytes in `LONGEST` seconds."""
    deadline = time.monotonic() + LONGEST
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=5.0) as client:
        for _hop in range(REDIRECTS + 1):
            answer = _ask(client, _checked(address), tag, deadline)
            if isinstance(answer, Fetched):
                return answer
            address = answer
    raise Failed(Trouble.UNREACHABLE)


def _checked(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as wrong:
        raise Failed(Trouble.NOT_FOUND) from wrong
    allowed = ("https", "http") if settings.ALLOW_PRIVATE_CALENDARS else ("https",)
    if url.scheme not in allowed or not url.host:
        raise Failed(Trouble.INSECURE if url.scheme == "http" else Trouble.NOT_FOUND)
    return url


def _ask(client: httpx.Client, url: httpx.URL, tag: str, deadline: float) -> Fetched | str:
    """One question to one machine: the calendar, or where it is to be looked for instead."""
    headers = {**_HEADERS, "Host": url.netloc.decode("ascii"), **({"If-None-Match": tag} if tag else {})}
    pinned = url.copy_with(host=_public_address(url))
    request = client.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": url.host})
    try:
        answer = client.send(request, stream=True)
        try:
            return _read(answer, url, deadline)
        finally:
            answer.close()
    except httpx.TimeoutException as slow:
        raise Failed(Trouble.TOO_SLOW) from slow
    except httpx.ConnectError as failed:
        insecure = "certificate" in str(failed).lower() or "ssl" in str(failed).lower()
        raise Failed(Trouble.INSECURE if insecure else Trouble.UNREACHABLE) from failed
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as failed:
        raise Failed(Trouble.UNREACHABLE) from failed


def _read(answer: httpx.Response, url: httpx.URL, deadline: float) -> Fetched | str:
    if answer.has_redirect_location:
        return str(url.join(answer.headers["Location"]))
    if answer.status_code == 304:
        return Fetched(None, "")
    if answer.status_code in _REFUSED:
        raise Failed(Trouble.REFUSED)
    if answer.status_code in (404, 410):
        raise Failed(Trouble.GONE)
    if answer.status_code != 200:
        raise Failed(Trouble.UNREACHABLE)
    body = bytearray()
    for chunk in answer.iter_raw():
        body += chunk
        if len(body) > BIGGEST:
            raise Failed(Trouble.TOO_BIG)
        if time.monotonic() > deadline:
            raise Failed(Trouble.TOO_SLOW)
    return Fetched(bytes(body), answer.headers.get("ETag", "")[:200])


def _public_address(url: httpx.URL) -> str:
    """An address of this machine's name to connect to. One that isn't public spoils them all."""
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise Failed(Trouble.NOT_FOUND) from unknown
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.ALLOW_PRIVATE_CALENDARS and not all(map(is_public, addresses)):
        raise Failed(Trouble.NOT_ALLOWED)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, by whatever disguise it comes."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
