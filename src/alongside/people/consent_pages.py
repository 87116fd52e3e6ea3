"""What somebody has agreed to, when and in which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Moment

from .consents import TEXTS
from .models import ConsentRecord, Purpose


@dataclass(frozen=True)
class ConsentLine:
    """`text` is what they agreed to, or what they would agree to; `acts` what they can do about it, each in one press."""

    key: str
    title: str
    text: str
    state: str
    word: str
    after: str
    acts: tuple[ActionButton, ...]
    history: tuple[Moment, ...]


@dataclass(frozen=True)
class ConsentsPage:
    lines: tuple[ConsentLine, ...]


def consents_page(found: dict[Purpose, list[ConsentRecord]]) -> ConsentsPage:
    return ConsentsPage(tuple(_line(purpose, rows) for purpose, rows in found.items()))


def _line(purpose: Purpose, rows: list[ConsentRecord]) -> ConsentLine:
    last, words = (rows[0] if rows else None), TEXTS[purpose]
    agrees = ActionButton(_("Agree"), reverse("people:give_consent", args=[purpose]))
    label = _("Withdraw") if last and last.given else _("Do not agree")
    withdraws = ActionButton(label, reverse("people:withdraw_consent", args=[purpose]))
    acts: tuple[ActionButton, ...]
    if last is None:
        state, word, acts = "quiet", _("You have not answered"), (agrees, withdraws)
    elif last.given:
        state, word, acts = "done", _("You agreed on %(day)s") % {"day": _day(last.created_at)}, (withdraws,)
    else:
        state, acts = "attention", (agrees,)
        word = _("You do not agree, since %(day)s") % {"day": _day(last.created_at)}
    return ConsentLine(
        key=str(purpose),
        title=str(purpose.label),
        text=str(last.text if last and last.given else words.text),
        state=state,
        word=word,
        after=str(words.withdrawn) if last and last.given else "",
        acts=acts,
        history=tuple(Moment(_day(row.created_at), _told(row)) for row in rows) if len(rows) > 1 else (),
    )


def _told(row: ConsentRecord) -> str:
    if row.given:
        return _("You agreed: “%(text)s” (version %(version)s)") % {"text": row.text, "version": row.version}
    return _("You withdrew it, or did not agree")


def _day(moment: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y")
