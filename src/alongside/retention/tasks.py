"""Sweeping what lies outside of tables, after each erasure and again each hour until it was done; ending rehearsals."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.journeys.rehearsals import rehearsals_over
from alongside.kernel.periodic import every

from . import copies, copy_actions
from .rehearsal_actions import end_rehearsal
from .sweeping import sweep_what_is_left


@every(dt.timedelta(hours=1))
@task()
def sweep() -> None:
    """Nothing to do when every certificate says that it was swept."""
    sweep_what_is_left()


@every(dt.timedelta(hours=1))
@task()
def end_rehearsals() -> None:
    """Delete those whose week is over, each in a transaction of its own."""
    for rehearsal in rehearsals_over():
        end_rehearsal(rehearsal=rehearsal, by=None)


@every(dt.timedelta(days=1))
@task()
def let_copies_go() -> None:
    """Copies that answered a request long enough ago are removed; the log of what was done stays."""
    for copy in copies.waited_long_enough():
        copy_actions.remove_copy(request=copy.request, by=None)
