"""From what was typed about another way on to clean data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.models import Journey
from alongside.ui.forms import DateInput

from ..record.forms import WordsField


class RestForm(forms.Form):
    reason = WordsField(_("Why?"), _("A few words, so that you can both look back and understand."))
    expected_return = forms.DateField(
        label=_("When do you expect to continue?"),
        help_text=_("It can be sooner or later. The day is only a reminder."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_expected_return(self) -> dt.date:
        return _not_before(self.cleaned_data["expected_return"], self.today + dt.timedelta(days=1))


class WithdrawForm(forms.Form):
    reason = WordsField(_("Why?"), _("A few words, so that you can both look back and understand."))


class EarlyForm(forms.Form):
    reason = WordsField(
        _("Why?"), _("The other person can read this. A few honest words are enough."), rows=3
    )
    last_day = forms.DateField(
        label=_("Which is the last day?"),
        help_text=_("Leave time for a closing talk, if that is possible."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> dt.date:
        return _not_before(self.cleaned_data["last_day"], self.today)


class GoOnForm(forms.Form):
    planned_meetings = forms.IntegerField(
        label=_("How many in all?"), required=False, min_value=1, max_value=999
    )
    planned_end = forms.DateField(label=_("Until when?"), required=False, widget=DateInput)
    word = WordsField(_("What for?"), _("What you still want or need to do."), required=False)

    def __init__(self, *args: Any, journey: Journey, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.journey, self.today = journey, today

    def clean_planned_meetings(self) -> int | None:
        wanted, planned = self.cleaned_data["planned_meetings"], self.journey.planned_meetings
        if wanted is not None and planned is not None and wanted <= planned:
            raise forms.ValidationError(
                _("That is no more than the %(count)s planned now.") % {"count": planned}
            )
        return wanted

    def clean_planned_end(self) -> dt.date | None:
        wanted, planned = self.cleaned_data["planned_end"], self.journey.planned_end
        if wanted is not None and planned is not None and wanted <= planned:
            raise forms.ValidationError(_("That is no later than what is planned now."))
        return None if wanted is None else _not_before(wanted, self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("planned_meetings") and not cleaned.get("planned_end"):
            raise forms.ValidationError(_("Please give a number of meetings, or a new last date."))
        return cleaned


def _not_before(day: dt.date, earliest: dt.date) -> dt.date:
    if day < earliest:
        raise forms.ValidationError(_("This day is in the past. Please choose a later one."))
    return day
