"""Beginning a journey, and inviting the other."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys import rules
from alongside.journeys.actions import choose_kinds
from alongside.journeys.kinds import KINDS
from alongside.journeys.material import offered_to, version_to_begin_with
from alongside.journeys.models import Journey, MaterialVersion
from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.clock import today
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import ACCOUNTS, Nothing
from alongside.people.rules import may_change_organisation
from alongside.programmes.queries import programmes_to_place_in

from .. import actions
from ..forms import BeginForm, InviteForm, KindsForm
from ..pages.begin import begin_page, choose_kind_page, choose_template_page, invite_page
from ..queries import known_participants

BEGUN = Nothing("A journey that is not there yet has no words.")


@door(rules.may_begin_journey, methods=("GET", "POST"), limit="invitations", opens=BEGUN)
def begin(request: HttpRequest, actor: Person) -> HttpResponse:
    """Which kind, which template, with whom: three pages at one address, each a plain link further."""
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind and not rules.may_begin_kind(actor, kind.slug):
        kind = None
    if kind is None:
        return render(request, "overview/choose.html", {"page": choose_kind_page(actor)})
    own = version_to_begin_with(actor, kind.slug, request.GET.get("material", ""))
    wanted = request.GET.get("template")
    template = own.template if own else next((one for one in kind.templates if one.slug == wanted), None)
    if template is None:
        page = choose_template_page(kind, offered_to(actor, kind.slug))
        return render(request, "overview/choose.html", {"page": page})
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        template=template,
        known=known_participants(actor),
        me=actor,
        today=today(actor.time_zone),
        programmes=programmes_to_place_in(actor, kind.slug, template.slug),
    )
    if form.is_valid():
        journey = _set_up(form, kind.slug, template.slug, own.version if own else None, actor)
        return redirect("overview:journey", journey_id=journey.id)
    facts = {"form": form, "page": begin_page(kind, template)}
    return render(request, "overview/begin.html", facts, status=422 if form.is_bound else 200)


@door(may_change_organisation, methods=("GET", "POST"), limit="names", opens=ACCOUNTS)
def kinds(request: HttpRequest, actor: Person) -> HttpResponse:
    """Which kinds are offered when something is begun."""
    form = KindsForm(request.POST if request.method == "POST" else None, organisation=actor.organisation)
    if form.is_valid():
        choose_kinds(kinds=form.cleaned_data["kinds"], by=actor)
        messages.success(request, _("What is offered is saved."))
        return redirect("overview:kinds")
    return render(request, "overview/kinds.html", {"form": form}, status=422 if form.is_bound else 200)


def _set_up(
    form: BeginForm, kind: str, template: str, material: MaterialVersion | None, actor: Person
) -> Journey:
    apart = ("known", "already", "programme")
    facts = {name: value for name, value in form.cleaned_data.items() if name not in apart}
    return actions.set_up_journey(
        participant=form.participant,
        kind=kind,
        template=template,
        material=material,
        programme_id=form.programme_id,
        **facts,
        by=actor,
    )


@door(rules.may_invite, load=seat_for, methods=("GET", "POST"), limit="invitations", opens=JOURNEY)
def invite(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Send the invitation, or send it again to a corrected address. Without one, write together in the room."""
    person = seat.participant.person
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"email": person.email})
    if form.is_valid():
        email = form.cleaned_data["email"]
        invitation = actions.invite_at(email=email, by=seat)
        messages.success(request, _said(seat, invitation.email if invitation else ""))
        return redirect("overview:journey", journey_id=seat.journey.id)
    facts = {"form": form, "page": invite_page(seat)}
    return render(request, "overview/invite.html", facts, status=422 if form.is_bound else 200)


def _said(seat: Seat, email: str) -> str:
    if email:
        return _("The invitation has been sent to %(email)s.") % {"email": email}
    if seat.participant.person.user_id:
        return _("%(name)s has been told, and will find this in their list.") % {
            "name": seat.participant.name
        }
    return _("You write together when you meet. You can add an address later.")
