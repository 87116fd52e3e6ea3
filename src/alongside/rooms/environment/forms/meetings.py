"""From what was typed to clean data: places, times on the wall, and what is said after a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.journeys.kinds.shapes import USUAL, MeetingShape
from alongside.ui.forms import ChoiceRow, DateInput, TimeInput
from alongside.ui.names import NameField

from .. import local_time
from ..models import Place, PlaceKind

YES_NO = [("1", gettext_lazy("yes")), ("0", gettext_lazy("no"))]


PICK_ONE = {"required": gettext_lazy("Please choose one.")}
WHICH = [("first", gettext_lazy("the earlier")), ("second", gettext_lazy("the later"))]


def _yes(value: str) -> bool:
    return value == "1"


class TimeForm(forms.Form):
    """A place and a time on the wall in the guide's zone; `cleaned_data["starts_at"]` is the moment they name."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        error_messages={
            "required": gettext_lazy("Please say where."),
            "invalid_choice": gettext_lazy("Please choose one of the places in the list."),
        },
    )
    date = forms.DateField(
        label=gettext_lazy("Day"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("Please choose a day.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("From"),
        widget=TimeInput,
        error_messages={"required": gettext_lazy("Please choose a start time.")},
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Which of the two?"), required=False, widget=forms.HiddenInput, choices=WHICH
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=5,
        max_value=480,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Please say how many minutes."),
            "min_value": gettext_lazy("Please choose at least %(limit_value)s minutes."),
            "max_value": gettext_lazy("Please choose at most %(limit_value)s minutes."),
        },
    )

    override = forms.CharField(
        label=gettext_lazy("Reason, in a few words"),
        help_text=gettext_lazy("It is outside your protected time. You can both read this."),
        required=False,
        max_length=300,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, places: Iterable[Place], zone: ZoneInfo, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = zone
        if self.data.get(self.add_prefix("override")):
            self.ask_why()
        self.places = {str(place.id): place for place in places}
        self.fields["place"].choices = [(key, place_label(place)) for key, place in self.places.items()]
        if zone.key != timezone.get_current_timezone_name():
            self.fields["time"].help_text = _("Times are shown in %(zone)s time.") % {"zone": zone.key}

    def ask_why(self) -> None:
        """Show the box for the reason: the time asked for is outside the person's own protected time."""
        self.fields["override"].widget = forms.Textarea(attrs={"rows": 2})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("place"):
            data["place"] = self.places[data["place"]]
        if data.get("date") and data.get("time"):
            data["starts_at"] = self._moment(dt.datetime.combine(data["date"], data["time"]))
        return data

    def _moment(self, wall: dt.datetime) -> dt.datetime | None:
        """The one moment meant, or a question: some times don't come that day, and some come twice."""
        named = local_time.moments(wall, self.zone)
        if not named:
            other = local_time.after_the_gap(wall, self.zone)
            sentence = _("The clocks go forward that day, so %(time)s does not exist. %(other)s does.")
            self.add_error("time", sentence % {"time": _hour(wall), "other": _hour(other)})
            return None
        if len(named) == 1:
            return named[0]
        chosen = self.data.get(self.add_prefix("which"), "")
        self._ask_which(named)
        if chosen in ("first", "second"):
            return named[chosen == "second"]
        sentence = _("The clocks go back that day, so %(time)s comes twice. Please choose which one below.")
        self.add_error("time", sentence % {"time": _hour(wall)})
        return None

    def _ask_which(self, named: tuple[dt.datetime, ...]) -> None:
        names = [moment.astimezone(self.zone).tzname() for moment in named]
        self.fields["which"].widget = ChoiceRow()
        self.fields["which"].choices = [
            ("first", _("the earlier (%(name)s)") % {"name": names[0]}),
            ("second", _("the later (%(name)s)") % {"name": names[1]}),
        ]


class BookingForm(TimeForm):
    """With `shapes` one also says what kind of meeting it shall be; its length follows unless another was typed."""

    shape = forms.ChoiceField(label=gettext_lazy("Length"), required=False)
    already_held = forms.BooleanField(
        label=gettext_lazy("Record one that has already happened"),
        help_text=gettext_lazy("Only for a meeting that has not been recorded yet."),
        required=False,
    )

    def __init__(self, *args: Any, shapes: Sequence[MeetingShape] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.shapes = {shape.slug: shape for shape in shapes}
        self.fields["shape"].choices = [(shape.slug, shape_label(shape)) for shape in shapes]
        self.fields["minutes"].help_text = _("Those of the length you chose, unless you type others.")
        if len(self.shapes) < 2:
            del self.fields["shape"]
            self.fields["minutes"].help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        shape = self.shapes.get(data.get("shape", ""))
        if shape is None or shape.slug == USUAL:
            data["shape"] = ""
        elif str(data.get("minutes")) == str(self.initial.get("minutes")):
            data["minutes"] = shape.minutes
        return data


def shape_label(shape: MeetingShape) -> str:
    """What a meeting can be, with when one would choose it."""
    return _("%(name)s: %(summary)s") % {"name": shape.name, "summary": shape.summary}


class FollowingForm(forms.Form):
    """For a meeting of a series: this one alone, or this and those that follow."""

    reach = forms.ChoiceField(
        label=gettext_lazy("Which meetings?"),
        choices=[("this", gettext_lazy("only this one")), ("following", gettext_lazy("this and following"))],
        initial="this",
        required=False,
        widget=ChoiceRow,
    )

    def __init__(self, *args: Any, following: int = 1, **more: Any) -> None:
        super().__init__(*args, **more)
        if following < 2:
            del self.fields["reach"]
            return
        sentence = _("It is the first of %(count)s still to come in its series.")
        self.fields["reach"].help_text = sentence % {"count": following}


class MoveForm(FollowingForm, TimeForm):
    pass


class CannotComeForm(forms.Form):
    """For the participant, once it is too late to cancel online."""

    word = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, readers: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["word"].help_text = _("%(readers)s It is not sent by email.") % {"readers": readers}


class CancelForm(FollowingForm, CannotComeForm):
    field_order = ("reach", "word")


class MissedForm(forms.Form):
    """`follows` names what was agreed for a missed one, so that the guide may leave it out this time."""

    word = forms.CharField(
        label=gettext_lazy("What happened, in a few words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    not_this_time = forms.BooleanField(required=False)

    def __init__(self, *args: Any, readers: str, follows: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["word"].help_text = readers
        self.fields["not_this_time"].label = follows
        if not follows:
            del self.fields["not_this_time"]


class CheckForm(forms.Form):
    """Five ticks before the meeting. None is required: what isn't ticked is seen to, or known."""

    private = forms.BooleanField(label=gettext_lazy("Nobody can overhear us"), required=False)
    quiet = forms.BooleanField(label=gettext_lazy("It is quiet, and no one will come in"), required=False)
    phones_away = forms.BooleanField(label=gettext_lazy("Phones and messages are put away"), required=False)
    enough_time = forms.BooleanField(
        label=gettext_lazy("There is enough time, and nothing straight after it"), required=False
    )
    both_ready = forms.BooleanField(label=gettext_lazy("We are both ready to start"), required=False)


class AfterForm(forms.Form):
    started_on_time = forms.TypedChoiceField(
        label=gettext_lazy("Did it start on time?"),
        error_messages=PICK_ONE,
        choices=YES_NO,
        coerce=_yes,
        widget=ChoiceRow,
    )
    interruptions = forms.TypedChoiceField(
        label=gettext_lazy("How often were you interrupted?"),
        error_messages=PICK_ONE,
        choices=[
            ("0", gettext_lazy("not at all")),
            ("1", gettext_lazy("once")),
            ("2", gettext_lazy("regularly")),
        ],
        coerce=int,
        widget=ChoiceRow,
    )
    had_enough_time = forms.TypedChoiceField(
        label=gettext_lazy("Was there enough time?"),
        error_messages=PICK_ONE,
        choices=YES_NO,
        coerce=_yes,
        widget=ChoiceRow,
    )


class PlaceForm(forms.Form):
    """A place in a minute: what it is and what it is called; the rest if one likes."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How do you meet there?"), choices=PlaceKind.choices, initial=PlaceKind.ROOM
    )
    name = NameField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy(
            "The name appears in emails, so “Room 2, first floor” is better than the name of a clinic."
        ),
        max_length=120,
        error_messages={"required": gettext_lazy("Please give it a name.")},
    )
    details = forms.CharField(
        label=gettext_lazy("Address, directions, number or link"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_private = forms.BooleanField(label=gettext_lazy("Private: nobody can overhear"), required=False)
    is_quiet = forms.BooleanField(label=gettext_lazy("Quiet: nobody comes in"), required=False)
    is_step_free = forms.BooleanField(label=gettext_lazy("Step-free: no stairs"), required=False)
    participants_may_book = forms.BooleanField(
        label=gettext_lazy("The people I meet may book it themselves"),
        help_text=gettext_lazy("They can all see its name. Leave this off for anyone’s home."),
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Who can book it?"),
        choices=[
            ("mine", gettext_lazy("mine: only I can book it")),
            ("organisation", gettext_lazy("the organisation’s: everyone who leads meetings can book it")),
        ],
        initial="mine",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, may_choose_whose: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not may_choose_whose:
            del self.fields["whose"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == PlaceKind.HOME and data.get("participants_may_book"):
            sentence = _("A home is private. It cannot be opened for others to book.")
            self.add_error("participants_may_book", sentence)
        return data


def place_label(place: Place) -> str:
    """A place in a list: its name, and what it is where the name doesn't say."""
    if place.kind in (PlaceKind.ROOM, PlaceKind.ADDRESS):
        return str(place.name)
    return _("%(name)s (%(kind)s)") % {"name": place.name, "kind": PlaceKind(place.kind).label}


def _hour(wall: dt.datetime) -> str:
    return formats.time_format(wall.time(), "H:i")
