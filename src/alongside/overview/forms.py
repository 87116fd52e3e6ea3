"""What is typed in the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.goals.states import StepState
from alongside.journeys.kinds import KINDS, Template
from alongside.journeys.kinds.shapes import FORTNIGHTLY, MONTHLY, WEEKLY
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.folding import folded, is_whole_word
from alongside.people.forms import ZoneField
from alongside.people.models import Organisation, Person
from alongside.programmes.models import Programme
from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.forms import ChoiceCards, ChoiceRow, DateInput
from alongside.ui.names import NameField, here_since, told_apart

from .caseload import ANY, NEEDS_ME, RESTING, Asked
from .queries import Known

NAMED_PARTS = {
    Part.SUPPORTER: _("Someone close, a colleague or a friend, who supports you."),
    Part.ASSESSOR: _("Someone who has to assess your progress."),
    Part.CO_GUIDE: _("Someone who helps together with %(guide)s."),
    Part.INTERPRETER: _("Someone who helps you understand each other."),
}


NEW = "new"


class KindsForm(forms.Form):
    """Which kinds an organisation uses."""

    kinds = forms.MultipleChoiceField(
        label=_("What you offer here"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please leave at least one kind.")},
        help_text=_("What you do not tick can no longer be started. What is under way goes on as before."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        offered = [slug for slug in KINDS if slug not in organisation.hidden_kinds]
        super().__init__(*args, **{**kwargs, "initial": {"kinds": offered}})
        self.fields["kinds"].choices = [(each.slug, each.name) for each in KINDS.values()]  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """Who, how often, how long; and where it is under way elsewhere already, from which meeting on."""

    known = forms.ChoiceField(label=_("Someone you have worked with before, or someone new"))
    name = NameField(label=_("Their name"), max_length=120)
    email = EmailAddressField(
        label=_("Their email address"),
        required=False,
        help_text=_(
            "The invitation goes here when you send it. If you leave this empty, you write "
            "together when you meet."
        ),
    )
    time_zone = ZoneField(label=_("Their time zone"))
    title = NameField(
        label=_("Title"),
        max_length=80,
        required=False,
        help_text=_(
            "A few words at the top of every page, which you both read. If you leave this empty, "
            "the other person’s name is shown."
        ),
    )
    planned_meetings = forms.IntegerField(
        label=_("How many times you plan to meet"), min_value=1, max_value=200
    )
    meeting_minutes = forms.IntegerField(
        label=_("How long each time, in minutes"), min_value=5, max_value=480
    )
    every_days = forms.TypedChoiceField(label=_("How often"), coerce=int)
    programme = forms.ChoiceField(
        label=_("Programme"), required=False, help_text=_("Where it is counted, without a name.")
    )
    already = forms.BooleanField(label=_("It has already begun elsewhere"), required=False)
    first_number = forms.IntegerField(
        label=_("The number of your next meeting"),
        min_value=2,
        max_value=500,
        help_text=_("The first one you will record here."),
    )
    agreed_on = forms.DateField(
        label=_("When you made your agreement"),
        widget=DateInput(),
        help_text=_("The agreement is in force from this day."),
    )

    def __init__(
        self,
        *args: Any,
        template: Template,
        known: list[Known],
        me: Person,
        today: dt.date,
        programmes: list[Programme],
        **kwargs: Any,
    ) -> None:
        initial = {
            "planned_meetings": template.planned_meetings,
            "meeting_minutes": template.meeting_minutes,
            "every_days": template.frequency.every_days,
            "time_zone": me.time_zone,
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.people = {str(each.person.id): each.person for each in known}
        self.me, self.today = me, today
        names = told_apart((str(each.person.id), str(each.person.name), each.line) for each in known)
        self.fields["known"].choices = [(NEW, _("Someone new")), *names]  # type: ignore[attr-defined]
        if names:
            self.fields["name"].help_text = _("If they are new here.")
        else:
            del self.fields["known"]
        self.programmes = {str(each.id): each for each in programmes}
        self.fields["programme"].choices = [(key, each.name) for key, each in self.programmes.items()]  # type: ignore[attr-defined]
        if len(programmes) < 2:  # with one there is nothing to choose
            del self.fields["programme"]
        self._ask_only_what_is_needed()
        self.fields["every_days"].choices = _paces(template)  # type: ignore[attr-defined]

    def _ask_only_what_is_needed(self) -> None:
        """Fields of a choice that was not made are not asked for; the page shows them all, as it has no script."""
        self.use_required_attribute = False
        if not self.is_bound:
            return
        self.fields["name"].required = self.data.get("known", NEW) == NEW
        for name in ("first_number", "agreed_on"):
            self.fields[name].required = "already" in self.data

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email and email == self.me.email:
            raise forms.ValidationError(_("This is your own address."))
        return email

    def clean_agreed_on(self) -> dt.date | None:
        agreed_on: dt.date | None = self.cleaned_data["agreed_on"]
        if agreed_on and agreed_on > self.today:
            raise forms.ValidationError(_("Please choose a day that has already passed, or today."))
        return agreed_on

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        return facts if facts.get("already") else {**facts, "first_number": 1, "agreed_on": None}

    @property
    def programme_id(self) -> UUID | None:
        chosen = self.programmes.get(self.cleaned_data.get("programme") or "")
        return chosen.id if chosen else None

    @property
    def participant(self) -> Person | None:
        return self.people.get(self.cleaned_data.get("known") or "")


def _paces(template: Template) -> list[tuple[int, Any]]:
    paces = {each.every_days: each.label for each in (WEEKLY, FORTNIGHTLY, MONTHLY)}
    paces[21] = _("every three weeks")
    paces.setdefault(template.frequency.every_days, template.frequency.label)
    return sorted(paces.items())


class InviteForm(forms.Form):
    email = EmailAddressField(
        label=_("Email address"),
        required=False,
        help_text=_("Please check the address. If it is wrong, correct it here."),
    )


class NewAddressForm(forms.Form):
    email = EmailAddressField(
        label=_("New email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Please read it back to them, one character at a time."),
    )
    is_them = forms.BooleanField(
        label=_(
            "I have spoken to them in person, by video or by telephone, and I am sure that this is them."
        ),
        error_messages={"required": _("Please speak to them first, and then tick this box.")},
    )


class NameSomebodyForm(forms.Form):
    name = NameField(label=_("Their name"), max_length=120)
    email = EmailAddressField(
        label=_("Their email address"), help_text=_("The invitation is sent here at once.")
    )
    part = forms.ChoiceField(label=_("Their part"))

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = {"guide": seat.guide.name}
        part = self.fields["part"]
        part.widget = ChoiceCards(sentences={each.value: text % facts for each, text in NAMED_PARTS.items()})
        part.choices = [(each.value, seat.called(each).capitalize()) for each in NAMED_PARTS]  # type: ignore[attr-defined]


class CoverForm(forms.Form):
    """Who is there while the guide is away, from which day until which."""

    person = forms.ChoiceField(label=_("Who will cover"))
    first = forms.DateField(label=_("From"), widget=DateInput(), help_text=_("Cover starts on this day."))
    last = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("Cover ends after this day."))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("You both read this."),
    )

    def __init__(self, *args: Any, guides: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guides = {str(person.id): person for person in guides}
        names = told_apart(
            (key, str(person.name), here_since(person.created_at)) for key, person in self.guides.items()
        )
        self.fields["person"].choices = [("", _("Please choose")), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        first, last = facts.get("first"), facts.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day is before the first day."))
        return facts

    @property
    def chosen(self) -> Person:
        return self.guides[self.cleaned_data["person"]]


class EmergencyCoverForm(CoverForm):
    """The same for an administrator, who says in which journey, and why it can't wait for the guide."""

    journey = forms.ChoiceField(label=_("In the work with"))
    field_order = ("journey", "person", "first", "last", "reason")

    def __init__(self, *args: Any, journeys: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journey"].choices = [("", _("Please choose")), *journeys.items()]  # type: ignore[attr-defined]
        reason = self.fields["reason"]
        reason.required, reason.help_text = (
            True,
            _("The guide, the covering guide and the participant read this."),
        )


TICKS = ((StepState.DONE, _("Done")), (StepState.PARTLY, _("Partly")), (StepState.NOT_YET, _("Not yet")))


class TickForm(forms.Form):
    """One tap ticks; whoever likes adds a word."""

    state = forms.ChoiceField(
        label=_("How did it go?"), choices=[(state.value, label) for state, label in TICKS], widget=ChoiceRow
    )
    word = forms.CharField(
        label=_("What helped, and what got in the way"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OneTapForm(forms.Form):
    step_id = forms.UUIDField()
    state = forms.ChoiceField(
        choices=[(state.value, "") for state, _label in TICKS] + [(StepState.OPEN.value, "")]
    )


class SearchForm(forms.Form):
    """Words to look for in one's own journeys."""

    words = forms.CharField(
        label=_("Search for"),
        max_length=200,
        help_text=_("A name, or words from a need, a goal, a step or a note."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": _("Please type what you are looking for.")},
    )

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        short = len(folded(words).replace(" ", "")) < 2
        if short and not any(map(is_whole_word, words)):
            raise forms.ValidationError(_("Please type at least two characters."))
        return words


class CaseloadForm(forms.Form):
    """Which of one's journeys to show, and in which order. What makes no sense asks for nothing."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (ANY, _("everything")),
            (NEEDS_ME, _("needs my attention")),
            ("alert", _("review suggested")),
            ("email", _("an email to read")),
            ("unprepared", _("not prepared yet")),
            ("unsigned", _("awaiting agreement")),
            ("overdue", _("a step is overdue")),
            ("nothing_booked", _("no appointment booked")),
            ("ending_near", _("ending soon")),
            (RESTING, _("resting")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=lambda: [("", _("every kind")), *((kind.slug, kind.name) for kind in KINDS.values())],
    )
    order = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("next", _("next meeting")),
            ("last", _("longest since you last met")),
            ("name", _("name")),
            ("stage", _("how far along")),
        ],
    )

    @property
    def asked(self) -> Asked:
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            given.get("name", ""),
            given.get("show", ANY),
            given.get("kind", ""),
            given.get("order") or "next",
            whole=self.data.get("all") == "1",
        )
