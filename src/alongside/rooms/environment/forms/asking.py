"""What a participant writes when they ask for a time."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class AskForm(forms.Form):
    word = forms.CharField(
        label=gettext_lazy("What suits you"),
        help_text=gettext_lazy(
            "Days and hours, for example: Tuesday or Thursday, after 4. Only you two can read it."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
