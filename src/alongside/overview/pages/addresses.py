"""Pages about somebody's email address: how it can be changed, one change and who decides it, and objecting to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.journeys.addresses import rules
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Denial, Verdict
from alongside.people.models import AddressChange, AddressChangeKind, AddressState, Person
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Moment

from .common import day, room


@dataclass(frozen=True)
class AddressPage:
    """`may_vouch`: the form is shown. Otherwise `why_not` says what to do instead, and `instead` leads there."""

    title: str
    lead: str
    eyebrow: str
    may_vouch: bool
    why_not: str
    instead: ActionButton | None
    waiting: ActionButton | None
    history: tuple[Moment, ...]
    no_history: str
    back: str


def address_page(seat: Seat, changes: list[AddressChange]) -> AddressPage:
    name = {"name": seat.participant.name}
    verdict = rules.may_vouch_for_address(seat)
    waiting = next((each for each in changes if each.is_waiting), None)
    corrects = not seat.participant.person.user_id
    return AddressPage(
        title=_("The email address of %(name)s") % name,
        lead=_(
            "%(name)s can change the address themselves, in their profile, as long as they can sign in. This page is for "
            "when they can no longer read their old mailbox."
        )
        % name,
        eyebrow=str(seat.kind.name),
        may_vouch=bool(verdict) and waiting is None,
        why_not="" if verdict else str(verdict.sentence),
        instead=ActionButton(_("Correct the address"), room(seat, "overview:invite"), link=True)
        if corrects
        else None,
        waiting=_leads_to(waiting) if waiting else None,
        history=tuple(_moment(each) for each in changes),
        no_history=_("The address has not been changed."),
        back=room(seat, "overview:journey"),
    )


def _leads_to(change: AddressChange) -> ActionButton:
    return ActionButton(_("See the change that is being checked"), _url(change), link=True)


def _url(change: AddressChange) -> str:
    return reverse("overview:address_change", args=[change.id])


def _moment(change: AddressChange) -> Moment:
    what = {
        AddressChangeKind.CORRECTED: _("Corrected by %(by)s before the invitation was accepted"),
        AddressChangeKind.OWN: _("Changed by %(by)s"),
        AddressChangeKind.LOST: _("A new address, asked for by %(by)s: %(state)s"),
    }[AddressChangeKind(change.kind)]
    by = change.by.name if change.by else change.person.name
    return Moment(day(change.created_at), what % {"by": by, "state": change.get_state_display()})


@dataclass(frozen=True)
class ChangePage:
    title: str
    lead: str
    before: str
    after: str
    asked_by: str
    state: str
    opens: str
    buttons: tuple[ActionButton, ...]
    """What this person can do about it; the first is the main one."""
    over: str
    back: str


def change_page(actor: Person, change: AddressChange) -> ChangePage:
    return ChangePage(
        title=_("A new email address for %(name)s") % {"name": change.person.name},
        lead=_lead(change),
        before=str(change.before),
        after=str(change.after),
        asked_by=str(change.by.name) if change.by else "",
        state=str(change.get_state_display()),
        opens=_hour(change) if change.state == AddressState.CONFIRMED else "",
        buttons=tuple(_buttons(actor, change)),
        over="" if change.is_waiting else _over(change),
        back="/",
    )


def _lead(change: AddressChange) -> str:
    facts = {"by": change.by.name if change.by else "", "name": change.person.name}
    if change.state == AddressState.ASKED:
        return (
            _(
                "%(by)s says that %(name)s has lost their old mailbox, and that the new address is theirs. An administrator "
                "checks this with them. Nothing changes until then."
            )
            % facts
        )
    if change.state == AddressState.CONFIRMED:
        return (
            _(
                "Confirmed. The old address has been told and can object. Until the time is over nobody can sign in with the "
                "new address."
            )
            % facts
        )
    return ""


def _over(change: AddressChange) -> str:
    name = {"name": change.person.name}
    if change.state == AddressState.DONE:
        return _("%(name)s now signs in with the new address.") % name
    return _("The address of %(name)s stays as it was.") % name


def _hour(change: AddressChange) -> str:
    assert change.opens_at
    return formats.date_format(timezone.localtime(change.opens_at), "l j F Y, H:i")


def _buttons(actor: Person, change: AddressChange) -> Iterable[ActionButton]:
    name = {"name": change.person.name}
    offered: tuple[tuple[str, str, Verdict, str], ...] = (
        (
            _("Confirm the new address"),
            "overview:confirm_address",
            rules.may_confirm_address(actor, change),
            _("Have you checked that this is %(name)s? Please do not rely on an email alone.") % name,
        ),
        (_("Say no"), "overview:decline_address", rules.may_decline_address(actor, change), ""),
        (_("Keep my address"), "overview:keep_address", rules.may_object_to_address(actor, change), ""),
        (_("Withdraw"), "overview:withdraw_address", rules.may_withdraw_address(actor, change), ""),
    )
    for label, url, verdict, confirm in offered:
        shown = verdict or (
            actor.is_administrator
            and change.state == AddressState.ASKED
            and url == "overview:confirm_address"
            and verdict.denial == Denial.NOT_YOURS
        )
        if shown:
            yield ActionButton(
                label,
                reverse(url, args=[change.id]),
                verdict,
                confirm=confirm,
                primary=url == "overview:confirm_address",
            )


@dataclass(frozen=True)
class ObjectionPage:
    title: str
    lead: str
    organisation: str
    keep: ActionButton | None


def objection_page(token: str, change: AddressChange) -> ObjectionPage:
    """What whoever opens the link sees: no address, and no name but their own."""
    facts = {
        "opens": _hour(change) if change.opens_at else "",
        "organisation": change.person.organisation.name,
    }
    if rules.may_be_objected_to(change):
        title = _("Is your email address changing?")
        lead = (
            _(
                "We were told that you can no longer read this mailbox. On %(opens)s a new email address takes the place of "
                "this one. If you did not ask for this, keep your address."
            )
            % facts
        )
    elif change.state == AddressState.DONE:
        title = _("Your email address has changed")
        lead = _("The time to object is over. If this is wrong, please speak to %(organisation)s.") % facts
    else:
        title, lead = _("Your email address stays as it is"), _("Nothing changes. You sign in as before.")
    keep = ActionButton(
        _("Keep my address"), reverse("overview:object_to_address", args=[token]), primary=True
    )
    return ObjectionPage(
        title=title,
        lead=lead,
        organisation=str(change.person.organisation.name),
        keep=keep if rules.may_be_objected_to(change) else None,
    )


@dataclass(frozen=True)
class AddressNotice:
    text: str
    about: str
    url: str


def notices_of(actor: Person, changes: Iterable[AddressChange]) -> tuple[AddressNotice, ...]:
    """What Today says of changes of address, to the one reader: nothing of what they did themselves a moment ago."""
    found = (_notice(actor, change) for change in changes)
    return tuple(each for each in found if each)


def _notice(actor: Person, change: AddressChange) -> AddressNotice | None:
    facts = {"name": change.person.name, "by": change.by.name if change.by else ""}
    own = change.person_id == actor.id
    lost, waits = change.kind == AddressChangeKind.LOST, change.is_waiting
    if not lost and (own or change.by_id == actor.id):
        return None
    reads = own or change.by_id == actor.id or actor.is_administrator
    url = _url(change) if lost and reads else ""
    when = day(change.created_at)
    if own:
        text = (
            _("Someone asked for a new email address for you")
            if waits
            else _("Your email address: a change was asked for")
        )
    elif lost and change.state == AddressState.ASKED and rules.may_confirm_address(actor, change):
        text = _("Please confirm a new email address for %(name)s") % facts
    elif waits:
        text = _("A new email address for %(name)s is being checked") % facts
    elif change.state == AddressState.DONE:
        text = _("The email address of %(name)s has changed") % facts
    else:
        text = _("The email address of %(name)s stays as it is") % facts
    about = _("asked for by %(by)s") % facts if lost else ""
    return AddressNotice(text, " · ".join(part for part in (about, when) if part), url)
