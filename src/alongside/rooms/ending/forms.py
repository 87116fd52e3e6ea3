"""From what was typed to clean data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.goals.queries import NeedFacts, TargetFacts
from alongside.journeys.kinds.shapes import Text
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import Measure
from alongside.rooms.first_meeting.queries import PictureFacts
from alongside.ui.forms import ChoiceRow, DateInput, RatingInput

from .contact_links import reach
from .states import Sort

LONGEST = 20_000
LOW, HIGH = _("as hard as it can be"), _("as I wish it to be")


class WordsField(forms.CharField):
    """Some lines in somebody's own words."""

    def __init__(self, label: Text, help_text: Text = "", *, rows: int = 2, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={"required": _("Please write a few words here.")},
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class RestForm(forms.Form):
    reason = WordsField(_("Why?"), _("A few words, so that both of you can look back and understand."))
    expected_return = forms.DateField(
        label=_("When do you expect to go on?"),
        help_text=_("It can be sooner or later; the day is only there so that it is not forgotten."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_expected_return(self) -> dt.date:
        return _not_before(self.cleaned_data["expected_return"], self.today + dt.timedelta(days=1))


class WithdrawForm(forms.Form):
    reason = WordsField(_("Why?"), _("A few words, so that both of you can look back and understand."))


class EarlyForm(forms.Form):
    reason = WordsField(_("Why?"), _("The other of you reads this. A few honest words are enough."), rows=3)
    last_day = forms.DateField(
        label=_("Which is the last day?"),
        help_text=_("Leave time for a closing talk, if that is possible."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> dt.date:
        return _not_before(self.cleaned_data["last_day"], self.today)


class GoOnForm(forms.Form):
    planned_meetings = forms.IntegerField(
        label=_("How many in all?"), required=False, min_value=1, max_value=999
    )
    planned_end = forms.DateField(label=_("Until when?"), required=False, widget=DateInput)
    word = WordsField(_("What for?"), _("What is still to be done, or wished for."), required=False)

    def __init__(self, *args: Any, journey: Journey, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.journey, self.today = journey, today

    def clean_planned_meetings(self) -> int | None:
        wanted, planned = self.cleaned_data["planned_meetings"], self.journey.planned_meetings
        if wanted is not None and planned is not None and wanted <= planned:
            raise forms.ValidationError(
                _("That is no more than the %(count)s planned now.") % {"count": planned}
            )
        return wanted

    def clean_planned_end(self) -> dt.date | None:
        wanted, planned = self.cleaned_data["planned_end"], self.journey.planned_end
        if wanted is not None and planned is not None and wanted <= planned:
            raise forms.ValidationError(_("That is no later than what is planned now."))
        return None if wanted is None else _not_before(wanted, self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("planned_meetings") and not cleaned.get("planned_end"):
            raise forms.ValidationError(_("Please give a number of meetings, or a new last date."))
        return cleaned


class LeaveOutForm(forms.Form):
    reason = WordsField(_("Why is today's picture left out?"))


def _not_before(day: dt.date, earliest: dt.date) -> dt.date:
    if day < earliest:
        raise forms.ValidationError(_("This day is in the past. Please choose a later one."))
    return day


# --- entries -------------------------------------------------------------------------------------------


class KeyPointForm(forms.Form):
    what = WordsField(_("What I have learnt"))


class StrategyForm(forms.Form):
    what = WordsField(_("When …"), _("The moment or the situation, as exactly as you can."))
    then = WordsField(_("… I will …"), _("What you will do then: small enough to do it really."))


class EarlySignForm(forms.Form):
    what = WordsField(_("An early sign"), _("What you, or people near you, would notice first."))
    then = WordsField(_("What I do then"))


class SupportForm(forms.Form):
    category = forms.ChoiceField(label=_("What kind of support?"), widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("Who, or what?"),
        max_length=LONGEST,
        error_messages={"required": _("Please write who or what it is.")},
    )
    then = WordsField(_("How to reach them"), _("Where, on which days, whom to ask for."), required=False)
    link = forms.CharField(
        label=_("A link, a telephone number or an e-mail address"),
        help_text=_("To reach them by one tap, here and in the keepsake."),
        required=False,
        max_length=LONGEST,
    )
    first_contact = forms.DateField(label=_("When is the first contact?"), required=False, widget=DateInput)

    def clean_link(self) -> str:
        typed = self.cleaned_data["link"].strip()
        try:
            return reach(typed).shown if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


ENTRY_FORMS: dict[str, type[forms.Form]] = {
    Sort.KEY_POINT: KeyPointForm,
    Sort.STRATEGY: StrategyForm,
    Sort.EARLY_SIGN: EarlySignForm,
    Sort.SUPPORT: SupportForm,
}


def entry_form(seat: Seat, sort: str, data: Any = None, initial: dict[str, Any] | None = None) -> forms.Form:
    """The form for one sort of entry, with ids of its own, as several stand on one page."""
    form = ENTRY_FORMS[sort](data, initial=initial, auto_id=f"id_{sort}_%s")
    if sort == Sort.SUPPORT:
        form.fields["category"].choices = [(each.key, each.label) for each in seat.kind.support_categories]  # type: ignore[attr-defined]
    return form


# --- today's picture -----------------------------------------------------------------------------------


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
            words = WordsField(_("In own words"), required=False)
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
                    f"rating_{need.id}", _("Please choose a number as well, to lay beside the first one.")
                )
        if not self.errors and not self.entries and not self.readings:
            raise forms.ValidationError(_("Please say how it is with at least one of them."))
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
