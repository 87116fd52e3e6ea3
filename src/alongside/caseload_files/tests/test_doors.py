"""A list is chosen, looked at, brought in once, and undone for a day."""

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.caseload_files import actions, pages
from alongside.caseload_files.models import BroughtIn, CaseloadFile
from alongside.caseload_files.queries import KEPT_FOR
from alongside.caseload_files.tasks import forget_lists
from alongside.journeys.actions import invite_participant
from alongside.journeys.models import Journey
from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people.models import FailedEmail, Organisation, Person
from alongside.rooms.first_meeting.models import AgreementVersion

START = reverse("caseload_files:start")
LIST = (
    "First name,Last name,Email,Meeting number reached,Began on,Phone\n"
    "Ana,Silva,ana@example.org,3,2026-03-31,1\n"
    "Ben,Okafor,,,,\n"
    ",,nobody@example.org,,,\n"
)


def upload(client, content=LIST, name="list.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(START, {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def guide(cast):
    return cast.client(cast.guide)


@pytest.fixture
def looked_at(guide):
    """The address of a list that was chosen, with its kind said."""
    address = upload(guide)["Location"]
    assert guide.post(address, {"begun": f"treatment/{template_of()}"}).status_code == 302
    return address


def template_of(kind="treatment"):
    from alongside.journeys.kinds import KINDS

    return KINDS[kind].templates[0].slug


@pytest.fixture
def brought_in(guide, looked_at):
    assert guide.post(f"{looked_at}bring-in/").status_code == 302
    return looked_at


def test_the_way_is_shown_where_a_journey_is_begun(guide):
    assert START in guide.get(reverse("overview:begin")).content.decode()


def test_before_anything_is_begun_it_is_read_back_in_words(guide, looked_at):
    page = guide.get(looked_at).content.decode()
    assert "2 people can be brought in" in page and "Nothing has been begun yet." in page
    assert "Ana Silva" in page and "You have met 3 times, since 31 March 2026." in page
    assert "Line 4." in page and "Not understood" in page
    assert "Left alone: Phone" in page
    assert Journey.objects.count() == 0 and Person.objects.filter(user=None).count() == 0


def test_what_the_file_leaves_open_is_asked_and_a_mistake_loses_nothing(guide):
    address = upload(guide, "Name,Meetings held,Began on\nAna,2,03/04/2026\n")["Location"]
    page = guide.get(address).content.decode()
    assert 'name="begun"' in page and 'name="order"' in page and "0 people can be brought in" in page
    answer = guide.post(address, {"begun": f"treatment/{template_of()}"})
    assert answer.status_code == 422 and "Please choose one." in answer.content.decode()
    guide.post(address, {"begun": f"treatment/{template_of()}", "order": "month"})
    assert "since 4 March 2026" in guide.get(address).content.decode()


@pytest.mark.without_ledger("caseload_files.actions.keep_file")
def test_a_file_that_says_everything_asks_nothing(guide):
    address = upload(guide, "Name,Kind\nAna,mentoring\n")["Location"]
    page = guide.get(address).content.decode()
    assert 'name="begun"' not in page and "Bring in 1 person" in page


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (LIST, "list.xlsx", "does not end in .csv"),
        (b"PK\x00\x00", "list.csv", "not a text file"),
        ("Phone\n1\n", "list.csv", "No column of this file is called name"),
        ("Name\n" + "A\n" * 400, "list.csv", "At most 300"),
    ],
)
def test_a_file_that_is_no_list_is_said_at_the_form(guide, content, name, why):
    answer = upload(guide, content, name)
    assert answer.status_code == 422 and why in answer.content.decode()
    assert CaseloadFile.objects.count() == 0


def test_each_line_begins_a_journey_and_nobody_is_written_to(cast, guide, brought_in):
    first, second = BroughtIn.objects.select_related("journey").order_by("line")
    ana, ben = (cast.seat(cast.guide, one.journey) for one in (first, second))
    assert (ana.participant.name, ana.participant.person.email, ana.journey.first_number) == (
        "Ana Silva",
        "ana@example.org",
        4,
    )
    assert (str(ana.state), str(ben.state)) == ("active", "draft")
    agreed = AgreementVersion.objects.get(journey=ana.journey)
    assert agreed.made_elsewhere_on == dt.date(2026, 3, 31)
    assert mail.outbox == []
    page = guide.get(brought_in).content.decode()
    assert "2 people are here now" in page and "No one has been invited yet." in page and "Undo" in page
    assert str(CaseloadFile.objects.get().content) == ""


def test_doing_it_twice_changes_nothing(cast, guide, brought_in):
    assert guide.post(f"{brought_in}bring-in/").status_code == 409
    again = upload(guide)["Location"]
    guide.post(again, {"begun": f"treatment/{template_of()}"})
    page = guide.get(again).content.decode()
    assert "Already here" in page and "0 people can be brought in" in page
    assert guide.post(f"{again}bring-in/").status_code == 409
    assert Journey.objects.count() == 2


def test_undone_it_is_as_if_it_had_not_been(cast, guide, brought_in):
    assert guide.post(f"{brought_in}undo/").status_code == 302
    assert (Journey.objects.count(), BroughtIn.objects.count(), AgreementVersion.objects.count()) == (0, 0, 0)
    assert not Person.objects.filter(email="ana@example.org").exists()
    assert Entry.objects.get(event="caseload_file.undone").detail == {"journeys": 2, "kept": 0}
    assert "This list was undone" in guide.get(brought_in).content.decode()
    assert guide.post(f"{brought_in}undo/").status_code == 409
    again = upload(guide)["Location"]
    guide.post(again, {"begun": f"treatment/{template_of()}"})
    assert "2 people can be brought in" in guide.get(again).content.decode()


def test_what_somebody_has_used_since_stays(cast, guide, brought_in):
    first = BroughtIn.objects.select_related("journey").order_by("line").first()
    invite_participant(by=cast.seat(cast.guide, first.journey))
    page = guide.post(f"{brought_in}undo/", follow=True).content.decode()
    assert "1 person was removed again." in page and "1 stays" in page
    assert Journey.objects.get().id == first.journey_id


@pytest.mark.without_ledger("caseload_files.actions.undo")
def test_what_something_else_speaks_of_stays_whole(cast, guide, brought_in):
    """Nothing was done in the journey, but the person cannot be taken away any more."""
    ana = Person.objects.get(email="ana@example.org")
    FailedEmail.objects.create(person=ana, kind="journey")
    page = guide.post(f"{brought_in}undo/", follow=True).content.decode()
    assert "1 person was removed again." in page and "1 stays" in page
    seat = cast.seat(cast.guide, Journey.objects.get())
    assert seat.participant.person == ana and str(seat.state) == "active"
    assert AgreementVersion.objects.count() == BroughtIn.objects.count() == 1


def test_after_a_day_it_can_no_longer_be_undone(guide, brought_in):
    with clock_at(now() + KEPT_FOR):
        page = guide.get(brought_in)
        assert page.status_code == 404 or "Undo" not in page.content.decode()
        assert guide.post(f"{brought_in}undo/").status_code in (404, 409)
        assert brought_in not in guide.get(START).content.decode()
    assert brought_in in guide.get(START).content.decode()


def test_a_list_nobody_brought_in_goes_after_a_day(guide, looked_at):
    forget_lists.func()
    assert CaseloadFile.objects.count() == 1
    with clock_at(now() + KEPT_FOR):
        forget_lists.func()
    assert CaseloadFile.objects.count() == 0


def test_the_doors_of_a_list(cast, looked_at):
    for who in (cast.colleague, cast.stranger):
        client = cast.client(who)
        assert client.get(looked_at).status_code == 404
        for act in ("bring-in", "undo"):
            assert client.post(f"{looked_at}{act}/").status_code == 404
    assert cast.client(cast.participant).get(START).status_code == 403
    guide = cast.client(cast.guide)
    for act in ("bring-in", "undo"):
        assert guide.get(f"{looked_at}{act}/").status_code == 405
    assert guide.post(f"{looked_at}undo/").status_code == 409


@pytest.mark.without_ledger("caseload_files.actions.bring_in")
def test_a_kind_the_organisation_does_not_use_is_said_at_its_line_and_the_others_come_in(cast, guide):
    Organisation.objects.filter(id=cast.organisation.id).update(hidden_kinds=["treatment"])
    address = upload(guide, "Name,Kind\nAna,treatment\nBen,mentoring\n")["Location"]
    page = guide.get(address).content.decode()
    assert "1 person can be brought in" in page and "does not use this kind" in page
    assert guide.post(f"{address}bring-in/").status_code == 302
    assert [one.kind for one in Journey.objects.all()] == ["mentoring"]
    unsaid = guide.get(upload(guide, "Name\nCy\n")["Location"]).content.decode()
    assert 'value="mentoring/' in unsaid and 'value="treatment/' not in unsaid


def test_the_example_can_be_brought_in_as_it_is(guide):
    example = guide.get(reverse("caseload_files:example"))
    assert example["Content-Disposition"] == 'attachment; filename="example.csv"'
    address = upload(guide, example.content)["Location"]
    assert f"{len(pages.EXAMPLE) - 1} people can be brought in" in guide.get(address).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(guide, django_assert_max_num_queries, many):
    text = "Name,Kind\n" + "".join(f"Person {n},treatment\n" for n in range(many))
    address = upload(guide, text)["Location"]
    guide.get(address)
    with django_assert_max_num_queries(9):
        guide.get(address)
    guide.post(f"{address}bring-in/")
    guide.get(address)
    with django_assert_max_num_queries(9):
        guide.get(address)


def test_only_who_begins_journeys_brings_in(cast):
    with pytest.raises(Refused):
        actions.keep_file(content=LIST, by=cast.participant)
