"""Email addresses in the one form in which they are stored, looked up and written to.

What is pasted may carry signs nobody sees, a domain may be written in letters of any script, and capitals make no
difference to whoever reads the mail. Each of these would make two people of one. So every address that is typed, in a
form, on the command line or by an import, goes through `normal_address`, and `trouble_with` says in one sentence why
an address cannot be written to.
"""

from __future__ import annotations

import re
import string

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .unseen import JOINERS, without_unseen

LONGEST = 254
"""RFC 5321 4.5.3.1.3, without the angle brackets; as long as the columns are."""
LONGEST_BEFORE_AT = 64

NOT_AN_ADDRESS = _("This does not look like an email address. It should look like name@example.org.")
BEYOND_ASCII = _(
    "Please check the part before the @. It can have letters without accents, numbers and signs such as a dot or a "
    "hyphen. We cannot send email to other addresses."
)
TOO_LONG = _(
    "This is too long for an email address. It can have 254 characters, and 64 of them before the @."
)
NOT_A_DOMAIN = _("Please check the part after the @. There is no such name on the internet.")

_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
"""Capitals of plain letters alone: some signs of other scripts have small letters that are plain ones."""
_AT = re.compile("[@\uff20\ufe6b]")


def normal_address(typed: str) -> str:
    """An address as it is stored: nothing invisible in it, small letters, the domain in ASCII letters (IDNA).

    It never fails: what is no address comes back as near to one as it can be, and `trouble_with` finds it.
    """
    seen = without_unseen(typed, keep=JOINERS).strip()
    ats = list(_AT.finditer(seen))
    if not ats:
        return without_unseen(seen).translate(_SMALL)
    before, after = seen[: ats[-1].start()], seen[ats[-1].end() :]
    return f"{without_unseen(before).strip().translate(_SMALL)}@{_in_ascii(after.strip())}"


def trouble_with(address: str) -> str | Promise:
    """Why nothing can be sent to this address, which is in its normal form; "" when something can."""
    before, _at, after = address.rpartition("@")
    if not before or not after or "\x00" in address:
        return NOT_AN_ADDRESS
    if not before.isascii():
        return BEYOND_ASCII
    if len(address) > LONGEST or len(before) > LONGEST_BEFORE_AT:
        return TOO_LONG
    if not after.isascii():
        return NOT_A_DOMAIN
    try:
        validate_email(address)
    except ValidationError:
        return NOT_AN_ADDRESS
    # what stands in quotation marks before the @ is allowed by the standard, and given out by nobody
    return NOT_AN_ADDRESS if before.startswith('"') else ""


def _in_ascii(domain: str) -> str:
    """A domain as mail servers know it. One that is none stays as it was written."""
    for written in (domain, without_unseen(domain)):
        bare = written.removesuffix(".")
        if bare.isascii():
            return bare.translate(_SMALL)
        try:
            return idna.encode(bare, uts46=True).decode().removesuffix(".")
        except idna.IDNAError:
            continue
    return without_unseen(domain)
