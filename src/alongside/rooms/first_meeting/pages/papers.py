"""The agreement on paper, and two of its versions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.comparing import Compared, compare
from alongside.journeys.models import Words
from alongside.journeys.seat import Seat

from ..models import AgreementVersion
from ..queries import Agreement
from .agreement import AgreedLine, AgreementPage, frame_rows
from .common import address, day


def agreement_paper(seat: Seat, page: AgreementPage) -> dict[str, Any]:
    """What stands on the paper: the version's own words and facts. Whatever one reads alone stays out."""
    words = seat.kind.words
    return {
        "title": page.title,
        "lead": page.lead,
        "between": [
            [capfirst(str(words.guide)), seat.guide.name],
            [capfirst(str(words.participant)), seat.participant.name],
        ],
        "frame": [list(row) for row in page.frame],
        "sections": [
            {
                "title": one.title,
                "text": one.text,
                "group": one.group,
                "within": bool(one.within),
                "asked": list(one.asked.sentences) if one.asked and one.is_asked else [],
            }
            for one in page.sections
            if one.text.strip() or one.is_asked
        ],
        "goals_title": _("What you work for"),
        "goals": [_need_on_paper(need) for need in page.agreed],
        "steps_title": _("First steps"),
        "steps": list(page.agreed_steps),
        "without_picture_title": _("You continued without a complete starting picture"),
        "without_picture": page.without_picture,
        "signatures_title": _("Accepted by"),
        "signatures": [
            {"name": yes.typed_name, "line": f"{yes.name}, {yes.part} · {yes.when} · {yes.how}"}
            for yes in page.signatures
        ],
    }


def _need_on_paper(need: AgreedLine) -> dict[str, Any]:
    rated = need.rating is not None
    return {
        "need": need.need,
        "start": _("At the start %(rating)s of 10.") % {"rating": need.rating} if rated else "",
        "words": need.words,
        "targets": [
            {"text": text, "standing": standing, "steps": list(steps)}
            for text, standing, steps in need.targets
        ],
    }


@dataclass(frozen=True)
class ComparedSection:
    key: str
    title: str
    sides: Compared

    @property
    def is_same(self) -> bool:
        return self.sides.is_same


@dataclass(frozen=True)
class ComparisonPage:
    eyebrow: str
    title: str
    lead: str
    before: str
    after: str
    sections: tuple[ComparedSection, ...]
    same: tuple[str, ...]
    others: tuple[tuple[str, str, bool], ...]
    back: str


def comparison_page(
    seat: Seat,
    agreement: Agreement,
    earlier: AgreementVersion | None,
    texts: tuple[Mapping[str, Words], Mapping[str, Words]],
) -> ComparisonPage:
    """`texts` are the sections of the earlier version and of this one."""
    version = agreement.version
    sections = _compared(seat, earlier, version, texts) if earlier else []
    back = address(seat, "agreement_version", version_number=version.number)
    return ComparisonPage(
        eyebrow=capfirst(str(seat.kind.words.agreement)),
        title=_("What has changed"),
        lead=_lead(sections, earlier),
        before=_named(earlier),
        after=_named(version),
        sections=tuple(each for each in sections if not each.is_same),
        same=tuple(each.title for each in sections if each.is_same),
        others=tuple(_other(seat, version, each, earlier) for each in agreement.versions if each != version),
        back=back,
    )


def _lead(sections: list[ComparedSection], earlier: AgreementVersion | None) -> str:
    if earlier is None:
        return _("There is no other version to compare this one with yet.")
    if all(each.is_same for each in sections):
        return _("The two versions are the same.")
    return _("Words that are in only one version are struck through or underlined, and marked as such.")


def _named(version: AgreementVersion | None) -> str:
    if version is None:
        return ""
    when = day(version.entered_at)  # type: ignore[attr-defined]
    return _("Version %(number)s, %(day)s") % {"number": version.number, "day": when}


def _compared(
    seat: Seat,
    earlier: AgreementVersion,
    version: AgreementVersion,
    texts: tuple[Mapping[str, Words], Mapping[str, Words]],
) -> list[ComparedSection]:
    def said(side: int, key: str) -> str:
        words = texts[side].get(key)
        return words.text if words else ""

    frames = (
        "\n".join(f"{label}: {value}" for label, value in frame_rows(seat, one)) for one in (earlier, version)
    )
    dates = ComparedSection("dates", _("Dates and numbers"), compare(*frames))
    sections = [
        ComparedSection(one.key, str(one.title), compare(said(0, one.key), said(1, one.key)))
        for one in seat.kind.agreement
        if said(0, one.key).strip() or said(1, one.key).strip()
    ]
    return [dates, *sections]


def _other(
    seat: Seat, version: AgreementVersion, other: AgreementVersion, shown: AgreementVersion | None
) -> tuple[str, str, bool]:
    url = address(seat, "compare", version_number=version.number)
    return (_named(other), f"{url}?with={other.number}", bool(shown and other.number == shown.number))
