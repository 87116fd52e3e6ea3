"""The pages of programmes: who sees what, and that figures are all they show."""

import csv
import io

import pytest
from django.urls import reverse

from alongside.kernel import clock
from alongside.ledger.models import Entry
from alongside.programmes.disclosure import publish_share
from alongside.programmes.figures.catalogue import FIGURES, TODAY
from alongside.programmes.models import Placement, Programme, ProgrammeMember, ProgrammeRole, PublishedCell
from alongside.programmes.pages.figure import stands_out
from alongside.programmes.series import Point
from alongside.programmes.star.months import last_complete, later
from alongside.ui.spreadsheets import harmless

from .factories import agreed, journey, meeting, programme

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Placements",
    "site": "Larkfield",
    "kinds": ["supervision"],
    "begins_on": "2026-01-01",
    "ends_on": "",
    "small_numbers": "opensafely",
}
ACTIVE = (("2026-01-02", "preparing"), ("2026-01-20", "active"))


def last() -> int:
    return last_complete(clock.today("Europe/London"))


def publish(made: Programme, figure: str, *shares: tuple[int | None, int | None], kind: str = "supervision"):
    """Cells of the last months, the latest last."""
    for place, (part, whole) in enumerate(reversed(shares)):
        PublishedCell.objects.create(
            programme=made,
            figure=figure,
            kind=kind,
            month=later(last(), -place),
            numerator=part,
            denominator=whole,
        )


def test_a_lead_without_programmes_is_shown_how_to_begin(cast):
    page = cast.client(cast.lead).get(reverse("programmes:programmes")).content.decode()

    assert "No programme yet" in page and reverse("programmes:add") in page


def test_a_programme_is_added_by_its_form(cast):
    answer = cast.client(cast.lead).post(reverse("programmes:add"), FORM, follow=True)

    made = Programme.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("programmes:programme", args=[made.id])
    assert "There are no figures yet" in answer.content.decode()


def test_bad_input_is_said_and_loses_nothing(cast):
    wrong = {**FORM, "ends_on": "2025-01-01", "templates": ["mentoring/first-year"], "name": "Kept as typed"}
    answer = cast.client(cast.lead).post(reverse("programmes:add"), wrong)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "The end must not be before the beginning." in page and "Kept as typed" in page
    assert not Programme.objects.exists()


def test_an_administrator_sees_people_and_no_figures_and_a_lead_figures_and_no_people(cast):
    made = programme(cast)
    publish(made, "agreement", (20, 30))
    url = reverse("programmes:programme", args=[made.id])

    administrator = cast.client(cast.administrator).get(url).content.decode()
    lead = cast.client(cast.lead).get(url).content.decode()

    assert "Gwen Guide" in administrator and "67%" not in administrator
    assert "67%" in lead and "Gwen Guide" not in lead and "Paul Participant" not in lead


def test_somebody_is_added_by_address_and_removed(cast):
    made = programme(cast)
    client = cast.client(cast.administrator)
    url = reverse("programmes:add_member", args=[made.id])

    unknown = client.post(url, {"email": "nobody@example.org", "role": "guide"})
    without_role = client.post(url, {"email": cast.participant.email, "role": "guide"})
    added = client.post(url, {"email": cast.colleague.email.upper(), "role": "guide"}, follow=True)

    assert unknown.status_code == without_role.status_code == 422
    assert "Colin Colleague" in added.content.decode()
    member = ProgrammeMember.objects.get(person=cast.colleague)
    client.post(reverse("programmes:remove_member", args=[made.id, member.id]))
    member.refresh_from_db()
    assert member.left_at and member.left_by == cast.administrator


def addresses(made: Programme, member: ProgrammeMember) -> dict[str, str]:
    one = [made.id]
    return {
        "programme": reverse("programmes:programme", args=one),
        "change": reverse("programmes:change", args=one),
        "close": reverse("programmes:close", args=one),
        "add_member": reverse("programmes:add_member", args=one),
        "csv": reverse("programmes:csv", args=one),
        "figure": reverse("programmes:figure", args=[made.id, "agreement"]),
        "figure_csv": reverse("programmes:figure_csv", args=[made.id, "agreement"]),
    }


@pytest.mark.parametrize("who", ["stranger", "guide", "participant", "colleague"])
def test_whoever_neither_leads_it_nor_administers_reads_404_at_every_door(cast, who):
    made = programme(cast)
    member = ProgrammeMember.objects.filter(programme=made).first()
    client = cast.client(getattr(cast, who))

    found = {name: client.get(url).status_code for name, url in addresses(made, member).items()}
    found["remove"] = client.post(reverse("programmes:remove_member", args=[made.id, member.id])).status_code

    assert set(found.values()) == {404}, found


def test_another_lead_of_the_organisation_reads_404(cast):
    made = programme(cast)
    ProgrammeMember.objects.filter(programme=made, role=ProgrammeRole.LEAD).update(person=cast.colleague)

    assert cast.client(cast.lead).get(addresses(made, None)["programme"]).status_code == 404


def test_an_administrator_who_does_not_lead_reads_no_figure(cast):
    made = programme(cast)
    client = cast.client(cast.administrator)

    for name in ("figure", "figure_csv", "csv"):
        assert client.get(addresses(made, None)[name]).status_code == 403, name
    assert client.get(reverse("programmes:together", args=["agreement"])).status_code == 403


def test_figures_that_are_taken_along_are_recorded_each_time(cast):
    made = programme(cast)
    for name in ("csv", "figure_csv"):
        assert cast.client(cast.lead).get(addresses(made, None)[name]).status_code == 200
    cast.client(cast.lead).get(addresses(made, None)["programme"])

    taken = Entry.objects.filter(event="copy.taken").order_by("id")
    assert [(each.person_id, each.detail["door"], each.journey_id) for each in taken] == [
        (cast.lead.id, "programmes:csv", None),
        (cast.lead.id, "programmes:figure_csv", None),
    ]


def test_a_lead_names_nobody(cast):
    made = programme(cast)
    member = ProgrammeMember.objects.filter(programme=made).first()
    client = cast.client(cast.lead)

    assert client.get(addresses(made, None)["add_member"]).status_code == 403
    url = reverse("programmes:remove_member", args=[made.id, member.id])
    assert (client.post(url).status_code, client.get(url).status_code) == (403, 405)


def test_a_closed_programme_is_changed_no_more_and_keeps_its_figures(cast):
    made = programme(cast)
    publish(made, "agreement", (20, 30))
    client = cast.client(cast.lead)

    client.post(addresses(made, None)["close"], {"go_on_in": ""})

    page = client.get(addresses(made, None)["programme"]).content.decode()
    assert "This programme is closed" in page and "67%" in page
    assert client.get(addresses(made, None)["change"]).status_code == 409


def test_today_shows_a_lead_the_six_figures(cast):
    made = programme(cast)
    for figure in TODAY:
        publish(made, figure, (10, 25), (20, 25))

    page = cast.client(cast.lead).get("/").content.decode()

    for figure in TODAY:
        assert str(FIGURES[figure].name) in page
        assert reverse("programmes:figure", args=[made.id, figure]) in page
    assert page.count("80%") >= 6 and "Nothing here yet" not in page


def test_today_of_several_programmes_adds_up_what_is_shown(cast):
    first, second = programme(cast), programme(cast, name="Second", site="Stonebridge")
    publish(first, "agreement", (20, 40))
    publish(second, "agreement", (50, 60))

    page = cast.client(cast.lead).get("/").content.decode()

    assert "70% of about 100" in page
    assert reverse("programmes:together", args=["agreement"]) in page
    assert reverse("programmes:programme", args=[second.id]) in page


def test_a_programme_of_three_says_why_nothing_is_shown(cast):
    made = programme(cast)
    for figure in TODAY:
        publish(made, figure, (None, None))

    page = cast.client(cast.lead).get("/").content.decode()

    assert page.count("Too few to show. Small numbers are hidden") == 6


def test_a_figure_says_what_it_counts_of_what_and_how_sure_it_is(cast):
    made = programme(cast)
    publish(made, "agreement", *[(20 + 5 * (month % 3), 50) for month in range(14)], (None, None), (50, 60))

    page = cast.client(cast.lead).get(addresses(made, None)["figure"]).content.decode()

    figure = FIGURES["agreement"]
    assert str(figure.counted) in page and str(figure.of) in page
    assert "the true share is likely to lie between" in page
    assert "hidden" in page and "<svg" in page and "The same as a table" in page


def test_months_in_a_row_that_stand_out_are_said_in_one_line():
    known = [Point(202601 + place, "shown", 50, 25) for place in range(6)]
    told = stands_out(known, {0: "shift", 1: "shift", 2: "shift", 4: "outside", 5: "shift"})

    assert [each.month for each in told] == ["January 2026 to March 2026", "May 2026", "June 2026"]
    assert told[1].word == "outside the limits"


ENGLAND = {
    # 2024-25 as NHS England published it: part, whole, per cent
    "tt_recovery": (321_061, 670_419 - 35_234, "50.5%"),
    "tt_reliable_recovery": (301_815, 670_419 - 35_234, "47.5%"),
    "tt_improvement": (452_284, 670_419, "67.5%"),
    "tt_deterioration": (39_157, 670_419, "5.8%"),
}


@pytest.mark.parametrize("figure", ENGLAND)
def test_england_as_a_programme_reads_as_it_was_published(cast, figure):
    part, whole, percent = ENGLAND[figure]
    made = programme(cast, kinds=["treatment"])
    publish(made, figure, tuple(publish_share(part, whole)), kind="treatment")

    url = reverse("programmes:figure", args=[made.id, figure])
    page = cast.client(cast.lead).get(url).content.decode()

    assert f'<span class="figure-value">{percent}</span>' in page
    assert f"NHS England publishes it as {FIGURES[figure].code}" in page


def test_figures_with_nothing_to_count_are_named_in_one_sentence(cast):
    made = programme(cast)
    publish(made, "agreement", (20, 30))

    page = cast.client(cast.lead).get(addresses(made, None)["programme"]).content.decode()

    assert "Nothing to count in these months: First meeting within 28 days, " in page
    assert page.count('class="figure-line"') == 1


def test_programmes_and_sites_are_laid_beside_each_other_and_no_guide_is(cast):
    for number, (name, site) in enumerate((("A", "North"), ("B", "North"), ("C", "South"))):
        publish(programme(cast, name=name, site=site), "agreement", (20 + 10 * number, 60))
    small = programme(cast, name="Small", site="South")
    publish(small, "agreement", (10, 15))

    url = reverse("programmes:figure", args=[small.id, "agreement"])
    page = cast.client(cast.lead).get(url).content.decode()

    assert "Your programmes beside each other" in page and "Sites beside each other" in page
    assert "Gwen" not in page
    table = page[page.index("Your programmes beside each other") :]
    # 15 is fewer than twenty: no point
    assert table.count('<th scope="row">') == 3 + 2


def test_a_figure_nobody_knows_reads_404(cast):
    made = programme(cast)
    client = cast.client(cast.lead)

    assert client.get(reverse("programmes:figure", args=[made.id, "secrets"])).status_code == 404
    assert client.get(reverse("programmes:together", args=["secrets"])).status_code == 404


def test_the_file_holds_what_is_shown_and_no_formula(cast):
    made = programme(cast, name="=HYPERLINK(1)")
    publish(made, "agreement", (None, None), (20, 40))
    answer = cast.client(cast.lead).get(addresses(made, None)["csv"])

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert rows[1][0] == "'=HYPERLINK(1)"
    assert [row[4:] for row in rows[1:]] == [["not shown", "hidden"], ["50", "40"]]
    assert (
        "Placements" not in answer["Content-Disposition"] and answer["Cache-Control"] == "no-store, private"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_made_a_text(text):
    assert harmless(text).startswith("'")
    assert harmless("Larkfield") == "Larkfield"


def test_a_guide_sees_their_own_coverage_exactly(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)
    meeting(cast, one, "2026-02-03")
    agreed(one, cast.guide, "2026-01-20")
    own = reverse("programmes:own")

    page = cast.client(cast.guide).get(own).content.decode()

    assert "1 of 1" in page and "Agreement in place" in page
    assert "Paul" not in page
    nobody = cast.client(cast.colleague).get(own).content.decode()
    assert "There is nothing to count yet" in nobody
    assert cast.client(cast.lead).get(own).status_code == 403


def test_the_guide_says_to_which_programme_a_journey_belongs(cast):
    made, other = programme(cast), programme(cast, name="Other")
    one = journey(cast, "2026-01-02", *ACTIVE, within=made)
    url = reverse("journey_programme:placement", args=[one.id])
    client = cast.client(cast.guide)

    assert "This belongs to Placements." in client.get(url).content.decode()
    moved = client.post(url, {"programme": str(other.id)}, follow=True).content.decode()

    assert "This belongs to Other." in moved and "Placements, since" in moved
    assert cast.client(cast.participant).get(url).status_code == 403
    assert cast.client(cast.colleague).get(url).status_code == 404
    assert client.post(url, {"programme": "nonsense"}).status_code == 422


def test_a_guide_who_is_no_member_keeps_the_journey_where_it_is(cast):
    made = programme(cast)
    one = journey(cast, "2026-01-02", *ACTIVE, within=made)
    ProgrammeMember.objects.filter(person=cast.guide).update(left_at=clock.now(), left_by=cast.administrator)
    url = reverse("journey_programme:placement", args=[one.id])
    client = cast.client(cast.guide)

    assert f'<option value="{made.id}" selected' in client.get(url).content.decode()
    kept = client.post(url, {"programme": str(made.id)}, follow=True).content.decode()
    assert "This belongs to Placements." in kept
    assert Placement.objects.count() == 1, "what stays as it is is not written again"

    client.post(url, {"programme": ""})
    client.post(url, {"programme": ""})
    assert Placement.objects.count() == 2
    assert client.post(url, {"programme": str(made.id)}).status_code == 422


def test_a_journey_whose_programme_is_closed_can_be_left_there(cast):
    made = programme(cast)
    one = journey(cast, "2026-01-02", *ACTIVE, ("2026-03-01", "completed"), within=made)
    Programme.objects.filter(id=made.id).update(closed_at=clock.now(), closed_by=cast.lead)
    url = reverse("journey_programme:placement", args=[one.id])

    assert cast.client(cast.guide).post(url, {"programme": str(made.id)}).status_code == 302
    assert Placement.objects.count() == 1


@pytest.mark.parametrize("programmes", [1, 3])
def test_the_pages_ask_no_more_for_more_programmes(cast, programmes, django_assert_max_num_queries):
    for number in range(programmes):
        made = programme(cast, name=f"Programme {number}")
        for figure in TODAY:
            publish(made, figure, (20, 40))
    client = cast.client(cast.lead)
    client.get("/")

    with django_assert_max_num_queries(12):
        client.get("/")
    with django_assert_max_num_queries(9):
        client.get(reverse("programmes:figure", args=[made.id, "agreement"]))
