"""The field in which every name is typed."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.kernel.one_line import one_line


class NameField(forms.CharField):
    """A name, of a person, a place or a thing: one line, whatever a form was sent with."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")
