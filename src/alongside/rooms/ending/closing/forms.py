"""How long the record is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ui.forms import DateInput


class KeptForm(forms.Form):
    until = forms.DateField(
        label=_("How long is it stored?"),
        help_text=_("If your organisation or the law sets a time, give that day."),
        widget=DateInput,
        error_messages={"required": _("Please give a day, or say that your agreement applies.")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_kept_%s"
        self.today = today

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if day <= self.today:
            raise forms.ValidationError(_("This day has passed. Please choose a later one."))
        if day.year > self.today.year + 100:
            raise forms.ValidationError(_("That is more than a hundred years. Is the year right?"))
        return day
