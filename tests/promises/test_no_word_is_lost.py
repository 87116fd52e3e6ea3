"""The promise: no word is lost.

Two people write in the same box at once, two hundred edits a minute and more, over a connection that loses what they
send, loses the answers, delivers twice and late; in the middle the machine is killed. They follow the same rules as the
page does (`ui/static/ui/js/words/box.js`). At the end every word of both is there, once, and both read the same.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
import urllib.error
import urllib.parse
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.journeys.merging import merge
from tests.promises.test_nothing_acknowledged_is_lost import _journey, box_in
from tests.served import Served, Visitor, served_home
from tests.sizes import many

EDITS_EACH = many(110, 600)
EVERY = 0.3
BOX = "notes"


class Lost(Exception):
    """Something on the way went missing."""


class Typist(threading.Thread):
    """One person at a box: types on whatever happens, sends one letter at a time, and the same one until it is answered."""

    def __init__(self, served: Served, persona: str, journey: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.served, self.persona, self.chance = served, persona, random.Random(seed)
        self.page = f"/journeys/{journey}/first-meeting/"
        self.path = f"{self.page}words/{BOX}/"
        self.typed: list[str] = []
        self.lost = 0
        self.met = 0
        """How often an answer brought words that had come from the other since."""
        self.pending: dict[str, str] | None = None
        self.trouble: BaseException | None = None

    def run(self) -> None:
        try:
            self.visitor = Visitor(self.served, self.persona)
            self.text, version = box_in(self.visitor.get(self.page), BOX)
            self.base, self.version = self.text, str(version)
            self._write()
        except BaseException as error:
            # told to the test, which runs in another thread
            self.trouble = error

    def has_typed(self, edits: int) -> None:
        """Come back when so many words are typed."""
        while len(self.typed) < edits and self.is_alive():
            time.sleep(0.05)

    def _write(self) -> None:
        for number in range(EDITS_EACH):
            self._type(f"{self.persona[0]}{number:03d}")
            until = time.monotonic() + EVERY * self.chance.uniform(0.5, 1.5)
            self._send()
            time.sleep(max(0.0, until - time.monotonic()))
        patience = time.monotonic() + 600
        while self._is_unsent() and time.monotonic() < patience:
            self._send()
            time.sleep(0.05)
        assert not self._is_unsent(), "the last words never arrived"

    def _type(self, word: str) -> None:
        """Put a word anywhere, most often at the end."""
        words = self.text.split()
        place = len(words) if self.chance.random() < 0.6 else self.chance.randint(0, len(words))
        self.text = " ".join([*words[:place], word, *words[place:]])
        self.typed.append(word)

    def _is_unsent(self) -> bool:
        return self.pending is not None or self.text != self.base

    def _send(self) -> None:
        if not self._is_unsent():
            return
        if self.pending is None:
            self.pending = {
                "text": self.text,
                "base": self.base,
                "version": self.version,
                "letter": str(uuid4()),
            }
        letter = self.pending
        try:
            reply = self._over_a_bad_line(letter)
        except (Lost, urllib.error.URLError, OSError, http.client.HTTPException):
            self.lost += 1
            return
        self.pending, self.version = None, str(reply["version"])
        self.met += reply["text"] != letter["text"]
        if self.text == letter["text"]:
            self.text = self.base = reply["text"]
        else:
            self.base = letter["text"]

    def _over_a_bad_line(self, letter: dict[str, str]) -> dict:
        time.sleep(self.chance.uniform(0, 0.08))
        if self.chance.random() < 0.15:
            raise Lost("on the way there")
        reply = self.visitor.post(self.path, letter, as_json=True)
        if self.chance.random() < 0.1:
            # delivered once more, late, and this answer is the one that comes through
            time.sleep(self.chance.uniform(0, 0.1))
            reply = self.visitor.post(self.path, letter, as_json=True)
        if self.chance.random() < 0.15:
            raise Lost("on the way back")
        return dict(reply)


@pytest.mark.django_db(transaction=True)
def test_two_people_write_at_once_over_a_bad_line_and_every_word_is_there(tmp_path):
    with served_home(tmp_path) as served:
        journey = _journey(served)
        before, _version = box_in(Visitor(served, "patient").get(f"/journeys/{journey}/first-meeting/"), BOX)
        two = [
            Typist(served, persona, journey, seed) for seed, persona in enumerate(("clinician", "patient"))
        ]
        for typist in two:
            typist.start()
        for typist in two:
            typist.has_typed(EDITS_EACH // 3)
        served.kill()
        served.start()
        for typist in two:
            typist.join(900)
            assert typist.trouble is None, repr(typist.trouble)

        pages = [Visitor(served, one.persona).get(f"/journeys/{journey}/first-meeting/") for one in two]
        (text, version), (other, _) = (box_in(page, BOX) for page in pages)

    assert text == other, "both read the same"
    kept = text.split()
    for typist in two:
        missing = [word for word in typist.typed if word not in kept]
        doubled = [word for word in typist.typed if kept.count(word) > 1]
        assert not missing, f"{typist.persona} lost {missing}"
        assert not doubled, f"{typist.persona} has twice {doubled}"
        assert typist.lost > EDITS_EACH // 10, "a line this good proves nothing"
        assert typist.met > EDITS_EACH // 5, "one after the other they prove nothing"
    assert [word for word in before.split() if word not in kept] == []
    assert version > EDITS_EACH // 2


# --- whatever is written ------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["it", "rained", "on", "the", "allotment", "again"]), max_size=12)


@st.composite
def added_to(draw, base: list[str], label: str) -> tuple[list[str], list[str]]:
    """The words of `base` with new ones of one person put in anywhere, and those new ones."""
    own = [f"{label}{number}" for number in range(draw(st.integers(0, 5)))]
    text = list(base)
    for word in own:
        text.insert(draw(st.integers(0, len(text))), word)
    return text, own


@given(st.data(), WORDS)
def test_what_both_put_in_is_there_once_whatever_they_began_with(data, base):
    theirs, left = data.draw(added_to(base, "t"))
    mine, right = data.draw(added_to(base, "m"))
    merged = merge(" ".join(base), " ".join(theirs), " ".join(mine)).split()
    for word in [*left, *right]:
        assert merged.count(word) == 1, f"{word} in {merged}"
    for word in set(base):
        assert merged.count(word) >= base.count(word)


@given(st.data(), WORDS)
def test_what_one_took_away_and_the_other_changed_stays_as_changed(data, base):
    mine, right = data.draw(added_to(base, "m"))
    merged = merge(" ".join(base), "", " ".join(mine)).split()
    assert [word for word in right if merged.count(word) != 1] == []


@given(WORDS, WORDS, WORDS)
def test_the_same_letter_twice_is_written_once(base, theirs, mine):
    start, stands, sent = (" ".join(words) for words in (base, theirs, mine))
    once = merge(start, stands, sent)
    assert merge(sent, once, sent) == once, "nothing new was typed since"
