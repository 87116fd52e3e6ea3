"""Whether a link still leads somewhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Verdict, not_now

from .queries import AnyLink

NO_LONGER = _("This link no longer works.")


def may_use_link(link: AnyLink) -> Verdict:
    if link.revoked_at or link.expires_at is None or link.expires_at <= now():
        return not_now(NO_LONGER)
    return ALLOWED


def may_try(link: AnyLink) -> Verdict:
    """Whom one met can be said a few times; then the link rests for an hour."""
    if link.rests_until and link.rests_until > now():
        return not_now(_("That was not the name, several times. Please try again in an hour."))
    return may_use_link(link)
