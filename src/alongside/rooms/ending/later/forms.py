"""The question before anything is shown."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class WhomForm(forms.Form):
    """The small check before anything is shown: something that stands in no letter."""

    whom = forms.CharField(
        label=gettext_lazy("Who did you meet with?"),
        help_text=gettext_lazy("Their first name or their family name is enough."),
        max_length=120,
        error_messages={"required": gettext_lazy("Please write a name.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
        ),
    )
