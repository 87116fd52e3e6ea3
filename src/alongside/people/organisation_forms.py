"""How an organisation and its people are reached, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.forms import TimeInput
from alongside.ui.names import NameField, here_since, told_apart
from alongside.ui.telephones import TelephoneField

from .models import EmergencyNumber, Organisation, Person

MOST_NUMBERS = 4
MINUTES = (15, 30, 60, 120, 240, 720, 1440)


def _long(label: Any, *, most: int, rows: int, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=area, help_text=help_text)


class OrganisationForm(forms.Form):
    """What is said of a service. `readers` are those who may be asked to read safety notices."""

    name = NameField(label=gettext_lazy("Name of your organisation"), max_length=120)
    telephone = TelephoneField(
        label=gettext_lazy("Telephone"),
        required=False,
        help_text=gettext_lazy(
            "Shown on pages and in emails, so that people can reach you and check who is writing."
        ),
    )
    email = EmailAddressField(label=gettext_lazy("Email"), required=False)
    opening_hours = _long(
        gettext_lazy("Opening hours"),
        most=300,
        rows=2,
        help_text=gettext_lazy("For example: Monday to Friday, 9am to 5pm. Closed on bank holidays."),
    )
    open_weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Days on which someone reads safety notices"),
        required=False,
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = forms.TimeField(label=gettext_lazy("From"), widget=TimeInput)
    closes_at = forms.TimeField(
        label=gettext_lazy("Until"),
        widget=TimeInput,
        help_text=gettext_lazy("At any other time a safety notice is passed on at once."),
    )
    emergency_text = _long(
        gettext_lazy("What to do in an emergency"),
        most=1_000,
        rows=4,
        help_text=gettext_lazy("Shown wherever someone may need help at once, above the numbers to call."),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        numbers: Sequence[EmergencyNumber],
        readers: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = self._initial(organisation, numbers)
        super().__init__(*args, **kwargs)
        self.readers = {str(person.id): person for person in readers}
        for place in range(1, MOST_NUMBERS + 1):
            self._add_number(place)
        self.fields["safety_reader"] = forms.ChoiceField(
            label=_("Who reads a safety notice that nobody has answered"),
            required=False,
            choices=[
                ("", _("All administrators")),
                *told_apart(
                    (key, str(who.name), here_since(who.created_at)) for key, who in self.readers.items()
                ),
            ],
        )
        self.fields["safety_after_minutes"] = forms.TypedChoiceField(
            label=_("After how long"), coerce=int, choices=[(each, _length(each)) for each in MINUTES]
        )

    def _add_number(self, place: int) -> None:
        """Two fields for one number: who answers, and the number itself."""
        self.fields[f"number_name_{place}"] = forms.CharField(
            label=_("Emergency number %(number)d: who answers") % {"number": place},
            max_length=80,
            required=False,
        )
        self.fields[f"number_{place}"] = TelephoneField(
            label=_("Emergency number %(number)d: telephone") % {"number": place}, required=False
        )

    @staticmethod
    def _initial(organisation: Organisation, numbers: Sequence[EmergencyNumber]) -> dict[str, Any]:
        names = ("name", "telephone", "email", "opening_hours", "emergency_text", "safety_after_minutes")
        initial = {name: getattr(organisation, name) for name in names}
        initial |= {name: getattr(organisation, name) for name in ("opens_at", "closes_at")}
        initial["open_weekdays"] = list(organisation.open_weekdays)
        initial["safety_reader"] = str(organisation.safety_reader_id or "")
        for place, one in enumerate(numbers[:MOST_NUMBERS], start=1):
            initial |= {f"number_name_{place}": one.name, f"number_{place}": one.telephone}
        return initial

    def clean(self) -> dict[str, Any]:
        """The numbers as pairs, without the empty ones; the reader as the person."""
        typed = super().clean() or {}
        pairs = []
        for place in range(1, MOST_NUMBERS + 1):
            name, number = typed.pop(f"number_name_{place}", ""), typed.pop(f"number_{place}", "")
            if (
                bool(name) != bool(number)
                and not {f"number_name_{place}", f"number_{place}"} & self.errors.keys()
            ):
                missing, sentence = (
                    (f"number_{place}", _("Please give the number too, or leave both boxes empty."))
                    if name
                    else (f"number_name_{place}", _("Please say who answers, or leave both boxes empty."))
                )
                self.add_error(missing, sentence)
            elif name:
                pairs.append((name, number))
        opens, closes = typed.get("opens_at"), typed.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("This must be later than the time above."))
        typed["open_weekdays"] = "".join(typed.get("open_weekdays", ()))
        typed["emergency_numbers"] = pairs
        typed["safety_reader"] = self.readers.get(typed.get("safety_reader", ""))
        return typed


def _length(minutes: int) -> str:
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


class ContactForm(forms.Form):
    """How one is reached by telephone, and whom to call in an emergency."""

    telephone = TelephoneField(label=gettext_lazy("Your telephone"), required=False)
    emergency_contact_name = NameField(
        label=gettext_lazy("Emergency contact: name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Someone to call if there is a serious worry about your safety. Please ask them first."
        ),
    )
    emergency_contact_telephone = TelephoneField(
        label=gettext_lazy("Emergency contact: telephone"), required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("emergency_contact_name") and not typed.get("emergency_contact_telephone", "-"):
            self.add_error(
                "emergency_contact_telephone", _("Please give the number of your emergency contact.")
            )
        if typed.get("emergency_contact_telephone") and not typed.get("emergency_contact_name", "-"):
            self.add_error("emergency_contact_name", _("Please give the name of your emergency contact."))
        return typed
