"""The night's plan: a backup each day, a drill each week."""

import datetime as dt
from contextlib import suppress

from django.conf import settings
from django_tasks import task

from alongside.kernel.periodic import every

from . import runs, upgrades


@every(dt.timedelta(days=1))
@task()
def back_up_nightly() -> None:
    """A failure is noted for the administrators, and tomorrow it is tried again."""
    if not settings.DEMO:
        upgrades.let_old_ones_go()
        with suppress(runs.Failed):
            runs.back_up()


@every(dt.timedelta(days=7))
@task()
def prove_weekly() -> None:
    """A backup that was never restored is a hope."""
    if not settings.DEMO:
        with suppress(runs.Failed):
            runs.prove_newest()


@task()
def back_up_and_prove() -> None:
    with suppress(runs.Failed):
        runs.back_up()
        runs.prove_newest()
