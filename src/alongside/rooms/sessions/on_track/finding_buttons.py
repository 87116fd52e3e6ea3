"""What a guide can do about a finding in this room: its button stands beside the finding."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from alongside.goals.tracking_facts import Finding
from alongside.goals.tracking_words import for_both
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.ui.action_buttons import ActionButton

from ..supervision_cases.content import key_of
from ..supervision_cases.rules import may_take_to_supervision
from . import rules


def acts_beside(seat: Seat, finding: Finding) -> tuple[ActionButton, ...]:
    """Bring it up next time, where both can read it; or take it to supervision, where nobody reads who it is about."""
    url = address("sessions:add_finding", seat.journey.id)
    sure = _("You will both read, for next time: “%(line)s”") % {"line": for_both(finding)}
    fields = (("rule", finding.rule), ("subject", finding.subject))
    label = _("Add to the next %(meeting)s") % {"meeting": seat.kind.words.meeting}
    takes = f"{address('taken:write', seat.journey.id)}?{urlencode({'alert': key_of(finding)})}"
    return (
        ActionButton(label, url, rules.may_put_on_agenda(seat), fields=fields, confirm=sure),
        ActionButton(_("Take to supervision"), takes, may_take_to_supervision(seat), link=True),
    )
