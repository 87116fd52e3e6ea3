"""What people fill in here, turned into clean data. Every choice is drawn from the seat's own journey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.goals.measuring.queries import is_questionnaire
from alongside.measures.catalogue import Measure, measure
from alongside.measures.numbers import plain
from alongside.ui.forms import ChoiceCards, ChoiceRow, DateInput, RatingInput
from alongside.ui.names import NameField

from . import offers

LONGEST = 20_000


def _words(
    label: str | Promise, help_text: str | Promise = "", *, rows: int = 2, required: bool = False
) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class _Later:
    """Asked for, not said to be optional, and still left out for now without a complaint."""

    def clean(self, value: Any) -> Any:
        return None if value in (None, "") else super().clean(value)  # type: ignore[misc]


class LaterNumber(_Later, forms.IntegerField):
    pass


class LaterDate(_Later, forms.DateField):
    pass


def _rating(label: str | Promise, *, low: Any, high: Any, required: bool = False) -> forms.IntegerField:
    field = forms.IntegerField if required else LaterNumber
    return field(label=label, min_value=0, max_value=10, widget=RatingInput(low=low, high=high))


LOW, HIGH = _("as hard as it can be"), _("as I wish it to be")
NOW_LABEL = _("How is it with this now, from 0 to 10?")


class NeedForm(forms.Form):
    """A need, and how things are with it now: that is where it begins."""

    use_required_attribute = False
    statement = _words(_("In your own words"), required=True)
    back = forms.ChoiceField(
        choices=[(name, name) for name in ("preparation", "picture", "goals")], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="need_%s", **kwargs)
        self.fields["rating"] = _rating(NOW_LABEL, low=LOW, high=HIGH)
        self.fields["words"] = _words(_("What is it like now?"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("words") and cleaned.get("rating") is None and "rating" not in self.errors:
            self.add_error("rating", _("Please choose a number too, so that you can compare later."))
        return cleaned


class PictureForm(forms.Form):
    """One number and some words for each need. What is left out can be added later."""

    use_required_attribute = False

    def __init__(self, *args: Any, needs: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need_ids = [need_id for need_id, _statement in needs]
        for need_id in self.need_ids:
            self.fields[f"rating_{need_id.hex}"] = _rating(NOW_LABEL, low=LOW, high=HIGH)
            self.fields[f"words_{need_id.hex}"] = _words(_("In your own words: what is it like now?"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for need_id in self.need_ids:
            key = f"rating_{need_id.hex}"
            if cleaned.get(f"words_{need_id.hex}") and cleaned.get(key) is None and key not in self.errors:
                self.add_error(key, _("Please choose a number too, so that you can compare later."))
        return cleaned

    @property
    def entries(self) -> dict[UUID, tuple[int, str]]:
        """What was filled in, by need."""
        found = {}
        for need_id in self.need_ids:
            rating = self.cleaned_data.get(f"rating_{need_id.hex}")
            if rating is not None:
                found[need_id] = (rating, self.cleaned_data.get(f"words_{need_id.hex}", ""))
        return found


class ReasonForm(forms.Form):
    reason = _words(_("We go on without it because …"), required=True)
    back = forms.ChoiceField(
        choices=[(name, name) for name in ("picture", "agreement")], widget=forms.HiddenInput
    )


# --- targets and steps -------------------------------------------------------------------------------------


def _weight(label: str | Promise) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=offers.WEIGHTS, coerce=int, initial=1, widget=ChoiceRow
    )


class TargetForm(forms.Form):
    """What will be different, why, and how both will know. The fields of a measure come once it is chosen."""

    use_required_attribute = False
    difference = _words(_("What will be different?"), _("Something one could see or hear."), required=True)
    why = _words(_("Why does it matter?"))
    measure = forms.ChoiceField(label=_("How will you both know?"), widget=ChoiceCards)

    def __init__(self, *args: Any, offered: Mapping[str, str], shown: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(key, measure(key).name) for key in offered]
        self.fields["measure"].widget.sentences = offered
        self.shown = measure(shown) if shown in offered else None
        if self.shown:
            self._add_fields_of(self.shown)

    def _add_fields_of(self, instrument: Measure) -> None:
        if instrument.key == "gas":
            for key, level in zip(offers.LEVEL_KEYS, instrument.levels, strict=True):
                self.fields[key] = _words(instrument.say(level.value), rows=1, required=level.value == 0)
        filled_in = is_questionnaire(instrument.key)
        if not (filled_in or instrument.key == "gas"):
            self.fields["how_we_will_know"] = _words(_("What exactly do you look at?"))
        where = _value(instrument, _("Where does it stand now?"), required=not filled_in)
        where.error_messages["required"] = _WITHOUT_BASELINE
        if filled_in:
            where.help_text = _FIRST_FORM
        self.fields["baseline"] = where
        if instrument.key not in ("gas", "yes-no"):
            self.fields["aim"] = _value(instrument, _("Where shall it be?"))
        self.fields["due"] = forms.DateField(label=_("By when?"), required=False, widget=DateInput)
        self.fields["importance"] = _weight(_("How important is it?"))
        self.fields["difficulty"] = _weight(_("How difficult will it be?"))

    def clean_baseline(self) -> Decimal | None:
        return self._clean_value("baseline")

    def clean_aim(self) -> Decimal | None:
        """An aim lies on the better side of where it stands, whichever side that is with this measure."""
        aim, baseline = self._clean_value("aim"), self.cleaned_data.get("baseline")
        row = self.shown
        if aim is None or baseline is None or row is None or row.open_direction:
            return aim
        if aim != baseline and row.has_reached(baseline, aim):
            sentence = _LESS_IS_BETTER if row.lower_is_better else _MORE_IS_BETTER
            raise forms.ValidationError(sentence % {"baseline": plain(baseline)})
        return aim

    def _clean_value(self, name: str) -> Decimal | None:
        value = self.cleaned_data[name]
        if value in (None, "") or self.shown is None:
            return None
        try:
            return self.shown.clean(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def levels(self) -> tuple[str, ...]:
        if self.shown is None or self.shown.key != "gas":
            return ()
        return tuple(self.cleaned_data[key].strip() for key in offers.LEVEL_KEYS)

    @property
    def aim(self) -> Decimal | None:
        """The middle of the five levels is what is expected; of yes and no it is yes."""
        fixed = {"gas": Decimal(0), "yes-no": Decimal(1)}
        key = self.shown.key if self.shown else ""
        return fixed[key] if key in fixed else self.cleaned_data.get("aim")


_WITHOUT_BASELINE = _("Please say where it stands now: without it there is nothing to look back to.")
_FIRST_FORM = _("Its total. Left empty, the first questionnaire that is filled in is the beginning.")
_LESS_IS_BETTER = _("That would be worse than now (%(baseline)s): with this measure less is better.")
_MORE_IS_BETTER = _("That would be worse than now (%(baseline)s): with this measure more is better.")


def _value(instrument: Measure, label: str | Promise, *, required: bool = False) -> forms.Field:
    if instrument.key == "gas":
        levels = [(str(level.value), instrument.say(level.value)) for level in instrument.levels]
        return forms.ChoiceField(
            label=label, choices=levels, required=required, initial="-1", widget=forms.RadioSelect
        )
    if instrument.key == "yes-no":
        answers = [("0", _("no")), ("1", _("yes"))]
        return forms.ChoiceField(
            label=label, choices=answers, required=required, initial="0", widget=ChoiceRow
        )
    if instrument.key in offers.RATING_ENDS:
        low, high = offers.RATING_ENDS[instrument.key]
        return _rating(label, low=low, high=high, required=required)
    whole = instrument.step == 1
    field: type[forms.IntegerField] = forms.IntegerField if whole else forms.DecimalField
    return field(
        label=label,
        help_text=instrument.unit,
        required=required,
        min_value=int(instrument.min) if whole else instrument.min,
        max_value=int(instrument.max) if whole else instrument.max,
    )


class StepForm(forms.Form):
    text = forms.CharField(label=_("A small step"), max_length=LONGEST)
    owner = forms.ChoiceField(label=_("Who takes it?"), widget=ChoiceRow)
    times_a_week = forms.TypedChoiceField(
        label=_("How often?"), choices=offers.TIMES, coerce=int, empty_value=None, required=False
    )
    due = forms.DateField(label=_("By when?"), required=False, widget=DateInput)
    target = forms.ChoiceField(label=_("Which goal does it serve?"), required=False)

    def __init__(
        self,
        *args: Any,
        owners: Iterable[tuple[str, str]],
        targets: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="step_%s", **kwargs)
        self.fields["owner"].choices = list(owners)
        self.fields["target"].choices = [("", _("none in particular")), *targets]


class PlaceForm(forms.Form):
    """A place in an order, counted from 0; past an end means at that end."""

    place = forms.IntegerField(min_value=-1, max_value=1000)

    @property
    def sentence(self) -> str:
        return str(_("This place is not there. Please look at the order as it stands now."))


class ChangeForm(forms.Form):
    """A new state of a need, target or step, from a button: one of those that may follow the present one."""

    state = forms.ChoiceField()

    def __init__(self, *args: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = list(choices)


class SuggestionForm(forms.Form):
    """One of the template's suggestions, by its place in the list."""

    what = forms.ChoiceField(choices=[("need", ""), ("step", "")])
    index = forms.IntegerField(min_value=0)


# --- the agreement -----------------------------------------------------------------------------------------


class FrameForm(forms.Form):
    use_required_attribute = False
    begins_on = LaterDate(label=_("In force from"), widget=DateInput)
    review_on = LaterDate(label=_("We look at it again on"), widget=DateInput)
    every_days = forms.TypedChoiceField(label=_("How often"), coerce=int)
    meeting_minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=5, max_value=480)
    planned_meetings = forms.IntegerField(
        label=_("How many meetings are planned"), required=False, min_value=1, max_value=500
    )
    planned_end = forms.DateField(label=_("Planned to end by"), required=False, widget=DateInput)
    notice_hours = forms.IntegerField(
        label=_("Cancel online until how many hours before"),
        help_text=_("A whole number, for example 24 or 48. Leave it empty for no limit."),
        required=False,
        min_value=0,
        max_value=336,
    )
    after_missed = forms.ChoiceField(label=_("If one is missed"), required=False)

    def __init__(self, *args: Any, missed: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after_missed"].choices = [("", _("Nothing is agreed.")), *missed]
        known = self.initial.get("every_days")
        rhythms = list(offers.RHYTHMS)
        if known and known not in dict(rhythms):
            rhythms.insert(0, (known, offers.recurrence(known)))
        self.fields["every_days"].choices = rhythms

    def clean_after_missed(self) -> str | None:
        return self.cleaned_data["after_missed"] or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins = cleaned.get("begins_on")
        for name in ("review_on", "planned_end"):
            if begins and cleaned.get(name) and cleaned[name] <= begins:
                self.add_error(name, _("This day is after the agreement comes into force."))
        return cleaned


def _as_one(text: str) -> str:
    return " ".join(text.split())


class TextsForm(forms.Form):
    """What each section of a template begins with. Emptied, it is the text Alongside came with, and left as that, too."""

    use_required_attribute = False
    known = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sections: Iterable[tuple[str, Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shipped: dict[str, str] = {}
        for key, title, shipped in sections:
            self.shipped[key] = shipped
            rows = max(4, len(shipped) // 70 + 2)
            self.fields[key] = _words(title, _("Empty the box to go back to Alongside’s text."), rows=rows)
            self.initial[key] = self.initial.get(key) or shipped

    @property
    def texts(self) -> dict[str, str]:
        """What is left as it came is nobody's own text: it follows what Alongside brings along."""
        said = {key: self.cleaned_data[key] for key in self.shipped}
        return {
            key: "" if _as_one(text) == _as_one(self.shipped[key]) else text for key, text in said.items()
        }


class AcceptForm(forms.Form):
    typed_name = NameField(label=_("Your name, typed"), max_length=200)

    def __init__(self, *args: Any, in_the_room: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id="room_%s" if in_the_room else "id_%s", **kwargs)
        if in_the_room:
            self.fields["typed_name"].label = _("%(name)s types their name here") % {"name": in_the_room}
