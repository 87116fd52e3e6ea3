"""From what was typed about an entry to clean data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.ui.forms import DateInput

from ..record.forms import LONGEST, WordsField
from .contact_links import reach
from .states import Sort


class KeyPointForm(forms.Form):
    what = WordsField(_("What I have learnt"))


class StrategyForm(forms.Form):
    what = WordsField(_("When …"), _("The moment or the situation, as exactly as you can."))
    then = WordsField(_("… I will …"), _("What you will do then: small enough that you will really do it."))


class EarlySignForm(forms.Form):
    what = WordsField(_("An early sign"), _("What you, or people near you, would notice first."))
    then = WordsField(_("What I do then"))


class SupportForm(forms.Form):
    category = forms.ChoiceField(label=_("What kind of support?"), widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("Who, or what?"),
        max_length=LONGEST,
        error_messages={"required": _("Please write who or what it is.")},
    )
    then = WordsField(_("How to reach them"), _("Where, on which days, whom to ask for."), required=False)
    link = forms.CharField(
        label=_("A link, a telephone number or an email address"),
        help_text=_("So that you can reach them with one tap, here and in the keepsake."),
        required=False,
        max_length=LONGEST,
    )
    first_contact = forms.DateField(label=_("When is the first contact?"), required=False, widget=DateInput)

    def clean_link(self) -> str:
        typed = self.cleaned_data["link"].strip()
        try:
            return reach(typed).shown if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


ENTRY_FORMS: dict[str, type[forms.Form]] = {
    Sort.KEY_POINT: KeyPointForm,
    Sort.STRATEGY: StrategyForm,
    Sort.EARLY_SIGN: EarlySignForm,
    Sort.SUPPORT: SupportForm,
}


def entry_form(seat: Seat, sort: str, data: Any = None, initial: dict[str, Any] | None = None) -> forms.Form:
    """The form for one sort of entry, with ids of its own, as several stand on one page."""
    form = ENTRY_FORMS[sort](data, initial=initial, auto_id=f"id_{sort}_%s")
    if sort == Sort.SUPPORT:
        form.fields["category"].choices = [(each.key, each.label) for each in seat.kind.support_categories]  # type: ignore[attr-defined]
    return form
