"""The kinds an organisation does not use: not offered, not begun, and what is under way in them goes on."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.journeys import actions, rules
from alongside.journeys.models import Journey
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.ledger.models import Entry
from alongside.people.models import Organisation, Person

BEGIN = "/journeys/begin/"
TREATMENT = f"{BEGIN}?kind=treatment&template=physiotherapy"
PAGE = "/organisation/kinds/"


def test_a_hidden_kind_is_not_offered_and_what_is_under_way_goes_on(cast):
    going = cast.journey("treatment")
    assert (
        cast.client(cast.administrator).post(PAGE, {"kinds": ["supervision", "mentoring"]}).status_code == 302
    )
    assert Organisation.objects.get(id=cast.organisation.id).hidden_kinds == ["treatment"]

    guide = cast.client(cast.guide)
    offered = guide.get(BEGIN).content.decode()
    assert "kind=mentoring" in offered and "kind=treatment" not in offered
    before = Journey.objects.count()
    for answer in (guide.get(TREATMENT), guide.post(TREATMENT, {"name": "Ines"})):
        assert answer.status_code == 200 and "kind=mentoring" in answer.content.decode()
    assert Journey.objects.count() == before
    assert guide.get(reverse("overview:journey", args=[going.id])).status_code == 200

    assert cast.client(cast.administrator).post(PAGE, {"kinds": ["treatment"]}).status_code == 302
    assert "kind=treatment" in guide.get(BEGIN).content.decode()


def test_at_least_one_kind_is_left(cast):
    answer = cast.client(cast.administrator).post(PAGE, {})
    assert answer.status_code == 422 and "Please leave at least one kind." in answer.content.decode()
    with pytest.raises(Refused):
        actions.choose_kinds(kinds=["dancing"], by=cast.administrator)
    assert Organisation.objects.get(id=cast.organisation.id).hidden_kinds == []


@pytest.mark.parametrize("who", ["guide", "participant", "lead"])
def test_only_administrators_choose_kinds(cast, who):
    assert cast.client(getattr(cast, who)).post(PAGE, {"kinds": ["treatment"]}).status_code == 403


@pytest.mark.parametrize(
    ("is_guide", "kind", "denial"),
    [
        (True, "mentoring", None),
        (True, "treatment", Denial.NOT_NOW),
        (False, "mentoring", Denial.NOT_YOURS),
        (False, "treatment", Denial.NOT_NOW),
    ],
)
def test_may_begin_kind(is_guide, kind, denial):
    actor = Person(is_guide=is_guide, organisation=Organisation(hidden_kinds=["treatment"]))
    assert rules.may_begin_kind(actor, kind).denial is denial


@pytest.mark.without_ledger("journeys.actions.choose_kinds")
def test_what_is_offered_is_recorded_or_nothing_changes(cast, monkeypatch):
    actions.choose_kinds(kinds=["treatment"], by=cast.administrator)
    assert Entry.objects.get(event="organisation.kinds_chosen").detail == {
        "hidden": ["supervision", "mentoring"]
    }

    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(actions, "record", full)
    with pytest.raises(OSError, match="full"):
        actions.choose_kinds(kinds=["mentoring"], by=cast.administrator)
    assert Organisation.objects.get(id=cast.organisation.id).hidden_kinds == ["supervision", "mentoring"]
