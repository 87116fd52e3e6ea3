"""What is typed on the pages of this room, made clean. Each sentence about a mistake stands at its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.goals.states import StepState
from alongside.journeys.seat import Member, Seat
from alongside.measures.catalogue import measure
from alongside.measures.meeting_feedback import QUESTIONS
from alongside.ui.forms import RatingInput

from .review_queries import StepHere, TargetNow
from .stale_forms import marks_in, row_of
from .states import IssueState

REVIEWED = (StepState.DONE, StepState.PARTLY, StepState.NOT_YET, StepState.DROPPED)
ONE_LINE = 300


def _line(label: Any, *, required: bool = True, longest: int = ONE_LINE) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required)


def _shortened(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


class ReadingsForm(forms.Form):
    """A new value for each target that is worked on; whatever is left blank was not asked."""

    def __init__(self, data: Any = None, *, targets: Sequence[TargetNow]) -> None:
        super().__init__(data)
        self.targets = {f"reading_{target.id}": target for target in targets if target.is_worked_on}
        for name, target in self.targets.items():
            self.fields[name] = _line(target.difference, required=False, longest=40)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, target in self.targets.items():
            if not cleaned.get(name):
                continue
            try:
                cleaned[name] = measure(target.measure).clean(cleaned[name])
            except ValueError as error:
                self.add_error(name, str(error))
        return cleaned

    @property
    def values(self) -> list[tuple[UUID, Decimal, str | None]]:
        """Of each target that was given a value: the value, and what stood there when it was given."""
        found = ((target.id, self.cleaned_data.get(name)) for name, target in self.targets.items())
        return [
            (target_id, value, self.shown.get(row_of(target_id)))
            for target_id, value in found
            if isinstance(value, Decimal)
        ]

    @property
    def shown(self) -> Mapping[str, str]:
        """What the page showed of each row when this was filled in."""
        whole = getattr(self.data, "getlist", None)
        return marks_in(whole("was")) if whole else {}


class ReviewForm(ReadingsForm):
    """How each step of the last plan went, with a word, and the new readings: one form, one save."""

    def __init__(self, data: Any = None, *, steps: Sequence[StepHere], targets: Sequence[TargetNow]) -> None:
        super().__init__(data, targets=targets)
        self.steps = tuple(steps)
        choices = [(str(state), state.label) for state in REVIEWED]
        for step in self.steps:
            self.fields[f"state_{step.id}"] = forms.ChoiceField(
                label=step.text, choices=choices, required=False
            )
            self.fields[f"word_{step.id}"] = _line(_("what helped, what got in the way"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for step in self.steps:
            if cleaned.get(f"word_{step.id}") and not cleaned.get(f"state_{step.id}"):
                self.add_error(f"state_{step.id}", _("Please also say how this went."))
        return cleaned

    @property
    def answers(self) -> list[tuple[UUID, StepState, str, str | None]]:
        """Of each step that was answered: the answer, a word on it, and what stood there when it was given."""
        found, shown = self.cleaned_data, self.shown
        return [
            (
                step.id,
                StepState(found[f"state_{step.id}"]),
                found.get(f"word_{step.id}", ""),
                shown.get(row_of(step.id)),
            )
            for step in self.steps
            if found.get(f"state_{step.id}")
        ]

    def tell_otherwise(self, row: UUID, name: str, what: str) -> None:
        """Say beside a row that somebody else has answered it meanwhile: what was typed stays, and holds if sent again."""
        field = next(each for each in (f"state_{row}", f"reading_{row}") if each in self.fields)
        sentence = _(
            "%(name)s has just answered “%(what)s” here. Send yours again if you want to replace it."
        )
        self.add_error(field, sentence % {"name": name, "what": what})


class StepForm(forms.Form):
    """A next step in one line: what, who, until when, for which target."""

    text = _line(_("Next step"))
    owner = forms.ChoiceField(label=_("Who will do it"))
    due = forms.DateField(label=_("Until"), required=False)
    target = forms.ChoiceField(label=_("For"), required=False)

    def __init__(
        self, data: Any = None, *, seat: Seat, targets: Sequence[TargetNow], due: dt.date | None
    ) -> None:
        super().__init__(data, initial={"due": due, "owner": str(seat.participant.person.id)})
        two = [(str(member.person.id), member.name) for member in (seat.participant, seat.guide)]
        self.fields["owner"].choices = two  # type: ignore[attr-defined]
        serves = [
            (str(target.id), _shortened(target.difference)) for target in targets if target.is_worked_on
        ]
        self.fields["target"].choices = [("", ""), *serves]  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    text = _line(_("What is it?"))


_BY_OTHER_DOORS = (IssueState.FOCUSING, IssueState.IN_ERROR)


class SettleForm(forms.Form):
    """What becomes of an issue. A concern for someone else says whose; focusing on it has a door of its own."""

    becomes = forms.ChoiceField(choices=[(str(s), s.label) for s in IssueState if s not in _BY_OTHER_DOORS])
    word = _line(_("In a few words"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("becomes") == IssueState.CONCERN and not cleaned.get("word"):
            self.add_error("word", _("Please say whose concern it is, or who you will tell."))
        return cleaned


class NextForm(forms.Form):
    """The next meeting: day and time as the writer's own clock shows them."""

    date = forms.DateField(label=_("Day"))
    time = forms.TimeField(label=_("Time"))

    @property
    def starts_at(self) -> dt.datetime:
        there = dt.datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"])
        return timezone.make_aware(there)


class CloseForm(forms.Form):
    """What belongs in any record, mostly filled in already; and the question when nothing was planned."""

    minutes_taken = forms.IntegerField(label=_("How long it took, in minutes"), min_value=1, max_value=720)
    present = forms.MultipleChoiceField(label=_("Who was there"))
    safety_raised = forms.ChoiceField(
        label=_("Any safety concerns today?"),
        choices=[("no", _("no")), ("yes", _("yes"))],
        error_messages={"required": _("Please answer yes or no. Every record needs this answer.")},
    )
    safety_where = _line(_("Who was told, and what was done?"), required=False)
    no_step = forms.BooleanField(label=_("No step this time"), required=False)
    in_the_room = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, seat: Seat, minutes: int, planned: bool) -> None:
        two = [str(seat.guide.person.id), str(seat.participant.person.id)]
        super().__init__(data, initial={"minutes_taken": minutes, "present": two})
        self.planned = planned
        people = [
            (str(member.person.id), f"{member.name}, {_called(seat, member)}") for member in seat.members
        ]
        self.fields["present"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("safety_raised") == "yes" and not cleaned.get("safety_where"):
            self.add_error("safety_where", _("Please say in a few words who was told and what was done."))
        if not self.planned and not cleaned.get("no_step"):
            self.add_error("no_step", _("No step has been planned. That is fine: say so here, then close."))
        return cleaned


def _called(seat: Seat, member: Member) -> str:
    """A person's part in the words of the kind."""
    return seat.called(member.part)


class QuestionsForm(forms.Form):
    """Four short questions about how it was. Each may be left out."""

    kept = forms.BooleanField(
        label=_("Keep my answers to myself"),
        help_text=_("If you tick this, no one else sees them. If not, you can look at them together."),
        required=False,
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        low, high = str(_("not at all")), str(_("completely"))
        for question in QUESTIONS:
            self.fields[question.key] = forms.IntegerField(
                label=str(question.text),
                min_value=0,
                max_value=10,
                required=False,
                widget=RatingInput(low=low, high=high),
            )
        self.order_fields([*(question.key for question in QUESTIONS), "kept"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and all(cleaned.get(question.key) is None for question in QUESTIONS):
            self.add_error(None, _("Please answer at least one of the four."))
        return cleaned

    @property
    def answers(self) -> dict[str, int | None]:
        return {question.key: self.cleaned_data.get(question.key) for question in QUESTIONS}


class InErrorForm(forms.Form):
    """Which of my words are in the wrong record, and why."""

    words = forms.ChoiceField(label=_("Which words were entered in error?"), widget=forms.RadioSelect)
    reason = _line(_("Why were they entered in error?"))

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["words"].choices = choices  # type: ignore[attr-defined]
