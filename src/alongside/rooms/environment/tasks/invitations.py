"""What comes round: invitations that lie in a mailbox somebody no longer has, or in none."""

from __future__ import annotations

import datetime as dt
import logging
from itertools import groupby
from operator import itemgetter

from django_tasks import task

from alongside.kernel.periodic import every

from ..actions.invitations import invite_to_each
from ..queries.mailboxes import astray

logger = logging.getLogger("alongside.invitations")


@every(dt.timedelta(minutes=1))
@task()
def look_for_astray() -> None:
    """Wherever an address was corrected, and whoever invited a participant: their invitations follow them.

    Each person is a transaction of their own: when it fails for one, all others are seen to before it is said.
    """
    failures = []
    by_person = sorted(astray(), key=itemgetter(1))
    for person_id, pairs in groupby(by_person, key=itemgetter(1)):
        try:
            invite_to_each(person_id=person_id, meeting_ids=[meeting_id for meeting_id, _person in pairs])
        except Exception as failure:  # whatever it is, it is this person's alone
            logger.exception("the invitations of one person could not follow them: %s", person_id)
            failures.append(failure)
    if failures:
        raise failures[0]
