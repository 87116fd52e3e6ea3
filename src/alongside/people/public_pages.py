"""The pages of an organisation that everybody may read: contact, privacy, accessibility and imprint."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from alongside.ui.telephones import telephone_link

from . import first_texts
from .models import Organisation
from .queries import emergency_numbers, texts_of

LONGEST_HEADING = 60


@dataclass(frozen=True)
class Block:
    """A paragraph, or a heading: a short line on its own that does not end like a sentence."""

    lines: tuple[str, ...]
    is_heading: bool


@dataclass(frozen=True)
class Number:
    name: str
    telephone: str
    url: str


@dataclass(frozen=True)
class ContactPage:
    title: str
    organisation: str
    number: Number | None
    email: str
    opening_hours: tuple[str, ...]
    emergency: tuple[str, ...]
    emergency_numbers: tuple[Number, ...]


@dataclass(frozen=True)
class TextPage:
    title: str
    organisation: str
    blocks: tuple[Block, ...]
    contact: str
    """Whom to tell when something cannot be used; on the accessibility page."""
    checked: str
    has_imprint: bool = True


def contact_page(organisation: Organisation | None) -> ContactPage:
    if organisation is None:
        return ContactPage(_("Contact"), "", None, "", (), (), ())
    return ContactPage(
        title=_("Contact"),
        organisation=organisation.name,
        number=_number(organisation.name, organisation.telephone),
        email=organisation.email,
        opening_hours=tuple(str(organisation.opening_hours).splitlines()),
        emergency=tuple(str(organisation.emergency_text).splitlines()),
        emergency_numbers=tuple(
            number
            for one in emergency_numbers(organisation.id)
            if (number := _number(str(one.name), one.telephone))
        ),
    )


def privacy_page(organisation: Organisation | None) -> TextPage:
    texts, name = texts_of(_id(organisation)), named(organisation)
    said = str(texts.privacy) or first_texts.privacy(name)
    return TextPage(_("Privacy"), _name(organisation), blocks_of(said), "", "")


def accessibility_page(organisation: Organisation | None) -> TextPage:
    texts, name = texts_of(_id(organisation)), named(organisation)
    said = str(texts.accessibility) or first_texts.accessibility(name)
    checked = texts.accessibility_checked_on
    day = {"day": formats.date_format(checked, "j F Y")} if checked else None
    return TextPage(
        title=_("Accessibility"),
        organisation=_name(organisation),
        blocks=blocks_of(said),
        contact=str(texts.accessibility_contact),
        checked=_("This statement was last checked on %(day)s.") % day if day else "",
    )


def imprint_page(organisation: Organisation | None) -> TextPage:
    texts = texts_of(_id(organisation))
    return TextPage(
        _("Imprint"), _name(organisation), blocks_of(str(texts.imprint)), "", "", bool(texts.imprint)
    )


def named(organisation: Organisation | None) -> str:
    """In a text to begin with, where it begins a sentence."""
    return organisation.name if organisation else _("The organisation that invited you")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text, and which of them are headings."""
    paragraphs = [part.splitlines() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return tuple(Block(tuple(lines), _is_heading(lines)) for lines in paragraphs)


def _is_heading(lines: list[str]) -> bool:
    line = lines[0].strip()
    return len(lines) == 1 and len(line) <= LONGEST_HEADING and line[-1:].isalnum()


def _id(organisation: Organisation | None) -> UUID | None:
    return organisation.id if organisation else None


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else ""


def _number(name: str, telephone: str) -> Number | None:
    if not telephone:
        return None
    try:
        return Number(name, telephone, telephone_link(telephone))
    except ValueError:
        return Number(name, telephone, "")
