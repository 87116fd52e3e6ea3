"""What stands out, in sentences: a person and counts, no journey and no word."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..standing_out import LOOKED_AT, StandsOut


@dataclass(frozen=True)
class StandsOutLine:
    name: str
    url: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class StandingOutPage:
    lead: str
    lines: tuple[StandsOutLine, ...]
    empty: str
    back: str


def standing_out_page(found: list[StandsOut]) -> StandingOutPage:
    days = {"days": LOOKED_AT.days}
    return StandingOutPage(
        lead=_(
            "Counts from the last %(days)s days that are worth a question. Most have a good reason: ask the person first. "
            "You see no journey and nothing that was written."
        )
        % days,
        lines=tuple(
            StandsOutLine(
                str(one.person.name), reverse("people:person", args=[one.person.id]), _sentences(one)
            )
            for one in found
        ),
        empty=_("Nothing stands out in the last %(days)s days.") % days,
        back=reverse("people:people"),
    )


def _sentences(one: StandsOut) -> tuple[str, ...]:
    said = (
        (
            one.most_in_a_day,
            ngettext(
                "Opened %(count)s item on one day.", "Opened %(count)s items on one day.", one.most_in_a_day
            ),
        ),
        (
            one.at_night,
            ngettext(
                "Opened %(count)s item between midnight and 6:00.",
                "Opened %(count)s items between midnight and 6:00.",
                one.at_night,
            ),
        ),
        (
            one.same_name,
            ngettext(
                "Opened notes about %(count)s person with the same name.",
                "Opened notes about %(count)s people with the same name.",
                one.same_name,
            ),
        ),
        (
            one.same_surname,
            ngettext(
                "Opened notes about %(count)s person with the same surname.",
                "Opened notes about %(count)s people with the same surname.",
                one.same_surname,
            ),
        ),
        (
            one.failed,
            ngettext("%(count)s failed sign-in.", "%(count)s failed sign-ins.", one.failed),
        ),
        (
            one.shut,
            ngettext(
                "%(count)s page was asked for and refused.",
                "%(count)s pages were asked for and refused.",
                one.shut,
            ),
        ),
    )
    return tuple(sentence % {"count": count} for count, sentence in said if count)
