"""What goes into a copy. Read from the address, so that the same copy can be asked for again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choice import EVERYTHING_SHARED, OWN, SHARED, Choice


class CopyForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label=_("What to include"), choices=list((SHARED | OWN).items()), required=False
    )
    names = forms.BooleanField(label=_("Names and the place"), required=False)
    chosen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def choice(self) -> Choice:
        """As ticked; before anything was chosen all that is shared, and never what is private."""
        if not self.is_valid() or not self.cleaned_data["chosen"]:
            return EVERYTHING_SHARED
        given: dict[str, Any] = self.cleaned_data
        return Choice(parts=frozenset(given["parts"]), names=given["names"])
