"""Beginning a journey: which kind, which template, with whom; then the invitation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.journeys.kinds import KINDS, Kind, Template
from alongside.journeys.material import Offered
from alongside.journeys.seat import Seat
from alongside.people.models import Person

from .common import room


@dataclass(frozen=True)
class Card:
    title: str
    text: str
    facts: str
    url: str


@dataclass(frozen=True)
class ChoosePage:
    """Which kind, or which template of a kind."""

    eyebrow: str
    title: str
    lead: str
    cards: tuple[Card, ...]
    back: str


def choose_kind_page(actor: Person) -> ChoosePage:
    """The kinds that this organisation uses."""
    url = reverse("overview:begin")
    cards = tuple(
        Card(str(kind.name), str(kind.summary), "", f"{url}?{urlencode({'kind': kind.slug})}")
        for kind in KINDS.values()
        if kind.slug not in actor.organisation.hidden_kinds
    )
    lead = _("Each goes through the same four stages, in its own words.")
    return ChoosePage("", _("Begin a journey"), lead, cards, reverse("overview:journeys"))


def choose_template_page(kind: Kind, own: Sequence[Offered]) -> ChoosePage:
    """The organisation's own templates first, then those Alongside came with."""
    cards = [_card(each.template, kind=kind.slug, material=str(each.version.id)) for each in own]
    cards += [_card(each, kind=kind.slug, template=each.slug) for each in kind.templates]
    lead = _("Each comes with its own questions and starting texts. You can change all of them.")
    return ChoosePage(str(kind.name), _("What is it for?"), lead, tuple(cards), reverse("overview:begin"))


def _card(shape: Template, /, **asked: str) -> Card:
    facts = {
        "count": shape.planned_meetings,
        "minutes": shape.meeting_minutes,
        "often": shape.frequency.label,
    }
    return Card(
        str(shape.name),
        str(shape.summary),
        _("%(count)s times %(minutes)s minutes, %(often)s") % facts
        + (" · " + _("your organisation’s own") if "material" in asked else ""),
        f"{reverse('overview:begin')}?{urlencode(asked)}",
    )


@dataclass(frozen=True)
class BeginPage:
    eyebrow: str
    title: str
    summary: str
    source: str
    back: str
    participant: str


def begin_page(kind: Kind, template: Template) -> BeginPage:
    back = f"{reverse('overview:begin')}?{urlencode({'kind': kind.slug})}"
    return BeginPage(
        eyebrow=str(template.name),
        title=str(kind.words.begin_journey),
        summary=str(template.summary),
        source=str(template.source),
        back=back,
        participant=str(kind.words.participant),
    )


@dataclass(frozen=True)
class InvitePage:
    title: str
    lead: str
    button: str
    has_sign_in: bool
    letter: str
    back: str


def invite_page(seat: Seat) -> InvitePage:
    person, name = seat.participant.person, {"name": seat.participant.name, "me": seat.guide.name}
    if person.user_id:
        lead = _(
            "%(name)s already has an account. They will find this in their list, and get an email about it."
        )
    elif person.email:
        lead = _("%(name)s gets an email with a link. They open it and press one button.")
    else:
        lead = _(
            "If you give an email address, %(name)s can prepare and write on their own. If not, "
            "you write together when you meet."
        )
    return InvitePage(
        title=_("Invite %(name)s") % name,
        lead=lead % name,
        button=_("Send the invitation"),
        has_sign_in=bool(person.user_id),
        letter=_("An invitation from %(me)s") % name,
        back=room(seat, "overview:journey"),
    )
