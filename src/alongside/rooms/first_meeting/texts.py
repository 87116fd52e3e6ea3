"""The texts an agreement begins with: the organisation's own, else the template's with the numbers the two have set."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from alongside.journeys.kinds import kind
from alongside.journeys.seat import Seat

from . import boxes, offers, queries
from .models import AgreementText, AgreementVersion


def starting_texts(seat: Seat, version: AgreementVersion) -> dict[str, str]:
    """A first wording of every section. How often and how long one meets is said once, and the same, in both places."""
    template = boxes.template_of(seat)
    found = {key: str(text) for key, text in seat.kind.starting_texts(template).items()}
    if seat.journey.material_id:
        # the organisation's own template has texts of its own: those of the shipped one were taken over when it was made
        return _with_numbers(seat, version, found)
    kept = queries.texts_of(seat.journey.organisation_id, seat.kind.slug, template.slug)
    own = {key: row.text for key, row in kept.items() if row.text and key in found}
    return {**_with_numbers(seat, version, found), **own}


def newest_of(texts: Mapping[str, AgreementText]) -> str:
    """What tells one state of an organisation's texts from the next."""
    return max((str(row.id) for row in texts.values()), default="")


def _with_numbers(seat: Seat, version: AgreementVersion, found: dict[str, str]) -> dict[str, str]:
    shipped = kind(seat.kind.slug)
    template = shipped.template(seat.journey.template)
    texts = shipped.starting_texts(template)
    usual = (template.frequency.every_days, template.meeting_minutes, template.planned_meetings)
    if (version.every_days, version.meeting_minutes, version.planned_meetings) == usual:
        return found
    for section in seat.kind.agreement:
        if "time" in section.covers and found.get(section.key) == str(texts.get(section.key)):
            # the first sentence of the texts Alongside came with says the template's usual numbers
            rest = found[section.key].partition(". ")[2]
            found[section.key] = f"{_recurrence(version)} {rest}".strip()
    return found


def _recurrence(version: AgreementVersion) -> str:
    parts = {"recurrence": offers.recurrence(version.every_days), "minutes": version.meeting_minutes}
    if version.planned_meetings is None:
        return _("We meet %(recurrence)s for %(minutes)s minutes.") % parts
    return _("We meet %(recurrence)s for %(minutes)s minutes, and plan to meet %(count)s times.") % {
        **parts,
        "count": version.planned_meetings,
    }
