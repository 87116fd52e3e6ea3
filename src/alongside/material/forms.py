"""What is typed about a template: the fields of one item, or a file."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds import Kind
from alongside.journeys.kinds.material import CHOICE, LINE, NUMBER, YES, Chapter, Field, Item, is_fixed
from alongside.ui.names import NameField
from alongside.ui.uploads import UploadField

from .files import ENDINGS, Bundle, read


class ItemForm(forms.Form):
    """The fields of one item, as its chapter says. `base` is the item the form began with."""

    use_required_attribute = False
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, chapter: Chapter, kind: Kind, key: str, item: Item | None, **kwargs: Any
    ) -> None:
        initial = {**(item or {}), "base": as_base(item)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.chapter, self.key, self.item = chapter, key, item
        for field in chapter.fields:
            if not is_fixed(kind, chapter, key, field.name):
                self.fields[field.name] = _made_of(field)

    @property
    def values(self) -> Item:
        """Everything the item says; what is not asked stays as it was."""
        typed = {field.name: self._typed(field) for field in self.chapter.fields if field.name in self.fields}
        stays = {name: value for name, value in (self.item or {}).items() if name in self.chapter.names}
        return {**stays, **typed}

    def _typed(self, field: Field) -> Any:
        value = self.cleaned_data[field.name]
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    @property
    def based_on(self) -> Item | None:
        """The item as it stood when the form was opened."""
        try:
            found = json.loads(self.cleaned_data["base"] or "null")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


def as_base(item: Item | None) -> str:
    return json.dumps(item) if item else ""


def _made_of(field: Field) -> forms.Field:
    about: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": field.required}
    if field.form == NUMBER:
        return forms.IntegerField(min_value=field.least, max_value=field.most, **about)
    if field.form == YES:
        return forms.BooleanField(**{**about, "required": False})
    if field.form == CHOICE:
        coerce: Any = type(field.choices[0][0])
        return forms.TypedChoiceField(choices=field.choices, coerce=coerce, **about)
    if field.form == LINE:
        return NameField(max_length=field.most, **about)
    rows = 10 if field.most > 1_000 else 3
    return forms.CharField(max_length=field.most, widget=forms.Textarea(attrs={"rows": rows}), **about)


class FileForm(forms.Form):
    """A template as a file; `cleaned_data["file"]` is what was read of it."""

    file = UploadField(
        label=_("The file"),
        endings=ENDINGS,
        help_text=_("A file that was saved from Alongside, or written by the published format."),
        error_messages={"required": _("Please choose a file."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Bundle:
        return read(self.cleaned_data["file"].read())
