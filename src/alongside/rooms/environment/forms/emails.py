"""How one wants to be written to, and the answer to a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.names import NameField

from ..models import Answer, Title

LEAD_NAMES = (
    ("10080", gettext_lazy("a week before")),
    ("2880", gettext_lazy("two days before")),
    ("1440", gettext_lazy("a day before")),
    ("240", gettext_lazy("four hours before")),
    ("120", gettext_lazy("two hours before")),
    ("60", gettext_lazy("an hour before")),
    ("30", gettext_lazy("half an hour before")),
)


class EmailsForm(forms.Form):
    title = forms.ChoiceField(
        label=gettext_lazy("Title in calendars and email subjects"),
        help_text=gettext_lazy(
            "Other people may see your screen, so the title never says what kind of meeting it is."
        ),
        choices=Title.choices,
        widget=forms.RadioSelect,
    )
    own_title = NameField(label=gettext_lazy("My own words"), required=False, max_length=60)
    shows_place = forms.BooleanField(
        label=gettext_lazy("Show the place in my calendar"),
        help_text=gettext_lazy("Anyone who can see your calendar can then read it."),
        required=False,
    )
    reminders = forms.MultipleChoiceField(
        label=gettext_lazy("Email me reminders"),
        help_text=gettext_lazy("Tick as many as you like, or none."),
        choices=LEAD_NAMES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet hours from"),
        help_text=gettext_lazy(
            "By your own clocks. What would come in them comes shortly before, or when they end."
        ),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Please write a time, such as 22:00.")},
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Please write a time, such as 07:00.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("title") == Title.OWN and not data.get("own_title", "").strip():
            self.add_error("own_title", _("Please write the title to use."))
        quiet = [name for name in ("quiet_from", "quiet_until") if data.get(name) is not None]
        if len(quiet) == 1 and not self.errors.keys() & {"quiet_from", "quiet_until"}:
            missing = "quiet_until" if quiet == ["quiet_from"] else "quiet_from"
            self.add_error(missing, _("Please give both a start and an end, or leave both empty."))
        if len(quiet) == 2 and data["quiet_from"] == data["quiet_until"]:
            self.add_error("quiet_until", _("The start and the end are the same. Please change one of them."))
        return data


class FeedForm(forms.Form):
    with_own = forms.BooleanField(
        label=gettext_lazy("Include meetings in which I am supported myself"), required=False
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Please choose one of them."),
            "invalid_choice": gettext_lazy("Please choose one of them."),
        },
    )
    word = forms.CharField(
        label=gettext_lazy("Add a message"),
        help_text=gettext_lazy("Only you two can read this. It is not sent by email."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AddressForm(forms.Form):
    email = EmailAddressField(label=gettext_lazy("Email address"))
