"""The furnished house: everybody the issue of a demo promises is there, and the two services stay apart."""

from collections import Counter

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from alongside.demo.furnish import furnish
from alongside.demo.personas import PERSONAS
from alongside.demo.stories import STORIES
from alongside.demo.story import INVITED
from alongside.goals.measuring.many import Raised, raised_in
from alongside.goals.measuring.queries import form_scores, tracked
from alongside.goals.measuring.schedule import asked_before, due_forms
from alongside.goals.safety.passing_on import pass_on_notices
from alongside.goals.safety.plan import people_of
from alongside.goals.safety.queries import answered_notices, open_notices
from alongside.journeys.actions import seat_of
from alongside.journeys.models import Cover, Journey
from alongside.journeys.queries import members_of, seats_of
from alongside.overview.journey_summary import summaries
from alongside.people.models import Person
from alongside.rooms.environment.models import MeetingEmail
from alongside.rooms.environment.queries import meetings_of
from alongside.rooms.environment.tasks.reminders import remind as remind_of_meetings
from alongside.rooms.first_meeting import rules
from alongside.rooms.first_meeting.models import AgreementVersion
from alongside.rooms.first_meeting.queries import safety_plan, section_texts
from alongside.rooms.first_meeting.tasks import remind as remind_to_prepare
from alongside.rooms.sessions.supervision_cases.queries import cases_of, outcomes_of
from alongside.rooms.sessions.supervision_cases.states import CaseState

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(db):
    furnish()


def person(slug):
    persona = next(persona for persona in PERSONAS if persona.slug == slug)
    return Person.objects.select_related("organisation", "user").get(user__email=persona.email)


def test_the_demo_holds_every_kind_in_every_stage_and_keeps_the_services_apart(organisation):
    journeys = Journey.objects.filter(organisation=person("clinician").organisation)
    for kind in ("supervision", "mentoring", "treatment"):
        assert journeys.filter(kind=kind).count() >= 4

    stages = {}
    for slug in ("supervisor", "mentor", "clinician"):
        seats = seats_of(person(slug))
        for seat in seats:
            if seat.is_guide:
                stages.setdefault(slug, set()).add(str(seat.state))
        assert summaries(seats)
    for slug, states in stages.items():
        assert {"preparing", "active", "completed"} <= states, slug

    theirs = {
        journey.id for journey in Journey.objects.exclude(organisation=person("clinician").organisation)
    }
    assert theirs and {seat.journey.id for seat in seats_of(person("stranger"))} == theirs
    assert seats_of(person("colleague")) == seats_of(person("lead")) == []

    roles = {seat.is_guide for seat in seats_of(person("clinician"))}
    assert roles == {True, False}, "the clinician guides, and is supervised"


def test_a_treatment_is_stuck_and_was_taken_to_supervision_twice(organisation):
    seats = seats_of(person("clinician"))
    stuck = next(seat for seat in seats if str(seat.participant.name) == "Rosa Delgado")
    supervision = next(seat for seat in seats if seat.is_participant)
    assert tracked(stuck).speaking

    assert [case.state for case in cases_of(supervision)] == [CaseState.SETTLED, CaseState.ON_AGENDA]
    assert [bool(one.words) for one in outcomes_of(stuck)] == [False, True]
    told = [one.content for one in outcomes_of(stuck)]
    # the first was told two weeks before the second, of what was known then
    assert [len(content.targets[0].points) for content in told] == [6, 4]


def test_personas_sign_in_and_letters_can_be_read(organisation, settings, tmp_path):
    settings.EMAIL_BACKEND = "alongside.config.mail.FolderBackend"
    settings.EMAIL_FOLDER = tmp_path
    mail.send_mail("A subject", "The text", None, ["somebody@example.org"])
    client = Client()
    listed = client.get(reverse("demo:personas_json")).json()["personas"]
    assert [persona["slug"] for persona in listed] == [persona.slug for persona in PERSONAS]

    assert client.post(reverse("demo:sign_in"), {"persona": "patient"}).status_code == 302
    assert "Margaret" in client.get("/").content.decode()
    assert client.post(reverse("demo:sign_in"), {"persona": "nobody"}).status_code == 404

    name = next(tmp_path.glob("*.eml")).stem
    assert "A subject" in client.get(reverse("demo:mail")).content.decode()
    assert "The text" in client.get(reverse("demo:letter", args=[name])).content.decode()
    assert client.get(reverse("demo:letter", args=["no-such-letter"])).status_code == 404


@pytest.mark.parametrize("name", ["demo:personas", "demo:personas_json", "demo:mail"])
def test_outside_the_demo_its_doors_are_shut(db, settings, name):
    settings.DEMO = False
    assert Client().get(reverse(name)).status_code == 404
    assert Client().post(reverse("demo:sign_in"), {"persona": "patient"}).status_code == 404


def test_many_journeys_are_judged_as_the_page_of_each_judges_it(organisation):
    guides = Person.objects.filter(is_guide=True)
    assert guides
    for guide in guides:
        seats = [seat for seat in seats_of(guide) if seat.is_guide]
        told = {seat.journey.id: tracked(seat) for seat in seats}
        assert raised_in(guide, seats) == {
            journey: Raised(one.track_summary.level, bool(one.speaking), bool(one.track_summary.safety))
            for journey, one in told.items()
        }, str(guide.name)


def test_a_talking_therapy_has_its_questionnaires_and_an_alert_that_was_dealt_with(organisation):
    seat = next(one for one in seats_of(person("clinician")) if one.participant.name == "Dorothy Kent")
    scores = form_scores(seat)
    assert [score.value for score in scores["phq-9"]] == [14, 16, 11, 8, 6]
    assert len(scores["gad-7"]) == 5
    (notice,) = answered_notices(seat)
    assert notice.seen_by == person("clinician") and "Called Dorothy at once" in notice.what_was_done
    assert open_notices(seat) == []
    states = [str(each.state) for each in meetings_of(seat)]
    assert states.count("missed") == states.count("cancelled") == 1
    plan = safety_plan(seat)
    assert len(plan) == 6 and {phone.link for phone in people_of(plan)} >= {"tel:01632960211", "tel:116123"}
    assert Cover.objects.filter(member__journey=seat.journey).count() == 1
    due = due_forms(
        seat, asked_before(seat, number=6), max(m.starts_at for m in meetings_of(seat) if m.number == 5)
    )
    assert [each.handed_in for each in due] == [None, None], "today's are still to be answered"


def test_the_demo_agrees_with_itself(organisation):
    for persona in PERSONAS:
        assert persona.email.isascii(), persona.email
    for version in AgreementVersion.objects.filter(made_elsewhere_on=None).select_related("journey"):
        guide = next(
            m.person for m in members_of([version.journey_id])[version.journey_id] if m.part == "guide"
        )
        seat = seat_of(guide, version.journey)
        assert rules.empty_fields(seat, section_texts(seat, version)) == (), seat.participant.name
    ines = next(one for one in seats_of(person("ines")) if one.is_participant)
    held = [each for each in meetings_of(ines) if str(each.state) == "held"]
    assert len(held) == ines.journey.planned_meetings == 6
    assert (held[-1].starts_at - held[0].starts_at).days >= 34


@pytest.mark.django_db(transaction=True)
def test_what_happened_weeks_ago_is_not_posted_today(settings):
    """Furnishing leaves nothing for the worker but the invitations of those who were invited today."""
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
    furnish()
    waiting = sorted(DBTaskResult.objects.values_list("task_path", flat=True))
    assert mail.outbox == []
    invited, told_of_cover = sum(story.stage == INVITED and story.account for story in STORIES), 2
    assert len(waiting) == invited + told_of_cover, waiting
    assert not MeetingEmail.objects.filter(posted_at=None, dropped_at=None).exists()
    DBTaskResult.objects.all().delete()
    for task in (remind_of_meetings, remind_to_prepare, pass_on_notices):
        task.func()
    posted = Counter(DBTaskResult.objects.values_list("task_path", flat=True))
    # those who were invited today are reminded of today
    assert sum(posted.values()) <= sum(story.stage == INVITED for story in STORIES), posted
    assert "alongside.rooms.environment.tasks.post_meeting_email" not in posted
