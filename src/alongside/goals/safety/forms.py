"""What is typed about a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SafetyForm(forms.Form):
    what_was_done = forms.CharField(
        label=_("What did you do?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say what you did.")},
    )
