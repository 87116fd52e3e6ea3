"""Every email the product can send, to and about people with a hostile name: nothing they typed becomes markup.

A kind of email nobody sends here is a failure: `CASES` and the kinds that are declared are the same.

Long, because every kind of email has its case, and all cases share what is looked for in each.
"""

import ast
import datetime as dt
import importlib
import pkgutil
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.core.context import request_context
from django.core import mail
from django.template.loader import render_to_string
from django.test import RequestFactory

import alongside
from alongside.archive.asking import ask_for_archive
from alongside.goals.actions import propose_need
from alongside.goals.measuring.actions import bring_instrument, keep_form
from alongside.goals.measuring.versions import key_of
from alongside.goals.safety import actions as safety_actions
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.safety.tasks import post_safety_notice
from alongside.journeys import emails as journey_emails
from alongside.journeys.addresses import actions as address_actions
from alongside.journeys.addresses import emails as address_emails
from alongside.journeys.tasks import post_welcome
from alongside.kernel import clock
from alongside.measures.own import make_instrument
from alongside.people import actions as people_actions
from alongside.people import factor_resets
from alongside.people.adapters import AccountAdapter
from alongside.people.emails import EMAILS, EmailKind, html_of
from alongside.people.models import Organisation, Person
from alongside.people.posting import deliver
from alongside.retention import access_actions, restricting_actions
from alongside.retention import actions as retention_actions
from alongside.retention.states import Extent
from alongside.rooms.ending.follow_up.emails import tell_of_answer
from alongside.rooms.ending.handover import emails as handover_emails
from alongside.rooms.ending.handover.queries import handover_of
from alongside.rooms.ending.keepsake_reminders import actions as reminder_actions
from alongside.rooms.ending.keepsake_reminders.tasks import keepsake_reminders
from alongside.rooms.ending.record import emails as ending_emails
from alongside.rooms.ending.tests import afterwards, hand_over
from alongside.rooms.ending.tests.test_return_requests import own
from alongside.rooms.environment import actions as meeting_actions
from alongside.rooms.environment.actions import asking as asking_actions
from alongside.rooms.environment.actions import offers as offer_actions
from alongside.rooms.environment.actions import series
from alongside.rooms.environment.actions.calendars import correct_address
from alongside.rooms.environment.composing import KINDS_OF_SEVERAL
from alongside.rooms.environment.composing import compose as compose_meeting_email
from alongside.rooms.environment.models import Answer, EmailEvent, Meeting, MeetingEmail, Reply
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.tests.factories import at, booked, room
from alongside.rooms.first_meeting.models import Reminded, Reminder
from alongside.rooms.first_meeting.tasks import post_proposals, post_reminder
from tests.cast import person as somebody
from tests.goals_tracking.test_pages import QUESTIONNAIRE, answers
from tests.goals_tracking.test_pages import at as goals_at

pytestmark = pytest.mark.django_db

SOURCE = Path(alongside.__file__).parent
PICTURE, LINK = "<img src=x onerror=alert(1)>", '"><a href="https://evil.example">Sign in</a>'
HOSTILE = f"{PICTURE} {LINK} [here](https://evil.example) **bold** &lt;b&gt; %(name)s {{{{ x }}}} </p></body>"
SERVICE, TELEPHONE = "Larkfieldservice", "01632 960 777"


@pytest.fixture
def hostile(cast):
    """The cast, all of whom have such a name, and so has their organisation."""
    for person in Person.objects.all():
        person.name = f"{person.name.split()[0]} {HOSTILE}"
        person.save(update_fields=["name"])
    for person in vars(cast).values():
        if isinstance(person, Person):
            person.refresh_from_db()
    cast.organisation.name = f"{SERVICE} {HOSTILE}"[: Organisation._meta.get_field("name").max_length]
    cast.organisation.telephone = TELEPHONE
    cast.organisation.save()
    mail.outbox.clear()
    return cast


def place_of(cast):
    return room(cast.guide, HOSTILE, details=f"{HOSTILE}\n{HOSTILE}")


def invited(cast):
    person = people_actions.add_person(
        organisation_id=cast.organisation.id, name=HOSTILE, email="ines@example.org", by=cast.guide
    )
    people_actions.invite_person(person=person, letter="organisation", by=cast.administrator)


def covered(cast, *, by="colleague", emergency=True):
    member = SimpleNamespace(journey_id=cast.journey().id, person=cast.administrator)
    day = dt.date(2031, 3, 3)
    cover = SimpleNamespace(
        member=member,
        by=getattr(cast, by),
        by_id=getattr(cast, by).id,
        in_an_emergency=emergency,
        from_day=day,
        until_day=day,
    )
    journey_emails.tell_of_cover(cover, guide=cast.guide, participant=cast.participant)


def address_moved(cast):
    change = address_actions.vouch_for_address(
        email="paul.new@example.org", by=cast.seat(cast.guide, cast.journey())
    )
    change = address_actions.confirm_address(change=change, by=cast.administrator)
    address_emails.tell_of_new_address(change)
    address_actions.object_to_address(change=change, by=None)


def handed_over(cast):
    seat = hand_over.proposed(cast, cast.journey())
    facts = handover_of(seat)
    handover_emails.tell_who_is_asked(facts)
    handover_emails.tell_it_goes_on(facts)
    handover_emails.tell_it_is_declined(facts)
    handover_emails.tell_it_is_let_go(facts, whom=cast.participant, by=cast.guide)


def ending_told(cast):
    for event in ending_emails.SUBJECTS:
        ending_emails.tell_other(cast.seat(cast.guide, cast.journey()), event)


def asked_afterwards(cast):
    journey, _made = afterwards.ended(cast)
    afterwards.come_round()
    tell_of_answer(cast.guide, journey.id)


def reminded_of_keepsake(cast):
    journey, _made = afterwards.ended(cast, days=())
    with afterwards.on():
        seat = cast.seat(cast.participant, journey)
        reminder_actions.choose_reminders(days=[afterwards.DAY], by=seat)
        keepsake_reminders.func()


def wished_back(cast):
    journey, _made = afterwards.ended(cast)
    cast.client(cast.participant).post(own(journey), {"words": HOSTILE})


def about_a_meeting(event):
    def send(cast):
        meeting = booked(cast.seat(cast.guide, cast.journey()), place_of(cast), at(3))
        meeting_actions.move_meeting(
            meeting=meeting,
            starts_at=at(4),
            minutes=60,
            place=place_of(cast),
            by=cast.seat(cast.guide, meeting.journey),
        )
        meeting.refresh_from_db()
        Reply.objects.create(
            meeting=meeting, sequence=meeting.sequence, person=cast.participant, answer=Answer.ACCEPTED
        )
        reader = cast.guide if event == EmailEvent.ANSWERED else cast.participant
        known = MeetingEmail.objects.filter(meeting=meeting, event=event, recipient=reader).last()
        deliver(
            compose_meeting_email(
                [
                    known
                    or MeetingEmail(meeting=meeting, sequence=meeting.sequence, event=event, recipient=reader)
                ]
            )
        )

    return send


def about_several_meetings(event):
    def send(cast):
        seat, place = cast.seat(cast.guide, cast.journey(participant_has_account=False)), place_of(cast)
        starts = [at(3), at(10)]
        series.book_series(place=place, minutes=60, recurrence="weekly", starts=starts, by=seat)
        first = meeting_in(seat, meeting_id=Meeting.objects.order_by("starts_at").first().id)
        if event == EmailEvent.MOVED:
            series.move_following(meeting=first, place=place, starts_at=at(4), minutes=60, by=seat)
        if event == EmailEvent.CANCELLED:
            series.cancel_following(meeting=first, by=seat)
        if event == EmailEvent.WITHDRAWN:
            correct_address(email="right@example.org", by=cast.seat(cast.guide, seat.journey))

    return send


def times_offered(cast):
    seat = cast.seat(cast.guide, cast.journey(kind="treatment"))
    offer_actions.offer_times(place=place_of(cast), starts=[at(3)], minutes=50, send=True, by=seat)


def reminded(of):
    def send(cast):
        journey = cast.journey(state="preparing")
        row = Reminder.objects.create(
            person=cast.participant, of=of, subject_id=journey.id, journey_id=journey.id
        )
        post_reminder.call(str(row.id))

    return send


def something_proposed(cast):
    journey = cast.journey()
    made = propose_need(statement=HOSTILE, by=cast.seat(cast.guide, journey))
    post_proposals.call(str(cast.participant.id), str(journey.id), str(made.id))


def notice_passed_on(cast):
    journey = cast.journey(kind="treatment")
    cast.client(cast.participant).post(
        goals_at("form", journey, "phq-9"), answers(None, None, None, None, None, None, None, None, 1)
    )
    SafetyNotice.objects.update(passed_on_at=None)
    safety_actions.pass_on(notice_id=SafetyNotice.objects.get().id, by=None)


def questionnaire_renewed(cast):
    """A questionnaire with a hostile name, filled in by one and renewed by their administrator."""
    seat = cast.seat(cast.participant, cast.journey(kind="treatment"))
    facts = {"rule": "sum(items)", "direction": "lower", "source": "Ours", "name": PICTURE}
    made = make_instrument(file=QUESTIONNAIRE, **facts)
    row = bring_instrument(instrument=made, file=QUESTIONNAIRE, by=cast.administrator)
    keep_form(instrument=key_of(row.id), answers={"a": "1"}, by=seat)
    bring_instrument(
        instrument=made, file=QUESTIONNAIRE, renews=row, same_meaning=True, by=cast.administrator
    )


def allauth_writes(cast):
    prefixes = [
        f"{path.parent.parent.name}/email/{path.name.removesuffix('_message.txt')}"
        for path in (SOURCE / "ui/templates").glob("*/email/*_message.txt")
        if not path.name.startswith("base_")
    ]
    assert len(prefixes) > 10
    for prefix in prefixes:
        facts = dict.fromkeys(
            ("code", "activate_url", "password_reset_url", "from_email", "to_email", "deleted_email", "email"), HOSTILE
        )  # fmt: skip
        with request_context(RequestFactory().get("/")):
            AccountAdapter().send_mail(prefix, "ines@example.org", {**facts, "user": cast.guide.user})


def erasure_decided(cast):
    somebody(cast.organisation, "Sam Second", is_administrator=True)
    retention_actions.decide_erasure(
        person=cast.participant,
        extent=Extent.NAMES_AND_WORDS,
        journey_id=None,
        asked_on=clock.today("Europe/London"),
        agrees=True,
        reason="They asked.",
        by=cast.administrator,
    )


def restricted(cast):
    cast.journey()
    facts = {"asked_on": clock.today("Europe/London"), "reason": "They asked."}
    found = restricting_actions.restrict_person(person=cast.participant, **facts, by=cast.administrator)
    restricting_actions.lift_restriction(restriction=found, reason="It was checked.", by=cast.administrator)


def access_extended(cast):
    facts = {"asked_on": clock.today("Europe/London"), "identity": "They are signed in."}
    found = access_actions.record_request(person=cast.participant, **facts, by=cast.administrator)
    access_actions.extend_request(request=found, reason="There is a lot of it.", by=cast.administrator)


NAME_NOBODY = {"meeting withdrawn", "several meetings withdrawn"}
"""They go to an address that was somebody else's."""

CASES = {
    "invitation": invited,
    "invitation of somebody known": lambda cast: post_welcome.call(
        journey_id=str(cast.journey().id), person_id=str(cast.participant.id)
    ),
    "a role was changed": lambda cast: people_actions._tell_administrators(cast.guide),
    "signing in": allauth_writes,
    "second factor removed": lambda cast: [
        factor_resets._tell(cast.guide, text, cast.administrator, "/profile/")
        for text in (factor_resets.ASKED, factor_resets.TO_DECIDE, factor_resets.DONE)
    ],
    "something is to be erased": erasure_decided,
    "restriction": restricted,
    "request for access, extended": access_extended,
    "everything about one person": lambda cast: ask_for_archive(by=cast.participant),
    "questionnaire renewed": questionnaire_renewed,
    "cover, to the participant": covered,
    "cover, to the one who covers": covered,
    "cover, to the guide": covered,
    "cover by an administrator": lambda cast: covered(cast, by="administrator"),
    "hand-over proposed": handed_over,
    "hand-over, to who is asked": handed_over,
    "hand-over accepted, to the participant": handed_over,
    "hand-over accepted, to the guide": handed_over,
    "hand-over declined": handed_over,
    "hand-over let go": handed_over,
    "ending": ending_told,
    "return request": wished_back,
    "follow-up": asked_afterwards,
    "keepsake reminder": reminded_of_keepsake,
    "follow-up answered": asked_afterwards,
    "follow-up by phone": lambda cast: (afterwards.ended(cast, reads_e_mail=False), afterwards.come_round()),
    **{f"meeting {event}": about_a_meeting(event) for event in EmailEvent},
    **{f"several meetings {event}": about_several_meetings(event) for event in KINDS_OF_SEVERAL},
    "a time is asked for": lambda cast: asking_actions.ask_for_time(
        by=cast.seat(cast.participant, cast.journey())
    ),
    "times to choose from": times_offered,
    **{f"reminder, {of}": reminded(of) for of in Reminded if of != Reminded.PROPOSAL},
    "reminder, proposal": something_proposed,
    "safety notice": lambda cast: post_safety_notice.call(str(cast.journey().id)),
    "safety notice, passed on": notice_passed_on,
    "safety notice, to the guide when it is passed on": notice_passed_on,
    "change of address": address_moved,
    "test of the safety notices": lambda cast: safety_actions.try_notices(by=cast.administrator),
}


def test_every_kind_of_email_is_sent_here():
    for module in pkgutil.walk_packages([str(SOURCE)], "alongside."):
        if not {"tests", "migrations", "settings"} & set(module.name.split(".")):
            importlib.import_module(module.name)
    assert set(CASES) == set(EMAILS)


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_hostile_name_is_text_in_the_email(hostile, monkeypatch, name):
    composed, compose = [], EmailKind.compose

    def noting(kind, **parts):
        message = compose(kind, **parts)
        composed.append((kind.name, message))
        return message

    monkeypatch.setattr(EmailKind, "compose", noting)

    CASES[name](hostile)

    assert name in {kind for kind, _message in composed}
    assert name in NAME_NOBODY or any(PICTURE in message.body for kind, message in composed if kind == name)
    for kind, message in composed:
        assert_nothing_typed_is_markup(message)
        assert_whose_it_is_stands_in_the_text_alone(kind, message)


OF_AN_ACCOUNT = {"signing in"}
"""Of a sign-in, which may belong to several organisations: nobody made up has one that an email could reach."""


@pytest.mark.parametrize("name", sorted(CASES))
def test_nothing_is_sent_where_all_is_only_rehearsed(hostile, monkeypatch, name):
    """Whatever kind of email there is, of an organisation that is made up it goes nowhere, whoever it is addressed to."""
    Organisation.everywhere.update(is_rehearsal=True)
    cast_of = Organisation.everywhere.get(id=hostile.organisation.id)
    for person in vars(hostile).values():
        if isinstance(person, Person):
            person.organisation = cast_of
    monkeypatch.setattr(Organisation.objects, "get_queryset", Organisation.everywhere.get_queryset)
    mail.outbox.clear()

    CASES[name](hostile)

    assert name in OF_AN_ACCOUNT or mail.outbox == []


def assert_whose_it_is_stands_in_the_text_alone(kind, message):
    """A subject, a sender or a calendar is read by others as well, and the name may say what kind of care it is."""
    signature = message.body.rstrip().splitlines()[-1]
    assert (kind in NAME_NOBODY) != (SERVICE in signature and TELEPHONE in signature), kind
    for part in message.message().walk():
        assert not any(SERVICE in str(value) for value in part.values()), (kind, part.items())
        if part.get_content_type() not in ("text/plain", "text/html") and not part.is_multipart():
            assert SERVICE.encode() not in (part.get_payload(decode=True) or b""), (
                kind,
                part.get_content_type(),
            )


def assert_nothing_typed_is_markup(message):
    assert message.subject == " ".join(message.subject.split())
    html = [str(part[0]) for part in message.alternatives if part[1] == "text/html"]
    read = Reader()
    read.feed(html[0])
    assert read.tags <= {"html", "head", "meta", "body", "p", "br", "a"}
    assert all(link.startswith("http://testserver/") for link in read.links), read.links
    assert "".join(read.text).split() == message.body.split(), "the HTML says what the text says"
    message.message()


class Reader(HTMLParser):
    """The tags, the links and the text of a page, as a reader of emails takes them."""

    def __init__(self):
        super().__init__()
        self.tags, self.links, self.text = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for key, value in attrs if key in ("href", "src")]

    def handle_data(self, data):
        self.text.append(data)


# --- the one function -----------------------------------------------------------------------------------------


def test_text_from_a_template_is_escaped_although_it_is_marked_as_safe():
    text = render_to_string("people/mail/invitation.txt", {"name": LINK, "sender": PICTURE, "link": "x"})
    assert "<img" in text and "<img" not in html_of(text) and "evil.example&quot;" in html_of(text)


@pytest.mark.parametrize(
    ("line", "is_link"),
    [
        ("http://testserver/journeys/1/", True),
        ("   http://testserver/journeys/1/ ", True),
        ("http://testserver/ and more", False),
        ("http://testserver.evil.example/", False),
        ("http://evil.example/?http://testserver/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_an_address_of_this_service_on_a_line_of_its_own_is_a_link(line, is_link):
    assert ("<a " in html_of(f"Hello\n\n{line}\n")) is is_link


def test_a_subject_is_one_line_whoever_composes_it():
    kind = EmailKind("a test")
    message = kind.compose(
        to="a@example.org", subject="One\r\nBcc: b@example.org\u2028two", text="x", organisation=None
    )
    assert message.subject == "One Bcc: b@example.org two"


COMPOSE = {
    "EmailMessage",
    "EmailMultiAlternatives",
    "MeetingMessage",
    "send_mail",
    "send_mass_mail",
    "mail_admins",
}
COMPOSE |= {"mail_managers", "attach_alternative", "EmailKind"}
HERE = {"people/emails.py": COMPOSE, "people/tasks.py": {"EmailKind"}}


def test_emails_are_composed_in_one_place_alone():
    found = set()
    for path in SOURCE.rglob("*.py"):
        name = str(path.relative_to(SOURCE))
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                found |= {(name, called)} if called in COMPOSE - HERE.get(name, set()) else set()
    assert found == set()
