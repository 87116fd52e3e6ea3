"""What several forms of the ending have: somebody's own words, and days ahead that they choose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import Text
from alongside.ui.forms import DateInput

LONGEST = 20_000
OTHER_DAYS = ("other_1", "other_2", "other_3")
FURTHEST = dt.timedelta(days=3653)
MOST = 12


class WordsField(forms.CharField):
    """Some lines in somebody's own words."""

    def __init__(self, label: Text, help_text: Text = "", *, rows: int = 2, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": _("Please write a few words here.")},
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class ChosenDaysForm(forms.Form):
    """Days ahead as boxes to tick, and three more to choose freely. None is ticked before somebody has chosen it."""

    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick as many as you like, or none."),
    )
    other_1 = forms.DateField(label=_("Another day"), required=False, widget=DateInput)
    other_2 = forms.DateField(label=_("And another"), required=False, widget=DateInput)
    other_3 = forms.DateField(label=_("And another"), required=False, widget=DateInput)

    def __init__(
        self, data: Any = None, *, today: dt.date, planned: Iterable[dt.date], offered: Mapping[dt.date, str]
    ) -> None:
        """`offered`: each day there is a box for, with what is said of it ("" for the day alone).

        A day that was ticked counts though it is not offered any more: what is offered goes by today, and a form may
        have been opened before midnight.
        """
        self.today = today
        super().__init__(data, initial={"days": [day.isoformat() for day in planned]})
        offered = {**dict.fromkeys(self._ticked(), ""), **offered}
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (day.isoformat(), _label(day, offered[day])) for day in sorted(offered)
        ]

    def _ticked(self) -> list[dt.date]:
        """The days to come among those that were sent; not more than anybody was offered."""
        sent = self.data.getlist("days") if hasattr(self.data, "getlist") else self.data.get("days", ())
        days = {day for one in sent if (day := _day(one))}
        return sorted(day for day in days if dt.timedelta() < day - self.today <= FURTHEST)[:MOST]

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


def _day(sent: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(sent)
    except ValueError:
        return None


def _label(day: dt.date, say: str) -> str:
    when = date_format(day, "j F Y")
    return f"{when}, {say}" if say else when
