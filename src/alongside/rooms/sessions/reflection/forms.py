"""How the guide found they helped: five skills, each if they like, and a few words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ui.forms import RatingInput

from .models import SKILLS

LABELS = {
    "listening": _("Listening: did I let them finish, and hear what was meant?"),
    "asking": _("Asking: did my questions open something up?"),
    "agreeing": _("Agreeing: did we decide together?"),
    "focusing": _("Focusing: did we move from the wide view to one thing?"),
    "ending": _("Ending: did we finish on time, with a step, and calmly?"),
}
NAMES = {
    "listening": _("Listening"),
    "asking": _("Asking"),
    "agreeing": _("Agreeing"),
    "focusing": _("Focusing"),
    "ending": _("Ending"),
}


class ReflectionForm(forms.Form):
    words = forms.CharField(
        label=_("What would I do again, and what differently?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        low, high = str(_("hardly")), str(_("as well as I can"))
        for skill in SKILLS:
            self.fields[skill] = forms.IntegerField(
                label=LABELS[skill],
                min_value=0,
                max_value=10,
                required=False,
                widget=RatingInput(low=low, high=high),
            )
        self.order_fields([*SKILLS, "words"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._says_anything(cleaned):
            self.add_error(None, _("Please give at least one number, or write a few words."))
        return cleaned

    def _says_anything(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("words")) or any(cleaned.get(skill) is not None for skill in SKILLS)
