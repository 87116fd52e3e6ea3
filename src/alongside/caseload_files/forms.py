"""The file, and what it doesn't say itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds import KINDS
from alongside.ui.forms import ChoiceRow
from alongside.ui.uploads import UploadField

from .judging import asks_for_kind, asks_for_order
from .table import Table, Unreadable, table_of, text_of


class FileForm(forms.Form):
    """A list of people; `cleaned_data["file"]` is its text, which can be read as a table."""

    file = UploadField(
        label=_("Your list, saved as CSV"),
        endings=(".csv", ".txt", ".tsv"),
        error_messages={"required": _("Please choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> str:
        try:
            text = text_of(self.cleaned_data["file"].read())
            table_of(text)
        except Unreadable as why:
            raise forms.ValidationError(str(why)) from why
        return text


class ChoiceForm(forms.Form):
    """Asked only where the file leaves it open."""

    begun = forms.ChoiceField(
        label=_("What is begun with them"), error_messages={"required": _("Please choose one.")}
    )
    order = forms.ChoiceField(
        label=_("In dates like 03/04/2026, which number is the day?"),
        choices=[("day", _("the first: 3 April")), ("month", _("the second: 4 March"))],
        widget=ChoiceRow,
        error_messages={"required": _("Please choose one.")},
    )

    def __init__(self, *args: Any, table: Table, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begun"].choices = [("", _("Please choose")), *_templates(kinds)]  # type: ignore[attr-defined]
        if not asks_for_kind(table):
            del self.fields["begun"]
        if not asks_for_order(table):
            del self.fields["order"]

    def choices(self) -> dict[str, Any]:
        """As the action takes them."""
        kind, _slash, template = self.cleaned_data.get("begun", "").partition("/")
        order = self.cleaned_data.get("order")
        return {"kind": kind, "template": template, "day_first": None if order is None else order == "day"}


def _templates(kinds: list[str]) -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [
        (KINDS[kind].name, [(f"{kind}/{each.slug}", each.name) for each in KINDS[kind].templates])
        for kind in kinds
    ]
