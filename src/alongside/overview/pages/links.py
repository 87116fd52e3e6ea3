"""Where else one can go from the journey page: a few doors, by what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.measuring.rules import may_see_on_track
from alongside.journeys.addresses.rules import may_vouch_for_address
from alongside.journeys.rules import may_invite, may_name_cover, may_name_people, may_pause, may_withdraw
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.material.rules import may_see_what_leads
from alongside.programmes.rules import may_place_journey
from alongside.rooms.sessions.supervision_cases.rules import may_see_own_cases

from ..journey_summary import JourneySummary
from .common import room
from .covering import there_instead


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class LinkGroup:
    title: str
    links: tuple[Link, ...]


def links_of(seat: Seat, summary: JourneySummary, *, came_along: bool) -> tuple[LinkGroup, ...]:
    """Only doors that are open to this person now; a group without any is left out."""
    groups = (
        (_("Looking back"), _looking_back(seat, summary, came_along=came_along)),
        (capfirst(str(seat.kind.words.meetings)), _meetings(seat, summary)),
        (_("Who is involved"), _people(seat)),
        (_("What happens next"), _ways(seat, summary)),
    )
    return tuple(LinkGroup(title, tuple(links)) for title, links in groups if links)


def _looking_back(seat: Seat, summary: JourneySummary, *, came_along: bool) -> list[Link]:
    links = [
        Link(_("Progress over time"), room(seat, "goals:lines")),
        Link(_("What has happened so far"), room(seat, "overview:timeline")),
    ]
    if may_see_on_track(seat):
        links.append(Link(_("Is it on track?"), room(seat, "goals:on_track")))
    if summary.held_in_all > 1:
        links.append(Link(_("What we have understood"), room(seat, "focusing:understood")))
        links.append(Link(_("Read everything in one go"), room(seat, "reading:story")))
    if may_see_own_cases(seat):
        links.append(Link(_("What you took to supervision"), room(seat, "taken:mine")))
    if came_along:
        links.append(Link(_("Where it came from"), room(seat, "handover:came_along")))
    return links


def _meetings(seat: Seat, summary: JourneySummary) -> list[Link]:
    links = [Link(_("Time and place"), room(seat, "environment:room"))]
    if summary.held_in_all:
        links.append(Link(_("How well time was protected"), room(seat, "environment:kept")))
        were = _("How the %(meetings)s were") % {"meetings": seat.kind.words.meetings}
        links.append(Link(were, room(seat, "felt:felt")))
    return links


def _people(seat: Seat) -> list[Link]:
    links = []
    if may_invite(seat) and seat.state != JourneyState.DRAFT:
        again = _("Send the invitation again, or correct the address")
        label = again if seat.participant.person.email else _("Add an email address")
        links.append(Link(label, room(seat, "overview:invite")))
    if may_vouch_for_address(seat):
        links.append(Link(_("They have lost access to their email"), room(seat, "overview:address")))
    if may_name_people(seat):
        links.append(Link(_("Add another person"), room(seat, "overview:people")))
    if may_name_cover(seat):
        links.append(Link(_("Arrange cover"), room(seat, "overview:away")))
    elif seat.covers_until or there_instead(seat):
        away = _("While %(guide)s is away") % {"guide": seat.guide.name}
        links.append(Link(away, room(seat, "overview:away")))
    return links


def _ways(seat: Seat, summary: JourneySummary) -> list[Link]:
    links = []
    if may_pause(seat):
        links.append(Link(_("Pause"), room(seat, "ending:rest")))
    if may_withdraw(seat):
        links.append(Link(_("Cancel before it starts"), room(seat, "ending:withdraw")))
    if summary.ending_state and seat.is_over:
        links.append(Link(_("Keepsake"), room(seat, "keepsake:page")))
        links.append(Link(_("After the end"), room(seat, "follow_up:plan")))
    if may_place_journey(seat):
        links.append(Link(_("Programme"), room(seat, "journey_programme:placement")))
    if may_see_what_leads(seat):
        links.append(Link(_("Template"), room(seat, "journey_material:led_by")))
    links.append(Link(capfirst(str(seat.kind.words.ending)), room(seat, "ending:room")))
    return links
