"""What the administrator's pages about requests for access show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ui.lists import Moment

from .access import OPEN, due_on
from .models import AccessRequest, AccessStateRecord, HarmCheck
from .pages import _day
from .states import AccessState


@dataclass(frozen=True)
class AccessLine:
    """A request, or a part of a copy: `state` is the shape beside `word`."""

    title: str
    url: str
    state: str
    word: str
    text: str


@dataclass(frozen=True)
class AccessListPage:
    waiting: tuple[AccessLine, ...]
    earlier: tuple[AccessLine, ...]
    back: str


@dataclass(frozen=True)
class AccessPage:
    """`needs_check`: there is health data in it, which a health professional looks at first."""

    name: str
    due: str
    state: str
    word: str
    identity: str
    by: str
    is_open: bool
    may_extend: bool
    needs_check: bool
    history: tuple[Moment, ...]
    checks: tuple[str, ...]
    extend: str
    check: str
    close: str
    back: str


@dataclass(frozen=True)
class AccessToday:
    """What Today says to an administrator: how many wait, and whether one is overdue."""

    sentence: str
    is_overdue: bool
    url: str


def list_page(waiting: list[AccessRequest], earlier: list[AccessRequest], day: dt.date) -> AccessListPage:
    return AccessListPage(
        tuple(_line(one, day) for one in waiting),
        tuple(_line(one, day) for one in earlier),
        reverse("people:people"),
    )


def due_sentence(request: AccessRequest, day: dt.date) -> tuple[str, str]:
    """The shape of its state, and how long is left."""
    due = due_on(request)
    left = (due - day).days
    if left < 0:
        late = ngettext("%(days)s day overdue", "%(days)s days overdue", -left)
        return "alert", late % {"days": -left}
    return "attention", _("due on %(day)s") % {"day": formats.date_format(due, "j F Y")}


def _line(request: AccessRequest, day: dt.date) -> AccessLine:
    state = AccessState(request.state)  # type: ignore[attr-defined]
    shape, word = due_sentence(request, day) if state in OPEN else ("quiet", str(state.label))
    asked = formats.date_format(request.asked_on, "j F Y")
    return AccessLine(
        str(request.person.name),
        reverse("retention:access_request", args=[request.id]),
        shape,
        word,
        _("Asked on %(day)s. Recorded by %(name)s.") % {"day": asked, "name": request.by.name},
    )


def request_page(
    request: AccessRequest,
    history: list[AccessStateRecord],
    checks: list[HarmCheck],
    day: dt.date,
    *,
    needs_check: bool,
) -> AccessPage:
    state = AccessState(request.state)  # type: ignore[attr-defined]
    shape, word = due_sentence(request, day) if state in OPEN else ("quiet", str(state.label))
    return AccessPage(
        name=str(request.person.name),
        due=formats.date_format(due_on(request), "j F Y"),
        state=shape,
        word=word,
        identity=str(request.identity),
        by=str(request.by.name),
        is_open=state in OPEN,
        may_extend=state == AccessState.RECORDED,
        needs_check=needs_check,
        history=tuple(Moment(_day(one.created_at), _told(one)) for one in history),
        checks=tuple(_check(one) for one in checks),
        extend=reverse("retention:extend_access", args=[request.id]),
        check=reverse("retention:check_access", args=[request.id]),
        close=reverse("retention:close_access", args=[request.id]),
        back=reverse("retention:access_requests"),
    )


def _told(one: AccessStateRecord) -> str:
    sentences = {
        AccessState.RECORDED: _("%(name)s recorded it"),
        AccessState.EXTENDED: _("%(name)s took two more months: %(reason)s"),
        AccessState.ANSWERED: _("%(name)s: they have their copy. %(reason)s"),
        AccessState.DECLINED: _("%(name)s declined it: %(reason)s"),
        AccessState.WITHDRAWN: _("%(name)s: they withdrew it. %(reason)s"),
    }
    return sentences[AccessState(one.state)] % {"name": one.by.name, "reason": one.reason}


def _check(one: HarmCheck) -> str:
    facts = {"who": one.checked_by, "day": formats.date_format(one.checked_on, "j F Y")}
    if one.may_harm:
        return _("%(who)s, %(day)s: reading it could cause serious harm") % facts
    return _("%(who)s, %(day)s: reading it does no serious harm") % facts


def today_line(waiting: list[AccessRequest], day: dt.date) -> AccessToday | None:
    """None where nothing waits."""
    if not waiting:
        return None
    late = sum(due_on(one) < day for one in waiting)
    sentence = ngettext(
        "%(count)s person asked for a copy of their records.",
        "%(count)s people asked for a copy of their records.",
        len(waiting),
    ) % {"count": len(waiting)}
    if late:
        overdue = ngettext("%(count)s answer is overdue.", "%(count)s answers are overdue.", late)
        sentence = f"{sentence} {overdue % {'count': late}}"
    else:
        first = formats.date_format(due_on(waiting[0]), "j F Y")
        sentence = f"{sentence} " + _("The first answer is due on %(day)s.") % {"day": first}
    return AccessToday(sentence, bool(late), reverse("retention:access_requests"))
