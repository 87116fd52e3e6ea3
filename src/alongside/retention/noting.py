"""That the files were swept: said by the worker in the certificates."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now

from .models import Certificate


@action(unrecorded_because="the certificate itself says when the files were swept")
def note_sweep(*, certificates: list[UUID], by: None) -> int:
    """Say in the certificates that nothing of it is left outside of tables either."""
    return Certificate.objects.filter(id__in=certificates, swept_at=None).update(swept_at=now())
