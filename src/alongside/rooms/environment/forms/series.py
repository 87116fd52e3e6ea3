"""From what was typed to a series: its first time and rhythm, then what is booked of each date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.ui.forms import ChoiceRow

from ..models import Recurrence
from .meetings import TimeForm

MOST = 26
Option = tuple[str, str]


class SeriesForm(TimeForm):
    recurrence = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Recurrence.choices,
        initial=Recurrence.WEEKLY,
        widget=ChoiceRow,
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=2,
        max_value=MOST,
        initial=6,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Please say how many.")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["override"]
        self.fields["date"].label = _("First day")


class PicksForm(forms.Form):
    """One choice for each date of a series: a time, or "" for none. Its options come from the calendars as they are."""

    def __init__(self, *args: Any, options: Sequence[tuple[str, Sequence[Option]]], **more: Any) -> None:
        super().__init__(*args, **more)
        for number, (label, choices) in enumerate(options):
            self.fields[f"pick_{number}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                initial=choices[0][0],
                required=False,
                error_messages={
                    "invalid_choice": _(
                        "That time has just been taken. These are the times that are free now."
                    )
                },
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        picked = [value for name, value in data.items() if name.startswith("pick_") and value]
        data["starts"] = [dt.datetime.fromisoformat(value) for value in picked]
        return data
