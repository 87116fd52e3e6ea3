"""From what was typed after the end to clean data: an answer, the days, whom one met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.goals.measuring.forms import AnswersForm
from alongside.kernel.clock import months_after
from alongside.measures.catalogue import measure
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.ui.forms import ChoiceCards, ChoiceRow

from ..comparison.forms import TodayForm
from ..record.forms import ChosenDaysForm, WordsField
from .queries import Asked
from .states import Helping, Readers

SUGGESTED = (1, 3, 6, 12)


class AnswerForm(TodayForm):
    """Is it still helping; then what was looked at on the way, each of it as one likes."""

    use_required_attribute = False
    """The browser holds nothing back: a safety answer is on its way with the first press, whatever else is missing."""

    helping = forms.ChoiceField(
        label=gettext_lazy("What you took with you: is it still helping?"),
        choices=Helping.choices,
        widget=ChoiceRow,
        error_messages={"required": gettext_lazy("Please choose one of the three.")},
    )
    words = WordsField(
        gettext_lazy("How are things now?"), gettext_lazy("A few words (optional)."), rows=3, required=False
    )
    doing = WordsField(gettext_lazy("What helps when it gets hard?"), rows=3, required=False)

    def __init__(self, data: Any = None, *, asked: Asked) -> None:
        super().__init__(data, needs=asked.needs, targets=asked.targets, latest=None)
        self.questionnaires = [Questionnaire(instrument, data) for instrument in asked.instruments]

    def is_valid(self) -> bool:
        # each is looked at, also when another has a mistake: all of them come back with what was typed
        return all([super().is_valid(), *[each.form.is_valid() for each in self.questionnaires]])

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        for need in self.needs:
            if cleaned.get(f"words_{need.id}") and cleaned.get(f"rating_{need.id}") is None:
                self.add_error(
                    f"rating_{need.id}",
                    _("Please choose a number as well, so that you can compare it with the others."),
                )
        return cleaned

    @property
    def forms_answered(self) -> dict[str, dict[str, str]]:
        """What makes sense of the questionnaires, also beside what doesn't: a safety answer waits for no better form."""
        return {each.instrument: each.form.answers for each in self.questionnaires}

    @property
    def content(self) -> dict[str, Any]:
        return {
            **{name: self.cleaned_data[name] for name in ("helping", "words", "doing")},
            "needs": self.entries,
            "targets": self.readings,
            "forms": self.forms_answered,
        }


class Questionnaire:
    """One questionnaire among the questions: its title, what it asks about, its licence."""

    def __init__(self, instrument: str, data: Any) -> None:
        self.instrument = instrument
        self.form = AnswersForm(instrument, data, prefix=instrument)
        known, found = INSTRUMENTS.get(instrument), measure(instrument)
        self.title = found.name
        self.stem = known.stem if known else ""
        self.licence_line = getattr(found, "licence_line", "")
        self.watches = bool(known and known.safety_item)


class DaysForm(ChosenDaysForm):
    """The days on which one is asked again, and who reads the answers."""

    def __init__(
        self,
        data: Any = None,
        *,
        ends_on: dt.date,
        today: dt.date,
        planned: Iterable[dt.date],
        fixed: Iterable[dt.date],
        readers: Readers | None,
        guide: str,
    ) -> None:
        planned, self.fixed = set(planned), set(fixed)
        suggestions = {
            day: say
            for months in SUGGESTED
            if (day := months_after(ends_on, months)) > today
            and (say := _after(months))
            and not any(abs((day - other).days) < 8 for other in planned)
        }
        offered = {**suggestions, **dict.fromkeys(planned - self.fixed, "")}
        super().__init__(data, today=today, planned=planned, offered=offered)
        if readers is not None:
            self.fields["readers"] = _readers_field(readers, guide)

    @property
    def chosen(self) -> set[dt.date]:
        return super().chosen | self.fixed

    @property
    def readers(self) -> Readers | None:
        said = self.cleaned_data.get("readers")
        return Readers(said) if said else None


def _readers_field(readers: Readers, guide: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Who can read what you answer?"),
        choices=[
            (Readers.MINE, gettext_lazy("Only me")),
            (Readers.OURS, _("%(guide)s and I") % {"guide": guide}),
        ],
        initial=readers,
        widget=ChoiceCards(
            sentences={
                Readers.MINE: _("It is for you, to see how things are going."),
                Readers.OURS: _("As long as %(guide)s works here. After that, only you.") % {"guide": guide},
            }
        ),
    )


def _after(months: int) -> str:
    if months == 12:
        return _("a year afterwards")
    return ngettext("%(n)s month afterwards", "%(n)s months afterwards", months) % {"n": months}
