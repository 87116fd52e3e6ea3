"""Looking over many journeys: what is asked for, in which order, and what each line leads to."""

import datetime as dt

import pytest

from alongside.goals.models import Step
from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.states import JourneyState, Part
from alongside.kernel.clock import now
from alongside.rooms.sessions.record import boxes
from tests.cast import person

from . import build


@pytest.fixture
def many(cast):
    """Four journeys of one guide with people of different names, each standing elsewhere."""
    made = {}
    for name, kind, state in (
        ("Åsa Öberg", "treatment", "active"),
        ("Bruno Klein", "mentoring", "preparing"),
        ("Cleo Marsh", "supervision", "paused"),
        ("Dora Quist", "supervision", "completed"),
    ):
        journey = cast.journey(kind=kind, state=state)
        JourneyMember.objects.filter(journey=journey, part=Part.PARTICIPANT).update(
            person=person(cast.organisation, name)
        )
        made[name.split()[0]] = journey
    build.under_way(cast, made["Åsa"])
    return made


def names(answer) -> list[str]:
    page = answer.context["page"]
    groups = [*page.groups, *([page.over] if page.over else [])]
    return [line.title for group in groups for line in group.lines]


def ask(cast, **asked):
    return cast.client(cast.guide).get("/journeys/", asked)


def test_everything_stands_on_one_page(cast, many):
    assert sorted(names(ask(cast))) == ["Bruno Klein", "Cleo Marsh", "Dora Quist", "Åsa Öberg"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "asa oberg"}, ["Åsa Öberg"]),
        ({"name": "öBERG"}, ["Åsa Öberg"]),
        ({"name": "nobody"}, []),
        ({"kind": "mentoring"}, ["Bruno Klein"]),
        ({"show": "resting"}, ["Cleo Marsh"]),
        ({"show": "nothing_booked"}, ["Bruno Klein"]),
        ({"show": "needs_me", "name": "bruno"}, ["Bruno Klein"]),
        ({"show": "nonsense"}, ["Bruno Klein", "Cleo Marsh", "Dora Quist", "Åsa Öberg"]),
        ({"kind": "nonsense", "order": "nonsense"}, ["Bruno Klein", "Cleo Marsh", "Dora Quist", "Åsa Öberg"]),
    ],
)
def test_what_is_asked_for_is_shown(cast, many, asked, found):
    answer = ask(cast, **asked)
    assert answer.status_code == 200
    assert sorted(names(answer)) == found


def test_a_search_that_finds_nothing_leads_back_and_keeps_what_was_typed(cast, many):
    page = ask(cast, name="Zebedee").content.decode()
    assert "Nothing matches this filter." in page
    assert 'value="Zebedee"' in page


def test_how_many_of_how_many_is_said(cast, many):
    assert "1 of 4 journeys" in ask(cast, kind="mentoring").content.decode()


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Åsa Öberg", "Bruno Klein", "Cleo Marsh"]),
        ("stage", ["Bruno Klein", "Cleo Marsh", "Åsa Öberg"]),
        ("last", ["Bruno Klein", "Cleo Marsh", "Åsa Öberg"]),
        ("next", ["Åsa Öberg", "Bruno Klein", "Cleo Marsh"]),
    ],
)
def test_the_order_is_the_one_asked_for(cast, many, order, expected):
    assert names(ask(cast, order=order))[:3] == expected


def test_htmx_gets_the_lists_alone(cast, many):
    answer = cast.client(cast.guide).get("/journeys/", {"kind": "mentoring"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Bruno Klein" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_each_line_leads_to_the_action_it_needs(cast, many):
    page = ask(cast, name="bruno").content.decode()
    assert f'href="/journeys/{many["Bruno"].id}/environment/"' in page


def test_a_late_step_stands_out_on_both_pages(cast):
    journey = cast.journey()
    build.under_way(cast, journey)
    build.goals(cast, journey)
    Step.objects.filter(journey=journey).update(due=now().date() - dt.timedelta(days=3))
    for url in ("/", "/journeys/?show=overdue"):
        assert "A step was due on" in cast.client(cast.guide).get(url).content.decode(), url


def test_who_has_said_what_matters_has_prepared(cast):
    journey = cast.journey()
    build.under_way(cast, journey, next_in=1)
    assert "Paul Participant has not prepared yet" in ask(cast).content.decode()
    cast.client(cast.participant).post(
        f"/journeys/{journey.id}/sessions/3/words/{boxes.MATTERS}/", {"text": "Sleep", "version": "0"}
    )
    assert "has not prepared yet" not in ask(cast).content.decode()


def test_a_resting_journey_is_quiet(cast, many):
    build.under_way(cast, many["Cleo"], next_in=None)
    line = next(line for line in ask(cast).context["page"].groups[0].lines if line.title == "Cleo Marsh")
    assert (line.needs, line.lines) == ("", ())
    JourneyStateRecord.objects.create(journey=many["Cleo"], state=JourneyState.ACTIVE, by=cast.guide)
    line = next(line for line in ask(cast).context["page"].groups[0].lines if line.title == "Cleo Marsh")
    assert line.needs


def test_guiding_and_taking_part_are_kept_apart_when_looking_for_a_name(cast, many):
    own = Journey.objects.get(id=many["Bruno"].id)
    JourneyMember.objects.filter(journey=own, part=Part.GUIDE).update(person=cast.colleague)
    JourneyMember.objects.filter(journey=own, part=Part.PARTICIPANT).update(person=cast.guide)
    groups = {group.key: [line.title for line in group.lines] for group in ask(cast).context["page"].groups}
    assert groups == {"guide": ["Åsa Öberg", "Cleo Marsh"], "participant": ["Colin Colleague"]}


def test_a_very_long_list_begins_with_its_first_rows_and_shows_the_rest_when_asked(cast, many, monkeypatch):
    monkeypatch.setattr("alongside.overview.pages.caseload.SHOWN", 2)
    answer = ask(cast, order="name")
    assert len(names(answer)) == 2
    page = answer.content.decode()
    assert "The first 2 are shown." in page and "Show all 4" in page
    assert len(names(cast.client(cast.guide).get(answer.context["page"].rest.url))) == 4
    assert ask(cast, order="name", name="o").context["page"].rest is not None
    assert ask(cast, name="asa").context["page"].rest is None
