"""The days on which one is reminded: some to tick, three to choose freely, and a day of every week."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.clock import months_after
from alongside.ui.forms import DateInput

OTHER_DAYS = ("other_1", "other_2", "other_3")
FURTHEST = dt.timedelta(days=3653)


class RemindersForm(forms.Form):
    """No day is ticked before somebody has chosen it."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("On which days?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick as many as you like, or none."),
    )
    other_1 = forms.DateField(label=gettext_lazy("Another day (optional)"), required=False, widget=DateInput)
    other_2 = forms.DateField(
        label=gettext_lazy("And another day (optional)"), required=False, widget=DateInput
    )
    other_3 = forms.DateField(
        label=gettext_lazy("And one more day (optional)"), required=False, widget=DateInput
    )
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
        suggested = {since + dt.timedelta(days=7): _("one week afterwards")}
        suggested |= {months_after(since, 1): _("one month afterwards")}
        suggested |= {months_after(since, 3): _("three months afterwards")}
        suggested |= {months_after(since, 6): _("six months afterwards")}
        self.today = today
        known = {day: say for day, say in suggested.items() if day > today} | {
            day: suggested.get(day, "") for day in planned
        }
        super().__init__(data, initial={"days": [day.isoformat() for day in planned], "weekly": weekly})
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), _label(day, known[day])) for day in sorted(known)
        ]
        every = [(number, _("Every %(day)s") % {"day": WEEKDAYS[number]}) for number in range(7)]
        self.fields["weekly"].choices = [("", _("Not every week")), *every]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in OTHER_DAYS:
            day = cleaned.get(name)
            if day is not None and day <= self.today:
                self.add_error(name, _("This day has passed. Please choose a later one."))
            elif day is not None and day - self.today > FURTHEST:
                self.add_error(name, _("That is more than ten years away. Please choose a nearer day."))
        return cleaned

    @property
    def chosen(self) -> set[dt.date]:
        ticked = {dt.date.fromisoformat(day) for day in self.cleaned_data["days"]}
        return ticked | {self.cleaned_data[name] for name in OTHER_DAYS if self.cleaned_data.get(name)}


def _label(day: dt.date, say: str) -> str:
    when = date_format(day, "j F Y")
    return f"{when}, {say}" if say else when
