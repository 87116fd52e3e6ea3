"""Trying a template: a journey of two made-up people, apart from all others, for whoever works on the template."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from alongside.goals.measuring.models import ServiceInstrument
from alongside.goals.measuring.versions import key_of, row_id_of
from alongside.journeys.actions import begin_journey, enter_state, seat_of
from alongside.journeys.kinds.material import Content
from alongside.journeys.kinds.material_checks import Faulty, checked
from alongside.journeys.material import as_texts, content_of_version
from alongside.journeys.models import Journey, Material, MaterialVersion, Rehearsal
from alongside.journeys.rehearsals import rehearsals_of
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.kernel.ids import new_id
from alongside.kernel.verdict import hidden
from alongside.ledger.record import Rehearsed, record, recorded_as
from alongside.measures.catalogue import OWN_PREFIX
from alongside.people.made_up import make_up_organisation, make_up_person
from alongside.people.models import Organisation, Person
from alongside.rooms.environment.actions import PlaceWords, make_place
from alongside.rooms.environment.models import PlaceKind

from . import queries, rules
from .queries import Desk

LASTS = dt.timedelta(days=7)


@action("rehearsal.begun")
def begin_rehearsal(*, material: Material, version: MaterialVersion | None = None, by: Person) -> Rehearsal:
    """Begin a journey that is led by the draft as it stands now, or by a published version, with two made-up people.

    Both have said that they come: the first thing to do is what the template says first. What is changed in the draft
    later is not in it. It is deleted after a week, or earlier by whoever began it.
    """
    if material.organisation_id != by.organisation_id or (version and version.material_id != material.id):
        demand(hidden())
    desk = queries.desk_of(by, material)
    demand(rules.may_rehearse(desk, going_on=rehearsals_of(by).count()))
    content = _usable(desk, version)
    organisation = make_up_organisation(by.organisation)
    guide = make_up_person(organisation, _("Robin Sample"), like=by, is_guide=True)
    participant = make_up_person(organisation, _("Alex Sample"), like=by)
    key = new_id()
    with recorded_as(Rehearsed(key, by.id, by.user_id)):
        tried = _as_their_own(desk, content, organisation, guide)
        make_place(
            words=PlaceWords(PlaceKind.ROOM, _("Sample room"), is_private=True, is_quiet=True), by=guide
        )
        journey = _begin(tried, guide, participant)
    rehearsal = Rehearsal.objects.create(
        id=key,
        organisation=organisation,
        journey=journey,
        guide=guide,
        participant=participant,
        material=material,
        version=version.number if version else None,
        ends_at=now() + LASTS,
        by=by,
    )
    people = {"guide": str(guide.id), "participant": str(participant.id)}
    facts = {"rehearsal": str(key), "material": str(material.id), **people}
    record("rehearsal.begun", subject=rehearsal, by=by, journey_id=journey.id, **facts)
    return rehearsal


def _usable(desk: Desk, version: MaterialVersion | None) -> Content:
    try:
        return checked(content_of_version(version) if version else desk.content, desk.kind, desk.template)
    except Faulty as faulty:
        raise NotThisMoment(str(faulty)) from faulty


def _as_their_own(desk: Desk, content: Content, organisation: Organisation, guide: Person) -> MaterialVersion:
    """The template as it is tried, published where nobody else is, with the service's questionnaires it asks."""
    known = {key: _bring(key, organisation, guide) for key in _own_questionnaires(content)}
    asked = [{**one, "key": known.get(one["key"], one["key"])} for one in content["questionnaires"]]
    material = Material.objects.create(
        organisation=organisation,
        kind=desk.material.kind,
        template=desk.material.template,
        draft="",
        by=guide,
    )
    return MaterialVersion.objects.create(
        material=material, number=1, content=as_texts(content), asked_forms=asked, by=guide
    )


def _own_questionnaires(content: Content) -> list[str]:
    return [one["key"] for one in content["questionnaires"] if one["key"].startswith(OWN_PREFIX)]


def _bring(key: str, organisation: Organisation, guide: Person) -> str:
    own = ServiceInstrument.objects.get(id=row_id_of(key))
    row = ServiceInstrument.objects.create(
        organisation=organisation,
        family=new_id(),
        version=1,
        definition=str(own.definition),
        file=str(own.file),
        by=guide,
    )
    return key_of(row.id)


def _begin(tried: MaterialVersion, guide: Person, participant: Person) -> Journey:
    journey = begin_journey(
        participant=participant,
        kind=tried.material.kind,
        template=tried.material.template,
        material=tried,
        by=guide,
    )
    enter_state(state=JourneyState.PREPARING, by=seat_of(guide, journey))
    return journey
