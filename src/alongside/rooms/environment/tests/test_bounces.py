"""Reports of mail servers, in the shapes in which they come."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command

from alongside.ledger.models import Entry
from alongside.rooms.environment.emails import message_id
from alongside.rooms.environment.models import MeetingEmail

from .factories import at, booked

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; paul@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--cut
Content-Type: {original}

Message-ID: {message_id}
Subject: Appointment

--cut--
"""


def hand_on(monkeypatch, **facts: str) -> str:
    known = {
        "to": "us@example.org",
        "action": "failed",
        "status": "5.1.1",
        "original": "message/rfc822",
        **facts,
    }
    raw = REPORT.format(**known).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    said = io.StringIO()
    call_command("bounce", stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_is_matched_by_the_message_it_brings_back(seat, place, monkeypatch, original):
    booked(seat, place, at(3))
    meeting_email = MeetingEmail.objects.get()
    facts = {"message_id": message_id(meeting_email), "original": original}
    assert "Noted." in hand_on(monkeypatch, **facts)
    assert "already" in hand_on(monkeypatch, **facts)
    meeting_email.refresh_from_db()
    assert (meeting_email.trouble, bool(meeting_email.failed_at), bool(meeting_email.posted_at)) == (
        "bounced",
        True,
        True,
    )
    assert Entry.objects.filter(event="meeting_email.bounced").count() == 1


def test_a_report_is_matched_by_the_address_it_was_sent_back_to(seat, place, monkeypatch, settings):
    settings.BOUNCE_ADDRESS = "bounces@example.org"
    booked(seat, place, at(3))
    meeting_email = MeetingEmail.objects.get()
    assert mail.outbox[0].from_email == f"bounces+{meeting_email.id.hex}@example.org"
    assert mail.outbox[0].message()["From"] == settings.DEFAULT_FROM_EMAIL
    assert "Noted." in hand_on(monkeypatch, to=mail.outbox[0].from_email, message_id="<other@example.org>")


@pytest.mark.parametrize(
    "facts",
    [
        {"action": "delayed", "status": "4.4.7"},
        {"action": "failed", "status": "4.2.2"},
        {"action": "delivered", "status": "2.0.0"},
        {"message_id": "<0123456789abcdef0123456789abcdef.0@localhost>"},
        {"message_id": "nonsense"},
        {"original": "text/plain"},
    ],
)
def test_delays_and_what_is_not_ours_change_nothing(seat, place, monkeypatch, facts):
    booked(seat, place, at(3))
    said = hand_on(monkeypatch, **{"message_id": message_id(MeetingEmail.objects.get()), **facts})
    assert "Nothing to note" in said
    assert MeetingEmail.objects.get().failed_at is None


def test_rubbish_changes_nothing(seat, place, monkeypatch):
    booked(seat, place, at(3))
    for raw in (b"", b"\xff\x00" * 1000, b"Content-Type: multipart/report; boundary=x\n\n--x"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        call_command("bounce", stdout=io.StringIO())
    assert MeetingEmail.objects.get().failed_at is None
