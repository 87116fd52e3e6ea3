"""From what was typed about coming back to clean data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.ui.names import here_since, told_apart

from ..record.forms import WordsField


class WayBackForm(forms.Form):
    words = WordsField(_("What brings you back?"), _("A few words (optional)."), rows=3, required=False)


class GuideForm(forms.Form):
    guide = forms.ChoiceField(
        label=_("Who could take it on?"), error_messages={"required": _("Please choose someone.")}
    )

    def __init__(self, data: Any = None, *, guides: Iterable[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.id): person for person in guides}
        self.fields["guide"].choices = [  # type: ignore[attr-defined]
            ("", ""),
            *told_apart(
                (key, str(person.name), here_since(person.created_at)) for key, person in self.people.items()
            ),
        ]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["guide"]]
