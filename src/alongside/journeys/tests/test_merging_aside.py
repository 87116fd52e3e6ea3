"""While two texts are merged nobody waits: others save in other boxes, and in this one."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections

from alongside.journeys import words
from alongside.journeys.models import Visibility, Words
from alongside.journeys.words import Box, write
from alongside.kernel.actions import action
from tests.cast import gather

PATIENCE = 10
"""Seconds in which a save that nothing holds up is done, on a machine as busy as you like."""


def box():
    return Box("meeting", uuid4(), "review", Visibility.OURS)


def in_another_thread(work):
    """Whether it was done in time."""
    problems = []

    def run():
        try:
            work()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return not thread.is_alive() and not problems


@action(unrecorded_because="a test: words are written within another action, as most boxes have it")
def write_within(*, box, text, by):
    return write(box=box, text=text, version=0, base="", by=by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("save", [write_within, lambda **facts: write(version=0, base="", **facts)])
def test_others_save_while_a_merge_is_worked_out(monkeypatch, save):
    cast = gather()
    journey = cast.journey()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    here, elsewhere, merge, saved = box(), box(), words.merge, []
    write(box=here, text="one two", version=0, by=guide)

    def slow(*texts):
        if not saved:
            assert not connection.in_atomic_block, "nothing is held"
            saved.append(in_another_thread(lambda: write(box=elsewhere, text="x", version=0, by=guide)))
            saved.append(
                in_another_thread(lambda: write(box=here, text="one two three", version=1, by=guide))
            )
        return merge(*texts)

    monkeypatch.setattr(words, "merge", slow)
    written = save(box=here, text="zero", by=participant)

    assert saved == [True, True]
    assert sorted(written.text.split()) == ["one", "three", "two", "zero"]
    assert Words.objects.get(subject_id=elsewhere.subject_id).text == "x"
