"""What every answer carries, whoever asks at whichever door: nothing private lies in a browser's or a proxy's store."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.addresses import addresses
from tests.furnish import furnish_journey
from tests.promises.test_no_one_reads_what_is_not_theirs import part_of

NOBODYS = ("/static/nothing-here.css", "/nowhere/", "/accounts/nowhere/")


def of_the_sign_in() -> list[str]:
    """The addresses of the sign-in library; signing out comes last, as whoever knocks is signed out by it."""
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    names = [name for name in names if name.startswith(("account_", "mfa_"))]
    made = []
    for name in sorted(names, key=lambda name: (name == "account_logout", name)):
        for parts in ({}, {"pk": 1}, {"uidb36": "a", "key": "b-c"}):
            try:
                made.append(reverse(name, kwargs=parts))
                break
            except NoReverseMatch:
                continue
        else:
            raise AssertionError(f"{name} has a part this test does not know")
    return made


def is_kept_nowhere(answer) -> bool:
    """No store at all; or the browser's own one, asked anew each time, for what has an ETag and is neither page nor form."""
    said = {part.strip() for part in answer.get("Cache-Control", "").split(",")}
    picture_or_feed = answer.status_code == 304 or answer.headers.get("Content-Type", "").startswith(
        ("image/svg+xml", "text/calendar")
    )
    return "no-store" in said or (
        picture_or_feed and {"private", "no-cache"} <= said and answer.has_header("ETag")
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", "guide", "administrator"])
def test_no_answer_of_any_door_may_be_stored(cast, role):
    journey = furnish_journey(cast, "treatment")
    client = Client() if role == "nobody" else cast.client(getattr(cast, role))
    client.raise_request_exception = False
    ours = [
        (address.name, reverse(address.name, kwargs={part: part_of(journey, part) for part in address.parts}))
        for address in addresses()
    ]
    knocked = [*ours, *((path, path) for path in (*NOBODYS, *of_the_sign_in()))]

    stored = [
        f"{method} {name}: {answer.status_code} {answer.get('Cache-Control')}"
        for method in ("GET", "POST", "PUT")
        for name, path in knocked
        if not is_kept_nowhere(answer := client.generic(method, path))
    ]

    assert not stored
    assert len(ours) > 250


@pytest.mark.django_db
def test_a_request_to_a_foreign_host_is_not_stored_either(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = client.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, is_kept_nowhere(answer)) == (400, True)


@pytest.mark.django_db
def test_every_answer_gives_up_what_no_page_needs_and_names_no_server(cast):
    for answer in (cast.client(cast.guide).get("/"), Client().get("/"), Client().get("/nowhere/")):
        policy = answer["Permissions-Policy"]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))
        assert "publickey-credentials-get=(self)" in policy
        assert answer["Server"] == ""


@pytest.mark.django_db
def test_every_answer_says_what_a_browser_may_load_and_that_nobody_frames_it(client, settings, tmp_path):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["testserver"]
    (tmp_path / "a.css").write_text("p { color: red }")
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS, settings.WHITENOISE_AUTOREFRESH = (
        tmp_path,
        False,
        False,
    )

    answers = [
        client.get("/"),
        client.get("/static/a.css", secure=True),
        client.get("/", secure=True),
        client.get("/", secure=True, headers={"host": "evil.example"}),
    ]

    assert [answer.status_code for answer in answers] == [301, 200, 302, 400]
    for answer in answers:
        rules = set(answer["Content-Security-Policy"].split("; "))
        assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= rules
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer
        answer.close()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/signup/", "/nowhere/"])
def test_no_request_is_sent_back_as_it_came(client, path):
    assert client.generic("TRACE", path).status_code == 405


@pytest.mark.django_db
def test_a_sentence_to_be_shown_next_lies_in_no_cookie(cast):
    client = cast.client(cast.participant)
    known = set(client.cookies)

    client.post("/profile/", {"name": "A Secret Name", "time_zone": "Europe/London", "language": "en-gb"})

    assert set(client.cookies) == known
    assert b"Your profile is saved" in client.get("/profile/").content
