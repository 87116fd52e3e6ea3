"""The question at a link: who knows the name of the person they met, and how often one may try."""

import datetime as dt
import threading

import pytest
from django.db import connections
from django.test import Client

from alongside.journeys.models import JourneyMember
from alongside.kernel.clock import now
from alongside.kernel.errors import Refused
from alongside.rooms.ending.later.actions import say_whom
from alongside.rooms.ending.later.queries import knows_guide
from alongside.rooms.ending.links.queries import keepsake_link_of
from tests.cast import gather

from .afterwards import come_round, ended, fields, link_in, on


@pytest.mark.parametrize(
    "whom", ["Gwen", "guide", " GWEN  GUIDE ", "Mrs Guide", "Gwén", "Gwe\u0301n", "Guide, Gwen", "Dr Gwen G."]
)
def test_a_name_is_known_as_people_type_it(cast, whom):
    journey, _made = ended(cast)

    assert knows_guide(cast.seat(cast.participant, journey), whom)


@pytest.mark.parametrize(
    "whom",
    [
        "Gw",
        "Paul",
        "Mrs",
        "",
        "x",
        "e",
        "Sue Supporter",
        "Gwen Blake",
        "Anna Gwen Ruth Maria",
        "Gwen or Ruth",
        "Gwen Gwen Gwen Gwen",
    ],
)
def test_another_name_is_not(cast, whom):
    journey, _made = ended(cast)

    assert not knows_guide(cast.seat(cast.participant, journey), whom)


@pytest.mark.parametrize(
    ("name", "whom"), [("田中太郎", "田中"), ("د. ليلى حسن", "ليلى"), ("Jürgen Weiß", "weiss")]
)
def test_names_in_other_scripts(cast, name, whom):
    journey, _made = ended(cast)
    cast.guide.name = name
    cast.guide.save()

    assert knows_guide(cast.seat(cast.participant, journey), whom)


def test_every_word_is_of_one_and_the_same_guide(cast):
    """Two have guided: words of both together are a list of names."""
    journey, _made = ended(cast)
    cast.colleague.name = "Ruth O'Neil-Weiß"
    cast.colleague.save()
    day = dt.timedelta(days=1)
    JourneyMember.objects.create(
        journey=journey, person=cast.colleague, part="covering", begins_at=now() - day, ends_at=now() + day
    )
    seat = cast.seat(cast.participant, journey)

    assert knows_guide(seat, "Gwen Guide") and knows_guide(seat, "ruth weiss") and knows_guide(seat, "Neil")
    assert not knows_guide(seat, "Gwen Ruth")


@pytest.mark.without_ledger("rooms.ending.later.actions.say_whom")
def test_the_question_never_answers_itself(cast):
    """Asked for the first time, after a wrong name, while it rests, and when what was typed travels along."""
    _journey, made = ended(cast)
    path, client = link_in(come_round()[0]), Client()
    with on():
        pages = [client.get(path), client.post(path, fields(made))]
        pages += [client.post(path, {"whom": "Nobody"}) for _try in range(6)]
        pages += [client.get(path), client.get(f"{path}keepsake/"), client.get(f"{path}back/")]
    for page in pages:
        assert not [word for word in ("Gwen", "Guide") if word in page.content.decode()]


@pytest.mark.django_db(transaction=True)
def test_many_who_try_at_once_have_no_more_than_five_tries():
    cast = gather()
    journey, _made = ended(cast)
    seat = cast.seat(cast.participant, journey)
    link = keepsake_link_of(seat)
    tried, begin = [], threading.Barrier(12)

    def run():
        begin.wait()
        try:
            tried.append(say_whom(link=link, said="Nobody", seat=seat, by=None))
        except Refused:
            tried.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tried.count(False), tried.count(None)) == (5, 7)


def test_after_five_wrong_names_the_link_rests(cast):
    ended(cast)
    path = link_in(come_round()[0])
    client = Client()

    with on():
        wrong = [client.post(path, {"whom": "Someone"}).status_code for _try in range(5)]
        resting = client.post(path, {"whom": "Gwen"})
        assert wrong == [422] * 5 and resting.status_code == 409
        assert "try again in an hour" in resting.content.decode()
    with on(hour=11):
        assert client.post(path, {"whom": "Gwen"}).status_code == 302
