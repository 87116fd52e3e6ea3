"""Hours as they are typed, and how meetings may lie around them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.clock import today
from alongside.people.forms import ZoneField
from alongside.ui.forms import DateInput
from alongside.ui.names import NameField
from alongside.ui.uploads import UploadField

from .. import public_holidays
from ..busy.fetching import as_https
from ..opening_hours import Around, NotHours, read_hours, written
from ..time_ranges import Minutes

WHY_NOT = {
    NotHours.UNREADABLE: gettext_lazy(
        "“%(what)s” is not a way to write hours. Write them like 9-12, 13:30-17."
    ),
    NotHours.NO_LENGTH: gettext_lazy("“%(what)s” ends before it starts. Please swap the two times."),
    NotHours.OVERLAP: gettext_lazy("These hours overlap: %(what)s. Please combine them."),
}
LONGEST_AHEAD = 730


class HoursField(forms.CharField):
    """Stretches of one day, as `read_hours` reads them."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput(attrs={"placeholder": "9-12, 13-17"}))
        super().__init__(required=False, max_length=200, **more)

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else written(value or ())

    def clean(self, value: Any) -> list[Minutes]:
        try:
            return read_hours(super().clean(value))
        except NotHours as wrong:
            raise forms.ValidationError(WHY_NOT[wrong.why] % {"what": wrong.what}) from wrong


def _count(
    label: Any, *, low: int, high: int, help_text: Any = "", required: bool = True
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=low,
        max_value=high,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class HoursOfWeek(forms.Form):
    """The hours of each weekday, in one field each."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for weekday, name in WEEKDAYS.items():
            self.fields[f"day_{weekday}"] = HoursField(label=name)

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{weekday}"] for weekday in WEEKDAYS]

    def week(self) -> dict[int, list[Minutes]]:
        return {weekday: self.cleaned_data[f"day_{weekday}"] for weekday in WEEKDAYS}


class OpeningHoursForm(HoursOfWeek):
    """When a place can be booked, by the clocks of where it is."""

    time_zone = ZoneField(label=gettext_lazy("Time zone"))


class WeekForm(HoursOfWeek):
    """The whole of one's week on one page, saved at once."""

    buffer_before = _count(gettext_lazy("Minutes free before each meeting"), low=0, high=240)
    buffer_after = _count(gettext_lazy("Minutes free after each meeting"), low=0, high=240)
    most_a_day = _count(
        gettext_lazy("Maximum appointments a day"),
        low=1,
        high=24,
        required=False,
        help_text=gettext_lazy("Leave empty for no limit."),
    )
    shortest_notice = _count(gettext_lazy("Hours of notice needed to book"), low=0, high=720)
    how_far_ahead = _count(gettext_lazy("How many days ahead can be booked"), low=1, high=LONGEST_AHEAD)
    country = forms.ChoiceField(
        label=gettext_lazy("Public holidays"),
        required=False,
        help_text=gettext_lazy(
            "Nothing is offered on public holidays. A day you set yourself, below, comes first."
        ),
    )
    subdivision = forms.ChoiceField(label=gettext_lazy("Part of the country"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["country"].choices = [("", _("no country")), *public_holidays.countries().items()]  # type: ignore[attr-defined]
        chosen = self.data.get("country") if self.is_bound else self.initial.get("country")
        parts = public_holidays.parts(chosen or "")
        known = {"": _("the whole country"), **parts}
        typed = self.data.get("subdivision", "") if self.is_bound else ""
        if typed and typed not in known:
            known[typed] = typed  # of the country chosen before: it goes when the country goes
        self.fields["subdivision"].choices = list(known.items())  # type: ignore[attr-defined]
        self.has_parts = bool(parts)

    def around(self) -> Around:
        names = ("buffer_before", "buffer_after", "most_a_day", "shortest_notice", "how_far_ahead", "country")
        part = self.cleaned_data["subdivision"]
        country = self.cleaned_data["country"]
        kept = part if public_holidays.is_known(country, part) else ""
        return Around(**{name: self.cleaned_data[name] for name in names}, subdivision=kept)


class DayForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("Please choose a day.")},
    )
    hours = HoursField(
        label=gettext_lazy("Hours on that day"), help_text=gettext_lazy("Leave empty to offer nothing.")
    )

    def clean_day(self) -> dt.date:
        return _not_past(self.cleaned_data["day"])


class AwayForm(forms.Form):
    first_day = forms.DateField(
        label=gettext_lazy("From"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("Please choose the first day.")},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DateInput,
        required=False,
        help_text=gettext_lazy("Leave empty for one day."),
    )
    word = forms.CharField(
        label=gettext_lazy("Note to yourself"),
        help_text=gettext_lazy("Only you can read this."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data.get("first_day")
        if first is None or self.errors:
            return data
        last = data["last_day"] = data.get("last_day") or first
        if last < first:
            self.add_error("last_day", _("The last day is before the first. Please swap them."))
        elif last < today("UTC") - dt.timedelta(days=1):
            self.add_error("last_day", _("These days are in the past."))
        elif (last - first).days > LONGEST_AHEAD:
            self.add_error("last_day", _("That is longer than two years. Please check the year."))
        return data


class ClosureForm(AwayForm):
    """Days on which a place is closed."""

    word = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        help_text=gettext_lazy("Only the people who manage this place can read this."),
        required=False,
        max_length=200,
    )


def _not_past(day: dt.date) -> dt.date:
    if day < today("UTC") - dt.timedelta(days=1):
        raise forms.ValidationError(_("This day is in the past."))
    return day


class CalendarForm(forms.Form):
    """A calendar elsewhere: by its address, or as a file."""

    name = NameField(
        label=gettext_lazy("Name"),
        max_length=60,
        error_messages={"required": gettext_lazy("Please give it a name, such as Work.")},
    )
    address = forms.CharField(
        label=gettext_lazy("Its private address"),
        help_text=gettext_lazy(
            "In Google: Settings, Integrate calendar, Secret address. In Outlook: Shared "
            "calendars, Publish, ICS. In Apple: Share, Public calendar. We read it every half "
            "hour."
        ),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = UploadField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("An exported calendar, ending in .ics. We read it once."),
        required=False,
        endings=(".ics", ".ical", ".ifb"),
        widget=forms.FileInput,
    )

    def clean_address(self) -> str:
        typed = as_https(self.cleaned_data["address"])
        if typed and not typed.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("An address starts with https:// or webcal://."))
        return typed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if data.get("address") and data.get("file"):
            self.add_error("file", _("Please give either an address or a file, not both."))
        if not data.get("address") and not data.get("file"):
            self.add_error("address", _("Please paste an address here, or choose a file below."))
        return data
