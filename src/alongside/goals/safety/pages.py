"""What an alert shows to whoever looks after it, and the help page to the person themself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.journeys.seat import Member, Seat
from alongside.kernel.addresses import address
from alongside.kernel.clock import now
from alongside.measures.catalogue import measure
from alongside.people.models import Organisation, Person
from alongside.people.queries import emergency_numbers
from alongside.ui.telephones import telephone_link

from .models import SafetyNotice
from .opening import opening_of
from .plan import Phone, Piece, SafetyPlan, lines_of, may_be_called, once, people_of
from .queries import Pairs, asked_of


@dataclass(frozen=True)
class NoticeView:
    id: str
    line: str
    """Who answered, in which questionnaire, and when."""
    pairs: Pairs
    total: str


@dataclass(frozen=True)
class DoneView:
    """A notice that was answered: what was asked, what was done, signed and dated."""

    notice: NoticeView
    what_was_done: str
    signed: str


@dataclass(frozen=True)
class SafetyAlert:
    """What whoever looks after it needs: the answers, the plan, the telephones, and a box to say what was done."""

    key: str
    journey_id: UUID
    title: str
    notices: tuple[NoticeView, ...]
    passed_on: str
    plan: SafetyPlan
    phones: tuple[Phone, ...]
    without_phone: str
    url: str
    read_by: str
    turn_to: str = ""
    """Where somebody without an account, who sits beside the guide, finds the help page."""
    error: str = ""
    typed: str = ""
    back: str = ""
    """The page it stands on, to go back to."""


def alert_of(
    seat: Seat,
    notices: Sequence[SafetyNotice],
    plan: SafetyPlan,
    *,
    error: str = "",
    typed: str = "",
    back: str = "",
) -> SafetyAlert | None:
    """For whoever guides; None where every notice was answered."""
    if not notices:
        return None
    participant = seat.participant
    in_the_room = participant.person.user_id is None
    return SafetyAlert(
        key=str(seat.journey.id),
        journey_id=seat.journey.id,
        title=_title(participant),
        notices=tuple(_notice(each, seat.name_of(each.by_id)) for each in notices),
        passed_on=_passed_on(notices),
        plan=plan,
        phones=once((*phones_of(participant.person), *may_be_called(plan))),
        without_phone=_without_phone(participant),
        url=address("goals:answer_safety", seat.journey.id),
        read_by=_("You and %(name)s can read this, and so can anyone who covers for you or takes over.")
        % {"name": participant.name},
        turn_to=address("goals:safety", seat.journey.id) if in_the_room else "",
        error=error,
        typed=typed,
        back=back,
    )


def alert_for_reader(
    notice: SafetyNotice,
    guide: Member,
    participant: Member,
    plan: SafetyPlan,
    *,
    error: str = "",
    typed: str = "",
) -> SafetyAlert:
    """For somebody a notice was passed on to. The guide's number stands beside those of the person."""
    people = {guide.person.id: guide.name, participant.person.id: participant.name}
    return SafetyAlert(
        key=str(notice.id),
        journey_id=notice.journey_id,
        title=_title(participant),
        notices=(_notice(notice, people.get(notice.by_id, "")),),
        passed_on=_("%(guide)s has not dealt with this yet, so it has come to you.") % {"guide": guide.name},
        plan=plan,
        phones=once(
            (
                *phones_of(participant.person),
                *_phone(guide.name, guide.person.telephone),
                *may_be_called(plan),
            )
        ),
        without_phone=_without_phone(participant),
        url=reverse("safety:notice", args=[notice.id]),
        read_by=_("You, %(guide)s and %(name)s can read this.")
        % {"guide": guide.name, "name": participant.name},
        error=error,
        typed=typed,
    )


def done_of(seat: Seat, notices: Sequence[SafetyNotice]) -> tuple[DoneView, ...]:
    """What was done after answers about harm, newest first."""
    return tuple(done_view(each, seat.name_of(each.by_id)) for each in notices)


def done_view(notice: SafetyNotice, by: str) -> DoneView:
    signed = {"name": notice.seen_by.name if notice.seen_by else "", "when": moment_in_words(notice.seen_at)}
    return DoneView(_notice(notice, by), notice.what_was_done, _("%(name)s, %(when)s") % signed)


def _title(participant: Member) -> str:
    return _("Safety: %(name)s’s answers need your attention now") % {"name": participant.name}


def _notice(notice: SafetyNotice, by: str) -> NoticeView:
    form = measure(notice.instrument)
    parts = {"name": by or notice.by.name, "form": form.name, "when": moment_in_words(notice.created_at)}
    total = ""
    if notice.total is not None:
        total = _("Total: %(total)s") % {"total": form.say(notice.total)}
    else:
        total = _("No total: not every question was answered.")
    line = _("%(name)s, %(when)s. %(form)s") % parts
    return NoticeView(str(notice.id), line, asked_of(notice), total)


def _passed_on(notices: Sequence[SafetyNotice]) -> str:
    when = next((each.passed_on_at for each in notices if each.passed_on_at), None)
    if when is None:
        due = min(each.passes_on_at for each in notices)
        return _("If nobody says what was done by %(when)s, this is passed on.") % {
            "when": moment_in_words(due)
        }
    return _("This was passed on to someone else in your organisation on %(when)s. It still needs you.") % {
        "when": moment_in_words(when)
    }


def _without_phone(participant: Member) -> str:
    if participant.person.telephone:
        return ""
    return _("No telephone number of %(name)s is known here.") % {"name": participant.name}


def phones_of(person: Person) -> tuple[Phone, ...]:
    """The person's own number, and that of the contact they named."""
    contact = _("%(contact)s (emergency contact)") % {"contact": person.emergency_contact_name}
    return (*_phone(person.name, person.telephone), *_phone(contact, person.emergency_contact_telephone))


def _phone(name: str, number: str) -> tuple[Phone, ...]:
    if not number:
        return ()
    try:
        return (Phone(str(name), str(number), telephone_link(str(number))),)
    except ValueError:
        return ()


def moment_in_words(when: dt.datetime | None) -> str:
    return date_format(timezone.localtime(when), "j F Y, H:i") if when else ""


# --- the help page --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Crisis:
    """Where help is now: first on every page where somebody low may write."""

    lines: tuple[tuple[Piece, ...], ...]
    numbers: tuple[Phone, ...]


def crisis_of(seat: Seat) -> Crisis | None:
    """For the person themself, in the templates for those who may be low; None elsewhere."""
    if not seat.is_participant or not seat.kind.template(seat.journey.template).may_be_low:
        return None
    return _crisis(seat)


def _crisis(seat: Seat) -> Crisis:
    organisation = seat.journey.organisation
    note = str(organisation.emergency_text or seat.kind.emergency_note)
    return Crisis(lines_of(note), numbers_of(organisation))


@dataclass(frozen=True)
class HelpPage:
    crisis: Crisis
    contacts: tuple[Phone, ...]
    plan: SafetyPlan
    who_reads: str
    hours: str
    back: str


def help_page(seat: Seat, notices: Sequence[SafetyNotice], plan: SafetyPlan, back: str) -> HelpPage:
    """Where help is now, and who reads the answer and when."""
    person, crisis = seat.participant.person, _crisis(seat)
    own = _phone(person.emergency_contact_name, person.emergency_contact_telephone)
    known = {phone.link for phone in crisis.numbers}
    return HelpPage(
        crisis=crisis,
        contacts=tuple(phone for phone in once((*own, *people_of(plan))) if phone.link not in known),
        plan=plan,
        who_reads=_who_reads(seat, notices),
        hours=str(seat.journey.organisation.opening_hours),
        back=back,
    )


def numbers_of(organisation: Organisation) -> tuple[Phone, ...]:
    """Whom a service says to call when it cannot wait, and the service itself."""
    emergency = [
        phone for each in emergency_numbers(organisation.id) for phone in _phone(each.name, each.telephone)
    ]
    return (*emergency, *_phone(organisation.name, organisation.telephone))


def _who_reads(seat: Seat, notices: Sequence[SafetyNotice]) -> str:
    """Who was asked, and when somebody reads it: by a time today, or when the service opens again."""
    organisation = seat.journey.organisation
    parts = {"guide": seat.guide.name, "service": organisation.name}
    latest = notices[0] if notices else None
    if latest is None:
        return _("%(guide)s is asked to look whenever you give an answer like this.") % parts
    opening = opening_of(organisation, seat.guide.person.time_zone)
    if opening.closing_after(now()) is None and (opens := opening.opens_after(now())):
        parts["when"] = date_format(opens.astimezone(opening.zone), "l j F, H:i")
        return (
            _(
                "%(guide)s and someone else at %(service)s have been asked to look. %(service)s is closed now, so "
                "it may be read only when it opens again: %(when)s."
            )
            % parts
        )
    if latest.passed_on_at:
        return _("%(guide)s and someone else at %(service)s have been asked to look now.") % parts
    parts["when"] = date_format(timezone.localtime(latest.passes_on_at), "H:i")
    return (
        _(
            "%(guide)s has been asked to look now. If nobody has answered by %(when)s, someone else at %(service)s is asked."
        )
        % parts
    )
