"""Links in emails lead to the public address, whatever host a request was sent to."""

import re

import pytest

from alongside.people.models import User

PUBLIC, ELSEWHERE = "https://alongside.example", "elsewhere.example"


@pytest.fixture(autouse=True)
def another_host(settings):
    settings.PUBLIC_URL = PUBLIC
    settings.ALLOWED_HOSTS = [ELSEWHERE]


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_an_email_asked_for_under_another_host_names_the_public_address_alone(
    client, mailoutbox, path, known
):
    if known:
        User.objects.create_user("pat@example.org", "correct horse battery staple")

    client.post(path, {"email": "pat@example.org"}, headers={"host": ELSEWHERE})

    parts = [
        text
        for mail in mailoutbox
        for text in (mail.subject, mail.body, *(str(a[0]) for a in mail.alternatives))
    ]
    assert len(mailoutbox) == (1 if known else len(mailoutbox))
    assert all(ELSEWHERE not in part for part in parts)
    links = [link for part in parts for link in re.findall(r"https?://[^/\s\"<]+", part)]
    assert set(links) <= {PUBLIC}
    assert links or path != "/accounts/password/reset/" or not known
