"""How long the record of a journey is kept: the organisation's rule for its kind, or what Alongside proposes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.journeys.kinds import KINDS

from .models import KeepingRule

Sentence = str | Promise


@dataclass(frozen=True)
class Keeping:
    """`years` after the end; none: nobody has set how long, and nothing reaches its end by itself."""

    kind: str
    years: int | None
    basis: Sentence
    is_own: bool = False
    """Whether the organisation has set it."""


NOT_KNOWN = gettext_lazy("No general rule is known. Your organisation decides how long it needs the record.")
PROPOSED: dict[str, Keeping] = {
    "treatment": Keeping(
        "treatment",
        20,
        gettext_lazy(
            "NHS Records Management Code of Practice 2021: records of mental health, psychology included, 20 years after "
            "treatment ends. Other adult health records: 8 years."
        ),
    ),
    **{slug: Keeping(slug, None, NOT_KNOWN) for slug in KINDS if slug != "treatment"},
}


def keepings_of(organisation_id: UUID) -> dict[str, Keeping]:
    """For each kind what holds now: the latest rule the organisation has set, else what is proposed."""
    found = dict(PROPOSED)
    for rule in KeepingRule.objects.filter(organisation_id=organisation_id).order_by("created_at", "id"):
        found[rule.kind] = Keeping(rule.kind, rule.years, str(rule.basis), is_own=True)
    return found


def kept_until(ended: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return ended.replace(year=ended.year + years)
    except ValueError:
        return dt.date(ended.year + years, 3, 1)


def ended_before(today: dt.date, years: int) -> dt.date:
    """The last day on which a journey may have ended to have reached its end of keeping today."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return dt.date(today.year - years, 2, 28)


def sentence_for_participant(organisation_id: UUID, kind: str) -> str:
    """How long one's record is kept, in one line."""
    keeping = keepings_of(organisation_id)[kind]
    if keeping.years is None:
        return _("Your organisation has not set yet how long this record stays after it has ended.")
    return ngettext(
        "This record stays for %(years)s year after it has ended. Then it is deleted.",
        "This record stays for %(years)s years after it has ended. Then it is deleted.",
        keeping.years,
    ) % {"years": keeping.years}
