"""What people type about themselves and about one another."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.names import NameField

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def zones() -> list[tuple[str, Any]]:
    """The zones people live in, by region, as the machine's time zone data names them."""
    grouped: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for zone in sorted(zoneinfo.available_timezones()):
        region, _slash, place = zone.partition("/")
        if region in grouped and place:
            grouped[region].append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *grouped.items()]


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        choices: Callable[[], list[tuple[str, Any]]] = zones
        super().__init__(choices=choices, **{"label": _("Time zone"), **kwargs})


class ProfileForm(forms.Form):
    name = NameField(label=_("Name"), max_length=120, help_text=_("What the people you meet call you."))
    pronouns = NameField(
        label=_("Pronouns"), max_length=40, required=False, help_text=_("Such as she/her, he/him, they/them.")
    )
    time_zone = ZoneField(help_text=_("Times are shown in this time zone."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RolesForm(forms.Form):
    is_guide = forms.BooleanField(
        label=_("Guide"), required=False, help_text=_("Starts journeys and works with people on them.")
    )
    is_lead = forms.BooleanField(
        label=_("Programme lead"),
        required=False,
        help_text=_("Sees how the programme is doing in figures, never anyone's words."),
    )
    is_administrator = forms.BooleanField(
        label=_("Administrator"),
        required=False,
        help_text=_("Manages people and settings, and opens no journeys."),
    )


class NewPersonForm(RolesForm):
    name = NameField(label=_("Name"), max_length=120)
    email = EmailAddressField(
        label=_("Email address"), help_text=_("The invitation is sent to this address.")
    )
    time_zone = ZoneField()
    field_order = ("name", "email", "time_zone", "is_guide", "is_lead", "is_administrator")


class AccountForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, in a few words"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The administrators of your organisation can read this. Please write nothing about care."
        ),
    )


class AddressForm(forms.Form):
    email = EmailAddressField(
        label=_("Email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Links sent to the old address stop working."),
    )
