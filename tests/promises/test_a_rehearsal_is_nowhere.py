"""What a lead tries on two made-up people is in no list, figure, search, export or email of anybody, and goes whole."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import NoReverseMatch, reverse

from alongside.goals.actions import propose_need
from alongside.goals.safety.queries import due_to_pass_on
from alongside.journeys import rehearsals
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, JourneyMember, Rehearsal
from alongside.journeys.queries import seat_for, seats_of
from alongside.journeys.restriction import counted, looked_over
from alongside.journeys.states import JourneyState
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.kernel.periodic import PERIODIC_TASKS
from alongside.ledger.models import Entry, Opening
from alongside.ledger.record import Rehearsed, recorded_as
from alongside.material import actions
from alongside.material.rehearsal_actions import LASTS, begin_rehearsal
from alongside.overview.search import search_words
from alongside.people.made_up import is_made_up
from alongside.people.models import Organisation, Person, User
from alongside.people.queries import guides_of, only_organisation, organisation_by, staff_of, visible_people
from alongside.programmes.star.gathering import all_journeys
from alongside.programmes.suggestions import _speaking
from alongside.retention.rehearsal_actions import end_rehearsal
from alongside.retention.tasks import end_rehearsals
from alongside.rooms.environment.tests.factories import booked, room
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
CANARY = "Zanthoxylum"
"""A word that stands in the rehearsal and nowhere else."""


def rehearsed(cast, kind="supervision", by=None):
    by = by or cast.lead
    material = actions.copy_shipped(kind=KINDS[kind], template=KINDS[kind].templates[0], by=by)
    return begin_rehearsal(material=material, by=by)


def as_in_the_rehearsal(rehearsal):
    return recorded_as(Rehearsed(rehearsal.id, rehearsal.by_id, rehearsal.by.user_id))


def seats(rehearsal):
    found = (rehearsal.guide, rehearsal.participant)
    return [seat_for(who, journey_id=rehearsal.journey_id)[0] for who in found]


@pytest.fixture
def lived_in(cast):
    """A rehearsal in which something was written and booked, so that there is something to be found."""
    rehearsal = rehearsed(cast)
    guide, participant = seats(rehearsal)
    with as_in_the_rehearsal(rehearsal):
        propose_need(statement=f"I would like {CANARY}.", by=participant)
        place = room(rehearsal.guide, f"{CANARY} room")
        booked(guide, place, clock.now() + dt.timedelta(days=2))
    return rehearsal


def marks(rehearsal):
    """By which it would be known wherever it turned up."""
    ids = (rehearsal.id, rehearsal.journey_id, rehearsal.organisation_id, rehearsal.guide_id)
    ids = [*ids, rehearsal.participant_id]
    names = [CANARY, str(rehearsal.guide.name), str(rehearsal.participant.name)]
    return [*names, *(str(one) for one in ids), *(one.hex for one in ids)]


def everybody(cast):
    return [one for one in vars(cast).values() if isinstance(one, Person)]


# --- lists, figures, searches, exports --------------------------------------------------------------------


def test_no_page_that_lists_anything_shows_it_to_anybody(cast, lived_in):
    """Every address without a part is opened by who may see most, whoever began it among them."""
    seen = 0
    for each in addresses():
        try:
            url = reverse(each.name)
        except NoReverseMatch:
            continue
        for who in (cast.lead, cast.administrator, cast.guide):
            answer = cast.client(who).get(url, {"q": CANARY, "words": CANARY})
            if answer.status_code == 200 and not answer.streaming:
                seen += 1
                said = answer.content.decode(errors="replace").replace(f'value="{CANARY}"', "")
                if each.name == "overview:search":
                    said = said.replace(CANARY, "")
                for mark in marks(lived_in):
                    assert mark not in said, (each.name, who.name, mark)
    assert seen > 50


def test_nobody_finds_it_among_journeys_people_or_words(cast, lived_in):
    for who in everybody(cast):
        assert lived_in.journey_id not in {seat.journey.id for seat in seats_of(who)}
        assert seat_for(who, journey_id=lived_in.journey_id) is None
        assert search_words(who, CANARY).count == 0
        people = {one.id for one in (*visible_people(who), *guides_of(who), *staff_of(who))}
        assert not people & {lived_in.guide_id, lived_in.participant_id}


def test_it_counts_in_no_figure_and_what_looks_over_all_journeys_passes_it_by(cast, lived_in):
    real = cast.journey()
    journeys = Journey.objects.filter(looked_over("id"))
    assert set(journeys.values_list("id", flat=True)) == {real.id}
    assert set(Journey.objects.filter(counted()).values_list("id", flat=True)) == {real.id}
    assert {facts.key for facts in all_journeys()} == {real.id.hex}
    assert lived_in.journey_id not in {journey for journey, _rule, _subject in _speaking()}
    assert due_to_pass_on() == []


def test_its_organisation_is_none_of_those_there_are(cast, lived_in):
    assert Organisation.objects.count() == 2 and Organisation.everywhere.count() == 3
    Organisation.objects.filter(id=cast.stranger.organisation_id).update(is_rehearsal=True)
    assert only_organisation() == cast.organisation
    assert organisation_by(lived_in.organisation_id).is_rehearsal


def test_whoever_began_it_has_no_further_organisation_to_be_in(cast, lived_in):
    assert cast.client(cast.lead).get("/").wsgi_request.actor == cast.lead
    assert len(cast.client(cast.lead).get("/").wsgi_request.user.persons) == 1


# --- emails -----------------------------------------------------------------------------------------------


def test_nothing_that_comes_round_sends_or_records_anything_of_it(cast, lived_in, monkeypatch):
    mail.outbox.clear()
    before = Entry.objects.filter(journey_id=lived_in.journey_id).count()
    moment = clock.now()
    for hours in (0, 25, 49, 24 * 6):
        monkeypatch.setattr(clock, "now", lambda hours=hours: moment + dt.timedelta(hours=hours))
        for name in ("overview", "environment", "first_meeting", "safety", "follow_up", "keepsake_reminders"):
            for entry in PERIODIC_TASKS.values():
                if f"{name}." in entry.name:
                    entry.task.call()
    assert mail.outbox == []
    assert Entry.objects.filter(journey_id=lived_in.journey_id).count() == before


def test_what_is_done_in_it_writes_emails_that_go_nowhere(cast, lived_in):
    """Booking told both of it, as it would: in the application, and no further."""
    assert mail.outbox == []
    assert apps.get_model("room_environment", "MeetingEmail").objects.exists()


def test_nobody_made_up_can_sign_in_or_be_written_to(cast, lived_in, client):
    for who in (lived_in.guide, lived_in.participant):
        assert who.email == "" and is_made_up(who.user.email)
        assert not who.user.is_active and not who.user.has_usable_password()
        client.force_login(who.user)
        assert client.get("/").status_code == 302
    assert not is_made_up("rehearsal.invalid@example.org")


# --- the ledger -------------------------------------------------------------------------------------------


def test_every_row_of_the_ledger_says_that_it_was_rehearsed_and_by_whom(cast, lived_in):
    rows = Entry.objects.filter(journey_id=lived_in.journey_id)
    assert rows.count() > 4
    for row in rows:
        assert row.detail["rehearsal"] == str(lived_in.id), row.event
        assert row.user_id == cast.lead.user_id, row.event
    begun = rows.get(event="rehearsal.begun")
    assert begun.person_id == cast.lead.id and begun.detail["guide"] == str(lived_in.guide_id)
    assert not Entry.objects.exclude(journey_id=lived_in.journey_id).filter(
        detail__has_key="rehearsed_by", organisation_id=cast.organisation.id
    )
    real = cast.journey()
    propose_need(statement="Real.", by=cast.seat(cast.guide, real))
    assert "rehearsal" not in Entry.objects.get(journey_id=real.id).detail


# --- it goes ----------------------------------------------------------------------------------------------


def rows_of_all_tables():
    kept = {"ledger", "django_tasks_database", "sessions"}
    return {
        model: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in kept and model._meta.label != "people.LoginSession"
    }


def test_deleted_it_leaves_no_row_in_any_table_and_takes_none_that_is_real(cast):
    cast.journey()
    material = actions.copy_shipped(
        kind=KINDS["treatment"], template=KINDS["treatment"].templates[0], by=cast.lead
    )
    before = rows_of_all_tables()
    rehearsal = begin_rehearsal(material=material, by=cast.lead)
    guide, participant = seats(rehearsal)
    with as_in_the_rehearsal(rehearsal):
        propose_need(statement=CANARY, by=participant)
        booked(guide, room(rehearsal.guide, CANARY), clock.now() + dt.timedelta(days=2))
    assert rows_of_all_tables() != before

    end_rehearsal(rehearsal=rehearsal, by=cast.lead)

    assert rows_of_all_tables() == before
    connection.check_constraints()
    ended = Entry.objects.get(event="rehearsal.ended")
    assert ended.journey_id == rehearsal.journey_id and ended.detail["rows"] > 20
    end_rehearsal(rehearsal=rehearsal, by=cast.lead)
    assert Entry.objects.filter(event="rehearsal.ended").count() == 1


def test_it_goes_by_itself_after_a_week_and_not_before(cast, lived_in, monkeypatch):
    end_rehearsals.call()
    assert Rehearsal.objects.exists()
    with pytest.raises(Refused):
        end_rehearsal(rehearsal=lived_in, by=None)
    moment = clock.now() + LASTS + dt.timedelta(seconds=1)
    for module in (clock, rehearsals):
        monkeypatch.setattr(module, "now", lambda: moment)
    monkeypatch.setattr("alongside.retention.rules.now", lambda: moment)
    assert not rehearsals.rehearsals_of(cast.lead)
    end_rehearsals.call()
    assert not Rehearsal.objects.exists() and not Organisation.everywhere.filter(is_rehearsal=True)
    assert not Person.objects.filter(id__in=[lived_in.guide_id, lived_in.participant_id])
    assert not User.objects.filter(email__endswith="rehearsal.invalid")


def test_what_somebody_else_began_is_not_theirs_to_see_or_to_end(cast, lived_in):
    for who in (cast.administrator, cast.guide, cast.stranger):
        assert rehearsals.rehearsal_for(who, rehearsal_id=lived_in.id) is None
        with pytest.raises(Refused):
            end_rehearsal(rehearsal=lived_in, by=who)
    assert rehearsals.rehearsal_for(cast.lead, rehearsal_id=lived_in.id) == (cast.lead, lived_in)


def test_it_begins_where_both_have_said_that_they_come(cast, lived_in):
    guide, participant = seats(lived_in)
    assert guide.state == JourneyState.PREPARING and guide.is_guide and participant.is_participant
    assert JourneyMember.objects.filter(journey=lived_in.journey_id).count() == 2
    assert Opening.objects.count() == 0
    assert json.loads(str(lived_in.material.draft))["about"]
