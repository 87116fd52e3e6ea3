"""The texts an agreement begins with: the template's, with the numbers the two have set."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat

from . import boxes, offers
from .models import AgreementVersion


def starting_texts(seat: Seat, version: AgreementVersion) -> dict[str, str]:
    """A first wording of every section. How often and how long one meets is said once, and the same, in both places."""
    template = boxes.template_of(seat)
    found = {key: str(text) for key, text in seat.kind.starting_texts(template).items()}
    usual = (template.frequency.every_days, template.meeting_minutes, template.planned_meetings)
    if (version.every_days, version.meeting_minutes, version.planned_meetings) == usual:
        return found
    for section in seat.kind.agreement:
        if "time" in section.covers:
            # the first sentence of these texts says the template's usual numbers
            rest = found[section.key].partition(". ")[2]
            found[section.key] = f"{_rhythm(version)} {rest}".strip()
    return found


def _rhythm(version: AgreementVersion) -> str:
    parts = {"rhythm": offers.rhythm(version.every_days), "minutes": version.meeting_minutes}
    if version.planned_meetings is None:
        return _("We meet %(rhythm)s for %(minutes)s minutes.") % parts
    return _("We meet %(rhythm)s for %(minutes)s minutes, and plan to meet %(count)s times.") % {
        **parts,
        "count": version.planned_meetings,
    }
