"""Each night: note which reviews are suggested, write the star, publish the figures."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django_tasks import task

from alongside.kernel.periodic import every

from .publishing import publish_figures
from .suggestions import note_suggestions


@every(dt.timedelta(days=1))
@task()
def publish_nightly() -> None:
    """The demo's figures are of made-up courses that are in no database, so there they stay as they are."""
    if not settings.DEMO:
        note_suggestions(by=None)
        publish_figures()
