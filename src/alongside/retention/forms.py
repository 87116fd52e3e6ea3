"""What an administrator says about a request to erase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.ui.forms import DateInput

from .states import AccessState, Extent, TakenOut

AGREED, DECLINED = "agreed", "declined"


class ErasureForm(forms.Form):
    """`journeys` are (id, line) of those that may be erased one by one."""

    asked_on = forms.DateField(
        label=_("When they asked"),
        widget=DateInput(),
        help_text=_("You have a month from that day to answer."),
    )
    extent = forms.ChoiceField(
        label=_("What is to be erased"), choices=Extent.choices, widget=forms.RadioSelect
    )
    journey = forms.ChoiceField(
        label=_("Which journey (optional)"), required=False, help_text=_("Only if it is one journey.")
    )
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(AGREED, _("Erase it")), (DECLINED, _("Do not erase it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason for the decision"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "This stays after everything else is gone. Please write no names, and nothing about care. Some records "
            "must stay by law: then say which rule applies."
        ),
    )

    def __init__(
        self, *args: Any, journeys: Iterable[tuple[str, str]], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["journey"].choices = [("", _("None")), *journeys]  # type: ignore[attr-defined]

    def clean_asked_on(self) -> dt.date:
        asked_on: dt.date = self.cleaned_data["asked_on"]
        if asked_on > self.today:
            raise forms.ValidationError(_("The date must not be in the future."))
        return asked_on

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        one, journey = found.get("extent") == Extent.ONE_JOURNEY, found.get("journey")
        if one and not journey:
            self.add_error("journey", _("Choose the journey that is to be erased."))
        if journey and not one and found.get("extent"):
            self.add_error("journey", _("Choose “None”, or choose to erase one journey."))
        return found

    def as_facts(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "extent": Extent(said["extent"]),
            "journey_id": said["journey"] or None,
            "asked_on": said["asked_on"],
            "agrees": said["decision"] == AGREED,
            "reason": said["reason"],
        }


class KeepingForm(forms.Form):
    """How long records of one kind stay."""

    years = forms.IntegerField(
        label=_("Years after the end (optional)"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Leave empty if nothing is set. Then nothing is suggested for deletion."),
    )
    basis = forms.CharField(
        label=_("Which law or reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HoldForm(forms.Form):
    """Which journey must not be erased, and why."""

    journey = forms.ChoiceField(label=_("Which journey"))
    reason = forms.CharField(
        label=_("Why it must not be erased"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as a claim or an inquiry. Please write nothing about care."),
    )

    def __init__(self, *args: Any, journeys: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journey"].choices = list(journeys)  # type: ignore[attr-defined]


class RestrictionForm(forms.Form):
    """When somebody asked for a restriction, and why."""

    asked_on = forms.DateField(label=_("When they asked"), widget=DateInput())
    reason = forms.CharField(
        label=_("Why they ask for it"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Such as: they say it is not accurate, and it is being checked. Please write nothing about care."
        ),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_asked_on(self) -> dt.date:
        asked_on: dt.date = self.cleaned_data["asked_on"]
        if asked_on > self.today:
            raise forms.ValidationError(_("The date must not be in the future."))
        return asked_on


class LiftForm(forms.Form):
    """Why a restriction is lifted."""

    reason = forms.CharField(
        label=_("Why it is lifted"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class _NotInTheFuture(forms.Form):
    """`day` names the field that must not lie in the future."""

    day = ""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (said := found.get(self.day)) and said > self.today:
            self.add_error(self.day, _("The date must not be in the future."))
        return found


class AccessForm(_NotInTheFuture):
    """When somebody asked for a copy of their records."""

    day = "asked_on"
    asked_on = forms.DateField(
        label=_("When they asked"),
        widget=DateInput(),
        help_text=_("You have a month from that day to answer."),
    )
    identity = forms.CharField(
        label=_("How you made sure that it is them"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Such as: they asked while signed in, or showed their passport. Write no numbers of documents."
        ),
    )


class ExtendForm(forms.Form):
    """Why an answer takes longer than a month."""

    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this in an email. Please write nothing about care."),
    )


class HarmForm(_NotInTheFuture):
    """What a health professional said about serious harm."""

    day = "checked_on"
    checked_by = forms.CharField(label=_("Who checked it: name and profession"), max_length=200)
    checked_on = forms.DateField(label=_("When they checked it"), widget=DateInput())
    may_harm = forms.TypedChoiceField(
        label=_("What they said"),
        choices=[
            ("no", _("Reading it does no serious harm")),
            ("yes", _("Reading it could cause serious harm")),
        ],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )


class CloseForm(forms.Form):
    """How a request ended."""

    state = forms.TypedChoiceField(
        label=_("How it ended"),
        choices=[
            (AccessState.ANSWERED, _("They have their copy")),
            (AccessState.DECLINED, _("Declined")),
            (AccessState.WITHDRAWN, _("They withdrew it")),
        ],
        coerce=AccessState,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What they were given and how, what was left out and why, or why it was declined"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please write nothing about care."),
    )


class ReleaseForm(forms.Form):
    """How the copy is given."""

    reason = forms.CharField(
        label=_("How they get it, and what was left out and why"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Please write nothing about care."),
    )


class TakeOutForm(forms.Form):
    """Which lines of a part are left out of the copy, and why."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Lines"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one line.")},
    )
    why = forms.TypedChoiceField(
        label=_("Why"), choices=TakenOut.choices, coerce=TakenOut, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only administrators read it. Please write nothing about care."),
    )

    def __init__(self, *args: Any, lines: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(str(number), "") for number in range(lines)]  # type: ignore[attr-defined]

    def chosen(self) -> set[int]:
        """What was ticked, for the page that says what is wrong."""
        if not self.is_bound:
            return set()
        said = self.data.getlist("lines")  # type: ignore[attr-defined]
        return {int(one) for one in said if one.isascii() and one.isdigit() and len(one) < 8}
