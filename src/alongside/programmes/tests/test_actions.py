"""What is done with programmes: the change, the record of it, and that neither is without the other."""

import datetime as dt

import pytest

from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.overview.actions import set_up_journey
from alongside.programmes import actions, queries
from alongside.programmes.models import Placement, ProgrammeMember, ProgrammeRole

from .factories import details, journey, programme, seat

pytestmark = pytest.mark.django_db
ACTIVE = (("2026-01-02", "preparing"), ("2026-01-20", "active"))


def events() -> list[str]:
    return list(Entry.objects.values_list("event", flat=True))


@pytest.mark.without_ledger("programmes.actions.add_programme")
def test_a_lead_adds_a_programme_and_leads_it(cast):
    made = actions.add_programme(details=details(name="  Placements\n2026 "), by=cast.lead)

    assert str(made.name) == "Placements 2026"
    assert queries.programmes_led_by(cast.lead) == [made]
    assert "programme.added" in events()


def test_an_administrator_adds_a_programme_that_nobody_leads_yet(cast):
    made = actions.add_programme(details=details(), by=cast.administrator)

    assert queries.programmes_for(cast.administrator) == [made]
    assert not ProgrammeMember.objects.filter(programme=made).exists()
    assert queries.programmes_for(cast.lead) == []


@pytest.mark.parametrize("who", ["guide", "participant", "colleague"])
def test_nobody_else_adds_one(cast, who):
    with pytest.raises(Refused):
        actions.add_programme(details=details(), by=getattr(cast, who))


@pytest.mark.without_ledger("programmes.actions.change_programme")
def test_a_programme_is_changed(cast):
    made = programme(cast)
    changed = details(
        name="Placements in the city",
        ends_on=dt.date(2027, 1, 1),
        templates=["supervision/student-placement"],
    )
    actions.change_programme(details=changed, programme=seat(cast.lead, made), by=cast.lead)

    made.refresh_from_db()
    assert (str(made.name), made.ends_on) == ("Placements in the city", dt.date(2027, 1, 1))
    assert made.takes("supervision", "student-placement") and not made.takes(
        "supervision", "clinical-supervision"
    )
    assert "programme.changed" in events()


@pytest.mark.without_ledger("programmes.actions.close_programme")
def test_closing_moves_the_open_journeys_on_and_leaves_the_ended_ones(cast):
    closing, other = programme(cast), programme(cast, name="Next year")
    goes_on = journey(cast, "2026-01-02", *ACTIVE, within=closing)
    is_over = journey(cast, "2026-01-02", *ACTIVE, ("2026-02-01", "completed"), within=closing)

    actions.close_programme(programme=seat(cast.lead, closing), go_on_in=other, by=cast.lead)

    closing.refresh_from_db()
    assert closing.closed_at and closing.closed_by == cast.lead
    latest = {row.journey_id: row.programme_id for row in Placement.objects.order_by("created_at", "id")}
    assert latest == {goes_on.id: other.id, is_over.id: closing.id}
    with pytest.raises(Refused):
        actions.close_programme(programme=seat(cast.lead, closing), go_on_in=None, by=cast.lead)


def test_closing_moves_those_on_that_belong_there_by_the_one_they_follow(cast):
    closing, other = programme(cast), programme(cast, name="Next year")
    handed_on = journey(cast, "2026-01-02", *ACTIVE, ("2026-02-01", "transferred"), within=closing)
    follower = journey(cast, "2026-02-01", *ACTIVE, ("2026-03-01", "transferred"), follows=handed_on)
    last = journey(cast, "2026-03-01", *ACTIVE, follows=follower)
    elsewhere = journey(cast, "2026-03-01", *ACTIVE, follows=handed_on, within=other)
    nowhere = journey(cast, "2026-03-01", *ACTIVE, follows=handed_on)
    Placement.objects.create(journey=nowhere, programme=None, by=cast.guide)
    apart = journey(cast, "2026-03-01", *ACTIVE)

    assert queries.journeys_in(closing) == [last]
    actions.close_programme(programme=seat(cast.lead, closing), go_on_in=other, by=cast.lead)

    belongs = [
        queries.programme_of(cast.seat(cast.guide, each)) for each in (last, elsewhere, nowhere, apart)
    ]
    assert belongs == [other, other, None, None]
    assert queries.journeys_in(closing) == []
    assert {row.journey_id for row in Placement.objects.filter(programme=other)} == {last.id, elsewhere.id}


def test_journeys_do_not_go_on_in_a_programme_of_elsewhere_or_in_a_closed_one(cast):
    closing = programme(cast)
    elsewhere = actions.add_programme(details=details(), by=cast.stranger)
    for wrong in (elsewhere, closing):
        with pytest.raises(Refused):
            actions.close_programme(programme=seat(cast.lead, closing), go_on_in=wrong, by=cast.lead)


@pytest.mark.without_ledger("programmes.actions.name_member")
def test_only_an_administrator_names_people_and_only_those_with_the_role(cast):
    made = programme(cast)
    with pytest.raises(Refused):
        actions.name_member(
            programme=seat(cast.lead, made), person=cast.colleague, role=ProgrammeRole.GUIDE, by=cast.lead
        )
    as_administrator = seat(cast.administrator, made)
    for person, role in (
        (cast.guide, ProgrammeRole.LEAD),
        (cast.participant, ProgrammeRole.GUIDE),
        (cast.stranger, ProgrammeRole.GUIDE),
    ):
        with pytest.raises(Refused):
            actions.name_member(programme=as_administrator, person=person, role=role, by=cast.administrator)

    twice = [
        actions.name_member(
            programme=as_administrator,
            person=cast.participant,
            role=ProgrammeRole.PARTICIPANT,
            by=cast.administrator,
        )
        for _time in range(2)
    ]

    assert twice[0] == twice[1]


@pytest.mark.without_ledger("programmes.actions.remove_member")
def test_somebody_removed_no_longer_leads(cast):
    made = programme(cast)
    member = ProgrammeMember.objects.get(programme=made, person=cast.lead)

    actions.remove_member(programme=seat(cast.administrator, made), member=member, by=cast.administrator)

    assert queries.programmes_led_by(cast.lead) == []
    assert queries.programme_for(cast.lead, programme_id=made.id) is None


def begin(cast, **more):
    facts = {
        "participant": None,
        "name": "Nora New",
        "email": "",
        "time_zone": "Europe/London",
        "kind": "supervision",
        "template": "student-placement",
        "title": "",
        "meeting_minutes": 60,
        "every_days": 14,
        "planned_meetings": 8,
    }
    return set_up_journey(**{**facts, **more}, by=cast.guide)


def test_a_new_journey_belongs_to_the_only_programme_that_takes_it(cast):
    made = programme(cast)
    programme(cast, name="Elsewhere", kinds=["mentoring"])

    begun = begin(cast)

    assert queries.programme_of(cast.seat(cast.guide, begun)) == made


def test_with_several_programmes_the_one_that_was_chosen_counts(cast):
    programme(cast)
    other = programme(cast, name="Other")

    assert queries.programme_of(cast.seat(cast.guide, begin(cast, programme_id=other.id))) == other
    assert queries.programme_of(cast.seat(cast.guide, begin(cast))) is None


@pytest.mark.without_ledger("programmes.actions.place_journey")
def test_the_guide_moves_a_journey_and_nobody_else(cast):
    made, other = programme(cast), programme(cast, name="Other")
    one = journey(cast, "2026-01-02", *ACTIVE, within=made)

    actions.place_journey(programme=other, by=cast.seat(cast.guide, one))

    assert queries.programme_of(cast.seat(cast.guide, one)) == other
    assert "journey.placed_in_programme" in events()
    with pytest.raises(Refused):
        actions.place_journey(programme=made, by=cast.seat(cast.participant, one))
    mentoring = programme(cast, name="Mentoring", kinds=["mentoring"])
    with pytest.raises(Refused):
        actions.place_journey(programme=mentoring, by=cast.seat(cast.guide, one))
