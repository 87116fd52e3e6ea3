"""The texts an organisation's agreements begin with, template by template."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from alongside.journeys.kinds import KINDS


@dataclass(frozen=True)
class TemplateLink:
    name: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class TextsPage:
    kind: str
    template: str
    title: str
    sections: tuple[tuple[str, str, str], ...]
    """Key, title and the text Alongside came with."""
    links: tuple[tuple[str, tuple[TemplateLink, ...]], ...]
    url: str


def texts_page(asked: str) -> TextsPage:
    """`asked` is kind and template, as in the address; without one, or with one that isn't there, the first."""
    known = {f"{kind.slug}/{each.slug}": (kind, each) for kind in KINDS.values() for each in kind.templates}
    here = asked if asked in known else next(iter(known))
    kind, template = known[here]
    shipped = kind.starting_texts(template)
    address = reverse("agreement_texts:texts")
    return TextsPage(
        kind=kind.slug,
        template=template.slug,
        title=str(template.name),
        sections=tuple(
            (each.key, str(each.title), str(shipped[each.key]))
            for each in kind.agreement
            if each.key in shipped
        ),
        links=tuple(
            (
                str(one.name),
                tuple(
                    TemplateLink(
                        str(each.name),
                        f"{address}?for={one.slug}/{each.slug}",
                        here == f"{one.slug}/{each.slug}",
                    )
                    for each in one.templates
                ),
            )
            for one in KINDS.values()
        ),
        url=f"{address}?for={here}",
    )
