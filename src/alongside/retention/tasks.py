"""Sweeping what lies outside of tables: after each erasure, and again each hour until it was done."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from .sweeping import sweep_what_is_left


@every(dt.timedelta(hours=1))
@task()
def sweep() -> None:
    """Nothing to do when every certificate says that it was swept."""
    sweep_what_is_left()
