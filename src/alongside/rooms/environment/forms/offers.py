"""From what was ticked to times that are offered, and from what was tapped to the one that is picked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Place
from .meetings import place_label


def _moment(text: str) -> dt.datetime:
    """A moment as our own pages write it: with its offset."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset")
    return moment.astimezone(dt.UTC)


class WhereForm(forms.Form):
    """Where and how long: what the times on the page depend on."""

    place = forms.ChoiceField(label=gettext_lazy("Where"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=5,
        max_value=480,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    since = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Iterable[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        self.places = {str(place.id): place for place in places}
        self.fields["place"].choices = [(key, place_label(place)) for key, place in self.places.items()]

    def clean_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]


class OfferForm(forms.Form):
    """The times ticked, and whether the link is posted."""

    starts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Times to offer"),
        coerce=_moment,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Please tick at least one time."),
            "invalid_choice": gettext_lazy(
                "One of these times has just been taken. These are the times that are free now."
            ),
        },
    )
    send = forms.BooleanField(label=gettext_lazy("Send the link by email"), required=False, initial=True)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], email: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["starts"].choices = choices
        if not email:
            del self.fields["send"]
            return
        self.fields["send"].help_text = _("To %(address)s. You can also copy the link.") % {"address": email}


class PickForm(forms.Form):
    start = forms.CharField(
        error_messages={"required": gettext_lazy("Please choose one of the times below.")}
    )

    def clean_start(self) -> dt.datetime:
        try:
            return _moment(self.cleaned_data["start"])
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Please choose one of the times below.")) from error
