"""What the administrator's page about one person's restriction shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from alongside.kernel.verdict import Verdict
from alongside.people.models import Person, Restriction
from alongside.ui.lists import Moment

from .pages import _day


@dataclass(frozen=True)
class RestrictionPage:
    """`refusal` says why nothing can be restricted now; `url` is where the form that is shown is sent."""

    name: str
    is_restricted: bool
    asked: str
    reason: str
    by: str
    refusal: str
    history: tuple[Moment, ...]
    url: str
    back: str


def restriction_page(person: Person, found: list[Restriction], verdict: Verdict) -> RestrictionPage:
    standing = next((one for one in found if one.lifted_at is None), None)
    name = "lift_restriction" if standing else "restrict"
    return RestrictionPage(
        name=str(person.name),
        is_restricted=standing is not None,
        asked=formats.date_format(standing.asked_on, "j F Y") if standing else "",
        reason=str(standing.reason) if standing else "",
        by=str(standing.by.name) if standing else "",
        refusal="" if standing else str(verdict.sentence),
        history=tuple(moment for one in found for moment in _told(one)),
        url=reverse(f"retention:{name}", args=[person.id]),
        back=reverse("people:person", args=[person.id]),
    )


def _told(one: Restriction) -> list[Moment]:
    told = [Moment(_day(one.created_at), _("%(name)s restricted it") % {"name": one.by.name})]
    if one.lifted_at and one.lifted_by:
        facts = {"name": one.lifted_by.name, "reason": one.lifted_because}
        told.insert(0, Moment(_day(one.lifted_at), _("%(name)s lifted it: %(reason)s") % facts))
    return told
