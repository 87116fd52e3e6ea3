"""The promise: each kind of words is read by whom the table says, from the moment it says, and by nobody else.

One journey is told from before its first meeting until after its end. At each moment everybody with a part in it walks
through every page they can reach from their own first one, what is printed and taken away included; what they have read
must be exactly what the table says. A new place to write, or a new sealed column, fails here until it is in a table.
"""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.apps import apps

import alongside
from alongside.journeys import visibility
from alongside.journeys.actions import let_person_leave, name_person
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import JourneyMember, JourneyStateRecord, Visibility, Words
from alongside.journeys.queries import seat_for
from alongside.journeys.states import JourneyState, Part
from alongside.kernel import clock
from alongside.kernel.encryption import SealedTextField
from alongside.people.models import Person
from tests.cast import ON_THE_WAY, person
from tests.reading_round import reads

from .who_reads import MOMENTS, NOT_SHOWN, TABLE, mark, readers
from .who_reads_columns import BOXES, COLUMNS, ELSEWHERE
from .who_reads_story import Told

pytestmark = pytest.mark.django_db

WHO = {"G": "guide", "P": "participant", "C": "colleague", "S": "supporter"}


LOOKED_AT = {
    "treatment": MOMENTS,
    # what holds for one kind holds for all; where words open or close, the others are looked at, too
    "supervision": ("sent", "closed", "over"),
    "mentoring": ("preparing", "in error", "shown"),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_of_words_is_read_by_whom_the_table_says_at_every_moment(cast, kind):
    told = Told(cast, cast.journey(kind, state="preparing"))
    for moment in MOMENTS:
        told.comes_to(moment)
        if moment not in LOOKED_AT[kind]:
            continue
        for letter, role in WHO.items():
            if not seat_for(getattr(cast, role), journey_id=told.journey.id):
                continue
            found: dict[str, str] = {}
            for path, text in reads(cast.client(getattr(cast, role)), told.journey):
                found |= {what: path for what in TABLE if mark(what).encode() in text and what not in found}
            may = {what for what in TABLE if letter in readers(what, moment)}
            more = {what: path for what, path in found.items() if what not in may}
            assert not more, f"{moment}: {role} reads {more}"
            due = {what for what in may if letter not in NOT_SHOWN.get(what, "")}
            assert due <= found.keys(), f"{moment}: {role} finds nowhere {due - found.keys()}"


# --- the labels by themselves ----------------------------------------------------------------------------------

READERS = ("guide", "participant", "covering", "supporter", "assessor", "co-guide", "interpreter")
NOBODY = ("covered before", "covers later", "left", "colleague", "lead", "administrator", "stranger")
LABELS: dict[tuple[str, str], set[str]] = {
    # label and author (or for whom it is marked): who reads it
    ("mine", "guide"): {"guide"},
    ("mine", "participant"): {"participant"},
    ("mine", "covering"): {"covering"},
    ("mine", "supporter"): {"supporter"},
    ("ours", ""): {"guide", "participant", "covering"},
    ("ours", "guide"): {"guide", "participant", "covering"},
    ("ours", "participant"): {"guide", "participant", "covering"},
    ("named", "supporter"): {"guide", "participant", "covering", "supporter"},
    ("named", "assessor"): {"guide", "participant", "covering", "assessor"},
    ("named", "co-guide"): {"guide", "participant", "covering", "co-guide"},
    ("named", "interpreter"): {"guide", "participant", "covering", "interpreter"},
    ("named", ""): {"guide", "participant", "covering"},
    # entered in error, it is read by nobody, its author included
    ("mine in error", "participant"): set(),
    ("ours in error", ""): set(),
    ("named in error", "supporter"): set(),
}


STATES = [JourneyState(state) for state in ON_THE_WAY["completed"]] + [
    JourneyState.PAUSED,
    JourneyState.ENDED_EARLY,
]


def gathered(cast, journey) -> dict[str, Person]:
    """Everybody there could be, in and around one journey."""
    guide = cast.seat(cast.guide, journey)
    here = ("guide", "participant", "supporter", "colleague", "lead", "administrator", "stranger")
    everybody = {name: getattr(cast, name) for name in here}
    for name, part in (
        ("assessor", Part.ASSESSOR),
        ("interpreter", Part.INTERPRETER),
        ("co-guide", Part.CO_GUIDE),
        ("left", Part.SUPPORTER),
    ):
        everybody[name] = person(cast.organisation, f"{name.title()} Named", is_guide=True)
        name_person(person=everybody[name], part=part, by=guide)
    left = next(each for each in cast.seat(cast.guide, journey).members if each.name == "Left Named")
    let_person_leave(member=JourneyMember.objects.get(id=left.id), by=guide)
    today = clock.today("Europe/London")
    for name, days in (("covered before", -9), ("covering", 0), ("covers later", 9)):
        everybody[name] = person(cast.organisation, f"{name.replace(' ', '').title()} Guide", is_guide=True)
        on = today + dt.timedelta(days=days)
        with clock.at(clock.now() + dt.timedelta(days=min(days, 0))):
            name_cover(person=everybody[name], days=Days(on, on), by=guide)
    return everybody


def labelled(journey, label: str, author: str, everybody: dict[str, Person]) -> Words:
    visibility_, _, error = label.partition(" ")
    mine = visibility_ == "mine" or (author and visibility_ == "ours")
    row = Words.objects.create(
        journey=journey,
        place="a place",
        subject_id=journey.id,
        box=f"{label} {author}",
        visibility=Visibility(visibility_),
        author=everybody[author] if mine else None,
        text="words",
        entered_in_error_at=clock.now() if error else None,
        entered_in_error_by=everybody["participant"] if error else None,
    )
    if visibility_ == "named" and author:
        row.named_for.add(JourneyMember.objects.get(journey=journey, person=everybody[author]))
    return row


def test_a_label_is_read_by_those_the_table_names_in_every_state(cast):
    """One decision, written in four ways: for one at hand, for a query, for many journeys at once, for earlier versions."""
    journey = cast.journey(state="draft")
    everybody = gathered(cast, journey)
    assert set(everybody) == {*READERS, *NOBODY}
    rows = {key: labelled(journey, *key, everybody) for key in LABELS}
    for state in STATES:
        JourneyStateRecord.objects.create(journey=journey, state=state, by=cast.guide)
        for name, who in everybody.items():
            here = seat_for(who, journey_id=journey.id)
            assert bool(here) == (name in READERS), f"{name} while {state}"
            if here is None:
                continue
            seat = here[0]
            due = {rows[key].id for key, may in LABELS.items() if name in may}
            one = Words.objects.filter(visibility.readable(seat)).values_list("id", flat=True)
            many = Words.objects.filter(visibility.readable_across([seat])).values_list("id", flat=True)
            held = {row.id for row in Words.objects.all() if visibility.may_read(seat, row)}
            assert set(one) == set(many) == held == due, f"{name} while {state}"
            _the_line_names_them_all(seat, name, everybody)


def _the_line_names_them_all(seat, name: str, everybody: dict[str, Person]) -> None:
    """What is said at a box: the very people the table names, whoever looks at it."""
    for (label, author), may in LABELS.items():
        if "error" in label or (label == "mine" and author != name):
            continue
        marked = [member.id for member in seat.members if author and member.person == everybody[author]]
        said = visibility.readers(seat, label, named_for=marked if label == "named" else ())
        assert {each.person.id for each in said} == {everybody[each].id for each in may}, (label, author)
        line = visibility.sentence(seat, label, named_for=marked if label == "named" else ())
        unnamed = [each for each in said if each.name not in line and each.person.id != seat.actor.id]
        assert not unnamed, f"{name}: {line}"


def test_one_person_at_two_tables_reads_at_each_what_is_theirs_there(cast):
    """Guide here, participant there: what both see of the one journey is not seen from the other."""
    here, there = cast.journey(), cast.journey(kind="mentoring")
    for journey in (here, there):
        for label, author in (("mine", cast.guide), ("mine", cast.participant), ("ours", None)):
            box = f"{label} {author}"
            Words.objects.create(
                journey=journey, place="a", subject_id=journey.id, box=box, visibility=label, author=author
            )
    for who in (cast.guide, cast.participant, cast.supporter):
        seats = [cast.seat(who, journey) for journey in (here, there)]
        across = set(Words.objects.filter(visibility.readable_across(seats)).values_list("id", flat=True))
        each = {
            row
            for seat in seats
            for row in Words.objects.filter(visibility.readable(seat)).values_list("id", flat=True)
        }
        assert across == each


# --- nothing is left out ---------------------------------------------------------------------------------------


def test_every_sealed_column_is_in_the_table():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedTextField)
    }
    known = COLUMNS.keys() | ELSEWHERE.keys()
    assert not found - known, f"say in who_reads_columns.py who reads {sorted(found - known)}"
    assert not known - found, f"these are no more: {sorted(known - found)}"
    assert not COLUMNS.keys() & ELSEWHERE.keys()
    held = {kind for kinds in COLUMNS.values() for kind in kinds}
    assert held == TABLE.keys()


def test_every_column_holds_the_words_the_table_says(cast):
    """The story is told once, and each kind of words is looked for where it is said to lie."""
    told = Told(cast, cast.journey(state="preparing"))
    told.whole()
    for column, kinds in COLUMNS.items():
        label, name = column.rsplit(".", 1)
        # also the rows that the product itself no longer looks at
        lies = "\n".join(str(getattr(row, name)) for row in apps.get_model(label)._base_manager.all())
        missing = [kind for kind in kinds if mark(kind) not in lies]
        assert not missing, f"{column} does not hold {missing}"


def test_every_box_is_made_where_it_is_known_who_reads_it():
    """A function that makes a box and is not in the list fails here, so that its words get into the story."""
    root = Path(alongside.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        if "tests" in path.parts:
            continue
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and _makes_a_box(function):
                found.add(f"{module}.{function.name}")
    assert found == BOXES.keys()


def _makes_a_box(function: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(isinstance(called, ast.Name) and called.id == "Box" for called in calls)
