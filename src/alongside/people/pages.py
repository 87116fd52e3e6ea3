"""What the pages about people show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.kernel.verdict import Verdict, first_denial
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Moment

from . import rules
from .login_sessions import SignedIn
from .models import AccountState, AccountStateRecord, FactorReset, Invitation, Person, User
from .queries import Listed, failed_emails_in, has_factor, people_listed
from .undelivered import UndeliveredLine, undelivered


@dataclass(frozen=True)
class InvitationPage:
    """`act` is the one button. Without it the invitation no longer holds; then there may be `again`."""

    organisation: str
    sender: str
    letter: str
    name: str
    verdict: Verdict
    act: ActionButton | None = None
    again: ActionButton | None = None
    signed_in_as: str = ""
    sign_in_first: bool = False
    expires: str = ""

    @property
    def status(self) -> int:
        return 200 if self.verdict else 409


def invitation_page(
    token: str, invitation: Invitation, user: User | None, *, must_sign_in: bool
) -> InvitationPage:
    """`user` is who is signed in; `must_sign_in` says that the invited person has a sign-in of their own."""
    verdict = rules.may_accept_invitation(invitation, now=now())
    url = reverse("overview:invitation", args=[token])
    sender, person = invitation.sent_by, invitation.person
    other = user.email if user and user.email != invitation.email else ""
    label = _("Sign in and accept") if must_sign_in else _("Accept and continue")
    again = rules.may_send_again(invitation)
    return InvitationPage(
        organisation=person.organisation.name,
        sender=str(sender.name) if sender else person.organisation.name,
        letter=invitation.letter,
        name=str(person.name),
        verdict=verdict,
        act=ActionButton(label, url, primary=True) if verdict else None,
        again=_again(token) if not verdict and again else None,
        signed_in_as=other,
        sign_in_first=must_sign_in,
        expires=formats.date_format(timezone.localtime(invitation.expires_at), "j F Y"),
    )


def _again(token: str) -> ActionButton:
    return ActionButton(
        _("Send me a new invitation"), reverse("overview:invitation_again", args=[token]), primary=True
    )


@dataclass(frozen=True)
class OrganisationChoice:
    person_id: UUID
    name: str
    here: bool
    act: ActionButton


@dataclass(frozen=True)
class ProfilePage:
    email: str
    organisation: str
    organisations: tuple[OrganisationChoice, ...]
    has_password: bool
    has_factor: bool


def profile_page(actor: Person, persons: list[Person]) -> ProfilePage:
    choices = tuple(
        OrganisationChoice(
            person.id,
            person.organisation.name,
            person.id == actor.id,
            ActionButton(_("Go there"), reverse("people:choose"), fields=(("person_id", person.id),)),
        )
        for person in persons
    )
    user = actor.user
    return ProfilePage(
        email=user.email if user else actor.email,
        organisation=actor.organisation.name,
        organisations=choices if len(choices) > 1 else (),
        has_password=bool(user and user.has_usable_password()),
        has_factor=has_factor(actor.user_id),
    )


@dataclass(frozen=True)
class SignedInLine:
    device: str
    here: bool
    began: str
    seen: str
    end: ActionButton


@dataclass(frozen=True)
class SignedInPage:
    sessions: tuple[SignedInLine, ...]
    end_all: ActionButton


def signed_in_page(sessions: list[SignedIn], here: str) -> SignedInPage:
    """`here` is the digest of the key of the browser that asks."""
    return SignedInPage(
        tuple(_signed_in_line(one, one.key_digest == here) for one in sessions),
        ActionButton(
            _("Sign out everywhere"),
            reverse("people:end_login_sessions"),
            confirm=_("You will be signed out here, too, and can sign in again at once."),
        ),
    )


def _signed_in_line(one: SignedIn, here: bool) -> SignedInLine:
    if one.browser and one.system:
        device = _("%(browser)s on %(system)s") % {"browser": one.browser, "system": one.system}
    else:
        device = one.browser or one.system or _("A browser")
    return SignedInLine(
        device,
        here,
        _("signed in on %(when)s") % {"when": _moment(one.began_at)},
        _("last used on %(when)s") % {"when": _moment(one.seen_at)},
        ActionButton(_("Sign out"), reverse("people:end_login_session", args=[one.id])),
    )


def _moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "j F, H:i")


@dataclass(frozen=True)
class PersonLine:
    name: str
    url: str
    email: str
    roles: str
    standing: str
    state: str


@dataclass(frozen=True)
class PeoplePage:
    """Those with a role first; then everybody else, whose journeys an administrator does not see."""

    staff: tuple[PersonLine, ...]
    others: tuple[PersonLine, ...]
    find: str
    has_more: bool
    add: ActionButton
    organisation: ActionButton
    backups: ActionButton
    erasure: ActionButton
    requests: ActionButton
    undelivered: tuple[UndeliveredLine, ...]
    standing_out: ActionButton


def people_page(actor: Person, find: str) -> PeoplePage:
    listed = people_listed(actor, find)
    return PeoplePage(
        staff=tuple(_line(one) for one in listed.staff),
        others=tuple(_line(one) for one in listed.others),
        find=find,
        has_more=listed.has_more,
        add=ActionButton(_("Add someone"), reverse("people:add"), primary=True, link=True),
        organisation=ActionButton(_("Your organisation"), reverse("people:organisation"), link=True),
        backups=ActionButton(_("Backups"), reverse("backups:backups"), link=True),
        erasure=ActionButton(_("Erasure"), reverse("retention:erasures"), link=True),
        requests=ActionButton(_("Requests for access"), reverse("retention:access_requests"), link=True),
        undelivered=undelivered(failed_emails_in(actor.organisation_id)),
        standing_out=ActionButton(_("What stands out"), reverse("overview:standing_out"), link=True),
    )


def _line(one: Listed) -> PersonLine:
    state, standing = _standing(one.person, one.invited_at, one.expires_at)
    return PersonLine(
        name=str(one.person.name),
        url=reverse("people:person", args=[one.person.id]),
        email=one.person.email,
        roles=roles_of(one.person),
        standing=standing,
        state=state,
    )


def roles_of(person: Person) -> str:
    roles = (
        (person.is_guide, _("guide")),
        (person.is_lead, _("programme lead")),
        (person.is_administrator, _("administrator")),
    )
    return ", ".join(str(name) for held, name in roles if held)


def _standing(
    person: Person, invited_at: dt.datetime | None, expires_at: dt.datetime | None
) -> tuple[str, str]:
    """How far this person's sign-in has come: a shape for the eye and the words."""
    if not person.is_active:
        return "quiet", _("account closed")
    if person.user_id:
        return "done", _("active")
    if not person.email:
        return "quiet", _("no email address")
    if not invited_at or not expires_at:
        return "not_yet", _("not invited yet")
    if expires_at <= now():
        return "attention", _("invitation expired")
    return "partly", _("invited on %(day)s") % {
        "day": formats.date_format(timezone.localtime(invited_at), "j F")
    }


@dataclass(frozen=True)
class LostFactor:
    """A second administrator decides: `asked` says what was asked for by whom; until then there is `ask`."""

    ask: ActionButton | None
    asked: tuple[Moment, ...] = ()
    agree: ActionButton | None = None
    refuse: ActionButton | None = None


@dataclass(frozen=True)
class PersonPage:
    name: str
    roles: str
    standing: str
    state: str
    email: str
    signs_in: bool
    invite: ActionButton
    roles_url: str
    address_url: str
    is_open: bool
    account: ActionButton
    history: tuple[Moment, ...]
    corrects: bool
    """Whether an administrator speaks for the address; of somebody known in a journey its guide does."""
    sign_out: ActionButton | None
    lost_factor: LostFactor | None
    """For somebody with a second factor that is theirs to lose."""
    cover: ActionButton | None
    """For somebody who guides or did: who is there for a time when they can't be."""
    erase: ActionButton
    restrict: ActionButton
    access: ActionButton


def person_page(
    actor: Person,
    person: Person,
    latest: Invitation | None,
    history: list[AccountStateRecord],
    reset: FactorReset | None = None,
) -> PersonPage:
    held = latest and not latest.voided_at
    state, standing = _standing(
        person, latest.created_at if latest and held else None, latest.expires_at if latest and held else None
    )
    label = _("Send the invitation again") if latest else _("Send an invitation")
    return PersonPage(
        name=str(person.name),
        roles=roles_of(person),
        standing=standing,
        state=state,
        email=person.email,
        signs_in=bool(person.user_id),
        invite=ActionButton(
            label, reverse("people:invite", args=[person.id]), verdict=_may_invite(actor, person)
        ),
        roles_url=reverse("people:roles", args=[person.id]),
        address_url=reverse("people:address", args=[person.id]),
        is_open=person.is_active,
        account=_account(actor, person),
        history=tuple(_told(one) for one in history),
        corrects=bool(rules.may_speak_for_address(actor, person)),
        sign_out=_sign_out(actor, person) if person.user_id else None,
        lost_factor=_lost_factor(actor, person, reset) if has_factor(person.user_id) else None,
        cover=_cover(person) if person.is_guide or not person.is_active else None,
        erase=ActionButton(_("Erase their data"), reverse("retention:ask", args=[person.id]), link=True),
        access=ActionButton(
            _("Record a request for access"), reverse("retention:record_access", args=[person.id]), link=True
        ),
        restrict=ActionButton(
            _("Restrict their record"), reverse("retention:restrict", args=[person.id]), link=True
        ),
    )


def _may_invite(actor: Person, person: Person) -> Verdict:
    return first_denial(rules.may_speak_for_address(actor, person), rules.may_be_invited(person))


def _cover(person: Person) -> ActionButton:
    url = reverse("overview:emergency_cover", args=[person.id])
    return ActionButton(_("Arrange cover for them"), url, link=True)


def _sign_out(actor: Person, person: Person) -> ActionButton:
    return ActionButton(
        _("Sign them out everywhere"),
        reverse("people:sign_out", args=[person.id]),
        rules.may_sign_out(actor, person),
        confirm=_("They can sign in again at once. Use this when a phone or a computer was lost."),
    )


def _lost_factor(actor: Person, person: Person, reset: FactorReset | None) -> LostFactor:
    if reset is None:
        verdict = rules.may_ask_for_factor_reset(actor, person, has_one=True)
        url = reverse("people:ask_factor_reset", args=[person.id])
        return LostFactor(ActionButton(_("Ask to remove their second factor"), url, verdict, link=True))
    verdict = rules.may_decide_factor_reset(actor, reset, now=now())
    url = reverse("people:decide_factor_reset", args=[reset.id])
    when = formats.date_format(timezone.localtime(reset.created_at), "j F Y")
    asked = _("%(name)s asked to remove their second factor") % {"name": reset.asked_by.name}
    sure = _("Call them first: it must be they who asked. They are signed out and told by email.")
    return LostFactor(
        None,
        (Moment(when, asked, words=str(reset.reason)),),
        ActionButton(_("Agree and remove it"), url, verdict, fields=(("agrees", "yes"),), confirm=sure),
        ActionButton(_("Do not remove it"), url, verdict, fields=(("agrees", "no"),)),
    )


def _account(actor: Person, person: Person) -> ActionButton:
    if person.is_active:
        verdict = rules.may_close_account(actor, person)
        return ActionButton(
            _("Close this account"), reverse("people:close", args=[person.id]), verdict, link=True
        )
    verdict = rules.may_reopen_account(actor, person)
    return ActionButton(_("Open it again"), reverse("people:reopen", args=[person.id]), verdict, link=True)


def _told(one: AccountStateRecord) -> Moment:
    what = _("Closed by %(name)s") if one.state == AccountState.CLOSED else _("Opened again by %(name)s")
    when = formats.date_format(timezone.localtime(one.created_at), "j F Y")
    return Moment(when, what % {"name": one.by.name}, words=str(one.reason))


@dataclass(frozen=True)
class AccountPage:
    """Closing or opening an account: what it means, and why one does it."""

    name: str
    title: str
    lead: str
    label: str
    back: str


def close_page(person: Person) -> AccountPage:
    lead = _(
        "%(name)s can no longer sign in from now on. Nothing is deleted: journeys and words "
        "stay as they are, and you can open the account again."
    )
    return _account_page(person, _("Close this account"), lead, _("Close the account"))


def reopen_page(person: Person) -> AccountPage:
    lead = _("%(name)s can sign in again, and finds everything as it was.")
    return _account_page(person, _("Open this account again"), lead, _("Open it again"))


def factor_reset_page(person: Person) -> AccountPage:
    lead = _(
        "For when %(name)s has lost their phone and their recovery codes. Make sure that it is really them who asks. "
        "A second administrator has to agree; %(name)s is told by email."
    )
    return _account_page(person, _("Remove a second factor"), lead, _("Ask a second administrator"))


def _account_page(person: Person, title: str, lead: str, label: str) -> AccountPage:
    back = reverse("people:person", args=[person.id])
    return AccountPage(str(person.name), title, lead % {"name": person.name}, label, back)
