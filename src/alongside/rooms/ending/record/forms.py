"""Fields that several forms of the ending have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import Text

LONGEST = 20_000


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
