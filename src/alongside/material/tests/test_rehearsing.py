"""A template is tried: what leads the rehearsal, how many at a time, and nothing without right or record."""

import pytest

from alongside.goals.measuring import actions as measuring
from alongside.goals.measuring.models import ServiceInstrument
from alongside.goals.measuring.queries import form_key_for
from alongside.goals.measuring.versions import key_of
from alongside.journeys.kinds.material import BY_KEY
from alongside.journeys.material import kind_of
from alongside.journeys.models import Rehearsal
from alongside.journeys.queries import seat_for
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.material import rehearsal_actions, rules
from alongside.material.actions import change_item
from alongside.material.queries import desk_of, item_at
from alongside.material.rehearsal_actions import begin_rehearsal
from alongside.measures.own import make_instrument
from alongside.people.models import Organisation, Person, User
from alongside.retention import rehearsal_actions as ending
from tests.goals_tracking.test_pages import QUESTIONNAIRE

from .test_what_leads_a_journey import change, copied, published

pytestmark = pytest.mark.django_db
SAID = "We look at the work together, kindly and closely."


def read_by(rehearsal, who="guide"):
    return seat_for(getattr(rehearsal, who), journey_id=rehearsal.journey_id)[0]


def state():
    counted = (Organisation.everywhere, Person.objects, User.objects, Rehearsal.objects, Entry.objects)
    return [rows.count() for rows in counted]


def test_the_draft_leads_it_as_it_stands_and_later_changes_do_not(cast):
    material = copied(cast)
    change(material, "agreement", "purpose", cast.lead, text=SAID)
    material.refresh_from_db()
    rehearsal = begin_rehearsal(material=material, by=cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="Later.")
    for who in ("guide", "participant"):
        assert SAID in repr(read_by(rehearsal, who).kind)
    assert rehearsal.version is None
    published(material, cast.lead)
    assert SAID in repr(kind_of(Rehearsal.objects.get().journey))


@pytest.mark.without_ledger("material.rehearsal_actions.begin_rehearsal")
def test_a_published_version_can_be_tried_and_what_is_offered_stays(cast):
    material = copied(cast)
    version = published(material, cast.lead)
    material.refresh_from_db()
    change(material, "agreement", "purpose", cast.lead, text=SAID)
    material.refresh_from_db()
    rehearsal = begin_rehearsal(material=material, version=version, by=cast.lead)
    assert rehearsal.version == 1 and SAID not in repr(read_by(rehearsal).kind)
    assert list(material.versions.values_list("number", flat=True)) == [1]


def test_a_questionnaire_of_the_service_is_asked_in_it_too(cast):
    own = measuring.bring_instrument(
        instrument=make_instrument(
            file=QUESTIONNAIRE, rule="sum(items)", direction="lower", source="Ours", name="Ours"
        ),
        file=QUESTIONNAIRE,
        by=cast.administrator,
    )
    material = copied(cast, "treatment")
    asked = {"chapter": BY_KEY["questionnaires"], "key": key_of(own.id), "by": cast.lead}
    base = item_at(desk_of(cast.lead, material), BY_KEY["questionnaires"], key_of(own.id))
    change_item(material=material, values={"when": "each", "every": 1}, base=base, **asked)
    material.refresh_from_db()
    rehearsal = begin_rehearsal(material=material, by=cast.lead)
    copy = ServiceInstrument.objects.get(organisation=rehearsal.organisation)
    assert str(copy.definition) == str(own.definition)
    template = read_by(rehearsal).kind.template(rehearsal.journey.template)
    assert key_of(copy.id) in {form.measure_key for form in template.asked_forms}
    assert form_key_for(rehearsal.participant, journey_id=rehearsal.journey_id, instrument=key_of(copy.id))


def test_nothing_is_begun_without_right_or_record(cast, monkeypatch):
    material = copied(cast)
    before = state()
    for other in (cast.guide, cast.participant):
        with pytest.raises(Refused) as refused:
            begin_rehearsal(material=material, by=other)
        assert refused.value.verdict.denial.value == 403
    with pytest.raises(Refused) as refused:
        begin_rehearsal(material=material, by=cast.stranger)
    assert refused.value.verdict.denial.value == 404
    with monkeypatch.context() as broken:
        broken.setattr(rehearsal_actions, "record", lambda *_args, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            begin_rehearsal(material=material, by=cast.lead)
    assert state() == before


def test_nothing_is_deleted_without_its_record(cast, monkeypatch):
    rehearsal = begin_rehearsal(material=copied(cast), by=cast.lead)
    before = state()
    with monkeypatch.context() as broken:
        broken.setattr(ending, "record", lambda *_args, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ending.end_rehearsal(rehearsal=rehearsal, by=cast.lead)
    assert state() == before


def test_version_of_another_template_is_not_tried(cast):
    one, other = copied(cast), copied(cast, "treatment")
    version = published(other, cast.lead)
    with pytest.raises(Refused):
        begin_rehearsal(material=one, version=version, by=cast.lead)


def test_a_few_go_on_at_a_time(cast):
    material = copied(cast)
    for _ in range(rules.MOST_REHEARSALS):
        begin_rehearsal(material=material, by=cast.lead)
    with pytest.raises(Refused) as refused:
        begin_rehearsal(material=material, by=cast.lead)
    assert refused.value.verdict.denial.value == 409
    begin_rehearsal(material=material, by=cast.administrator)
    ending.end_rehearsal(rehearsal=Rehearsal.objects.filter(by=cast.lead).first(), by=cast.lead)
    begin_rehearsal(material=material, by=cast.lead)
