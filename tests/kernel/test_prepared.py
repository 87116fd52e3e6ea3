"""A query made once and given its values each time."""

import datetime as dt
from uuid import uuid4

from django.db.models import F

from alongside.journeys.models import Journey
from alongside.kernel.clock import now
from alongside.kernel.prepared import Prepared, day_in, moment_in, uuid_in
from alongside.people.models import Organisation, Person


def _people(organisation_id, besides):
    people = Person.objects.filter(organisation=organisation_id, is_active=True).exclude(id=besides)
    return people.order_by("created_at").values_list("id", "created_at", "email")


def test_each_run_has_its_own_values(db, django_assert_num_queries):
    people = Prepared(_people, takes=2)
    organisations = [Organisation.objects.create(name=name) for name in ("one", "two")]
    first, second = [
        Person.objects.create(organisation=organisation, email=f"{organisation.name}@example.org")
        for organisation in organisations
    ]
    with django_assert_num_queries(4):
        assert [row[2] for row in people.rows(organisations[0].id, uuid4())] == ["one@example.org"]
        assert [row[2] for row in people.rows(organisations[1].id, uuid4())] == ["two@example.org"]
        assert people.rows(organisations[0].id, first.id) == []
        ((found, created, _email),) = people.rows(organisations[1].id, first.id)
    assert uuid_in(found) == second.id
    assert moment_in(created) == second.created_at


def _journeys(organisation_id, first, minutes):
    journeys = Journey.objects.filter(organisation=organisation_id, first_number__gte=first)
    return journeys.filter(meeting_minutes=minutes).order_by("first_number").values_list("first_number")


def test_numbers_are_given_after_the_ids(cast):
    for first in (1, 4, 9):
        cast.journey(first_number=first, meeting_minutes=45)
    journeys = Prepared(_journeys, takes=1, numbers=2)
    assert journeys.rows(cast.organisation.id, 4, 45) == [(4,), (9,)]
    assert journeys.rows(cast.organisation.id, 5, 45) == [(9,)]
    assert journeys.rows(cast.organisation.id, 1, 30) == []


def test_rows_are_read_alike_from_every_database():
    moment, day, one = now(), dt.date(2026, 1, 2), uuid4()
    bare = moment.replace(tzinfo=None)
    assert moment_in(moment) == moment_in(bare) == moment_in(bare.isoformat(" ")) == moment
    assert day_in(day) == day_in("2026-01-02") == day
    assert uuid_in(one) == uuid_in(one.hex) == one
    assert moment_in(None) is day_in(None) is uuid_in(None) is None


def _with_organisation(organisation_id, wanted):
    people = Person.objects.filter(organisation=organisation_id, email=wanted).select_related("organisation")
    return people.annotate(service=F("organisation__name")).order_by("created_at")


def test_instances_are_what_the_queryset_gives(cast, django_assert_num_queries):
    prepared = Prepared(_with_organisation, takes=1, texts=1)
    wanted = Person.objects.create(organisation=cast.organisation, email="it's@example.org", name="Élodie")
    Person.objects.create(organisation=cast.organisation, email="other@example.org", name="Another")
    with django_assert_num_queries(1):
        (found,) = prepared.instances(cast.organisation.id, "it's@example.org")
        assert (found, found.name, found.service) == (wanted, "Élodie", cast.organisation.name)
        assert found.organisation == cast.organisation
        assert (found.created_at, found.is_guide) == (wanted.created_at, False)
    assert list(prepared.instances(cast.organisation.id, "nobody@example.org")) == []


def test_values_are_converted_as_values_list_does(cast):
    query = (
        Person.objects.filter(organisation=cast.organisation.id)
        .order_by("id")
        .values_list("id", "created_at")
    )
    prepared = Prepared(
        lambda organisation: (
            Person.objects.filter(organisation=organisation).order_by("id").values_list("id", "created_at")
        )
    )
    assert [tuple(row) for row in prepared.values(cast.organisation.id)] == list(query)
    assert len(query) > 1
