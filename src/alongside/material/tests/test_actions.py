"""What can be done with a template: by whom, with what record, and nothing without it."""

import pytest

from alongside.journeys.kinds import KINDS
from alongside.journeys.kinds.material import BY_KEY
from alongside.journeys.models import Material, MaterialVersion
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.material import actions
from alongside.material.changes import changes_between
from alongside.material.queries import desk_of

from .test_what_leads_a_journey import _lead, change, copied, published

pytestmark = pytest.mark.django_db
AGREEMENT = BY_KEY["agreement"]


def fresh(material):
    return Material.objects.get(id=material.id)


def desk(material, by):
    return desk_of(by, fresh(material))


def state():
    return (
        [(row.draft, row.put_away_at) for row in Material.objects.order_by("id")],
        list(MaterialVersion.objects.order_by("id").values_list("material_id", "number")),
    )


def everything(cast):
    """Each action, ready to be done."""
    material = copied(cast)
    change(material, "agreement", "purpose", cast.lead, text="Ours.")
    published(material, cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="Ours, changed.")
    change(material, "support", "", cast.lead, label="A choir", help="")
    published(material, cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="Not out yet.")
    away = copied(cast, "mentoring")
    actions.put_away(material=away, by=cast.lead)
    here = desk(material, cast.lead)
    base = here.item(AGREEMENT, "place")
    kind = KINDS["supervision"]
    values = {name: base[name] for name in AGREEMENT.names} | {"text": "Upstairs."}
    item = {"material": material, "chapter": AGREEMENT, "key": "place", "values": values, "base": base}
    support = {"material": material, "chapter": BY_KEY["support"]}
    return {
        "material.copied": (actions.copy_shipped, {"kind": kind, "template": kind.templates[0]}),
        "material.changed": (actions.change_item, item),
        "material.item_removed": (actions.remove_item, {**support, "key": "peer"}),
        "material.moved": (actions.move_item, {**support, "key": "online"}),
        "material.draft_discarded": (actions.discard_draft, {"material": material}),
        "material.published": (actions.publish, {"material": material, "mark": here.mark}),
        "material.published_again": (actions.publish_again, {"material": material, "number": 1}),
        "material.put_away": (actions.put_away, {"material": material}),
        "material.offered_again": (actions.offer_again, {"material": away}),
        "material.brought_in": (
            actions.bring_in,
            {"kind_slug": "supervision", "template_slug": material.template, "content": here.content},
        ),
    }


EVENTS = (
    *("material.copied", "material.changed", "material.item_removed", "material.moved"),
    *("material.draft_discarded", "material.published", "material.published_again"),
    *("material.put_away", "material.offered_again", "material.brought_in"),
)


@pytest.mark.parametrize("event", EVENTS)
def test_nothing_is_done_without_right_or_record(cast, event, monkeypatch):
    does, facts = everything(cast)[event]
    before = state()
    for other in (cast.guide, cast.participant):
        with pytest.raises(Refused):
            does(**facts, by=other)
    if "material" in facts:
        with pytest.raises(Refused) as refused:
            does(**facts, by=_lead(cast.stranger))
        assert refused.value.verdict.denial.value == 404
    with monkeypatch.context() as broken:
        broken.setattr(actions, "record", lambda *_args, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            does(**facts, by=cast.lead)
    assert state() == before

    done = does(**facts, by=cast.administrator)
    assert state() != before
    written = Entry.objects.filter(event=event, person_id=cast.administrator.id).get()
    assert written.journey_id is None and written.organisation_id == cast.organisation.id
    assert "Not out yet." not in str(written.detail)
    assert done.id


def test_every_action_is_tried_here(cast):
    assert set(everything(cast)) == set(EVENTS)


def test_two_leads_at_one_section_second_is_refused_and_nothing_is_overwritten(cast):
    material = copied(cast)
    seen = desk(material, cast.lead).item(AGREEMENT, "purpose")
    change(material, "agreement", "purpose", cast.administrator, text="First.")
    change(material, "agreement", "place", cast.administrator, text="Elsewhere.")
    with pytest.raises(actions.Overtaken):
        actions.change_item(
            material=material,
            chapter=AGREEMENT,
            key="purpose",
            values={**seen, "text": "Second."},
            base=seen,
            by=cast.lead,
        )
    assert desk(material, cast.lead).item(AGREEMENT, "purpose")["text"] == "First."


def test_publishing_what_was_changed_since_it_was_read_is_refused(cast):
    material = copied(cast)
    mark = desk(material, cast.lead).mark
    change(material, "agreement", "purpose", cast.administrator, text="Meanwhile.")
    with pytest.raises(actions.Overtaken):
        actions.publish(material=material, mark=mark, by=cast.lead)
    assert not MaterialVersion.objects.exists()


def test_going_back_publishes_the_earlier_version_again_and_leaves_the_draft(cast):
    material = copied(cast)
    first = published(material, cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="Worse.")
    published(material, cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="Half done.")
    third = actions.publish_again(material=material, number=1, by=cast.lead)
    assert third.number == 3 and third.content == first.content
    assert desk(material, cast.lead).item(AGREEMENT, "purpose")["text"] == "Half done."
    actions.discard_draft(material=material, by=cast.lead)
    assert desk(material, cast.lead).published == desk(material, cast.lead).content
    with pytest.raises(Refused):
        actions.publish_again(material=material, number=3, by=cast.lead)


def test_draft_back_at_what_was_published_has_nothing_to_publish(cast):
    material = copied(cast)
    before = desk(material, cast.lead).item(AGREEMENT, "purpose")["text"]
    published(material, cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="Other.")
    change(material, "agreement", "purpose", cast.lead, text=before)
    with pytest.raises(Refused):
        published(material, cast.lead)


@pytest.mark.parametrize(
    ("chapter", "key"),
    [("agreement", "purpose"), ("parts", "review"), ("perspectives", "self"), ("ending_topics", "remains")],
)
def test_what_the_kind_has_to_speak_of_is_not_removed(cast, chapter, key):
    with pytest.raises(Refused):
        actions.remove_item(material=copied(cast), chapter=BY_KEY[chapter], key=key, by=cast.lead)


def test_last_of_a_chapter_first_in_it_and_fixed_ones_stay_where_they_are(cast):
    material = copied(cast)
    support = BY_KEY["support"]
    keys = [each["key"] for each in desk(material, cast.lead).content["support"]]
    for key in keys[1:]:
        actions.remove_item(material=material, chapter=support, key=key, by=cast.lead)
    with pytest.raises(Refused):
        actions.remove_item(material=material, chapter=support, key=keys[0], by=cast.lead)
    for chapter, key in (("support", keys[0]), ("agreement", "place"), ("ending_topics", "remains")):
        with pytest.raises(Refused):
            actions.move_item(material=material, chapter=BY_KEY[chapter], key=key, by=cast.lead)


def test_what_is_put_away_is_not_changed_and_comes_back(cast):
    material = copied(cast)
    published(material, cast.lead)
    actions.put_away(material=material, by=cast.lead)
    with pytest.raises(Refused):
        change(material, "agreement", "purpose", cast.lead, text="x")
    with pytest.raises(Refused):
        actions.put_away(material=material, by=cast.lead)
    actions.offer_again(material=material, by=cast.lead)
    with pytest.raises(Refused):
        actions.offer_again(material=material, by=cast.lead)
    change(material, "agreement", "purpose", cast.lead, text="x")


def test_never_published_copy_has_no_draft_to_discard_and_nothing_can_be_added_where_nothing_is(cast):
    material = copied(cast)
    with pytest.raises(Refused):
        actions.discard_draft(material=material, by=cast.lead)
    published(material, cast.lead)
    with pytest.raises(Refused):
        actions.discard_draft(material=material, by=cast.lead)
    with pytest.raises(Refused):
        change(material, "parts", "", cast.lead, title="Fifth", minutes=5, prompt="?")
    with pytest.raises(Refused):
        change(material, "parts", "plan", cast.lead, minutes=1000)


def test_questionnaire_nobody_here_has_is_not_brought_in(cast):
    content = desk(copied(cast), cast.lead).content
    asked = [{"key": "service-unknown", "when": "each", "every": 1}]
    with pytest.raises(Refused) as refused:
        actions.bring_in(
            kind_slug="supervision",
            template_slug=KINDS["supervision"].templates[0].slug,
            content={**content, "questionnaires": asked},
            by=cast.lead,
        )
    assert "service-unknown" in str(refused.value)


def test_what_changed_is_told_item_by_item_and_word_by_word(cast):
    material = copied(cast)
    published(material, cast.lead)
    before = desk(material, cast.lead).content
    change(material, "about", "about", cast.lead, name="Ward placements")
    change(material, "agreement", "purpose", cast.lead, text="To learn from the work.", prompt="Why?")
    change(material, "pace", "pace", cast.lead, every_days=42)
    change(material, "support", "", cast.lead, label="A choir", help="")
    actions.remove_item(material=material, chapter=BY_KEY["support"], key="peer", by=cast.lead)
    actions.move_item(material=material, chapter=BY_KEY["parts"], key="plan", by=cast.lead)
    found = changes_between(before, desk(material, cast.lead).content)
    assert [(one.chapter, one.what) for one in found] == [
        ("Name and purpose", "changed"),
        ("How often and how long", "changed"),
        ("Agreement", "changed"),
        ("Parts of a meeting", "moved"),
        ("On-going support", "new"),
        ("On-going support", "gone"),
    ]
    pace = found[1].fields
    assert len(pace) == 1 and [(c.text.strip(), c.came, c.went) for c in pace[0].changes if c.came] == [
        ("six weeks", True, False)
    ]
    assert [field.label for field in found[2].fields] == ["What to write here", "Text to begin with"]
    assert changes_between(None, before) == () and changes_between(before, before) == ()
