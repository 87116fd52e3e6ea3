"""A letter that could not be sent is tried again by the worker, for two days, and then shown as failed."""

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMessage
from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.journeys.tasks import post_welcome
from alongside.people import actions, posting, tasks
from alongside.people.emails import EmailKind
from alongside.people.models import FailedEmail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": settings.QUEUES}}


@pytest.fixture
def post(monkeypatch):
    """The post, which answers with these failures in turn and then works; the letters that went out."""
    sent, failures, deliver = [], [], EmailMessage.send

    def send(letter, *args, **kwargs):
        if failures:
            raise failures.pop(0)
        sent.append(letter)
        return deliver(letter, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)
    return sent, failures


def work():
    """What the worker does with each task that is due, within the test's own transaction."""
    while task := DBTaskResult.objects.ready().first():
        task.claim("worker")
        task.status = TaskResultStatus.RUNNING
        try:
            result = task.task_result
            task.set_successful(task.task.call(*result.args, **result.kwargs))
        except Exception as failure:
            task.set_failed(failure)


def time_passes():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
        run_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    )


def states():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def ask_for(what, cast):
    if what == "invitation":
        person = actions.add_person(
            organisation_id=cast.organisation.id, name="Ines", email="ines@example.org", by=cast.guide
        )
        actions.invite_person(person=person, letter="organisation", by=cast.administrator)
    elif what == "message":
        tasks.enqueue_message(
            EmailKind("a test"), to="ines@example.org", subject="A word", text="Hello", organisation=None
        )
    else:
        post_welcome.enqueue(journey_id=str(cast.journey().id), person_id=str(cast.participant.id))


@pytest.mark.parametrize("what", ["invitation", "message", "welcome"])
def test_a_letter_is_tried_again_until_it_goes_out_once(cast, post, what):
    sent, failures = post
    failures += [SMTPServerDisconnected("gone"), ConnectionRefusedError()]
    ask_for(what, cast)

    work()
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    assert not failed, [task.traceback for task in failed]
    waiting = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert (len(sent), waiting.args_kwargs["kwargs"]["attempt"]) == (0, 1)
    work()
    assert len(failures) == 1, "it is not tried again before its time"
    for _hour in range(3):
        time_passes()
        work()

    assert len(sent) == 1
    assert set(states()) == {TaskResultStatus.SUCCESSFUL}


def test_the_address_and_the_words_are_not_in_the_log(cast, post, caplog):
    _sent, failures = post
    failures.append(SMTPServerDisconnected("ines@example.org"))
    ask_for("message", cast)

    work()

    assert "a letter could not be sent" in caplog.text
    assert "ines" not in "".join(r.getMessage() for r in caplog.records if r.name == "alongside.posting")


def test_after_two_days_it_is_left_as_failed(cast, post):
    _sent, failures = post
    failures += [ConnectionRefusedError()] * 20
    ask_for("message", cast)

    for _hour in range(12):
        work()
        time_passes()

    assert 20 - len(failures) == len(posting.WAITS) + 1
    assert states().count(TaskResultStatus.FAILED) == 1
    assert dt.timedelta(days=1) < sum(posting.WAITS, dt.timedelta()) < dt.timedelta(days=3)


@pytest.mark.parametrize(("code", "again"), [(550, 0), (450, 1)])
def test_a_mailbox_that_is_not_there_is_not_tried_again(cast, post, code, again):
    _sent, failures = post
    failures.append(SMTPRecipientsRefused({"ines@example.org": (code, b"no")}))
    ask_for("message", cast)

    work()

    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == again


# --- what was given up is said ------------------------------------------------------------------------------


def post_to(cast, failure, post):
    """An email to the participant that is given up at once."""
    _sent, failures = post
    failures.append(failure)
    journey = cast.journey()
    with translation.override("en-gb"):
        tasks.enqueue_message(
            EmailKind("a test"),
            to=cast.participant.email,
            subject="A word",
            text="Hello",
            organisation=None,
            person=cast.participant.id,
        )
    work()
    return journey


REFUSED = SMTPRecipientsRefused({"paul@example.org": (550, b"no such mailbox")})


@pytest.mark.parametrize("failure", [REFUSED, ValueError("a header that can't be written")])
def test_what_was_given_up_is_said_to_the_guide_and_to_an_administrator(cast, post, failure):
    journey = post_to(cast, failure, post)
    sentence = "An email to Paul Participant could not be delivered"

    assert [(one.person_id, one.kind) for one in FailedEmail.objects.all()] == [
        (cast.participant.id, "a test")
    ]
    page = f"/journeys/{journey.id}/"
    assert sentence in cast.client(cast.guide).get(page).content.decode()
    assert sentence in cast.client(cast.administrator).get("/people/").content.decode()
    assert sentence not in cast.client(cast.participant).get(page).content.decode()
    assert sentence not in cast.client(cast.supporter).get(page).content.decode()
    assert sentence not in cast.client(cast.stranger).get("/people/").content.decode()


def test_it_is_said_no_longer_once_an_email_went_out_to_them(cast, post):
    journey = post_to(cast, REFUSED, post)
    post_welcome.enqueue(journey_id=str(journey.id), person_id=str(cast.participant.id))
    work()
    assert (
        "could not be delivered"
        not in cast.client(cast.guide).get(f"/journeys/{journey.id}/").content.decode()
    )
    assert FailedEmail.objects.get().settled_at


def test_what_is_tried_again_is_not_given_up(cast, post):
    post_to(cast, ConnectionRefusedError(), post)
    assert not FailedEmail.objects.exists()


def test_a_code_to_sign_in_is_given_up_for_those_who_sign_in_with_the_address(cast, post):
    _sent, failures = post
    failures.append(REFUSED)
    tasks.enqueue_message(
        EmailKind("signing in"),
        to=cast.participant.user.email,
        subject="A code",
        text="123456",
        organisation=None,
    )
    work()
    assert [one.person_id for one in FailedEmail.objects.all()] == [cast.participant.id]
