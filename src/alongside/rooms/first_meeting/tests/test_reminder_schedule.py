"""Letters that remind: to prepare, and to look at the agreement again. Each once, and none in vain."""

import datetime as dt

import pytest
from django.core import mail

from alongside.journeys import words
from alongside.journeys.models import JourneyMember
from alongside.kernel import clock
from alongside.rooms.environment.models import Place
from alongside.rooms.environment.tests.factories import booked
from alongside.rooms.first_meeting import actions, boxes
from alongside.rooms.first_meeting.boxes import own_answer
from alongside.rooms.first_meeting.models import AgreementVersion, Preparation, Reminded, Reminder
from alongside.rooms.first_meeting.reminder_schedule import due_reminders
from alongside.rooms.first_meeting.tasks import post_reminder, remind

STARTS = dt.datetime(2026, 3, 11, 10, tzinfo=dt.UTC)
TWO_DAYS = dt.timedelta(days=2)


@pytest.fixture
def meeting(room, cast):
    place = Place.objects.create(organisation=cast.organisation, name="Room 4", kind="room", owner=cast.guide)
    with clock.at(STARTS - dt.timedelta(days=9)):
        return booked(room.guide, place, STARTS)


def due(moment):
    return sorted((str(one.of), str(one.person_id)) for one in due_reminders(moment))


def reminders():
    return [letter for letter in mail.outbox if letter.subject == "Before you meet"]


def both(room, of):
    return sorted((of, str(seat.actor.id)) for seat in (room.guide, room.participant))


@pytest.mark.parametrize(
    ("before", "is_due"),
    [(TWO_DAYS + dt.timedelta(minutes=1), False), (TWO_DAYS, True), (dt.timedelta(0), False)],
)
def test_the_two_are_reminded_from_two_days_before(room, meeting, before, is_due):
    assert due(STARTS - before) == (both(room, "preparation") if is_due else [])


def test_who_has_sent_is_left_in_peace(room, meeting):
    Preparation.objects.create(journey=room.journey, person=room.participant.actor)

    assert due(STARTS - TWO_DAYS) == [("preparation", str(room.guide.actor.id))]


def test_who_has_no_account_or_has_left_or_no_address_is_not_written_to(room, meeting, cast):
    cast.guide.email = ""
    cast.guide.save()
    cast.participant.is_active = False
    cast.participant.save()

    assert due(STARTS - TWO_DAYS) == []


@pytest.mark.parametrize(("begins", "ends", "is_due"), [(-9, -3, False), (-1, 9, False), (-9, 9, True)])
def test_who_covers_is_reminded_while_they_cover_and_at_no_other_time(
    room, meeting, cast, begins, ends, is_due
):
    begins_at, ends_at = STARTS + dt.timedelta(days=begins), STARTS + dt.timedelta(days=ends)
    JourneyMember.objects.create(
        journey=room.journey, person=cast.colleague, part="covering", begins_at=begins_at, ends_at=ends_at
    )

    too = [("preparation", str(cast.colleague.id))] if is_due else []
    assert due(STARTS - TWO_DAYS) == sorted(both(room, "preparation") + too)


def test_a_journey_that_is_under_way_needs_no_reminder(room, meeting):
    room.in_force()

    assert [one for one in due_reminders(STARTS - TWO_DAYS) if one.of == Reminded.PREPARATION] == []


@pytest.mark.parametrize(("days", "is_due"), [(8, False), (7, True), (-30, True)])
def test_a_review_is_called_to_mind_a_week_before(room, days, is_due):
    version = room.in_force()
    AgreementVersion.objects.filter(id=version.id).update(review_on=dt.date(2026, 6, 1))
    moment = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC) - dt.timedelta(days=days)

    assert due(moment) == (both(room, "review") if is_due else [])


def test_a_version_that_does_not_hold_calls_nobody(room):
    room.proposed()

    assert due(dt.datetime(2027, 1, 1, tzinfo=dt.UTC)) == []


def test_each_letter_is_written_once_and_says_nothing_of_the_care(room, meeting):
    with clock.at(STARTS - TWO_DAYS):
        remind.func()
        remind.func()

    assert Reminder.objects.count() == 2
    two = [room.guide.actor.email, room.participant.actor.email]
    assert sorted(letter.to[0] for letter in reminders()) == sorted(two)
    letter = next(letter for letter in reminders() if letter.to == two[1:])
    assert f"/journeys/{room.journey.id}/first-meeting/before/" in letter.body
    [to_the_guide] = [each for each in reminders() if each.to == two[:1]]
    assert f"/journeys/{room.journey.id}/first-meeting/preparation/" in to_the_guide.body
    for telling in ("supervision", "treatment", "mentoring", room.guide.actor.name):
        assert telling not in (letter.subject + letter.body).lower()


def test_a_letter_on_its_way_stays_away_when_it_was_sent_meanwhile(room, meeting):
    seat = room.participant
    reminder = Reminder.objects.create(
        journey=room.journey, person=seat.actor, of=Reminded.PREPARATION, subject_id=meeting.id
    )
    words.write(box=own_answer(seat, "else", has_sent=False), text="Ready.", version=0, by=seat)
    actions.send_preparation(by=seat)

    post_reminder.func(str(reminder.id))

    assert reminders() == []


def test_progress_counts_words_and_blames_nobody(room, participant, guide):
    page = participant.get(room.url("preparation/")).context["page"]
    assert page.progress.startswith("You've answered 0 of ") and page.progress.endswith(
        "You can skip any question."
    )
    assert "That is fine" in guide.get(room.url("preparation/")).text


def test_question_for_some_is_folded_until_it_is_answered_and_counts_only_then(room, participant):
    url = room.url("preparation/")
    (question,) = [one for one in boxes.questions_for(room.participant, guide=False) if one.only_if]
    condition = f"<summary>{question.only_if}</summary>"
    before = participant.get(url).content.decode()
    asked = len([one for one in boxes.questions_for(room.participant, guide=False) if not one.only_if])
    assert f'<details class="more">{condition}' in before
    assert f"answered 0 of {asked} questions" in before

    participant.post(room.url(f"words/answer-{question.key}/"), {"text": "Once, for a year.", "version": "0"})

    after = participant.get(url).content.decode()
    assert f'<details class="more" open>{condition}' in after
    assert f"answered 1 of {asked + 1} questions" in after


def test_not_prepared_is_said_without_blame(room, participant, guide):
    for client, name in ((guide, "Paul Participant"), (participant, "Gwen Guide")):
        page = client.get(room.url("preparation/")).content.decode()
        assert f"{name} has not sent anything yet. That is fine" in page
        assert "If that does not change, you can answer together." in client.get(room.url()).content.decode()
