"""The field in which every email address is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.kernel.email_addresses import normal_address, trouble_with


def validate_address(address: str) -> None:
    """ValidationError with one sentence when nothing can be sent there."""
    if trouble := trouble_with(address):
        raise ValidationError(str(trouble), code="invalid")


class EmailAddressField(forms.EmailField):
    """An email address: what is typed comes out in the one form in which addresses are stored, or with a sentence.

    The box has no `maxlength`: browsers would cut a pasted address to another one without a word.
    """

    default_validators = [validate_address]
    default_error_messages = {"required": _("Please enter an email address.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": None, **kwargs})

    def to_python(self, value: Any) -> str:
        return normal_address(super().to_python(value) or "")

    @classmethod
    def instead_of(cls, field: forms.EmailField) -> EmailAddressField:
        """The same field of a form that others made, taking addresses as ours do."""
        widget = field.widget
        widget.attrs.pop("maxlength", None)
        return cls(
            label=field.label,
            required=field.required,
            help_text=field.help_text,
            initial=field.initial,
            widget=widget,
        )
