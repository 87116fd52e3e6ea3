"""What the page about everything shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from .models import Archive
from .queries import WAITS_FOR, is_late, waits_until
from .states import ArchiveState


@dataclass(frozen=True)
class EverythingPage:
    """`standing` says how it is with the latest archive, `title` in a few words; `is_waited_for`: come back to it."""

    organisation: str
    title: str
    standing: str
    is_waited_for: bool
    is_wrong: bool
    make: ActionButton | None
    take: ActionButton | None
    remove: ActionButton | None
    days: int


def everything_page(actor: Person, latest: Archive | None) -> EverythingPage:
    state = _state(latest)
    ready = latest if state == ArchiveState.READY else None
    waits = state == ArchiveState.ASKED
    title, standing = _standing(latest, state)
    return EverythingPage(
        organisation=actor.organisation.name,
        title=title,
        standing=standing,
        is_waited_for=waits,
        is_wrong=state == ArchiveState.FAILED,
        make=None if waits else _make(has_one=ready is not None),
        take=_take(ready) if ready else None,
        remove=_remove(ready) if ready else None,
        days=WAITS_FOR.days,
    )


def _state(latest: Archive | None) -> ArchiveState | None:
    """As it is in this moment, also where nobody has written it down yet."""
    if latest is None:
        return None
    state = ArchiveState(latest.state)  # type: ignore[attr-defined]
    if is_late(latest):
        return ArchiveState.FAILED
    if state == ArchiveState.READY and waits_until(latest) <= now():
        return ArchiveState.REMOVED
    return state


def _standing(latest: Archive | None, state: ArchiveState | None) -> tuple[str, str]:
    if latest is None or state is None:
        return _("No archive yet"), _("You have not made an archive yet.")
    if state == ArchiveState.ASKED:
        return _("Your archive is being made"), _(
            "This takes a few minutes, longer if there is a lot in it. You can leave this page. We will email you when "
            "it is ready."
        )
    if state == ArchiveState.FAILED:
        return _("Your archive could not be made"), _(
            "Something went wrong. Please try again. If it happens again, tell your organisation."
        )
    if state == ArchiveState.READY:
        facts = {
            "made": _moment(latest.state_since),  # type: ignore[attr-defined]
            "size": filesizeformat(latest.size),
            "until": _moment(waits_until(latest)),
        }
        return _("Your archive is ready"), _(
            "Made on %(made)s (%(size)s). You can download it until %(until)s."
        ) % facts
    return _("No archive here now"), _("Your last archive has been removed. You can make a new one.")


def _make(*, has_one: bool) -> ActionButton:
    url = reverse("archive:make_archive")
    if not has_one:
        return ActionButton(_("Make my archive"), url, primary=True)
    return ActionButton(
        _("Make a new archive"), url, confirm=_("The archive that is ready now will be removed.")
    )


def _take(archive: Archive) -> ActionButton:
    url = reverse("archive:take_archive", args=[archive.id])
    return ActionButton(_("Download my archive"), url, primary=True, link=True)


def _remove(archive: Archive) -> ActionButton:
    url = reverse("archive:remove_archive", args=[archive.id])
    return ActionButton(
        _("Remove it from here"), url, confirm=_("You cannot download it after this. You can make a new one.")
    )


def _moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "j F Y, H:i")
