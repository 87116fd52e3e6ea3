"""What is typed about a case, made clean. A target is taken only in words of the guide's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .content import Draft
from .deidentification import reworded
from .states import AgeBand

LONGEST = 2000
ONE_LINE = 300


class CaseForm(forms.Form):
    """A case in the making. `targets` are (id, agreed words, all words it was agreed in)."""

    question = forms.CharField(
        label=_("What would you like to look at?"),
        help_text=_("In your own words: where you are stuck, what you have tried, what you wonder about."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say in a sentence what you would like to look at.")},
    )
    age_band = forms.ChoiceField(
        label=_("About how old?"),
        help_text=_("Only if it matters for the question."),
        choices=[("", _("not said")), *AgeBand.choices],
        required=False,
    )
    also_called = forms.CharField(
        label=_("Other names they go by"),
        help_text=_(
            "Nicknames, a former name, the name of a child or a pet, separated by commas. We "
            "only look for them in what you write. They are never sent."
        ),
        max_length=LONGEST,
        required=False,
    )
    scores = forms.MultipleChoiceField(
        label=_("Questionnaires to take along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    alerts = forms.MultipleChoiceField(
        label=_("What is not on track"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any = None,
        *,
        targets: Sequence[tuple[str, str, tuple[str, ...]]],
        scores: Sequence[tuple[str, str]],
        alerts: Sequence[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.targets = {f"target_{key}": (key, words, agreed) for key, words, agreed in targets}
        self.fields["scores"].choices = scores  # type: ignore[attr-defined]
        self.fields["alerts"].choices = alerts  # type: ignore[attr-defined]
        for name, (_key, words, _agreed) in self.targets.items():
            self.fields[name] = forms.CharField(label=words, max_length=ONE_LINE, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, (_key, _words, agreed) in self.targets.items():
            if cleaned.get(name) and not reworded(cleaned[name], agreed):
                self.add_error(
                    name, _("These are the words you agreed on together. Please use words of your own.")
                )
        return cleaned

    @property
    def own_words(self) -> list[forms.BoundField]:
        """The fields for the targets, each to be said again."""
        return [self[name] for name in self.targets]

    @property
    def draft(self) -> Draft:
        """What was typed, also where it needs another look: nothing is lost."""
        typed = self.data
        whole = getattr(typed, "getlist", None)
        return Draft(
            question=str(typed.get("question", ""))[:LONGEST],
            targets={
                key: str(typed.get(name, ""))[:ONE_LINE] for name, (key, _w, _a) in self.targets.items()
            },
            scores=tuple(whole("scores")) if whole else (),
            alerts=tuple(whole("alerts")) if whole else (),
        )

    @property
    def age(self) -> str:
        typed = str(self.data.get("age_band", ""))
        return typed if typed in AgeBand.values else ""


class OutcomeForm(forms.Form):
    word = forms.CharField(
        label=_("What came out of it?"),
        help_text=_("What to do, to ask or to leave: one thing is enough."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
