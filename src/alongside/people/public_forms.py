"""How an organisation looks, and what it says to everybody, as it is chosen and typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.ui.colours import LIGHT, hard_to_see_on, is_colour, nearest_allowed
from alongside.ui.forms import DateInput
from alongside.ui.logos import Logo, NotALogo, checked_logo
from alongside.ui.paper import prints
from alongside.ui.uploads import UploadField

from . import first_texts
from .models import Organisation, OrganisationTexts

LONGEST_TEXT = 20_000


class LookForm(forms.Form):
    """The logo and the colour."""

    logo = UploadField(
        label=gettext_lazy("Logo"),
        required=False,
        endings=(".png", ".svg"),
        help_text=gettext_lazy("A PNG or SVG file of at most 20 kB, without scripts."),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        required=False,
        max_length=7,
        help_text=gettext_lazy("For example #24746f. It is drawn as a line above and below every page."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"colour": organisation.colour}})
        if not organisation.logo_digest:
            del self.fields["without_logo"]

    def clean_logo(self) -> Logo | None:
        file = self.cleaned_data["logo"]
        try:
            logo = checked_logo(file.read()) if file else None
        except NotALogo as error:
            raise forms.ValidationError(str(error)) from error
        if logo and not prints(logo):
            raise forms.ValidationError(_("This logo cannot be printed. Please save it as PNG."))
        return logo

    def clean_colour(self) -> str:
        typed = str(self.cleaned_data["colour"]).strip().lower()
        colour = typed if typed.startswith("#") or not typed else f"#{typed}"
        if not colour:
            return ""
        if not is_colour(colour):
            raise forms.ValidationError(
                _("Please write the colour as # and six characters, each 0 to 9 or a to f.")
            )
        if faint := hard_to_see_on(colour):
            said = {"colour": nearest_allowed(colour)}
            where = (
                _("This colour is hard to see on a light page. The nearest one that works is %(colour)s.")
                if faint[0] == LIGHT
                else _("This colour is hard to see on a dark page. The nearest one that works is %(colour)s.")
            )
            raise forms.ValidationError(where % said)
        return colour


def _text(label: Any, *, rows: int, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_TEXT, widget=area, help_text=help_text
    )


class TextsForm(forms.Form):
    """What stands on the pages for everybody. The boxes hold the texts as they stand, one's own or those to begin with."""

    privacy = _text(
        gettext_lazy("Privacy notice"),
        rows=14,
        help_text=gettext_lazy(
            "Please ask the person responsible for data protection to check it. A short line on its own becomes a heading."
        ),
    )
    accessibility = _text(gettext_lazy("Accessibility statement"), rows=10)
    accessibility_contact = forms.CharField(
        label=gettext_lazy("Whom to tell when something cannot be used"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A name, a telephone number or an email address."),
    )
    accessibility_checked_on = forms.DateField(
        label=gettext_lazy("Accessibility statement last checked on"),
        required=False,
        widget=DateInput(),
    )
    imprint = _text(
        gettext_lazy("Imprint"),
        rows=5,
        help_text=gettext_lazy("Who is responsible for these pages, where the law asks for it."),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, texts: OrganisationTexts, **kwargs: Any
    ) -> None:
        self.first = {
            "privacy": first_texts.privacy(organisation.name),
            "accessibility": first_texts.accessibility(organisation.name),
        }
        stand = ("privacy", "accessibility", "accessibility_contact", "accessibility_checked_on", "imprint")
        initial = {name: getattr(texts, name) or self.first.get(name, "") for name in stand}
        super().__init__(*args, **{**kwargs, "initial": initial})

    def clean(self) -> dict[str, Any]:
        """A text to begin with that nobody changed is not saved, so that it stays as good as ours is."""
        typed = super().clean() or {}
        for name, first in self.first.items():
            if " ".join(typed.get(name, "").split()) == " ".join(first.split()):
                typed[name] = ""
        return typed
