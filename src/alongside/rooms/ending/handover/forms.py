"""From what was typed about a hand-over to clean data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.ui.names import here_since, told_apart

from ..record.forms import WordsField
from .queries import Offered


class ProposeForm(forms.Form):
    guide = forms.ChoiceField(
        label=_("Who could take over?"), error_messages={"required": _("Please choose someone.")}
    )
    reason = WordsField(_("Why?"), _("You can both read this. The person who is asked cannot."))

    def __init__(self, data: Any = None, *, guides: Iterable[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.id): person for person in guides}
        names = told_apart(
            (key, str(person.name), here_since(person.created_at)) for key, person in self.people.items()
        )
        self.fields["guide"].choices = [("", _("Please choose")), *names]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["guide"]]


class AskAnotherForm(ProposeForm):
    """An administrator's: whoever is asked reads the reason in place of a summary."""

    reason = WordsField(_("Why?"), _("The participant and the person who is asked can read this."))


class AgreeForm(forms.Form):
    """A yes to the summary one has before one's eyes, and which of the words go along."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    lets_go = forms.MultipleChoiceField(
        label=_("Which words may be passed on"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, version: int, offers: Iterable[Offered], chosen: Iterable[str]
    ) -> None:
        super().__init__(data, initial={"version": version, "lets_go": list(chosen)})
        self.fields["lets_go"].choices = [(each.key, each.label) for each in offers]  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    word = WordsField(_("Add a message"), _("Optional. They can both read it."), required=False)
