"""What became of the backups, for those who look after the installation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from alongside.kernel.clock import now
from alongside.people.models import Person

from .models import BackupRecord
from .states import Event

LONGEST_WITHOUT_PROOF = dt.timedelta(days=10)


@dataclass(frozen=True)
class Standing:
    """The latest backup and drill, and whether somebody has to look."""

    made: BackupRecord | None
    proved: BackupRecord | None
    proved_at: dt.datetime | None
    """When a restore last went well."""
    needs_attention: bool


def standing(actor: Person) -> Standing:
    """Needs attention: the latest backup or drill failed, or ten days have gone without a restore that went well."""
    made, proved = (_latest(event) for event in Event)
    well = BackupRecord.objects.filter(event=Event.PROVED, went_well=True).order_by("-created_at").first()
    failed = any(record is not None and not record.went_well for record in (made, proved))
    proved_at = well.created_at if well else None
    first = BackupRecord.objects.order_by("created_at").first()
    since = proved_at or (first.created_at if first else None)
    is_old = since is not None and now() - since > LONGEST_WITHOUT_PROOF
    return Standing(made, proved, proved_at, failed or is_old)


def records(actor: Person, most: int = 40) -> list[BackupRecord]:
    """The latest first."""
    return list(BackupRecord.objects.order_by("-created_at")[:most])


def _latest(event: Event) -> BackupRecord | None:
    return BackupRecord.objects.filter(event=event).order_by("-created_at").first()
