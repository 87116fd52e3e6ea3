"""A journey is led by the version it began with, whole; what Alongside came with is what it was."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse_lazy

from alongside.goals.measuring.schedule import schedule_of
from alongside.journeys import material as leading
from alongside.journeys.kinds import KINDS
from alongside.journeys.kinds.material import BY_KEY, CHAPTERS, applied, content_of
from alongside.journeys.kinds.material_checks import Faulty, checked
from alongside.journeys.material import newest_like
from alongside.journeys.queries import seats_of
from alongside.kernel.errors import Refused
from alongside.kernel.kept import Kept
from alongside.material import actions
from alongside.material.queries import desk_of
from alongside.overview.actions import set_up_journey
from alongside.programmes.star.gathering import _asked_by, all_journeys
from alongside.rooms.first_meeting import actions as first_meeting
from alongside.rooms.first_meeting import boxes, queries
from alongside.rooms.first_meeting.texts import newest_of, starting_texts

pytestmark = pytest.mark.django_db
BEGIN = reverse_lazy("overview:begin")
SHIPPED = [(kind, template) for kind in KINDS.values() for template in kind.templates]
FACTS = {
    "participant": None,
    "name": "Sam Okoro",
    "email": "",
    "time_zone": "Europe/London",
    "title": "",
    "meeting_minutes": 60,
    "every_days": 28,
    "planned_meetings": 10,
}


def copied(cast, kind="supervision", by=None):
    return actions.copy_shipped(kind=KINDS[kind], template=KINDS[kind].templates[0], by=by or cast.lead)


def change(material, chapter, key, by, **values):
    desk = desk_of(by, type(material).objects.get(id=material.id))
    base = desk.item(BY_KEY[chapter], key) if key else None
    fields = {name: value for name, value in (base or {}).items() if name != "key"} | values
    return actions.change_item(
        material=material, chapter=BY_KEY[chapter], key=key, values=fields, base=base, by=by
    )


def published(material, by):
    desk = desk_of(by, type(material).objects.get(id=material.id))
    return actions.publish(material=material, mark=desk.mark, by=by)


def begun(cast, version):
    material = version.material
    return set_up_journey(
        **FACTS, kind=material.kind, template=material.template, material=version, by=cast.guide
    )


def words_of(kind):
    """What people read of a kind and its templates, as plain text."""
    return json.dumps([_words(getattr(kind, name)) for name in kind.__dataclass_fields__])


def _words(value):
    if isinstance(value, tuple | list):
        return [_words(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        left_out = ("source", "sections", "frequency", "preparation", "guide_preparation", "example")
        return [_words(getattr(value, name)) for name in value.__dataclass_fields__ if name not in left_out]
    return value if isinstance(value, bool | int) else str(value)


@pytest.mark.parametrize(("kind", "template"), SHIPPED, ids=lambda one: one.slug)
def test_shipped_template_taken_over_unchanged_leads_as_it_did(kind, template):
    content = checked(json.loads(json.dumps(content_of(kind, template))), kind, template)
    made = applied(kind, template.slug, content)
    own = made.template(template.slug)
    assert words_of(made) == words_of(kind)
    assert {key: str(text) for key, text in made.starting_texts(own).items()} == {
        key: str(text) for key, text in kind.starting_texts(template).items()
    }
    for name in ("preparation", "guide_preparation"):
        asked = getattr(template, name) or getattr(kind, name)
        assert [(one.key, str(one.text), str(one.help), one.rows, str(one.only_if)) for one in asked] == [
            (one.key, str(one.text), str(one.help), one.rows, str(one.only_if)) for one in getattr(own, name)
        ]
    assert own.frequency.every_days == template.frequency.every_days
    assert [one.is_required(own) for one in made.agreement] == [
        one.is_required(template) for one in kind.agreement
    ]


def test_every_chapter_is_read_by_the_journey(cast):
    material = copied(cast, "treatment")
    change(material, "about", "about", cast.lead, name="Knees at Larkfield")
    change(material, "pace", "pace", cast.lead, every_days=42, planned_meetings=7, notice_hours=12)
    change(
        material,
        "agreement",
        "",
        cast.lead,
        title="Parking",
        prompt="Where?",
        text="Behind the mill.",
        required=True,
    )
    change(material, "preparation", "", cast.lead, text="Which knee is it?", help="")
    change(material, "parts", "review", cast.lead, title="Since we met", minutes=11)
    change(material, "perspectives", "peer", cast.lead, label="someone on the ward")
    change(material, "support", "", cast.lead, label="The walking group", help="")
    change(material, "ending_topics", "", cast.lead, title="The key", text="Where is it?", help="")
    seat = cast.seat(cast.guide, begun(cast, published(material, cast.lead)))

    template = boxes.template_of(seat)
    assert str(template.name) == "Knees at Larkfield"
    assert (template.frequency.every_days, str(template.frequency.label)) == (42, "every six weeks")
    assert template.planned_meetings == 7
    version = first_meeting.begin_agreement(by=seat)
    assert version.notice_hours == 12
    assert [str(one.title) for one in seat.kind.agreement if one.required][-1] == "Parking"
    assert "Behind the mill." in starting_texts(seat, version).values()
    assert str(boxes.questions_for(seat, guide=False)[-1].text) == "Which knee is it?"
    assert next(part for part in template.parts if part.key == "review").minutes == 11
    assert template.meeting_minutes == sum(part.minutes for part in template.parts)
    assert "someone on the ward" in [str(one.label) for one in seat.kind.perspectives]
    assert str(seat.kind.support_categories[-1].label) == "The walking group"
    assert [one.key for one in seat.kind.ending_matters][-1] == "remains"
    assert str(seat.kind.ending_matters[-2].title) == "The key"


def test_questionnaires_of_a_version_are_asked_and_counted_without_opening_a_word(cast):
    template = next(one for one in KINDS["treatment"].templates if one.asked_forms)
    material = actions.copy_shipped(kind=KINDS["treatment"], template=template, by=cast.lead)
    form = template.asked_forms[0].measure_key
    change(material, "questionnaires", form, cast.lead, when="every", every=3)
    version = published(material, cast.lead)
    seat = cast.seat(cast.guide, begun(cast, version))
    asked = next(one for one in schedule_of(seat) if one.instrument == form)
    assert (asked.when, asked.every) == ("every", 3)
    counted = _asked_by("treatment", template.slug, version.asked_forms)
    assert [(one.instrument, one.when, one.every) for one in counted] == [
        (one.instrument, one.when, one.every) for one in schedule_of(seat)
    ]
    [facts] = [one for one in all_journeys() if one.key == seat.journey.id.hex]
    assert [(one.instrument, one.when, one.every) for _since, one in facts.asked] == [
        (one.instrument, one.when, one.every) for one in counted
    ]
    assert form not in str(version.content)


def test_kind_of_a_version_is_made_once_for_many_journeys(cast, monkeypatch):
    version = published(copied(cast), cast.lead)
    journeys = [begun(cast, version) for _number in range(3)]
    monkeypatch.setattr(leading, "_MADE", Kept(256))
    with CaptureQueriesContext(connection) as cold:
        seats = seats_of(cast.guide)
    with CaptureQueriesContext(connection) as warm:
        seats_of(cast.guide)
    assert len(seats) == len(journeys) == 3 and len({id(seat.kind) for seat in seats}) == 1
    assert len(cold) == len(warm) + 1


def test_running_journey_keeps_its_version_and_a_new_one_begins_with_the_newest(cast):
    material = copied(cast)
    change(material, "agreement", "purpose", cast.lead, text="First.")
    first = published(material, cast.lead)
    running = cast.seat(cast.guide, begun(cast, first))
    change(material, "agreement", "purpose", cast.lead, text="Second.")
    second = published(material, cast.lead)
    fresh = cast.seat(cast.guide, begun(cast, second))

    def purpose(seat):
        version = queries.newest_version(seat) or first_meeting.begin_agreement(by=seat)
        return starting_texts(seat, version)["purpose"]

    assert purpose(cast.seat(cast.guide, running.journey)) == "First."
    assert purpose(fresh) == "Second."
    assert newest_like(first) == second
    assert newest_like(None) is None
    # what was on the screen when it was chosen is what it is begun with, though another was published meanwhile
    assert purpose(cast.seat(cast.guide, begun(cast, first))) == "First."


def test_shipped_template_is_untouched_by_a_copy_and_offered_beside_it(cast):
    before = words_of(KINDS["supervision"])
    material = copied(cast)
    change(material, "agreement", "purpose", cast.lead, title="Why", text="Ours.")
    version = published(material, cast.lead)
    assert words_of(KINDS["supervision"]) == before
    page = cast.client(cast.guide).get(f"{BEGIN}?kind=supervision").content.decode()
    assert f"material={version.id}" in page and "template=student-placement" in page
    plain = cast.seat(cast.guide, cast.journey())
    assert str(plain.kind.section("purpose").title) != "Why"


def test_copy_takes_the_organisations_own_agreement_texts_along(cast):
    slug = KINDS["supervision"].templates[0].slug
    where = {"kind": "supervision", "template": slug, "by": cast.lead}
    first_meeting.keep_texts(texts={"purpose": "Ours already."}, known="", **where)
    version = published(copied(cast), cast.lead)
    known = newest_of(queries.texts_of(cast.organisation.id, "supervision", slug))
    first_meeting.keep_texts(texts={"purpose": "Later."}, known=known, **where)
    seat = cast.seat(cast.guide, begun(cast, version))
    assert starting_texts(seat, first_meeting.begin_agreement(by=seat))["purpose"] == "Ours already."


def test_time_section_left_as_shipped_says_the_numbers_of_the_version(cast):
    material = copied(cast)
    change(material, "pace", "pace", cast.lead, every_days=14, planned_meetings=5)
    version = published(material, cast.lead)
    journey = set_up_journey(
        **{**FACTS, "every_days": 14, "planned_meetings": 5},
        kind="supervision",
        template=material.template,
        material=version,
        by=cast.guide,
    )
    seat = cast.seat(cast.guide, journey)
    assert starting_texts(seat, first_meeting.begin_agreement(by=seat))["time"].startswith(
        "We meet every two weeks for 60 minutes, and plan to meet 5 times."
    )


def test_version_of_another_organisation_or_of_another_template_begins_nothing(cast):
    theirs = published(copied(cast, by=_lead(cast.stranger)), _lead(cast.stranger))
    with pytest.raises(Refused):
        begun(cast, theirs)
    ours = published(copied(cast), cast.lead)
    with pytest.raises(Refused):
        set_up_journey(**FACTS, kind="mentoring", template="career", material=ours, by=cast.guide)
    page = cast.client(cast.guide).get(f"{BEGIN}?kind=supervision&material={theirs.id}").content.decode()
    assert "With whom" not in page
    assert cast.client(cast.guide).get(f"{BEGIN}?kind=supervision&material=no").status_code == 200


def _lead(person):
    person.is_lead = True
    person.save()
    return person


def test_what_is_put_away_is_offered_to_nobody(cast):
    version = published(copied(cast), cast.lead)
    url = f"{BEGIN}?kind=supervision&material={version.id}"
    guide = cast.client(cast.guide)
    assert "With whom" in guide.get(url).content.decode()
    actions.put_away(material=version.material, by=cast.lead)
    assert "With whom" not in guide.get(url).content.decode()
    assert str(version.id) not in guide.get(f"{BEGIN}?kind=supervision").content.decode()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw.pop("parts"), "Parts of a meeting (parts): This part is missing."),
        (lambda raw: raw["parts"].pop(), "is missing."),
        (
            lambda raw: raw["parts"][1].update(minutes="ten"),
            "number 2: Minutes: This must be a whole number from 1 to",
        ),
        (lambda raw: raw["agreement"].append(dict(raw["agreement"][0])), "stands there twice."),
        (
            lambda raw: raw["agreement"][0].update(colour="red"),
            "Agreement (agreement), number 1: “colour” is not known",
        ),
        (
            lambda raw: raw["pace"][0].update(every_days=13),
            "How often: This must be one of: 7, 14, 21, 28, 42, 56, 84.",
        ),
        (lambda raw: raw["pace"][0].update(every_days=True), "How often: This must be one of"),
        (lambda raw: raw["about"][0].update(name=" "), "Name: Please fill this in."),
        (lambda raw: raw["about"][0].update(name="a\nb"), "Name: This must be one line."),
        (lambda raw: raw["agreement"][0].update(text="x" * 20_001), "This is longer than 20000 characters."),
        (lambda raw: raw["agreement"].append({"key": "mine"}), "number"),
        (lambda raw: raw["agreement"][0].update(required=1), "This must be true or false."),
        (lambda raw: raw["support"].clear(), "Please leave at least one."),
        (lambda raw: raw["preparation"].extend([{}] * 60), "There are more than 40."),
        (lambda raw: raw.update(agreement=None), "This part is missing."),
        (lambda raw: raw.update(nonsense=[]), "There is no part called “nonsense”."),
        (lambda raw: raw["support"].append({"key": "NOT A KEY", "label": "x"}), "Its key may only have"),
        (lambda raw: raw["support"].append("x"), "This part is missing."),
        (
            lambda raw: raw["support"].append({"key": "strange", "label": "x"}),
            "A key of your own begins with “own-”.",
        ),
        (lambda raw: raw["support"][0].update(help=3), "This must be text."),
        (lambda raw: [one.update(minutes=200) for one in raw["parts"]], "between 5 and 480 minutes"),
    ],
)
def test_data_that_cannot_lead_a_journey_is_refused_with_its_place(spoil, said):
    kind = KINDS["treatment"]
    raw = json.loads(json.dumps(content_of(kind, kind.templates[0])))
    spoil(raw)
    with pytest.raises(Faulty) as refused:
        checked(raw, kind, kind.templates[0])
    assert said in str(refused.value)


def test_what_is_no_template_at_all_is_refused():
    kind = KINDS["treatment"]
    with pytest.raises(Faulty):
        checked([], kind, kind.templates[0])


def test_safety_plan_keeps_its_fields_and_what_can_be_called_in_them():
    kind = KINDS["treatment"]
    for template in kind.templates:
        raw = content_of(kind, template)
        fields = [one for one in kind.agreement if one.group]
        for gone in fields:
            left = {**raw, "agreement": [one for one in raw["agreement"] if one["key"] != gone.key]}
            with pytest.raises(Faulty):
                checked(left, kind, template)
        for one in raw["agreement"]:
            one["required"] = False
        made = applied(kind, template.slug, raw)
        for one in fields:
            own = made.section(one.key)
            assert (own.required, own.telephones, own.at_least, own.personal) == (
                one.required,
                one.telephones,
                one.at_least,
                one.personal,
            )


def test_every_chapter_is_in_every_template():
    assert {chapter.key for chapter in CHAPTERS} == set(content_of(*SHIPPED[0]))
