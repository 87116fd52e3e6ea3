"""`alongside bounce < report`: a mail server hands on that a letter came back."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from alongside.rooms.environment.actions.calendars import note_bounce
from alongside.rooms.environment.bounces import LARGEST, failed_meeting_email
from alongside.rooms.environment.queries.calendars import meeting_email_by_id


class Command(BaseCommand):
    help = "Read a delivery report (RFC 3464) from stdin and note the letter it is about as failed."

    def handle(self, *arguments: Any, **options: Any) -> None:
        meeting_email_id = failed_meeting_email(sys.stdin.buffer.read(LARGEST))
        meeting_email = meeting_email_by_id(meeting_email_id) if meeting_email_id else None
        if meeting_email is None:
            self.stdout.write("Nothing to note: no permanent failure of a letter from here.")
        elif note_bounce(meeting_email=meeting_email, by=None):
            self.stdout.write("Noted. The guide sees it beside the meeting.")
        else:
            self.stdout.write("Noted already.")
