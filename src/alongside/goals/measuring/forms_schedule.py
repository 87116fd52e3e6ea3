"""When questionnaires are asked in one journey, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from alongside.measures.catalogue import measure

from .models import AskedWhen
from .schedule import Asked


class ScheduleForm(forms.Form):
    """Three fields for each questionnaire that can be filled in."""

    def __init__(self, offered: Sequence[str], known: Sequence[Asked], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = {each.instrument: each for each in known}
        self.offered = list(dict.fromkeys((*stands, *offered)))
        for key in self.offered:
            now = stands.get(key) or Asked(key, AskedWhen.NEVER, 2)
            self.fields[f"{key}:when"] = forms.ChoiceField(
                label=_("When it is asked"), choices=AskedWhen.choices, initial=now.when
            )
            self.fields[f"{key}:every"] = forms.IntegerField(
                label=_("Of how many"),
                min_value=1,
                max_value=50,
                initial=max(now.every, 2) if now.when != AskedWhen.EVERY else now.every,
                required=False,
                help_text=_(
                    "2 means every second one. It counts only where it is asked before every one of so many."
                ),
            )
            self.fields[f"{key}:in_keepsake"] = forms.BooleanField(
                label=_("Show it in then and now, and in the keepsake"),
                initial=now.in_keepsake,
                required=False,
            )

    @property
    def rows(self) -> list[tuple[str, list[BoundField]]]:
        names = ("when", "every", "in_keepsake")
        return [(str(measure(key).name), [self[f"{key}:{name}"] for name in names]) for key in self.offered]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        for key in self.offered:
            if clean.get(f"{key}:when") == AskedWhen.EVERY and not clean.get(f"{key}:every"):
                self.add_error(f"{key}:every", _("Please say of how many."))
        return clean

    @property
    def asked(self) -> list[Asked]:
        return [self._asked(key) for key in self.offered]

    def _asked(self, key: str) -> Asked:
        when = AskedWhen(self.cleaned_data[f"{key}:when"])
        every = self.cleaned_data[f"{key}:every"] if when == AskedWhen.EVERY else 1
        return Asked(key, when, every, self.cleaned_data[f"{key}:in_keepsake"])
