"""Fetching a calendar from an address somebody gave, without being led where one must not look.

An address can name a machine of one's own network, directly, by its name, or by sending one on. So each name is
resolved here, every address it has must be a public one, and the connection goes to the address that was checked: a
name that answers differently the second time gains nothing. See decision 23.
"""

from __future__ import annotations

import ipaddress
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from django.conf import settings

from ..models import Trouble
from .deadline import Deadline

BIGGEST = 32 * 1024 * 1024
"""Bytes, as they come and unpacked. A calendar of many years and forty thousand appointments has about twenty million."""

LONGEST = 60.0
"""Seconds for all of it, however slowly it trickles. Large programs take fifteen until the first byte."""

REDIRECTS = 4
_HEADERS = {
    "User-Agent": "Alongside",
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
_PACKINGS = ("gzip", "x-gzip", "deflate")
_PLAIN = (b"B", b"b", b"\xef", b"\xff", b"\xfe", b"\r", b"\n", b" ", b"<")
"""With which a calendar begins, or a page in its place."""

_LONGEST_TAG = 400
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
    """The calendar at an address; raises `Failed`. At most `BIGGEST` bytes in `LONGEST` seconds.

    `tag` is what an earlier answer said of itself: when nothing has changed since, there is no body.
    """
    with (
        Deadline(LONGEST) as deadline,
        httpx.Client(trust_env=False, follow_redirects=False, timeout=LONGEST) as client,
    ):
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


def _ask(client: httpx.Client, url: httpx.URL, tag: str, deadline: Deadline) -> Fetched | str:
    """One question to one machine: the calendar, or where it is to be looked for instead."""
    headers = {**_HEADERS, "Host": url.netloc.decode("ascii"), **_condition(tag)}
    pinned = url.copy_with(host=_public_address(url))
    facts = {"sni_hostname": url.host, "trace": deadline}
    request = client.build_request("GET", pinned, headers=headers, extensions=facts, timeout=deadline.left)
    try:
        answer = client.send(request, stream=True)
        try:
            return _read(answer, url, tag, deadline)
        finally:
            answer.close()
    except httpx.TimeoutException as slow:
        raise Failed(Trouble.TOO_SLOW) from slow
    except httpx.ConnectError as failed:
        insecure = "certificate" in str(failed).lower() or "ssl" in str(failed).lower()
        raise Failed(
            _unless_over(deadline, Trouble.INSECURE if insecure else Trouble.UNREACHABLE)
        ) from failed
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as failed:
        raise Failed(_unless_over(deadline, Trouble.UNREACHABLE)) from failed


def _unless_over(deadline: Deadline, trouble: Trouble) -> Trouble:
    return Trouble.TOO_SLOW if deadline.is_over else trouble


def _condition(tag: str) -> dict[str, str]:
    """Asks for what has changed only. A tag is quoted; what isn't is the day on which it was last changed."""
    if not tag:
        return {}
    return {"If-None-Match" if tag.startswith(('"', "W/")) else "If-Modified-Since": tag}


def _tag_of(answer: httpx.Response) -> str:
    tag = str(answer.headers.get("ETag", ""))
    if not tag.startswith(('"', "W/")):
        tag = str(answer.headers.get("Last-Modified", ""))
    return tag if len(tag) <= _LONGEST_TAG else ""


def _read(answer: httpx.Response, url: httpx.URL, tag: str, deadline: Deadline) -> Fetched | str:
    if answer.has_redirect_location:
        return str(url.join(answer.headers["Location"]))
    if answer.status_code == 304 and tag:
        return Fetched(None, "")
    if answer.status_code in _REFUSED:
        raise Failed(Trouble.REFUSED)
    if answer.status_code in (404, 410):
        raise Failed(Trouble.GONE)
    if answer.status_code != 200:
        raise Failed(Trouble.UNREACHABLE)
    body, came = bytearray(), 0
    unpack = _unpacking(answer.headers.get("Content-Encoding", ""))
    for chunk in answer.iter_raw(64 * 1024):
        came += len(chunk)
        body += unpack(chunk, BIGGEST + 1 - len(body))
        if max(came, len(body)) > BIGGEST:
            raise Failed(Trouble.TOO_BIG)
        if deadline.is_over:
            raise Failed(Trouble.TOO_SLOW)
    return Fetched(bytes(body), _tag_of(answer))


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes]:
    """Undoes a Content-Encoding (RFC 9110, 8.4), asked for or not, never more than there is room for."""
    packed = [each for each in map(str.strip, encoding.lower().split(",")) if each not in ("", "identity")]
    if not packed:
        return lambda chunk, _room: chunk
    if len(packed) > 1 or packed[0] not in _PACKINGS:
        raise Failed(Trouble.BROKEN)
    return _Unpacker()


class _Unpacker:
    """gzip, one member after the other, or deflate in either of its forms. What isn't packed is taken as it is."""

    def __init__(self) -> None:
        self._head, self._bits = b"", 0
        self._engine: zlib._Decompress | None = None

    def __call__(self, chunk: bytes, room: int) -> bytes:
        if self._engine is None and not self._bits:
            self._head += chunk
            if len(self._head) < 2:
                return b""
            chunk = self._begin()
        if self._engine is None:
            return chunk
        try:
            return self._unpack(self._engine, chunk, room)
        except zlib.error as broken:
            raise Failed(Trouble.BROKEN) from broken

    def _begin(self) -> bytes:
        """Which packing it is can be seen from the first two bytes; no calendar begins with those of one."""
        first, second = self._head[:2]
        self._bits = 31 if (first, second) == (0x1F, 0x8B) else 15 if (first << 8 | second) % 31 == 0 else -15
        if self._bits == 15 and first & 15 != 8:
            self._bits = -15
        if not (self._bits == -15 and self._head[:1] in _PLAIN):
            self._engine = zlib.decompressobj(wbits=self._bits)
        return self._head

    def _unpack(self, engine: zlib._Decompress, chunk: bytes, room: int) -> bytes:
        found = bytearray()
        while chunk and len(found) < room:
            found += engine.decompress(chunk, room - len(found))
            chunk = engine.unconsumed_tail
            if engine.eof:
                chunk = engine.unused_data
                if self._bits != 31 or chunk[:2] != b"\x1f\x8b":
                    break
                engine = self._engine = zlib.decompressobj(wbits=31)
        return bytes(found)


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
