"""What is typed about programmes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds import KINDS
from alongside.people.models import Person
from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.forms import ChoiceCards, DateInput
from alongside.ui.names import NameField

from .models import Programme, ProgrammeRole, SmallNumbers


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.slug, kind.name) for kind in KINDS.values()]


def _templates() -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [
        (kind.name, [(f"{kind.slug}/{each.slug}", each.name) for each in kind.templates])
        for kind in KINDS.values()
    ]


class ProgrammeForm(forms.Form):
    name = NameField(label=_("Name"), max_length=120)
    site = NameField(
        label=_("Site"),
        max_length=120,
        required=False,
        help_text=_(
            "Where it runs, for example a ward, a school or a town. Programmes at one site can be compared."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it offers"), choices=_kinds, widget=forms.CheckboxSelectMultiple
    )
    templates = forms.MultipleChoiceField(
        label=_("Only these templates"),
        choices=_templates,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty to allow every template."),
    )
    begins_on = forms.DateField(label=_("Begins on"), widget=DateInput())
    ends_on = forms.DateField(label=_("Ends on"), widget=DateInput(), required=False)
    small_numbers = forms.ChoiceField(
        label=_("How small numbers are hidden"),
        choices=SmallNumbers.choices,
        initial=SmallNumbers.OPENSAFELY,
        widget=ChoiceCards(
            sentences={
                SmallNumbers.OPENSAFELY.value: _("What most services need."),  # type: ignore[dict-item]
                SmallNumbers.CMS.value: _("Stricter, for small places where people know each other."),  # type: ignore[dict-item]
            }
        ),
        help_text=_("So that no figure tells of one person."),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        begins, ends = facts.get("begins_on"), facts.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The end must not be before the beginning."))
        kinds = set(facts.get("kinds", ()))
        foreign = [each for each in facts.get("templates", ()) if each.split("/")[0] not in kinds]
        if kinds and foreign:
            self.add_error(
                "templates", _("Choose templates of what the programme offers, or add that above.")
            )
        return facts


class ClosingForm(forms.Form):
    """Where the journeys of a programme go on when it closes."""

    go_on_in = forms.ChoiceField(label=_("Where its journeys go on"), required=False)

    def __init__(self, *args: Any, others: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(each.id): each for each in others}
        names = [(key, str(each.name)) for key, each in self.others.items()]
        self.fields["go_on_in"].choices = [("", _("In no programme")), *names]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Programme | None:
        return self.others.get(self.cleaned_data["go_on_in"])


class MemberForm(forms.Form):
    """Somebody by their address, so that no list of everybody is shown."""

    email = EmailAddressField(label=_("Their email address"))
    role = forms.ChoiceField(
        label=_("Their part in the programme"),
        choices=[(role.value, role.label.capitalize()) for role in ProgrammeRole],
    )

    def __init__(self, *args: Any, find: Callable[[str], Person | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.person: Person | None = None

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        self.person = self.find(email)
        if self.person is None:
            raise forms.ValidationError(
                _("No one in your organisation has this address. Add them under People first.")
            )
        return email


class PlaceForm(forms.Form):
    """Which programme a journey belongs to."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(each.id): each for each in programmes}
        names = [(key, str(each.name)) for key, each in self.programmes.items()]
        self.fields["programme"].choices = [("", _("None")), *names]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Programme | None:
        return self.programmes.get(self.cleaned_data["programme"])
