"""Made-up words for the page of examples. Nobody's journey, and not for translation: builders read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from alongside.ui.action_buttons import ActionButton
from alongside.ui.forms import ChoiceCards, ChoiceRow, DateInput, RatingInput, TimeInput
from alongside.ui.lines import line
from alongside.ui.lists import Moment, Reader, StepLine
from alongside.ui.path import Path, PathRoom
from alongside.ui.words import WordsBox


@dataclass(frozen=True)
class _No:
    sentence: str
    allowed: bool = False


class ExampleForm(forms.Form):
    rating = forms.IntegerField(
        min_value=0,
        max_value=10,
        widget=RatingInput(low="not at all", high="as well as I could wish"),
        label="How well do you sleep at the moment?",
        help_text="Think of the last seven days.",
    )
    went = forms.ChoiceField(
        label="Ask Dr Farrow about the clinic list",
        choices=[("done", "Done"), ("partly", "Partly"), ("not_yet", "Not yet")],
        widget=ChoiceRow,
    )
    reader = forms.ChoiceField(
        label="Who may read this?",
        choices=[("mine", "Only I"), ("ours", "Both of us")],
        widget=ChoiceCards(
            sentences={
                "mine": "You can open it to the other later.",
                "ours": "At once, as you write it.",
            }
        ),
        initial="ours",
    )
    day = forms.DateField(label="On which day?", widget=DateInput)
    hour = forms.TimeField(label="At what time?", widget=TimeInput)
    place = forms.ChoiceField(
        label="Where?", choices=[("1", "The quiet room, second floor"), ("2", "By telephone")]
    )
    helped = forms.MultipleChoiceField(
        label="What helped?",
        required=False,
        choices=[
            ("time", "Having enough time"),
            ("plan", "Writing it down"),
            ("talk", "Talking it through"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label="Why does it matter to you?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    quiet = forms.BooleanField(label="The room is quiet and nobody will come in.")


_CLOCK = {
    "starts": "2025-05-27T15:00:00+01:00",
    "now": "2025-05-27T15:18:00+01:00",
    "minutes": 50,
    "ends": "until 15:50",
    "marks": (20, 50, 80),
    "plan": 10,
}


def examples_page() -> dict[str, Any]:
    return {
        "clock": _CLOCK,
        "journey_path": _path(),
        "form": ExampleForm(initial={"rating": 6, "went": "partly"}),
        "unhappy": ExampleForm({"again-rating": "4"}, prefix="again"),
        "moments": _moments(),
        **_acts(),
        **_boxes(),
        **_lines(),
        **_lists(),
    }


def _path() -> Path:
    return Path(
        title="With Ruth Adeyemi",
        kind_label="supervision",
        rooms=(
            PathRoom("environment", "Environment", "#environment", "done"),
            PathRoom("first_meeting", "First meeting", "#first-meeting", "done"),
            PathRoom("sessions", "Sessions", "#sessions", "here", "6 of 10"),
            PathRoom("ending", "Ending", None, "ahead", "in June"),
        ),
        url="#journey",
    )


def _acts() -> dict[str, Any]:
    later = _No("You can close it once both of you have said what you take with you.")
    return {
        "begin": ActionButton("Begin session 6", "#", primary=True, link=True),
        "propose": ActionButton("Propose another time", "#", link=True, icon="calendar-event"),
        "cancel": ActionButton(
            "Cancel this session",
            "#",
            confirm="Ruth is told by email, and the room becomes free again.",
        ),
        "close": ActionButton("Close the session", "#", verdict=later, primary=True),
        "first_need": ActionButton("Write a first need", "#", link=True),
    }


def _boxes() -> dict[str, Any]:
    return {
        "today": WordsBox(
            name="today",
            label="What matters to you today?",
            help="A sentence is enough. Your supervisor reads it before you meet.",
            visibility_line="You and Ruth Adeyemi can read this.",
            text="The letter from the parents. I have put off answering it for nine days.",
            version=3,
            url=reverse("ui:echo"),
        ),
        "own": WordsBox(
            name="own",
            label="My own notes",
            visibility="mine",
            placeholder="Whatever you would like to remember",
            url=reverse("ui:echo"),
        ),
        "kept": WordsBox(
            name="kept",
            label="What you wanted from these meetings",
            text="I want to stop lying awake over decisions already made.\n\nAnd to say no without a speech.",
            by="Tomasz",
            when="4 March",
            readonly=True,
            visibility_line="You and Ruth Adeyemi can read this.",
        ),
    }


def _lines() -> dict[str, Any]:
    days = [date(2025, 3, 4), date(2025, 3, 18), date(2025, 4, 1), date(2025, 4, 22), date(2025, 5, 13)]
    return {
        "sleep": line(list(zip(days, [3, 3, 5, 4, 7], strict=True)), 0, 10, target=8),
        "worry": line([(days[0], 8), (days[-1], 5)], 10, 0, target=3),
        "single": line([(days[0], 4)], 0, 10),
    }


def _moments() -> tuple[Moment, ...]:
    return (
        Moment("Tuesday 27 May, 15:00", "Session 6", "The quiet room, second floor", "#", "next"),
        Moment(
            "13 May",
            "Session 5",
            url="#",
            words="I noticed that I was explaining, not asking.",
            by="Tomasz",
        ),
        Moment("29 April", "Session missed", "Tomasz was ill.", state="missed"),
        Moment("22 April", "Session 4", url="#"),
        Moment("4 March", "First meeting", "Agreement accepted by both", "#"),
    )


def _lists() -> dict[str, Any]:
    tick = ActionButton("Done", "#")
    return {
        "steps": (
            StepLine(
                "Answer the parents' letter, half a page, and read it to Ruth first",
                "open",
                "open",
                "Tomasz",
                "by Friday 30 May",
                "for: saying no without a speech",
                acts=(tick,),
            ),
            StepLine("Ask Dr Farrow about the clinic list", "partly", "partly", "Tomasz", "by 20 May"),
            StepLine("Send the chapter on endings", "done", "done", "Ruth", "13 May"),
        ),
        "readers": (
            Reader("You", "supervisee", "everything shared, and your own notes"),
            Reader("Ruth Adeyemi", "supervisor", "everything shared, never your own notes"),
            Reader("Programme office", "", "that you meet, never a word of it"),
        ),
    }
