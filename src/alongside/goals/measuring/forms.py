"""What people type here: answers to a questionnaire, decisions, thresholds, an instrument of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.measures import own
from alongside.measures.catalogue import MEASURES, Measure
from alongside.measures.numbers import number_from, plain
from alongside.measures.own_questions import NONE_OF_THESE, Question
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.ui.forms import DateInput, MomentInput, TimeInput
from alongside.ui.names import NameField
from alongside.ui.uploads import UploadField

from ..tracking_facts import ALL_RULES, SHIPPED, Bounds
from ..tracking_words import RULE_NAMES
from .models import Decision, ServiceInstrument
from .queries import own_instrument
from .scoring import asked_after
from .versions import NOT_COMPARABLE, can_go_on


class _MayBeLeft:
    """Asked for like every other question, and yet what is half-way is kept: no answer is no mistake."""

    def validate(self, value: Any) -> None:
        if value not in (None, "", []):
            super().validate(value)  # type: ignore[misc]


class _Choice(_MayBeLeft, forms.ChoiceField):
    pass


class _Several(_MayBeLeft, forms.MultipleChoiceField):
    pass


class _Number(_MayBeLeft, forms.DecimalField):
    pass


class _Whole(_MayBeLeft, forms.IntegerField):
    pass


_WRITTEN: dict[str, tuple[type[forms.Field], type[forms.Widget]]] = {
    "date": (forms.DateField, DateInput),
    "time": (forms.TimeField, TimeInput),
    "moment": (forms.DateTimeField, MomentInput),
}
"""Of what is not scored, the kinds that have a box of their own."""


def _field_of(question: Question) -> forms.Field:
    about: dict[str, Any] = {"label": question.label, "help_text": " ".join(question.help)}
    if question.sort == "several":
        offered = [(option.key, option.text) for option in question.options]
        if not any(option.is_alone for option in question.options):
            offered.append((NONE_OF_THESE, _("None of these")))
        return _Several(choices=offered, widget=forms.CheckboxSelectMultiple, **about)
    if question.options:
        offered = [(option.key, option.text) for option in question.options]
        return _Choice(choices=offered, widget=forms.RadioSelect, required=question.scored, **about)
    if question.sort == "number":
        number = _Whole if question.whole else _Number
        return number(min_value=question.low, max_value=question.high, **about)
    if question.sort in _WRITTEN:
        field, widget = _WRITTEN[question.sort]
        return field(required=False, widget=widget(), **about)
    return forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}), **about)


class AnswersForm(forms.Form):
    """One questionnaire. Every answer may be left out. `above` of a field is what is read before its question."""

    use_required_attribute = False

    def __init__(self, instrument: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.closing: tuple[str, ...] = ()
        if instrument in INSTRUMENTS:
            for item in INSTRUMENTS[instrument].items:
                offered = [(str(answer.score), str(answer.text)) for answer in item.answers]
                self.fields[f"q{item.number}"] = _Choice(
                    label=str(item.text), choices=offered, widget=forms.RadioSelect
                )
            return
        mine = own_instrument(instrument)
        self.closing = tuple(said.text for said in mine.closing)
        for place, question in enumerate(mine.questions, start=1):
            field = _field_of(question)
            field.above = tuple(said.text for said in question.above)  # type: ignore[attr-defined]
            field.only_after = asked_after(mine, question)  # type: ignore[attr-defined]
            self.fields[f"q{place}"] = field

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        for name, question in self._own_questions().items():
            value = clean.get(name)
            if value in (None, "", []):
                continue
            try:
                # a time as the box has it, a number as it was written
                clean[name] = question.cleaned(value.isoformat() if hasattr(value, "isoformat") else value)
            except ValueError as wrong:
                self.add_error(name, str(wrong))
        return clean

    def _own_questions(self) -> dict[str, Question]:
        if self.instrument in INSTRUMENTS:
            return {}
        return {f"q{n}": each for n, each in enumerate(own_instrument(self.instrument).questions, start=1)}

    is_left = False
    """Whether it was submitted while questions were still without an answer."""

    def ask_for(self, missing: Sequence[str]) -> None:
        """Say which questions are left: what was answered is kept, and the form can be submitted without them."""
        self.is_left = True
        names = {each.link_id: name for name, each in self._own_questions().items()}
        for each in missing:
            self.add_error(names.get(each, f"q{each}"), _now("This question is left."))

    @property
    def answers(self) -> dict[str, str]:
        """The answers that are offered, by the names of their questions; junk beside them takes nothing with it."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}
        if self.instrument in INSTRUMENTS:
            return {name[1:]: str(value) for name, value in given.items()}
        questions = self._own_questions()
        return {questions[name].link_id: str(value) for name, value in given.items()}


def initial_answers(instrument: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    if instrument in INSTRUMENTS:
        return {f"q{name}": value for name, value in answers.items()}
    found = {}
    for place, each in enumerate(own_instrument(instrument).questions, start=1):
        if each.link_id in answers:
            value = answers[each.link_id]
            found[f"q{place}"] = value.split() if each.sort == "several" else _boxed(each, value)
    return found


def _boxed(question: Question, value: Any) -> Any:
    """A day or a time as its box wants it."""
    kinds: dict[str, Any] = {"date": dt.date, "time": dt.time, "moment": dt.datetime}
    return kinds[question.sort].fromisoformat(value) if question.sort in kinds else value


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=_("What did you decide?"), choices=Decision.choices)
    word = forms.CharField(
        label=_("In a few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = forms.DateField(label=_("Look at it again on"), required=False, widget=DateInput)
    closes = forms.BooleanField(
        label=_("Close it"), required=False, help_text=_("It stays in the history. Please say why.")
    )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("closes") and not str(clean.get("word", "")).strip():
            self.add_error("word", _now("Please say in a few words why you close it."))
        return clean


def _whole(label: Any, lowest: int, highest: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=lowest, max_value=highest)


class BoundsForm(forms.Form):
    """The numbers of the on-track rules, as one service wants them."""

    amber_at = _whole(_("Review suggested without reliable change, at session"), 2, 50)
    red_at = _whole(_("Review suggested soon without reliable change, at session"), 2, 50)
    plateau_scores = _whole(_("Scores that make a plateau"), 2, 20)
    overdue_share = forms.DecimalField(
        label=_("Share of steps overdue"), min_value=Decimal("0.1"), max_value=1, max_digits=3
    )
    missed_in_a_row = _whole(_("Meetings missed in a row"), 1, 20)
    times_interval = forms.DecimalField(
        label=_("Times the planned interval without a meeting"), min_value=1, max_value=20, max_digits=4
    )
    silent_meetings = _whole(_("Meetings without a score that mean no data"), 1, 20)
    feedback_drop = forms.DecimalField(
        label=_("Drop in an answer after a meeting"), min_value=1, max_value=10
    )
    feedback_low = forms.DecimalField(
        label=_("Answer after a meeting, this low or lower"), min_value=0, max_value=10
    )
    off = forms.MultipleChoiceField(
        label=_("Rules that are switched off"),
        required=False,
        choices=[(rule, RULE_NAMES[rule]) for rule in ALL_RULES if rule != "N10"],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("An answer about safety always speaks; it cannot be switched off."),
    )
    source = forms.CharField(
        label=_("Where these numbers come from"),
        max_length=300,
        help_text=_("Every alert names it, so that everyone can look it up."),
    )
    known_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in TRACKED:
            row = MEASURES[key]
            for column, label in COLUMNS.items():
                low, high = _threshold_range(row, column)
                self.fields[f"{key}:{column}"] = forms.DecimalField(
                    label=f"{row.name}: {label}",
                    required=False,
                    min_value=low,
                    max_value=high,
                    max_digits=8,
                    decimal_places=2,
                )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("amber_at") and clean.get("red_at") and clean["red_at"] <= clean["amber_at"]:
            self.add_error("red_at", _now("This comes after the session above."))
        return clean

    @property
    def numbers(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        found = {name: clean[name] for name in WHOLE} | {name: str(clean[name]) for name in DECIMAL}
        measures = {
            key: {column: _kept(clean.get(f"{key}:{column}")) for column in COLUMNS} for key in TRACKED
        }
        return {**found, "off": clean["off"], "measures": measures}


def _threshold_range(row: Measure, column: str) -> tuple[Decimal, Decimal]:
    """A threshold that some score can meet: a cut-off lies on the scale, a change is at most as long as the scale."""
    if column == "case_cutoff":
        return row.min, row.max
    return Decimal("0.01"), row.max - row.min


WHOLE = ("amber_at", "red_at", "plateau_scores", "missed_in_a_row", "silent_meetings")
DECIMAL = ("overdue_share", "times_interval", "feedback_drop", "feedback_low")
TRACKED = ("gas", "rating-0-10", "pain-0-10", "psfs", "phq-9", "gad-7")
COLUMNS = {
    "reliable_change": _("reliable change"),
    "mdc": _("smallest detectable change"),
    "case_cutoff": _("cut-off"),
}


def _kept(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def initial_bounds(bounds: Bounds, known_version: int) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(bounds, name) for name in (*WHOLE, *DECIMAL)}
    found |= {"off": sorted(bounds.off), "source": bounds.source, "known_version": known_version}
    if bounds is SHIPPED:
        found["source"] = ""
    for key in TRACKED:
        row = bounds.of(MEASURES[key])
        found |= {f"{key}:{column}": getattr(row, column) for column in COLUMNS}
    return found


class InstrumentForm(forms.Form):
    """A file, or its text: a file that was chosen once comes back as text, so that it isn't lost with a mistake."""

    upload = UploadField(label=_("FHIR Questionnaire, a JSON file"), required=False, endings=(".json",))
    file = forms.CharField(
        label=_("Or its text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    name = NameField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty to use the file's own title."),
    )
    rule = forms.CharField(
        label=_("Scoring rule"),
        max_length=1000,
        help_text=_("Such as sum(items), mean(items) * 10, or item(\"q1\") + 2 * reverse(\"q2\")."),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Which way is better?"),
        choices=[("lower", _("less is better")), ("higher", _("more is better"))],
    )
    reliable_change = forms.DecimalField(
        label=_("Reliable change, in points"), required=False, min_value=0, max_value=9999
    )
    case_cutoff = forms.DecimalField(label=_("Cut-off"), required=False, min_value=-9999, max_value=9999)
    bands = forms.CharField(
        label=_("Bands"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: the lowest score and the word, such as 10 moderate."),
    )
    risk = forms.CharField(
        label=_("Risk questions"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One on each line: the linkId and a score, such as q9 from 1, or q3 down to 2. Such "
            "an answer opens the help page at once, and the practitioner is asked to look."
        ),
    )
    source = forms.CharField(label=_("Source of the rule and the thresholds"), max_length=300)
    licence_line = forms.CharField(
        label=_("Licence line"), max_length=300, required=False, help_text=_("It is shown on every form.")
    )

    def __init__(self, *args: Any, renews: ServiceInstrument | None = None, **kwargs: Any) -> None:
        """One that is renewed asks whether its scores can be compared with those of the version before."""
        super().__init__(*args, **kwargs)
        self.renews = renews
        if renews is not None:
            self.fields["same_meaning"] = forms.ChoiceField(
                label=_("Can its scores be compared with those before?"),
                choices=[
                    ("yes", _("Yes: the wording changes and the meaning stays. The line goes on.")),
                    ("no", _("No: a new line begins. The version before stays where it is in use.")),
                ],
                widget=forms.RadioSelect,
            )

    @property
    def same_meaning(self) -> bool:
        return self.cleaned_data.get("same_meaning") == "yes"

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        upload = clean.get("upload")
        if upload is not None:
            clean["file"] = upload.read(own.MOST_BYTES + 1).decode("utf-8-sig", errors="replace")
            self.data = self.data.copy()
            self.data["file"] = clean["file"]
        clean["bands"] = self._bands(str(clean.get("bands", "")))
        if self.errors:
            return clean
        try:
            self.instrument = own.make_instrument(
                file=clean["file"],
                rule=clean["rule"],
                name=clean["name"],
                risk=clean["risk"],
                **{name: clean[name] for name in _FACTS},
            )
        except own.Unread as unread:
            for field, sentences in unread.problems.items():
                for sentence in sentences:
                    self.add_error(field, sentence)
            return clean
        if self.renews and self.same_meaning and not can_go_on(self.renews, self.instrument):
            self.add_error("same_meaning", NOT_COMPARABLE)
        return clean

    def _bands(self, text: str) -> tuple[own.OwnBand, ...]:
        found = []
        for line in filter(None, map(str.strip, text.splitlines())):
            written, _space, label = line.partition(" ")
            try:
                lowest = number_from(written)
            except ValueError:
                sentence = _now("“%(line)s” does not begin with a number.")
                self.add_error("bands", sentence % {"line": line[:40]})
            else:
                found.append(own.OwnBand(label.strip()[:60] or plain(lowest), lowest))
        return tuple(sorted(found, key=lambda band: band.lowest))


_FACTS = ("direction", "reliable_change", "case_cutoff", "bands", "source", "licence_line")
