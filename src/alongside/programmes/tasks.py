"""Each night: note which reviews are suggested, write the star, publish the figures."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from .publishing import publish_figures
from .suggestions import note_suggestions


@every(dt.timedelta(days=1))
@task()
def publish_nightly() -> None:
    note_suggestions(by=None)
    publish_figures()


@task()
def publish_now() -> None:
    publish_figures()
