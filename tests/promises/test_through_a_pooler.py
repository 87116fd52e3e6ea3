"""The promise: Alongside works behind a pooler that lends its connections for one transaction each.

What one transaction leaves in a connection (a prepared statement, an open cursor, a setting) is met by somebody else's
next one. So the real product is served through PgBouncer with two connections for all its processes and threads, and
everything is done at once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from tests.pooler import pooled
from tests.promises.test_nothing_acknowledged_is_lost import _journey, box_in
from tests.served import Served, Visitor, furnished_home, runs

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = ("clinician", "patient") * 3
ROUNDS = 8


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """The name of a socket has a hundred characters at most, and whoever is not root may go there."""
    folder = Path(tempfile.mkdtemp(prefix="pooler-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def address_and_pooler(tmp_path: Path, short_folder: Path) -> Iterator[tuple[dict[str, str], str, str]]:
    if connection.vendor != "postgresql":
        pytest.skip("a pooler stands before PostgreSQL")
    with furnished_home(tmp_path / "home") as own, pooled(own["DATABASE_URL"], short_folder / "p") as through:
        yield own, own["DATABASE_URL"], through


def test_everybody_works_through_it_at_once(address_and_pooler):
    own, direct, through = address_and_pooler
    served = Served({**own, "DATABASE_URL": through, "ALONGSIDE_DATABASE_DIRECT": direct})
    try:
        served.start()
        journey = _journey(served)
        with ThreadPoolExecutor(len(PEOPLE)) as together:
            answers = list(together.map(lambda number: _works(served, number, journey), range(len(PEOPLE))))
    finally:
        served.stop()

    assert answers == [ROUNDS] * len(PEOPLE)


def _works(served: Served, number: int, journey: str) -> int:
    """Reads and writes as somebody in a hurry; how often all of it was answered."""
    visitor = Visitor(served, PEOPLE[number])
    done = 0
    for _ in range(ROUNDS):
        page = visitor.get(f"/journeys/{journey}/first-meeting/")
        text, version = box_in(page, "private")
        sent = {"text": f"{text} w{number}", "version": str(version), "base": text}
        visitor.post(f"/journeys/{journey}/first-meeting/words/private/", sent, as_json=True)
        for path in (reverse("overview:today"), reverse("overview:journeys"), f"/journeys/{journey}/"):
            assert "</html>" in visitor.get(path)
        done += 1
    return done


def test_setting_up_backing_up_and_proving_go_past_it_and_leave_nothing_behind(address_and_pooler, tmp_path):
    """pg_dump empties the search path of its connection: lent on, no page would find a table any more."""
    own, direct, through = address_and_pooler
    environment = {**own, "DATABASE_URL": through, "ALONGSIDE_DATABASE_DIRECT": direct}

    runs("alongside.config.command", "setup", environment=environment)
    made = runs("alongside.config.command", "backup", "--to", str(tmp_path / "kept"), environment=environment)

    assert "kept" in made
    with psycopg.connect(through, autocommit=True, prepare_threshold=None) as line:
        assert line.execute("SHOW search_path").fetchone() == ('"$user", public',)


def test_such_a_pooler_does_break_what_relies_on_its_connection(address_and_pooler, short_folder):
    """Otherwise the tests above would show nothing: two who each prepare their first statement meet in one connection."""
    _own, direct, _through = address_and_pooler
    prepares = {"autocommit": True, "prepare_threshold": 0}

    with (
        pooled(direct, short_folder / "one", connections=1) as through,
        psycopg.connect(through, **prepares) as one,
        psycopg.connect(through, **prepares) as other,
    ):
        one.execute("SELECT 1 + %s", [1])
        with pytest.raises(psycopg.errors.DuplicatePreparedStatement):
            other.execute("SELECT 2 + %s", [1])
