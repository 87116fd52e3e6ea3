"""What the pages about erasing show: to administrators, and no word of a journey."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.kinds import kind
from alongside.kernel.clock import now
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Moment

from . import rules
from .models import Certificate, Erasure, ErasureStateRecord
from .queries import JourneyLine
from .states import Cause, ErasureState, Extent

ANSWERED_WITHIN = dt.timedelta(days=30)


@dataclass(frozen=True)
class ErasureLine:
    title: str
    url: str
    state: str
    word: str
    text: str


@dataclass(frozen=True)
class ErasuresPage:
    waiting: tuple[ErasureLine, ...]
    earlier: tuple[ErasureLine, ...]
    days: int
    keeping: str
    back: str


@dataclass(frozen=True)
class AskPage:
    name: str
    back: str
    days: int
    hold: str


@dataclass(frozen=True)
class CertificatePage:
    number: str
    done: str
    deleted: str
    emptied: str
    swept: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ErasurePage:
    name: str
    extent: str
    would_delete: str
    """The dry run: how much it would be; empty once it is over."""
    reason: str
    by: str
    due: str
    """Until when the person has to be answered; empty once it is over."""
    history: tuple[Moment, ...]
    carry_out: ActionButton | None
    withdraw: ActionButton | None
    certificate: CertificatePage | None
    back: str


def erasures_page(
    found: list[tuple[Erasure, ErasureState]], journeys: dict[UUID, JourneyLine]
) -> ErasuresPage:
    waits = ErasureState.AGREED
    return ErasuresPage(
        waiting=tuple(_line(one, state, journeys) for one, state in found if state == waits),
        earlier=tuple(_line(one, state, journeys) for one, state in found if state != waits),
        keeping=reverse("retention:keeping"),
        days=rules.WAIT.days,
        back=reverse("people:people"),
    )


def _line(erasure: Erasure, state: ErasureState, journeys: dict[UUID, JourneyLine]) -> ErasureLine:
    shapes = {ErasureState.AGREED: "attention", ErasureState.DONE: "done"}
    return ErasureLine(
        title=title_of(erasure, journeys),
        url=reverse("retention:erasure", args=[erasure.id]),
        state=shapes.get(state, "quiet"),
        word=str(state.label),
        text=_("%(what)s. Decided on %(day)s by %(name)s.")
        % {
            "what": Extent(erasure.extent).label,
            "day": _day(erasure.created_at),
            "name": erasure.by.name,
        },
    )


def title_of(erasure: Erasure, journeys: dict[UUID, JourneyLine]) -> str:
    """Whom or what it is about, as long as that can be said."""
    line = journeys.get(erasure.journey_id) if erasure.journey_id else None
    if line:
        return journey_sentence(line)
    return str(erasure.person.name) if erasure.person else _("A journey")


def ask_page(person: Person) -> AskPage:
    hold = reverse("retention:hold", args=[person.id])
    return AskPage(str(person.name), reverse("people:person", args=[person.id]), rules.WAIT.days, hold)


def journey_choices(lines: list[JourneyLine]) -> list[tuple[str, str]]:
    return [(str(line.id), journey_sentence(line)) for line in lines]


def journey_sentence(line: JourneyLine) -> str:
    """Of which kind, between whom, from when until when."""
    facts = {
        "kind": kind(line.kind).name,
        "guide": line.guide,
        "participant": line.participant,
        "began": _day(line.began),
        "ended": _day(line.ended) if line.ended else "",
    }
    if line.ended:
        return _("%(kind)s: %(participant)s with %(guide)s, %(began)s to %(ended)s") % facts
    return _("%(kind)s: %(participant)s with %(guide)s, since %(began)s, not ended") % facts


def erasure_page(
    actor: Person,
    erasure: Erasure,
    history: list[ErasureStateRecord],
    certificate: Certificate | None,
    journeys: dict[UUID, JourneyLine],
    would_delete: int,
    **in_the_way: Any,
) -> ErasurePage:
    state = ErasureState(history[-1].state)
    waits = state == ErasureState.AGREED
    due = erasure.asked_on + ANSWERED_WITHIN
    return ErasurePage(
        name=title_of(erasure, journeys),
        would_delete=_would_delete(would_delete) if waits else "",
        extent=str(Extent(erasure.extent).label),
        reason=str(erasure.reason),
        by=str(erasure.by.name),
        due=formats.date_format(due, "j F Y") if waits and erasure.cause == Cause.REQUEST else "",
        history=tuple(Moment(_day(one.created_at), _told(one)) for one in history),
        carry_out=_carry_out(actor, erasure, in_the_way) if waits else None,
        withdraw=ActionButton(
            _("Withdraw this"),
            reverse("retention:withdraw", args=[erasure.id]),
            rules.may_withdraw(actor, erasure, state=state),
        )
        if waits
        else None,
        certificate=_certificate(certificate) if certificate else None,
        back=reverse("retention:erasures"),
    )


def _would_delete(count: int) -> str:
    sentence = ngettext("%(count)s record would be deleted.", "%(count)s records would be deleted.", count)
    return sentence % {"count": count}


def _carry_out(actor: Person, erasure: Erasure, in_the_way: dict[str, Any]) -> ActionButton:
    return ActionButton(
        _("Erase it now"),
        reverse("retention:carry_out", args=[erasure.id]),
        rules.may_carry_out(actor, erasure, now=now(), **in_the_way),
        confirm=_("This cannot be undone."),
    )


def _told(one: ErasureStateRecord) -> str:
    sentences = {
        ErasureState.AGREED: _("%(name)s decided that it is to be erased"),
        ErasureState.DECLINED: _("%(name)s declined it"),
        ErasureState.WITHDRAWN: _("%(name)s withdrew it"),
        ErasureState.DONE: _("%(name)s erased it"),
    }
    return sentences[ErasureState(one.state)] % {"name": one.by.name}


def _certificate(certificate: Certificate) -> CertificatePage:
    deleted, emptied = (sum(certificate.counts.get(part, {}).values()) for part in ("deleted", "emptied"))
    if certificate.swept_at:
        swept = _("Since %(day)s the database's files, saved emails and figures hold none of it either.") % {
            "day": _day(certificate.swept_at)
        }
    else:
        swept = _("The database's files are being cleaned. This takes up to an hour.")
    return CertificatePage(
        number=str(certificate.id),
        done=_("Erased on %(day)s by %(name)s.")
        % {"day": _day(certificate.created_at), "name": certificate.by.name},
        deleted=ngettext("%(count)s record was deleted.", "%(count)s records were deleted.", deleted)
        % {"count": deleted},
        emptied=ngettext(
            "%(count)s text was emptied in a record that stays.",
            "%(count)s texts were emptied in records that stay.",
            emptied,
        )
        % {"count": emptied},
        swept=swept,
        lines=tuple(
            f"{name}: {number}"
            for part in ("deleted", "emptied")
            for name, number in certificate.counts.get(part, {}).items()
        ),
    )


def _day(moment: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y")
