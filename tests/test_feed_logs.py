"""The key in a calendar's address is in no line of the log."""

import pytest
from django.test import Client

from alongside.config.logs import JsonFormatter
from alongside.config.serving import _granian
from alongside.rooms.environment.actions.calendars import make_feed


@pytest.mark.django_db
def test_the_key_of_a_feed_is_in_no_log(cast, caplog):
    _feed, token = make_feed(by=cast.participant)
    with caplog.at_level("DEBUG"):
        found, unknown = (
            Client().get(f"/calendar/{token}/meetings.ics"),
            Client().get(f"/calendar/x{token}/meetings.ics"),
        )
    assert (found.status_code, unknown.status_code) == (200, 404)
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("environment_emails:feed" in line for line in lines)
    assert not any(token in line for line in lines)


def test_the_server_writes_no_lines_of_its_own_about_requests():
    assert not any("access" in word for word in _granian("127.0.0.1", 8000, 1, 1))
