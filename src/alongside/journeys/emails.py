"""Letters to those at a table. They name neither the kind of care nor any words written in it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.people.emails import EmailKind, email_kind
from alongside.people.models import Person
from alongside.people.tasks import enqueue_message

from .models import Cover

COVER_FOR_PARTICIPANT = email_kind("cover, to the participant")
COVER_FOR_COVER = email_kind("cover, to the one who covers")
COVER_FOR_GUIDE = email_kind("cover, to the guide")
COVER_BY_ONESELF = email_kind("cover by an administrator")


def write_to(kind: EmailKind, person: Person, compose: Callable[[], tuple[str, str]]) -> None:
    """Hand a letter, in the person's language, to the worker within the same transaction.

    Who has no account or no address is told in the room, and reads it on the page when they come.
    """
    if not person.user_id or not person.email or not person.is_active:
        return
    with translation.override(person.language):
        subject, text = compose()
        greeting = _("Dear %(name)s,") % {"name": person.name}
        enqueue_message(
            kind,
            to=person.email,
            subject=subject,
            text=f"{greeting}\n\n{text}\n",
            organisation=person.organisation_id,
            person=person.id,
        )


def tell_of_cover(cover: Cover, *, guide: Person, participant: Person) -> None:
    """The participant and the one who covers are told; in an emergency also the guide."""
    link = f"{settings.PUBLIC_URL}/journeys/{cover.member.journey_id}/"
    who = cover.member.person

    def facts() -> dict[str, str]:
        return {
            "guide": guide.name,
            "cover": who.name,
            "by": cover.by.name,
            "from": date_format(cover.from_day, "j F Y"),
            "until": date_format(cover.until_day, "j F Y"),
            "link": link,
            "away": f"{link}away/",
        }

    def to_participant() -> tuple[str, str]:
        text = _(
            "From %(from)s until %(until)s %(guide)s is away, and %(cover)s is there for you in "
            "that time. %(cover)s can read what you share, but no one's private words, and only "
            "until then. If you do not want this, you can end it here:\n\n%(away)s"
        )
        return _("%(cover)s is there while %(guide)s is away") % facts(), text % facts()

    def to_cover() -> tuple[str, str]:
        text = _(
            "You cover for %(guide)s from %(from)s until %(until)s, as asked by %(by)s. In that time you find it here, "
            "and after it no longer:\n\n%(link)s"
        )
        return _("You cover for %(guide)s") % facts(), text % facts()

    def to_guide() -> tuple[str, str]:
        text = _(
            "%(by)s has asked %(cover)s to cover for you from %(from)s until %(until)s. Your private words stay yours "
            "alone. When you are back, you can end it here:\n\n%(away)s"
        )
        return _("%(cover)s covers for you") % facts(), text % facts()

    def by_oneself() -> tuple[str, str]:
        text = _(
            "%(by)s, an administrator, covers for %(guide)s from %(from)s until %(until)s themselves, because there is "
            "nobody else who could be asked. %(by)s can read what is shared here, never private notes, and no longer "
            "than until then. You can end it here:\n\n%(away)s"
        )
        return _("%(cover)s covers for %(guide)s") % facts(), text % facts()

    if cover.by_id == who.id and cover.in_an_emergency:
        write_to(COVER_BY_ONESELF, participant, by_oneself)
        write_to(COVER_BY_ONESELF, guide, by_oneself)
        return
    write_to(COVER_FOR_PARTICIPANT, participant, to_participant)
    write_to(COVER_FOR_COVER, who, to_cover)
    if cover.in_an_emergency:
        write_to(COVER_FOR_GUIDE, guide, to_guide)
