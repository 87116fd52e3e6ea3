"""What the help is made of: its pages in the order of reading, and for whom each is written.

The words of a page are its template, `templates/help/pages/<slug>.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person

Text = object
"""Words that are translated when they are shown."""


class Part(StrEnum):
    HOW_TO = "how_to"
    CRAFT = "craft"


class Readers(StrEnum):
    """For whom a page is written. A participant is never shown a page that speaks in a guide's words."""

    EVERYONE = "everyone"
    PRACTITIONERS = "practitioners"
    LEADS = "leads"
    ADMINISTRATORS = "administrators"


@dataclass(frozen=True)
class HelpPage:
    slug: str
    title: Text
    about: Text
    part: Part
    readers: Readers


PAGES = (
    HelpPage(
        "your-pages",
        _("Your pages"),
        _(
            "Getting ready, your steps, questionnaires, help now, who can read what, and what you take with you."
        ),
        Part.HOW_TO,
        Readers.EVERYONE,
    ),
    HelpPage(
        "guiding",
        _("Working with someone"),
        _("From the invitation to the ending, as a supervisor, mentor or clinician."),
        Part.HOW_TO,
        Readers.PRACTITIONERS,
    ),
    HelpPage(
        "leading",
        _("Leading a programme"),
        _("Figures without names, agreement texts and the rules that suggest a review."),
        Part.HOW_TO,
        Readers.LEADS,
    ),
    HelpPage(
        "administering",
        _("Looking after your organisation"),
        _("People and roles, places, emergency details, questionnaires and backups."),
        Part.HOW_TO,
        Readers.ADMINISTRATORS,
    ),
    HelpPage(
        "environment",
        _("1. A supportive environment"),
        _("A protected time and place, and your full attention."),
        Part.CRAFT,
        Readers.PRACTITIONERS,
    ),
    HelpPage(
        "first-meeting",
        _("2. The first meeting"),
        _("What is needed, what you aim for, and what you can expect of each other."),
        Part.CRAFT,
        Readers.PRACTITIONERS,
    ),
    HelpPage(
        "sessions",
        _("3. Sessions and focusing"),
        _("Four parts that come back each time, and a way from a wide view to one step."),
        Part.CRAFT,
        Readers.PRACTITIONERS,
    ),
    HelpPage(
        "ending",
        _("4. Ending well"),
        _("Then and now, the support that goes on, and what the person takes with them."),
        Part.CRAFT,
        Readers.PRACTITIONERS,
    ),
    HelpPage(
        "stuck",
        _("5. When you are stuck"),
        _("Mentoring skills in treatment, and treatment taken to supervision."),
        Part.CRAFT,
        Readers.PRACTITIONERS,
    ),
)


def is_written_for(actor: Person, page: HelpPage) -> bool:
    """An administrator helps everyone, so they may read it all."""
    return {
        Readers.EVERYONE: True,
        Readers.PRACTITIONERS: actor.is_guide or actor.is_lead or actor.is_administrator,
        Readers.LEADS: actor.is_lead or actor.is_administrator,
        Readers.ADMINISTRATORS: actor.is_administrator,
    }[page.readers]


def pages_for(actor: Person) -> tuple[HelpPage, ...]:
    return tuple(page for page in PAGES if is_written_for(actor, page))


def page_for(actor: Person, *, page: str) -> tuple[Person, HelpPage] | None:
    """The door's find: (actor, page), or None when nothing bears that name."""
    found = next((each for each in PAGES if each.slug == page), None)
    return (actor, found) if found else None
