"""What comes round: invitations that lie in a mailbox somebody no longer has, or in none."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from alongside.kernel.periodic import every

from ..actions.invitations import invite_where_they_are
from ..invitations import as_one_email
from ..queries.mailboxes import astray, meeting_and_person


@every(dt.timedelta(minutes=1))
@task()
def look_for_astray() -> None:
    """Wherever an address was corrected, and whoever invited a participant: their invitations follow them."""
    with as_one_email():
        for one in sorted(astray()):
            meeting, person = meeting_and_person(*one)
            invite_where_they_are(meeting=meeting, person=person, by=None)
