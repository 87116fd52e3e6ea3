"""From what was typed about today to clean data."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.goals.queries import NeedFacts, TargetFacts
from alongside.measures.catalogue import Measure
from alongside.rooms.first_meeting.queries import PictureFacts
from alongside.ui.forms import ChoiceRow, RatingInput

from ..record.forms import WordsField

LOW, HIGH = _("as hard as it can be"), _("as I wish it to be")


class LeaveOutForm(forms.Form):
    reason = WordsField(_("Why is today's picture left out?"))


class TodayForm(forms.Form):
    """For each need 0 to 10 and own words, for each target one value of its measure. Nothing is compulsory but one."""

    def __init__(
        self,
        data: Any = None,
        *,
        needs: Iterable[NeedFacts],
        targets: Iterable[TargetFacts],
        latest: PictureFacts | None,
    ) -> None:
        super().__init__(data)
        self.needs, self.targets = list(needs), list(targets)
        for need in self.needs:
            said = latest.entries.get(need.id) if latest else None
            self.fields[f"rating_{need.id}"] = forms.IntegerField(
                label=_("From 0 to 10, how is it with this today?"),
                required=False,
                min_value=0,
                max_value=10,
                widget=RatingInput(low=str(LOW), high=str(HIGH)),
                initial=said.rating if said else None,
            )
            words = WordsField(_("In your own words"), required=False)
            words.initial = said.words if said else ""
            self.fields[f"words_{need.id}"] = words
        for target in self.targets:
            self.fields[f"reading_{target.id}"] = _reading_field(target)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields need by need, for the page."""
        return [
            {
                "title": need.statement,
                "fields": [self[f"rating_{need.id}"], self[f"words_{need.id}"]],
                "readings": [
                    self[f"reading_{target.id}"] for target in self.targets if target.need_id == need.id
                ],
            }
            for need in self.needs
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for need in self.needs:
            if cleaned.get(f"words_{need.id}") and cleaned.get(f"rating_{need.id}") is None:
                self.add_error(
                    f"rating_{need.id}",
                    _("Please choose a number as well, so that you can compare it with the first one."),
                )
        if not self.errors and not self.entries and not self.readings:
            raise forms.ValidationError(_("Please answer for at least one of them."))
        return cleaned

    @property
    def entries(self) -> dict[UUID, tuple[int, str]]:
        rated = [need for need in self.needs if self.cleaned_data.get(f"rating_{need.id}") is not None]
        return {
            need.id: (self.cleaned_data[f"rating_{need.id}"], self.cleaned_data.get(f"words_{need.id}", ""))
            for need in rated
        }

    @property
    def readings(self) -> dict[UUID, Decimal]:
        values = {target.id: self.cleaned_data.get(f"reading_{target.id}") for target in self.targets}
        return {target_id: value for target_id, value in values.items() if value is not None}


class ReadingField(forms.Field):
    """One value of a measure, or nothing."""

    def __init__(self, instrument: Measure, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.instrument = instrument

    def clean(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            return self.instrument.clean(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def _reading_field(target: TargetFacts) -> ReadingField:
    wording, instrument = target.wording, target.wording.instrument
    label = str(wording.difference)
    if instrument.key == "gas" and len(wording.levels) == 5:
        choices = [
            (str(value), text or name)
            for (value, name), text in zip(instrument.choices, wording.levels, strict=True)
        ]
        return ReadingField(instrument, label=label, widget=forms.RadioSelect(choices=choices))
    if instrument.levels:
        choices = [(str(value), name) for value, name in instrument.choices]
        return ReadingField(instrument, label=label, widget=ChoiceRow(choices=choices))
    if instrument.choices:
        better, worse = str(_("better")), str(_("worse"))
        low, high = (better, worse) if instrument.lower_is_better else (worse, better)
        widget = RatingInput(low=low, high=high, lowest=int(instrument.min), highest=int(instrument.max))
        return ReadingField(instrument, label=label, help_text=instrument.name, widget=widget)
    return ReadingField(
        instrument,
        label=label,
        help_text=instrument.name,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )
