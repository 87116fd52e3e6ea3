"""What is typed on the cards of a focusing, made clean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import Perspective
from alongside.journeys.seat import Seat
from alongside.ui.forms import DateInput

ONE_LINE = 300


class TopicForm(forms.Form):
    """A topic in a few words."""

    topic = forms.CharField(label=_("Something on your mind"), max_length=ONE_LINE)


class PerspectivesForm(forms.Form):
    keys = forms.MultipleChoiceField(
        label=_("Whose point of view would you like to take?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, perspectives: Sequence[Perspective], chosen: Sequence[str] = ()
    ) -> None:
        super().__init__(data, initial={"keys": list(chosen)})
        self.fields["keys"].choices = [(one.key, one.label) for one in perspectives]  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    """Which target the focus serves, or none as yet."""

    target = forms.ChoiceField(label=_("Which of your goals does it serve?"), required=False)

    def __init__(
        self, data: Any = None, *, differences: Mapping[UUID, str], chosen: UUID | None = None
    ) -> None:
        super().__init__(data, initial={"target": str(chosen or "")})
        rows = [(str(target), difference) for target, difference in differences.items()]
        self.fields["target"].choices = [("", _("None of them, or not yet")), *rows]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> UUID | None:
        found = self.cleaned_data.get("target")
        return UUID(found) if found else None


class ActForm(TargetForm):
    """The step, and what goes beside it. Only the step itself has to be said."""

    text = forms.CharField(
        label=_("The first step"),
        max_length=ONE_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please say in a few words what the step is.")},
    )
    owner = forms.ChoiceField(label=_("Who will do it"))
    due = forms.DateField(label=_("By when"), required=False, widget=DateInput)
    support = forms.CharField(label=_("With whose help"), required=False, max_length=ONE_LINE)
    obstacle = forms.CharField(label=_("What might get in the way"), required=False, max_length=ONE_LINE)
    success_sign = forms.CharField(
        label=_("How you will both see that it worked"), required=False, max_length=ONE_LINE
    )

    def __init__(
        self,
        data: Any = None,
        *,
        seat: Seat,
        differences: Mapping[UUID, str],
        chosen: UUID | None = None,
        due: dt.date | None = None,
    ) -> None:
        super().__init__(data, differences=differences, chosen=chosen)
        self.initial.update(owner=str(seat.participant.person.id), due=due)
        two = [(str(member.person.id), member.name) for member in (seat.participant, seat.guide)]
        self.fields["owner"].choices = two  # type: ignore[attr-defined]
        self.fields["target"].label = _("For")
        self.order_fields(["text", "owner", "due", "target", "support", "obstacle", "success_sign"])
