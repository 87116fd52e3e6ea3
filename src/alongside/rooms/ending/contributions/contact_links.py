"""How a support is reached by one tap: a web address, a telephone number or an e-mail address, checked for its form.

Only the form is looked at; nobody is asked whether it exists. What was typed is what is kept and shown, and the address
behind it is made anew from that each time, so that nothing else than these four can ever stand behind a link.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from alongside.kernel.email_addresses import normal_address, trouble_with
from alongside.ui.telephones import looks_like_a_number, telephone_link

LONGEST = 2000
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$", re.IGNORECASE)
_SAFE = "/%:@!$&'()*+,;=-._~"


class Reach(NamedTuple):
    href: str
    shown: str


def reach(typed: str) -> Reach:
    """What stands behind what was typed. ValueError with a kind sentence where it is none of the three."""
    shown = typed.strip()
    scheme = _SCHEME.match(shown)
    word = scheme[1].lower() if scheme and not _is_port(shown, scheme.end()) else ""
    if len(shown) > LONGEST:
        raise ValueError(_("This is too long for a link. Is it a whole page of text?"))
    if word == "tel" or (not word and looks_like_a_number(shown)):
        return Reach(telephone_link(shown.removeprefix(f"{scheme[1]}:") if scheme and word else shown), shown)
    if word == "mailto" or (not word and "@" in shown and "/" not in shown):
        return Reach(_mail(shown[scheme.end() :] if scheme and word else shown), shown)
    if word in ("http", "https", ""):
        return Reach(_web(shown if word else f"https://{shown}"), shown)
    raise ValueError(
        _("A link starts with https:// or http://, or it is a telephone number or an email address.")
    )


def href_of(typed: str) -> str:
    """The address behind what was kept; "" where there is none."""
    try:
        return reach(typed).href if typed.strip() else ""
    except ValueError:
        return ""


def _is_port(shown: str, colon: int) -> bool:
    """`example.org:8080/` has no scheme, though it looks like one."""
    return "." in shown[:colon] and shown[colon : colon + 1].isdigit()


def _mail(typed: str) -> str:
    address = normal_address(typed.partition("?")[0])
    if trouble := trouble_with(address):
        raise ValueError(str(trouble))
    return f"mailto:{quote(address, safe='@+.-_')}"


def _web(typed: str) -> str:
    try:
        parts = urlsplit(typed)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:  # a host, or a port, that can't be one
        raise ValueError(_no_address()) from error
    labels = host.split(".")
    is_sensible = len(labels) > 1 and all(map(_LABEL.match, labels)) and not labels[-1].isdigit()
    if re.search(r"\s", typed) or not is_sensible or len(labels[-1]) < 2:
        raise ValueError(_no_address())
    if parts.username or parts.password:
        raise ValueError(_("This link has a name or a password in it. Please give it without."))
    # spelt anew: a host in letters of any script is written as a browser wants it
    where = f"{host}:{port}" if port else host
    spelt = parts._replace(
        scheme=parts.scheme.lower(),
        netloc=where,
        path=quote(parts.path, safe=_SAFE),
        query=quote(parts.query, safe=f"{_SAFE}?"),
        fragment=quote(parts.fragment, safe=f"{_SAFE}?"),
    )
    return spelt.geturl()


def _no_address() -> str:
    return _("This does not look like a web address. An example is https://www.example.org/page.")
