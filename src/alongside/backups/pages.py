"""What the page about backups shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Moment

from .models import BackupRecord
from .queries import Standing
from .states import Event


@dataclass(frozen=True)
class BackupsPage:
    """`proof` is the sentence about the last restore, `alarm` what somebody has to look at, or empty."""

    proof: str
    alarm: str
    folder: str
    history: tuple[Moment, ...]
    by_itself: bool
    """Whether a backup is made each night; in the demo none is."""
    act: ActionButton


def backups_page(
    standing: Standing, records: list[BackupRecord], folder: str, *, by_itself: bool
) -> BackupsPage:
    return BackupsPage(
        proof=_proof(standing, by_itself),
        alarm=_alarm(standing) if standing.needs_attention else "",
        folder=folder,
        history=tuple(map(_moment, records)),
        by_itself=by_itself,
        act=ActionButton(_("Back up now"), reverse("backups:ask"), primary=True),
    )


def _proof(standing: Standing, by_itself: bool) -> str:
    if standing.proved_at is None and not by_itself:
        return _("No backup has been restored as a test yet.")
    if standing.proved_at is None:
        return _("No backup has been restored as a test yet. The first test comes within a week.")
    return _("Last restore proved on %(day)s.") % {"day": _day(standing.proved_at)}


def _alarm(standing: Standing) -> str:
    for record in (standing.made, standing.proved):
        if record is not None and not record.went_well:
            return str(record.problem)
    return _(
        "No backup has been restored as a test for more than ten days. Press “Back up now” to run the test."
    )


def _moment(record: BackupRecord) -> Moment:
    if record.event == Event.MADE:
        title = _("Backup failed") if not record.went_well else _("Backup made")
    else:
        title = _("Test restore failed") if not record.went_well else _("Backup restored as a test")
    about = f"{record.file}, {filesizeformat(record.size)}" if record.file else ""
    return Moment(
        when=_day(record.created_at),
        title=title,
        text=" ".join(filter(None, (str(record.problem), about))),
        state="missed" if not record.went_well else "past",
    )


def _day(moment: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y, H:i")
