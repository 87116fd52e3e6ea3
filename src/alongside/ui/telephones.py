"""Telephone numbers: how one is typed, and the link behind it that a phone can call."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_NUMBER = re.compile(r"^\+?[\d\s().\-/]+$")
_EXTENSION = re.compile(r"[\s,]*(?:ext\.?|x)\s*(\d{1,6})$", re.IGNORECASE)


def looks_like_a_number(typed: str) -> bool:
    """Whether this is written as a telephone number is, with or without an extension."""
    return bool(_NUMBER.match(_EXTENSION.sub("", typed.strip())))


def telephone_link(typed: str) -> str:
    """`tel:` and the number that was typed. ValueError with a kind sentence where it is none."""
    typed = typed.strip()
    extension = _EXTENSION.search(typed)
    number = _EXTENSION.sub("", typed).strip()
    digits = re.sub(r"\D", "", number.replace("(0)", "") if number.startswith("+") else number)
    if not _NUMBER.match(number) or not 3 <= len(digits) <= 15:
        raise ValueError(
            _(
                "This does not look like a telephone number. It has 3 to 15 digits, with + in front for another country."
            )
        )
    plus = "+" if number.startswith("+") else ""
    return f"tel:{plus}{digits}" + (f";ext={extension[1]}" if extension else "")


class TelephoneField(forms.CharField):
    """A telephone number as people write it: kept as typed, once it is one that can be called."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        super().__init__(**{"max_length": 40, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        typed = " ".join(str(super().clean(value)).split())
        try:
            if typed:
                telephone_link(typed)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return typed
