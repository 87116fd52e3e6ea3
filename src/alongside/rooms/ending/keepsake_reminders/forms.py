"""The days on which one is reminded: some to tick, three to choose freely, and a day of every week."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.clock import months_after

from ..record.forms import ChosenDaysForm


class RemindersForm(ChosenDaysForm):
    weekly = forms.TypedChoiceField(
        label=gettext_lazy("Every week"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Until you stop it: each email has a link for that."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        since: dt.date,
        today: dt.date,
        planned: list[dt.date],
        weekly: int | None,
    ) -> None:
        suggested = {
            since + dt.timedelta(days=7): _("one week afterwards"),
            months_after(since, 1): _("one month afterwards"),
            months_after(since, 3): _("three months afterwards"),
            months_after(since, 6): _("six months afterwards"),
        }
        offered = {day: say for day, say in suggested.items() if day > today} | {
            day: suggested.get(day, "") for day in planned
        }
        super().__init__(data, today=today, planned=planned, offered=offered)
        every = [(number, _("Every %(day)s") % {"day": WEEKDAYS[number]}) for number in range(7)]
        self.fields["weekly"].choices = [("", _("Not every week")), *every]  # type: ignore[attr-defined]
        self.initial["weekly"] = weekly
