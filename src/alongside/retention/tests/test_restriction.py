"""Somebody asked that what is kept about them is kept, and nothing else is done with it."""

import datetime as dt
import importlib
import inspect
import pkgutil
import sys
import typing

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

import alongside
from alongside.journeys import restriction as held
from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.queries import seats_of
from alongside.journeys.rules import is_open
from alongside.journeys.seat import Seat
from alongside.kernel.actions import REGISTRY
from alongside.kernel.clock import at, now, today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.overview.search import search_words
from alongside.people.emails import EMAILS
from alongside.people.models import Restriction
from alongside.people.tasks import enqueue_message
from alongside.programmes.star.gathering import all_journeys
from alongside.retention import restricting_actions as actions
from alongside.rooms.environment.tests.factories import booked, room
from tests.any_row import any_row
from tests.cast import person

pytestmark = pytest.mark.django_db


def restrict(cast, **facts):
    facts = {"person": cast.participant, "by": cast.administrator, **facts}
    return actions.restrict_person(asked_on=today("Europe/London"), reason="It is being checked.", **facts)


def lift(cast, found, **facts):
    return actions.lift_restriction(
        restriction=found, reason="It was checked.", **{"by": cast.administrator, **facts}
    )


# --- every action there is --------------------------------------------------------------------------------

ALLOWED = {
    "goals.safety.actions.answer_passed_on",
    "goals.safety.actions.pass_on",
    "retention.actions.carry_out_erasure",
    "retention.actions.decide_erasure",
    "retention.actions.withdraw_erasure",
    "retention.copy_actions.look_through",
    "retention.copy_actions.put_line_back",
    "retention.copy_actions.take_lines_out",
    "retention.keeping_actions.end_keeping",
    "retention.keeping_actions.hold_journey",
    "retention.keeping_actions.lift_hold",
    "rooms.environment.actions.reminders.stop_reminders",
}
OF_NO_JOURNEY = {
    "goals.measuring.actions": {"bring_instrument", "set_bounds"},
    "goals.safety.actions": {"try_notices", "say_it_arrived"},
    "journeys.actions": {"choose_kinds"},
    "rooms.environment.actions.busy": {"add_calendar", "ask_again", "remove_calendar"},
    "rooms.environment.actions.busy_times": {"keep_busy", "note_trouble"},
    "rooms.environment.actions.calendars": {"make_feed", "revoke_feed", "note_reading"},
    "rooms.environment.actions.hours": {"say_week", "say_day", "forget_day", "say_away", "take_back_away"},
    "rooms.environment.actions.meetings": {"make_place", "change_place", "retire_place", "restore_place"},
    "rooms.environment.actions.reminders": {"choose_emails"},
    "rooms.first_meeting.actions": {"keep_texts"},
    # each lands in an action below that names the journey, or says so to whoever asks
    "journeys.actions ": {"begin_journey"},
    "overview.actions": {"set_up_journey"},
    "rooms.environment.actions.invitations": {"invite_to_each"},
    "rooms.environment.actions.replies": {"take_in"},
}
OF_NO_JOURNEY_AT_ALL = (
    "archive.",
    "backups.",
    "caseload_files.",
    "journeys.addresses.",
    "material.",
    "people.",
    "programmes.",
    "retention.",
    "rooms.environment.actions.place_hours",
)
"""Whose tables are of people, programmes and the organisation. What in them is of a journey is found by its key."""


def _in_a_restricted_journey(cast, journey, parameter, kind):
    """Something this parameter may be called with that leads to the journey; None where nothing does."""
    if parameter == "journey_id":
        return journey.id
    if kind is Seat:
        return cast.seat(cast.participant, journey)
    kinds = [each for each in (typing.get_args(kind) or (kind,)) if isinstance(each, type)]
    model = held.FOUND_BY.get(parameter) or next((one for one in kinds if hasattr(one, "_meta")), None)
    if model is Journey:
        return journey
    if parameter in held.FOUND_BY:
        return any_row(model, {type(cast.guide): cast.participant}, "w", journey=journey).id
    if model is not None and (way := held.way_to_journey(model)):
        return _row_of(journey, model, way)
    for made in kinds:
        if hasattr(made, "__dataclass_fields__"):
            inside = dict.fromkeys(made.__dataclass_fields__)
            hints = _kinds_of(made)
            for name in inside:
                inside[name] = _in_a_restricted_journey(cast, journey, name, hints.get(name))
            if any(value is not None for value in inside.values()):
                bare = object.__new__(made)
                for name, value in inside.items():
                    object.__setattr__(bare, name, value)
                return bare
    return None


def _kinds_of(thing):
    """The types as they are written, as far as the module they are written in knows them."""
    known, found = vars(sys.modules[thing.__module__]), {}
    for name, written in thing.__annotations__.items():
        try:
            found[name] = eval(written, known) if isinstance(written, str) else written
        except NameError:
            continue
    return found


def _row_of(journey, model, way):
    """A row by whose keys one comes to the journey."""
    row = thing = model()
    for step in way[:-1]:
        model = model._meta.get_field(step).related_model
        setattr(thing, step, model())
        thing = getattr(thing, step)
    setattr(thing, way[-1], journey.id)
    return row


def _ours():
    ours = {
        key: one for key, one in REGISTRY.items() if key.startswith("alongside.") and ".tests." not in key
    }
    return {key.removeprefix("alongside."): one for key, one in ours.items()}


def test_no_action_writes_in_a_restricted_journey_but_those_that_say_why(cast):
    for module in pkgutil.walk_packages(alongside.__path__, "alongside."):
        if not {"tests", "migrations", "demo", "settings", "wsgi", "asgi"} & set(module.name.split(".")):
            importlib.import_module(module.name)
    journey = cast.journey()
    assert len(_ours()) > 270
    wrong = {}
    for key, one in sorted(_ours().items()):
        before = transaction.savepoint()
        if said := _judged(cast, journey, key, one):
            wrong[key] = said
        transaction.savepoint_rollback(before)
    assert wrong == {}


def _judged(cast, journey, key, one):
    """What is wrong with an action; "" where nothing is."""
    run = getattr(importlib.import_module(one.module), one.name)
    function = inspect.unwrap(run)
    kinds = _kinds_of(function)
    names = list(inspect.signature(function).parameters)
    found = {name: _in_a_restricted_journey(cast, journey, name, kinds.get(name)) for name in names}
    reached = {name: value for name, value in found.items() if value is not None}
    module, name = key.rpartition(".")[::2]
    if not reached:
        known = key.startswith(OF_NO_JOURNEY_AT_ALL) or _named(module, name)
        return "" if known else "say that it is of no journey, or name the journey it is of"
    Restriction.objects.create(
        person=cast.participant, asked_on=today("Europe/London"), reason="x", by=cast.administrator
    )
    given = dict.fromkeys(names) | reached
    if bool(one.although_restricted) != (key in ALLOWED):
        return "name it in ALLOWED, so that it is looked at"
    if key in ALLOWED:
        held.refuse_where_restricted(one, given)
        return ""
    before = Entry.objects.count()
    try:
        run(**given)
    except Refused as refused:
        said = "" if refused.verdict.sentence == held.RESTRICTED else f"refused for {refused}"
        return said or ("" if Entry.objects.count() == before else "an entry was written")
    except Exception as other:
        return f"it began: {other!r}"
    return "it ran"


def _named(module, name):
    return any(name in names for known, names in OF_NO_JOURNEY.items() if known.strip() == module)


# --- reading ----------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("retention.restricting_actions.restrict_person")
def test_they_read_it_and_are_told_and_nobody_else_does(cast):
    journey = cast.journey()
    page = reverse("overview:journey", args=[journey.id])
    restrict(cast)
    own = cast.client(cast.participant).get(page)
    assert own.status_code == 200 and str(held.RESTRICTED) in own.content.decode()
    for who in (cast.guide, cast.supporter):
        answer = cast.client(who).get(page)
        assert answer.status_code == 409 and str(held.KEPT_CLOSED) in answer.content.decode()
        assert seats_of(who) == []
    assert cast.client(cast.colleague).get(page).status_code == 404
    assert not is_open(cast.seat(cast.participant, journey))


@pytest.mark.without_ledger("retention.restricting_actions.lift_restriction")
def test_lifted_all_is_as_before(cast):
    journey = cast.journey()
    lift(cast, restrict(cast))
    assert [seat.journey for seat in seats_of(cast.guide)] == [journey]
    assert is_open(cast.seat(cast.guide, journey))
    answer = cast.client(cast.guide).get(reverse("overview:journey", args=[journey.id]))
    assert answer.status_code == 200 and str(held.RESTRICTED) not in answer.content.decode()


def test_another_persons_journey_goes_on(cast):
    other = person(cast.organisation, "Olga Other")
    journey = cast.journey()
    restrict(cast, person=other)
    assert [seat.journey for seat in seats_of(cast.guide)] == [journey]


def test_it_is_in_no_figure(cast):
    journey = cast.journey()
    assert [facts.key for facts in all_journeys()] == [journey.id.hex]
    found = restrict(cast)
    assert list(all_journeys()) == []
    lift(cast, found)
    assert [facts.key for facts in all_journeys()] == [journey.id.hex]


def test_it_is_not_searched(cast, django_capture_on_commit_callbacks):
    from alongside.goals.actions import propose_need

    journey = cast.journey()
    propose_need(statement="To speak of wallflowers", by=cast.seat(cast.participant, journey))
    assert search_words(cast.participant, "wallflowers").count == 1
    restrict(cast)
    assert search_words(cast.participant, "wallflowers").count == 0


# --- emails -----------------------------------------------------------------------------------------------


def test_both_are_told_when_it_is_set_and_when_it_is_lifted(cast, django_capture_on_commit_callbacks):
    cast.journey()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        found = restrict(cast)
    assert {one.to[0] for one in mail.outbox} == {cast.participant.email, cast.guide.email}
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        lift(cast, found)
    assert {one.to[0] for one in mail.outbox} == {cast.participant.email, cast.guide.email}


def test_they_are_sent_nothing_but_what_says_why(cast, django_capture_on_commit_callbacks):
    restrict(cast)
    for name, kind in EMAILS.items():
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            enqueue_message(
                kind,
                to=cast.participant.email,
                subject="s",
                text="t",
                organisation=cast.organisation.id,
                person=cast.participant.id,
            )
        assert len(mail.outbox) == (1 if kind.although_restricted else 0), name


def test_nobody_is_reminded(cast, django_capture_on_commit_callbacks):
    from alongside.rooms.environment.tasks.reminders import remind

    journey = cast.journey()
    starts_at = now() + dt.timedelta(days=9)
    meeting = booked(cast.seat(cast.guide, journey), room(cast.guide), starts_at)
    with django_capture_on_commit_callbacks(execute=True):
        found = restrict(cast)
    mail.outbox.clear()
    with at(meeting.starts_at - dt.timedelta(hours=23)), django_capture_on_commit_callbacks(execute=True):
        remind.call()
    assert mail.outbox == []
    lift(cast, found)
    mail.outbox.clear()
    with at(meeting.starts_at - dt.timedelta(hours=23)), django_capture_on_commit_callbacks(execute=True):
        remind.call()
    assert mail.outbox


# --- who may ----------------------------------------------------------------------------------------------


def test_nothing_begins_with_them(cast):
    from alongside.journeys.actions import begin_journey
    from alongside.journeys.kinds import KINDS

    restrict(cast)
    with pytest.raises(Refused) as refused:
        begin_journey(
            participant=cast.participant,
            kind="supervision",
            template=KINDS["supervision"].templates[0].slug,
            title="",
            by=cast.guide,
        )
    assert refused.value.verdict.sentence == held.RESTRICTED


@pytest.mark.parametrize("who", ["guide", "participant", "lead", "stranger"])
def test_who_is_no_administrator_here_has_no_door_to_it(cast, who):
    url = reverse("retention:restrict", args=[cast.participant.id])
    assert cast.client(getattr(cast, who)).get(url).status_code == 404
    with pytest.raises(Refused):
        restrict(cast, by=getattr(cast, who))


def test_it_stands_once_and_is_lifted_once(cast):
    found = restrict(cast)
    with pytest.raises(Refused):
        restrict(cast)
    lift(cast, found)
    with pytest.raises(Refused):
        lift(cast, found)
    with pytest.raises(Refused):
        restrict(cast, person=cast.administrator)


def test_answers_about_safety_are_read_first(cast):
    from alongside.goals.safety.models import SafetyNotice

    any_row(SafetyNotice, {Journey: cast.journey(), type(cast.guide): cast.participant}, "[]")
    with pytest.raises(Refused) as refused:
        restrict(cast)
    assert "safety" in str(refused.value.verdict.sentence)


def test_the_page_restricts_and_lifts(cast):
    url = reverse("retention:restrict", args=[cast.participant.id])
    client = cast.client(cast.administrator)
    assert "Restrict this record" in client.get(url).content.decode()
    assert client.post(url, {"asked_on": "2999-01-01", "reason": "x"}).status_code == 422
    day = today("Europe/London").isoformat()
    assert client.post(url, {"asked_on": day, "reason": "They say it is wrong."}).status_code == 302
    shown = client.get(url).content.decode()
    assert "They say it is wrong." in shown and "Lift the restriction" in shown
    lifting = reverse("retention:lift_restriction", args=[cast.participant.id])
    assert client.post(lifting, {"reason": ""}).status_code == 422
    assert client.post(lifting, {"reason": "It was put right."}).status_code == 302
    assert "It was put right." in client.get(url).content.decode()
    assert client.post(lifting, {"reason": "again"}).status_code == 404


def test_whoever_is_signed_in_is_looked_at_though_the_request_brings_them_lazily(cast):
    member = JourneyMember.objects.filter(journey=cast.journey()).first()
    lazily = {"user": SimpleLazyObject(lambda: cast.guide.user), "member": SimpleLazyObject(lambda: member)}
    assert set(held.journeys_in(lazily)) == {member.journey_id}
