"""The contents of the help, and one page of it with its way to the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.goals.safety.pages import numbers_of
from alongside.goals.safety.plan import Phone, Piece, lines_of
from alongside.kernel.addresses import address
from alongside.people.models import Person

from .contents import HelpPage, Part, pages_for


@dataclass(frozen=True)
class HelpLink:
    title: str
    about: str
    url: str
    here: bool = False


@dataclass(frozen=True)
class ContentsPage:
    how_to: tuple[HelpLink, ...]
    craft: tuple[HelpLink, ...]


@dataclass(frozen=True)
class ReadingPage:
    eyebrow: str
    title: str
    lead: str
    template: str
    beside: tuple[HelpLink, ...]
    """The pages of the same part, this one among them; empty where it is the only one."""
    previous: HelpLink | None
    next: HelpLink | None
    help_now: tuple[tuple[Piece, ...], ...]
    phones: tuple[Phone, ...]
    is_guide: bool


def contents_page(actor: Person) -> ContentsPage:
    return ContentsPage(how_to=_links(actor, Part.HOW_TO), craft=_links(actor, Part.CRAFT))


def reading_page(actor: Person, page: HelpPage) -> ReadingPage:
    beside = _links(actor, page.part, here=page)
    at = next(number for number, link in enumerate(beside) if link.here)
    organisation = actor.organisation
    speaks_of_help = page.slug == "your-pages"
    return ReadingPage(
        eyebrow=_("The handbook") if page.part == Part.CRAFT else _("How to use Alongside"),
        title=str(page.title),
        lead=str(page.about),
        template=f"help/pages/{page.slug}.html",
        beside=beside if len(beside) > 1 else (),
        previous=beside[at - 1] if at else None,
        next=beside[at + 1] if at + 1 < len(beside) else None,
        help_now=lines_of(str(organisation.emergency_text)) if speaks_of_help else (),
        phones=numbers_of(organisation) if speaks_of_help else (),
        is_guide=actor.is_guide,
    )


def _links(actor: Person, part: Part, here: HelpPage | None = None) -> tuple[HelpLink, ...]:
    return tuple(
        HelpLink(str(each.title), str(each.about), address("help:page", each.slug), here=each == here)
        for each in pages_for(actor)
        if each.part == part
    )
