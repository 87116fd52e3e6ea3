"""The agreement: writing, proposing, accepting, changing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import Section
from alongside.journeys.seat import Seat
from alongside.journeys.words_view import posted, say
from alongside.kernel.errors import Refused
from alongside.people.doors import door
from alongside.people.openings import LEADS_BACK

from .. import actions, finders, offers, rules
from ..forms import AcceptForm, FrameForm, ReasonForm
from ..models import AgreementVersion
from ..openings import AGREEMENT
from ..pages.agreement import agreement_page, no_agreement_page
from ..pages.common import address
from ..pages.parts import parts_of
from ..queries import Agreement
from ..states import AgreementState
from .common import go, show


@door(rules.may_open_room, load=finders.newest_agreement_for, opens=AGREEMENT)
def agreement(request: HttpRequest, seat: Seat, agreement: Agreement | None) -> HttpResponse:
    if agreement and agreement.state != AgreementState.ENDED:
        return show_agreement(request, seat, agreement)
    page = no_agreement_page(seat, agreement)
    return show(request, seat, "no_agreement", page=page)


@door(rules.may_open_room, load=finders.agreement_for, opens=AGREEMENT)
def agreement_version(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    return show_agreement(request, seat, agreement)


def show_agreement(
    request: HttpRequest, seat: Seat, agreement: Agreement, *, status: int = 200, **forms: Any
) -> HttpResponse:
    page = agreement_page(seat, agreement, parts_of(seat, agreement))
    if page.is_draft:
        forms.setdefault("frame_form", _frame_form(seat, agreement.version))
        forms.setdefault("reason_form", ReasonForm(initial={"back": "agreement"}))
    if page.accept_url:
        forms.setdefault("accept_form", AcceptForm())
    if page.accept_in_the_room_url:
        forms.setdefault("room_form", AcceptForm(in_the_room=page.participant))
    return show(request, seat, "agreement", status=status, page=page, **forms)


def _frame_form(seat: Seat, version: AgreementVersion, posted: Any = None) -> FrameForm:
    known = {name: getattr(version, name) for name in FrameForm.base_fields}
    return FrameForm(posted, initial=known, missed=offers.missed_choices(seat))


# --- writing -----------------------------------------------------------------------------------------------


@door(rules.may_begin_agreement, load=finders.newest_agreement_for, methods=("POST",), opens=LEADS_BACK)
def begin_agreement(request: HttpRequest, seat: Seat, agreement: Agreement | None) -> HttpResponse:
    actions.begin_agreement(with_texts=seat.is_guide, by=seat)
    return go(seat, "agreement")


@door(rules.may_change_draft, load=finders.agreement_for, methods=("POST",), opens=AGREEMENT)
def set_frame(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    form = _frame_form(seat, agreement.version, request.POST)
    if not form.is_valid():
        return show_agreement(request, seat, agreement, status=422, frame_form=form)
    actions.set_frame(version=agreement.version, frame=actions.Frame(**form.cleaned_data), by=seat)
    messages.success(request, _("Saved."))
    return go(seat, "agreement")


@door(rules.may_write_section, load=finders.section_for, methods=("POST",), limit="words", opens=AGREEMENT)
def write_section(request: HttpRequest, seat: Seat, agreement: Agreement, section: Section) -> HttpResponse:
    letter = posted(request)
    written = actions.write_section(
        version=agreement.version, key=section.key, known=letter.pop("version"), **letter, by=seat
    )
    back = address(seat, "agreement_version", version_number=agreement.version.number)
    return say(request, replace(written, sentence=written.sentence or _("Saved")), back)


@door(rules.may_use_texts, load=finders.section_for, methods=("POST",), opens=LEADS_BACK)
def use_text(request: HttpRequest, seat: Seat, agreement: Agreement, section: Section) -> HttpResponse:
    used = actions.use_texts(version=agreement.version, keys=[section.key], by=seat)
    messages.success(request, _say_used(used))
    return go(seat, "agreement")


@door(rules.may_use_texts, load=finders.agreement_for, methods=("POST",), opens=LEADS_BACK)
def use_texts(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    keys = [section.key for section in seat.kind.agreement]
    used = actions.use_texts(version=agreement.version, keys=keys, by=seat)
    messages.success(request, _say_used(used))
    return go(seat, "agreement")


def _say_used(used: int) -> str:
    if used:
        return _("Added. Now change what does not fit.")
    return _("There are words here already. They stay as they are.")


# --- proposing and accepting -------------------------------------------------------------------------------


@door(rules.may_propose, load=finders.agreement_for, methods=("POST",), opens=AGREEMENT)
def propose(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    try:
        actions.propose_agreement(version=agreement.version, by=seat)
    except Refused as refused:
        return show_agreement(request, seat, agreement, status=409, refused=refused.verdict.sentence)
    messages.success(request, _("Proposed. Now each of you can accept it."))
    return go(seat, "agreement")


@door(rules.may_accept, load=finders.agreement_for, methods=("POST",), opens=AGREEMENT)
def accept(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return show_agreement(request, seat, agreement, status=422, accept_form=form)
    actions.accept_agreement(version=agreement.version, typed_name=form.cleaned_data["typed_name"], by=seat)
    messages.success(request, _("Accepted."))
    return go(seat, "agreement")


@door(rules.may_accept_in_the_room, load=finders.agreement_for, methods=("POST",), opens=AGREEMENT)
def accept_in_the_room(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    form = AcceptForm(request.POST, in_the_room=seat.participant.name)
    if not form.is_valid():
        return show_agreement(request, seat, agreement, status=422, room_form=form)
    actions.accept_in_the_room(version=agreement.version, typed_name=form.cleaned_data["typed_name"], by=seat)
    messages.success(request, _("Accepted in person, with you as witness."))
    return go(seat, "agreement")


@door(rules.may_reopen, load=finders.agreement_for, methods=("POST",), opens=LEADS_BACK)
def reopen(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    fresh = actions.reopen_agreement(version=agreement.version, by=seat)
    messages.success(request, _("This is version %(number)s now.") % {"number": fresh.number})
    return go(seat, "agreement")


@door(rules.may_drop_draft, load=finders.agreement_for, methods=("POST",), opens=LEADS_BACK)
def drop_draft(request: HttpRequest, seat: Seat, agreement: Agreement) -> HttpResponse:
    actions.drop_draft(version=agreement.version, by=seat)
    messages.success(request, _("Set aside. Your agreement stays as it was."))
    return go(seat, "agreement")
