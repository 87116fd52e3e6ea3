"""The promise: nothing acknowledged is lost.

Four people write at once while the machine dies: server, server processes and worker are killed with SIGKILL in the middle
of their saves, again and again. After each start every save that was acknowledged is there, once.
"""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import urllib.error
from html import unescape

import pytest

from tests.served import Served, Visitor, served_home
from tests.sizes import many

ROUNDS = many(4, 40)
WRITERS = (
    ("clinician", "patient", "notes"),
    ("patient", "patient", "notes"),
    ("clinician", "patient", "private"),
    ("patient", "patient", "private"),
)


class Writer(threading.Thread):
    """Types one word after the other into a box, saving each, and remembers which saves were acknowledged."""

    def __init__(self, served: Served, persona: str, box: str, journey: str, label: str) -> None:
        super().__init__(daemon=True)
        self.served, self.persona, self.box, self.journey, self.label = served, persona, box, journey, label
        self.acknowledged: list[str] = []
        self.typed = 0
        self.stopping = False
        self.trouble: Exception | None = None

    def run(self) -> None:
        try:
            self._write()
        except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
            # the server was killed under our hands: what was not acknowledged is not promised
            self.trouble = error

    def is_under_way(self) -> None:
        """Come back when the first saves are acknowledged."""
        while len(self.acknowledged) < 2 and self.is_alive():
            time.sleep(0.05)

    def _write(self) -> None:
        visitor = Visitor(self.served, self.persona)
        page = visitor.get(f"/journeys/{self.journey}/first-meeting/")
        text, version = box_in(page, self.box)
        while not self.stopping:
            self.typed += 1
            word = f"{self.label}{self.typed:04d}"
            sent = f"{text} {word}".strip()
            path = f"/journeys/{self.journey}/first-meeting/words/{self.box}/"
            answer = visitor.post(path, {"text": sent, "version": str(version), "base": text}, as_json=True)
            self.acknowledged.append(word)
            text, version = answer["text"], answer["version"]


def box_in(page: str, box: str) -> tuple[str, int]:
    """The text and version of a box as its form holds them."""
    form = next(f for f in re.findall(r"<form\b.*?</form>", page, re.S) if f"/words/{box}/" in f)
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", form, re.S)
    version = re.search(r'name="version"[^>]*value="(\d+)"', form)
    assert text and version
    return unescape(text[1]), int(version[1])


@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_save_is_there_after_every_kill(tmp_path):
    chance = random.Random(7)
    with served_home(tmp_path) as served:
        journey = _journey(served)
        acknowledged: dict[tuple[str, str], list[str]] = {}
        for turn in range(ROUNDS):
            writers = [
                Writer(served, persona, box, journey, f"{persona[0]}{box[0]}{turn}x")
                for persona, _, box in WRITERS
            ]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.is_under_way()
            time.sleep(chance.uniform(0.5, 2.0))
            served.kill()
            for writer in writers:
                writer.stopping = True
                writer.join(300)
                acknowledged.setdefault((writer.persona, writer.box), []).extend(writer.acknowledged)
            served.start()
            _all_there(served, journey, acknowledged)
        assert min(len(words) for words in acknowledged.values()) >= ROUNDS, "too few saves to prove anything"


def _journey(served: Served) -> str:
    """The demo journey that the patient walks."""
    page = Visitor(served, "patient").get("/")
    return re.findall(r"/journeys/([0-9a-f-]{36})/", page)[0]


def _all_there(served: Served, journey: str, acknowledged: dict[tuple[str, str], list[str]]) -> None:
    for (persona, box), words in acknowledged.items():
        text, _version = box_in(Visitor(served, persona).get(f"/journeys/{journey}/first-meeting/"), box)
        kept = text.split()
        lost = [word for word in words if word not in kept]
        doubled = [word for word in words if kept.count(word) > 1]
        assert not lost, f"{persona} lost in {box}: {lost}"
        assert not doubled, f"{persona} has twice in {box}: {doubled}"
