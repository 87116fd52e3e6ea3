"""What people type here: answers to a questionnaire, decisions, thresholds, an instrument of their own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.measures import own
from alongside.measures.catalogue import MEASURES
from alongside.measures.numbers import plain
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.ui.forms import DateInput

from ..tracking_facts import ALL_RULES, SHIPPED, Bounds
from .models import Decision
from .queries import own_instrument


def _choices(instrument: str) -> list[tuple[str, str, list[tuple[str, str]], tuple[Decimal, Decimal] | None]]:
    """Each question: its name in the form, its text, its answers, or the ends of a number; neither is own words."""
    if instrument in INSTRUMENTS:
        return [
            (f"q{item.number}", str(item.text), [(str(a.score), str(a.text)) for a in item.answers], None)
            for item in INSTRUMENTS[instrument].items
        ]
    return [
        (
            f"q{place}",
            each.text,
            [(str(option.score), option.text) for option in each.options],
            None if each.options or each.is_words else (each.low, each.high),
        )
        for place, each in enumerate(own_instrument(instrument).questions, start=1)
    ]


class _MayBeLeft:
    """Asked for like every other question, and yet what is half-way is kept: no answer is no mistake."""

    def validate(self, value: Any) -> None:
        if value not in (None, ""):
            super().validate(value)  # type: ignore[misc]


class _Choice(_MayBeLeft, forms.ChoiceField):
    pass


class _Number(_MayBeLeft, forms.DecimalField):
    pass


class AnswersForm(forms.Form):
    """One questionnaire. Every answer may be left out."""

    use_required_attribute = False

    def __init__(self, instrument: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for name, text, answers, ends in _choices(instrument):
            if answers:
                self.fields[name] = _Choice(label=text, choices=answers, widget=forms.RadioSelect)
            elif ends:
                self.fields[name] = _Number(label=text, min_value=ends[0], max_value=ends[1])
            else:
                self.fields[name] = forms.CharField(
                    label=text, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
                )

    @property
    def answers(self) -> dict[str, str]:
        """The answers that are offered, by the names of their questions; junk beside them takes nothing with it."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        if self.instrument in INSTRUMENTS:
            return {name[1:]: str(value) for name, value in given.items()}
        questions = own_instrument(self.instrument).questions
        return {questions[int(name[1:]) - 1].link_id: str(value) for name, value in given.items()}


def initial_answers(instrument: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    if instrument in INSTRUMENTS:
        return {f"q{name}": value for name, value in answers.items()}
    places = {each.link_id: place for place, each in enumerate(own_instrument(instrument).questions, start=1)}
    return {f"q{places[name]}": value for name, value in answers.items() if name in places}


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


class SafetyForm(forms.Form):
    what_was_done = forms.CharField(
        label=_("What did you do?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


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
        label=_("Answer after a meeting, from here down"), min_value=0, max_value=10
    )
    off = forms.MultipleChoiceField(
        label=_("Rules that stay silent"),
        required=False,
        choices=[(rule, rule) for rule in ALL_RULES if rule != "N10"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("N10, the safety path, can't be switched off."),
    )
    source = forms.CharField(
        label=_("Where these numbers come from"),
        max_length=300,
        help_text=_("Every finding names it, so that everybody can look it up."),
    )
    known_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in TRACKED:
            for column, label in COLUMNS.items():
                self.fields[f"{key}:{column}"] = forms.DecimalField(
                    label=f"{MEASURES[key].name}: {label}", required=False, min_value=0, max_value=9999
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

    upload = forms.FileField(label=_("FHIR Questionnaire, a JSON file"), required=False)
    file = forms.CharField(
        label=_("Or its text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Left empty, the file's own title.")
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
        help_text=_("One a line: the lowest score and the word, such as 10 moderate."),
    )
    source = forms.CharField(label=_("Source of the rule and the thresholds"), max_length=300)
    licence_line = forms.CharField(
        label=_("Licence line"), max_length=300, required=False, help_text=_("It stands on every form.")
    )

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
                **{name: clean[name] for name in _FACTS},
            )
        except own.Unread as unread:
            for field, sentences in unread.problems.items():
                for sentence in sentences:
                    self.add_error(field, sentence)
        return clean

    def _bands(self, text: str) -> tuple[own.OwnBand, ...]:
        found = []
        for line in filter(None, map(str.strip, text.splitlines())):
            lowest, _space, label = line.partition(" ")
            try:
                found.append(own.OwnBand(label.strip()[:60] or plain(Decimal(lowest)), Decimal(lowest)))
            except ArithmeticError:
                self.add_error(
                    "bands", _now("“%(line)s” does not begin with a number.") % {"line": line[:40]}
                )
        return tuple(sorted(found, key=lambda band: band.lowest))


_FACTS = ("direction", "reliable_change", "case_cutoff", "bands", "source", "licence_line")
