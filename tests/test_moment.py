"""Whatever a test starts is as late as the test, also when the run believes to be at another moment."""

import os
import subprocess
import sys
import time
import urllib.request
from email.utils import parsedate_to_datetime
from http.cookies import SimpleCookie

from django.conf import settings

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from tests import moment
from tests.served import Served, own_home, runs

SAYS = "import time; print(time.time())"
AT_MOST = 120
"""Seconds that a busy machine may take for one of these tests."""


def test_a_test_begins_at_the_moment_that_was_asked_for():
    if asked := moment.asked():
        assert 0 <= (now() - asked).total_seconds() < AT_MOST
    else:
        assert moment.later() == 0


def test_a_command_is_as_late_as_its_test():
    inheriting = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)
    nearly_bare = subprocess.run(
        [sys.executable, "-c", SAYS],
        env={"PATH": os.environ["PATH"], **moment.told()},
        capture_output=True,
        text=True,
        check=True,
    )
    for done in (inheriting, nearly_bare):
        assert 0 <= time.time() - float(done.stdout) < AT_MOST, done.stderr


def test_an_identifier_is_as_late_as_its_test_and_they_keep_their_order():
    made = [new_id() for _each in range(500)]
    assert abs((made[0].int >> 80) / 1000 - time.time()) < AT_MOST
    assert made == sorted(made)
    code = "from alongside.kernel.ids import new_id; print(new_id().int >> 80)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert abs(int(done.stdout) / 1000 - time.time()) < AT_MOST


def test_what_is_told_to_stand_still_stands_still():
    """Only while the clock of the run is moved: nothing is told otherwise."""
    code = "import time; print(time.time()); time.sleep(0.05); print(time.time())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], **moment.told(still=True)},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = map(float, done.stdout.split())
    assert (first == second) is (moment.asked() is not None)


def test_a_served_home_and_its_commands_are_as_late_as_their_test(tmp_path, db):
    with own_home(tmp_path) as environment:
        command = (
            "django",
            "shell",
            "--no-imports",
            "-c",
            "from django.utils import timezone; print(timezone.now().timestamp())",
        )
        said = runs(*command, environment=environment)
        assert 0 <= time.time() - float(said) < AT_MOST
        served = Served(environment)
        try:
            served.start()
            with urllib.request.urlopen(served.address + "/accounts/login/", timeout=60) as answer:
                cookie = SimpleCookie(answer.headers["Set-Cookie"])[settings.CSRF_COOKIE_NAME]
        finally:
            served.stop()
        until = parsedate_to_datetime(cookie["expires"]).timestamp()
        assert abs(until - time.time() - settings.CSRF_COOKIE_AGE) < AT_MOST


def test_a_page_in_a_browser_is_as_late_as_its_test(page):
    page.goto("/accounts/login/")
    assert abs(page.evaluate("Date.now()") / 1000 - time.time()) < AT_MOST
    before = page.evaluate("Date.now()")
    page.wait_for_function("before => Date.now() > before + 20", arg=before)
    assert page.evaluate("new Promise(done => setTimeout(() => done('went on'), 20))") == "went on"
