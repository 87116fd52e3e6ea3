"""Thresholds no score can ever meet are refused; rules are called by name; a score is drawn as a score."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from alongside.goals.measuring.forms import BoundsForm, initial_bounds
from alongside.goals.tracking_facts import ALL_RULES, SHIPPED
from alongside.goals.tracking_words import RULE_NAMES
from alongside.measures.catalogue import MEASURES, measure
from alongside.measures.own import make_instrument
from alongside.overview.course import _range
from alongside.rooms.ending.comparison.pages.compared import _ends

BOUNDS = {**initial_bounds(SHIPPED, 0), "source": "Ours"}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("pain-0-10:case_cutoff", "250"),
        ("phq-9:case_cutoff", "28"),
        ("phq-9:reliable_change", "28"),
        ("gad-7:reliable_change", "0"),
        ("gas:mdc", "5"),
        ("psfs:mdc", "nan"),
        ("phq-9:reliable_change", "Infinity"),
        ("overdue_share", "nan"),
        ("overdue_share", "1.5"),
        ("feedback_low", "11"),
        ("amber_at", "nan"),
    ],
)
def test_number_that_no_score_can_meet_is_refused_at_its_field(field, typed):
    sent = {name: value for name, value in BOUNDS.items() if value is not None}
    assert BoundsForm(sent).is_valid(), BoundsForm(sent).errors
    form = BoundsForm({**sent, field: typed})
    assert list(form.errors) == [field]


def test_what_is_set_keeps_its_decimals():
    sent = {name: value for name, value in BOUNDS.items() if value is not None}
    form = BoundsForm({**sent, "phq-9:reliable_change": "5.2"})
    assert form.is_valid()
    assert form.numbers["measures"]["phq-9"]["reliable_change"] == "5.2"


def test_every_rule_has_a_name():
    assert set(RULE_NAMES) == set(ALL_RULES)


def test_page_of_the_numbers_calls_rules_by_name(cast):
    page = cast.client(cast.administrator).get(reverse("service_measures:bounds")).content.decode()
    assert "Worse again after getting better" in page
    assert not any(f"{rule}<" in page or f" {rule} " in page for rule in ALL_RULES)


def test_score_with_a_long_scale_is_drawn_over_the_whole_of_it():
    item = (
        '{"resourceType": "Questionnaire", "title": "Long", "item": [{"linkId": "a", "type": "integer", "text": "A",'
        '"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},'
        '{"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 200}]}]}'
    )
    from alongside.measures.own import as_measure

    row = as_measure(
        make_instrument(file=item, rule="sum(items)", direction="lower", source="Ours"), "own:x", "1"
    )
    assert row.is_score and row.max == 200
    readings = [(dt.date(2026, 1, 5), 40.0), (dt.date(2026, 2, 5), 60.0)]
    assert _range(readings, row, None, falls=True) == (200, 0)
    assert _ends(None, row, ()) == (Decimal(200), Decimal(0))
    # an amount is drawn as far as it went
    assert _range(readings, measure("minutes"), None, falls=False) == (40, 60)
    assert MEASURES["minutes"].is_score is False


def test_every_rule_has_a_card_with_its_words_numbers_and_switch(cast):
    answer = cast.client(cast.administrator).get(reverse("service_measures:bounds"))
    page, form = answer.context["page"], answer.context["form"]

    assert [card.name for card in page.rules] == [str(RULE_NAMES[rule]) for rule in ALL_RULES]
    assert all(card.words for card in page.rules)
    assert [card.name for card in page.rules if card.switch is None] == [str(RULE_NAMES["N10"])]
    shown = {field.name for card in page.rules for field in card.fields}
    shown |= {field.name for row in page.measures for field in row.fields}
    assert shown | {"off", "source", "known_version"} == set(form.fields)
    said = answer.content.decode()
    assert all(f'name="{name}"' in said for name in form.fields)
    assert said.count("Source: Alongside") == len(ALL_RULES)


def test_a_switch_that_was_set_stands_ticked_and_a_mistake_comes_back_at_its_number(cast):
    administrator, url = cast.client(cast.administrator), reverse("service_measures:bounds")
    sent = {name: value for name, value in BOUNDS.items() if value is not None} | {"off": ["N5"]}

    wrong = administrator.post(url, {**sent, "phq-9:reliable_change": "28"})
    assert (
        wrong.status_code == 422
        and "Mood over the last two weeks (PHQ-9): reliable change" in wrong.content.decode()
    )
    assert administrator.post(url, sent).status_code == 302

    ticked = [
        card.name
        for card in administrator.get(url).context["page"].rules
        if card.switch and card.switch.data["selected"]
    ]
    assert ticked == [str(RULE_NAMES["N5"])]
