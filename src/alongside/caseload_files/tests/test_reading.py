"""Lists as practice systems write them, read as a person would."""

import datetime as dt
from types import SimpleNamespace

import pytest

from alongside.caseload_files.dates import date_of, day_comes_first
from alongside.caseload_files.judging import Chosen, KnownHere, judged, name_of
from alongside.caseload_files.states import Outcome
from alongside.caseload_files.table import LONGEST, Unreadable, table_of, text_of

SERVICE = SimpleNamespace(hidden_kinds=[])
ME = SimpleNamespace(
    id="01", name="Dr Maya Roy", email="maya@example.org", organisation=SERVICE, is_guide=True
)
TODAY = dt.date(2026, 11, 30)
CHOSEN = Chosen("treatment", "", None)


def judge(text, *, known=None, chosen=CHOSEN):
    return judged(table_of(text), me=ME, chosen=chosen, known=known or KnownHere(), today=TODAY)


# --- letters, separators, heads -----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_letters_of_a_file_are_read_however_it_was_saved(encoding):
    assert text_of("Name\nZoë Müller\n".encode(encoding)) == "Name\nZoë Müller\n"


def test_what_is_no_text_is_refused_with_a_sentence():
    with pytest.raises(Unreadable, match="not a text file"):
        text_of(b"PK\x03\x04\x00\x00\x00")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_separator_and_every_end_of_line_is_read(separator):
    text = (
        separator.join(["Name", "Email"]) + "\r\n" + separator.join(['"Silva, Ana"', "a@b.org"]) + "\r\n\r\n"
    )
    (line,) = table_of(text).lines
    assert (line["name"], line["email"], line.number) == ("Silva, Ana", "a@b.org", 2)


def test_a_line_is_named_as_it_stands_in_the_file():
    """A cell over two lines and empty lines move those that follow."""
    table = table_of('Name,Address\nAna,"1 High St\nLeeds"\n\nBen,2\n')
    assert [(line.number, line["name"]) for line in table.lines] == [(2, "Ana"), (5, "Ben")]


@pytest.mark.parametrize(
    ("heads", "cells", "name"),
    [
        ("first_name,last_name,date_of_birth,email", "Ana,Silva,1990-02-03,a@b.org", "Ana Silva"),
        ("First Name,Last Name,Email,Phone,Birth Date", "Ana,Silva,a@b.org,1,1990-02-03", "Ana Silva"),
        (
            "Legal First Name,Legal Last Name,Preferred Name,Status,Primary Clinician",
            "Ana,Silva,Annie,Active,",
            "Annie Silva",
        ),
        ("Given Name;Surname;DOB;Date Added", "Ana;Silva;03/02/1990;2026-01-01", "Ana Silva"),
        ("Client\tE-mail", "Silva, Ana\ta@b.org", "Ana Silva"),
    ],
)
def test_the_columns_of_practice_systems_are_known(heads, cells, name):
    table = table_of(f"{heads}\n{cells}\n")
    assert name_of(table.lines[0]) == name


def test_columns_that_mean_nothing_here_are_named():
    table = table_of("Name,Phone,Date Added\nAna,1,2\n")
    assert table.unused == ("Phone", "Date Added")
    assert [(head, str(meaning)) for head, meaning in table.understood] == [("Name", "name")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  \n\n", "empty"),
        ("Name\n", "Nobody stands in this file"),
        ("Phone,Email\n1,a@b.org\n", "No column of this file is called name"),
        (
            "Name\n" + "Ana\n" * (LONGEST + 1),
            f"There are {LONGEST + 1} lines in this file. At most {LONGEST}",
        ),
        ("Name\n" + "Ana\n" * 50_000, "There are 50000 lines"),
        ('Name\n"' + "a" * 200_000, "cannot be read as a table"),
    ],
)
def test_what_is_no_list_of_people_is_refused_with_a_sentence(text, why):
    with pytest.raises(Unreadable, match=why):
        table_of(text)


# --- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "first"),
    [
        (["03/04/2026", "13/04/2026"], True),
        (["03/04/2026", "04/13/2026"], False),
        (["03/04/2026"], None),
        (["03/03/2026"], True),
        (["2026-04-03", "3.4.2026"], True),
        ([], True),
        (["13/04/2026", "04/13/2026"], True),
    ],
)
def test_any_number_above_twelve_decides_which_one_is_the_day(written, first):
    assert day_comes_first(written) is first


@pytest.mark.parametrize(
    ("written", "day_first", "found"),
    [
        ("03/04/2026", True, dt.date(2026, 4, 3)),
        ("03/04/2026", False, dt.date(2026, 3, 4)),
        ("3.4.2026", False, dt.date(2026, 4, 3)),
        ("2026-04-03", False, dt.date(2026, 4, 3)),
        ("2026-04-03T00:00:00", True, dt.date(2026, 4, 3)),
        ("31/02/2026", True, None),
        ("soon", True, None),
    ],
)
def test_a_date_is_read_in_the_order_of_its_file(written, day_first, found):
    assert date_of(written, day_first=day_first) == found


# --- what becomes of a line ---------------------------------------------------------------------------------


def test_a_line_says_all_of_a_journey_that_is_under_way():
    (line,) = judge(
        "Name,Email,Kind,Template,Meeting number reached,Began on,Planned number,Interval,Minutes\n"
        "Ana Silva,Ana@Example.org,supervision,student-placement,5,2026-09-01,12,weekly,45\n"
    )
    wanted = line.wanted
    assert (wanted.name, wanted.email, wanted.kind, wanted.template) == (
        "Ana Silva",
        "ana@example.org",
        "supervision",
        "student-placement",
    )
    assert (wanted.first_number, wanted.agreed_on) == (6, dt.date(2026, 9, 1))
    assert (wanted.planned, wanted.every_days, wanted.minutes) == (12, 7, 45)


def test_what_a_line_leaves_open_is_as_was_chosen_and_as_the_template_says():
    (line,) = judge("Name\nAna\n")
    assert (line.wanted.kind, line.wanted.first_number, line.wanted.agreed_on) == ("treatment", 1, None)


@pytest.mark.parametrize(
    ("cells", "outcome", "why"),
    [
        ({"Status": "Archived"}, Outcome.LEFT_OUT, "Marked as Archived"),
        ({"Status": "Prospect"}, Outcome.LEFT_OUT, "Marked as Prospect"),
        ({"Status": "active", "Clinician": "dr maya roy"}, Outcome.READY, ""),
        ({"Clinician": "Dr Other"}, Outcome.LEFT_OUT, "only Dr Other can bring them in"),
        ({"Email": "no address"}, Outcome.WRONG, "Email address: "),
        ({"Email": "maya@example.org"}, Outcome.WRONG, "your own address"),
        ({"Kind": "gardening"}, Outcome.WRONG, "“gardening” is no kind"),
        ({"Template": "gardening"}, Outcome.WRONG, "no template of this kind"),
        ({"Interval": "often"}, Outcome.WRONG, "does not say how often you meet"),
        ({"Interval": "14 days"}, Outcome.READY, ""),
        ({"Meeting number reached": "three"}, Outcome.WRONG, "How many times you have met: "),
        ({"Meeting number reached": "3"}, Outcome.WRONG, "does not say when it began"),
        ({"Meeting number reached": "3", "Began on": "soon"}, Outcome.WRONG, "“soon” is no date"),
        ({"Meeting number reached": "3", "Began on": "2027-01-01"}, Outcome.WRONG, "still to come"),
        ({"Meeting number reached": "0", "Began on": "soon"}, Outcome.READY, ""),
    ],
)
def test_each_line_has_one_verdict_with_a_sentence(cells, outcome, why):
    (line,) = judge(f"Name,{','.join(cells)}\nAna,{','.join(cells.values())}\n")
    assert line.outcome == outcome and why in line.sentence and line.number == 2


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("weekly", 7),
        ("Every two weeks", 14),
        ("3 weeks", 21),
        ("every 6 weeks", 42),
        ("31", 28),
        ("monthly", 28),
        ("84 days", 84),
    ],
)
def test_how_often_is_read_as_lists_say_it(said, days):
    (line,) = judge(f"Name,Interval\nAna,{said}\n")
    assert line.wanted.every_days == days


def test_a_line_without_a_name_is_not_understood():
    lines = judge("Name,Email\n,a@b.org\nBen,\n")
    assert [line.outcome for line in lines] == [Outcome.WRONG, Outcome.READY]


def test_without_a_kind_chosen_it_is_asked_for():
    (line,) = judge("Name\nAna\n", chosen=Chosen())
    assert line.outcome == Outcome.WRONG and "choose above" in line.sentence


def test_the_same_person_twice_in_a_file_is_one():
    lines = judge("Name,Email\nAna,ana@b.org\nAna S.,ANA@b.org\n")
    assert [line.outcome for line in lines] == [Outcome.READY, Outcome.KNOWN]
    assert lines[1].sentence == "The same person as on line 2."


def test_two_of_one_name_with_two_birth_dates_are_two():
    lines = judge("Name,DOB\nAna,1990-01-02\nAna,1991-01-02\nana,1990-01-02\n")
    assert [line.outcome for line in lines] == [Outcome.READY, Outcome.READY, Outcome.KNOWN]


def test_who_is_here_already_is_not_begun_again():
    known = KnownHere(
        addresses=frozenset({("treatment", "ana@b.org")}), names=frozenset({("treatment", "ben")})
    )
    lines = judge("Name,Email\nAna,ana@b.org\nBen,\nBen,ben@b.org\n", known=known)
    assert [line.outcome for line in lines] == [Outcome.KNOWN, Outcome.KNOWN, Outcome.READY]
    other_kind = judge("Name,Email,Kind\nAna,ana@b.org,mentoring\n", known=known)
    assert other_kind[0].outcome == Outcome.READY


def test_a_line_brought_in_before_is_known_by_its_mark():
    (line,) = judge("Name,DOB\nAna,1990-01-02\n")
    (again,) = judge("Name,DOB\nAna,1990-01-02\n", known=KnownHere(marks=frozenset({line.wanted.mark})))
    assert again.outcome == Outcome.KNOWN
