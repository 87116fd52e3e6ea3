"""Who may have an archive made, and download it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Verdict, hidden, not_now
from alongside.people.models import Person

from . import queries
from .models import Archive
from .states import ArchiveState


def may_open_everything(actor: Person) -> Verdict:
    """Everybody signed in, for what is about them."""
    return ALLOWED


def may_ask_for_archive(actor: Person, latest: Archive | None) -> Verdict:
    """One at a time: while one is being made, nothing is gained by another."""
    if latest and latest.state == ArchiveState.ASKED and not queries.is_late(latest):  # type: ignore[attr-defined]
        return not_now(
            _("Your archive is being made already. It will be here in a few minutes."),
            next_url=reverse("archive:everything"),
        )
    return ALLOWED


def may_take_archive(actor: Person, archive: Archive) -> Verdict:
    """One's own, while it waits, and as long as one has a part in everything that is in it."""
    if archive.person_id != actor.id:
        return hidden()
    page = reverse("archive:everything")
    if archive.state != ArchiveState.READY or queries.waits_until(archive) <= now():  # type: ignore[attr-defined]
        return not_now(_("This archive is no longer here. You can make a new one."), next_url=page)
    if not queries.still_theirs(actor, archive):
        return not_now(
            _("You are no longer part of something in this archive. You can make a new one."),
            next_url=page,
        )
    return ALLOWED


def may_remove_archive(actor: Person, archive: Archive) -> Verdict:
    """One's own, while there is something to remove."""
    if archive.person_id != actor.id:
        return hidden()
    if archive.state != ArchiveState.READY:  # type: ignore[attr-defined]
        return not_now(_("This archive is no longer here."), next_url=reverse("archive:everything"))
    return ALLOWED
