"""Every kind is complete: nothing blank, nothing twice, and every agreement speaks of all that it must."""

from dataclasses import fields, is_dataclass

import pytest
from django.utils.functional import Promise

from alongside.journeys.kinds import KINDS, kind, template
from alongside.journeys.kinds.endings import PARTS
from alongside.journeys.kinds.shapes import FOCUSING_KEYS, PART_KEYS, PERSPECTIVE_KEYS, SUPPORT_KEYS
from alongside.measures.catalogue import MEASURES

pytestmark = pytest.mark.one_database

# What an agreement must (True) or may (False) speak of, in words. Both people, start date, needs, targets,
# starting picture and signatures are facts kept elsewhere; what only boards order is left to their forms.
EVERYWHERE = {
    "purpose": True,
    "form": False,
    "time": True,
    "methods": False,
    "responsibilities": False,
    "confidentiality": True,
    "records": True,
    "data_protection": True,
    "history": False,
    "review_date": True,
    "evaluation": False,
    "ending": True,
}
MUST_SPEAK_OF = {
    "supervision": EVERYWHERE
    | {
        "registration": False,
        "functions": False,
        "place": True,
        "expectations": False,
        "safeguarding": True,
        "ethics": False,
        "cancelling": False,
        "measures": False,
    },
    "mentoring": EVERYWHERE
    | {"place": False, "expectations": True, "safeguarding": False, "cancelling": False, "measures": False},
    "treatment": EVERYWHERE
    | {
        "registration": False,
        "place": True,
        "expectations": False,
        "safeguarding": True,
        "ethics": False,
        "cancelling": True,
        "fee": False,
        "consent_treatment": True,
        "consent_records": True,
        "consent_messages": True,
        "risk_plan": True,
        "legal_record": True,
        "measures": True,
    },
}
TEMPLATE_SLUGS = {
    "supervision": ["student-placement", "clinical-supervision", "preceptorship", "peer-supervision"],
    "mentoring": ["career", "first-year-student", "return-to-work", "leadership"],
    "treatment": ["low-back-pain", "talking-therapy", "acupuncture-course", "health-coaching"],
}
MAY_BE_EMPTY = {"help", "only_if", "sections", "settled", "ending", "group", "telephones", "asked_forms"}
each_kind = pytest.mark.parametrize("one", KINDS.values(), ids=lambda one: one.slug)
each_template = pytest.mark.parametrize(
    ("one", "ready"),
    [(one, ready) for one in KINDS.values() for ready in one.templates],
    ids=lambda each: each.slug,
)


def blanks(thing, path=""):
    """The paths of everything within that is empty and may not be."""
    if is_dataclass(thing):
        for field in fields(thing):
            value = getattr(thing, field.name)
            if not (field.name in MAY_BE_EMPTY and not value):
                yield from blanks(value, f"{path}.{field.name}")
    elif isinstance(thing, str | Promise):
        if not str(thing).strip():
            yield path
    elif isinstance(thing, tuple | list | dict):
        if not thing:
            yield path
        for name, each in thing.items() if isinstance(thing, dict) else enumerate(thing):
            yield from blanks(each, f"{path}[{name}]")


def texts(thing):
    """Every sentence within that people read."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, Promise):
        yield str(thing)
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from texts(each)
    elif isinstance(thing, dict):
        yield from texts(list(thing.values()))


def keys_of(things):
    return [each.key for each in things]


def thing_of(section):
    """What a reader meets as one thing: the fields of a safety plan stand together under one heading."""
    return str(section.group) or section.key


def test_kinds_are_the_three_by_their_slugs():
    assert {slug: one.slug for slug, one in KINDS.items()} == {each: each for each in MUST_SPEAK_OF}


@each_kind
def test_kind_has_nothing_blank(one):
    assert list(blanks(one)) == []


@each_kind
def test_every_human_sentence_of_a_kind_is_translatable(one):
    machine_read = {"key", "slug", "measure_key", "covers", "ending", "telephones", "when", "after_missed"}

    def plain_strings(thing, name=""):
        if is_dataclass(thing):
            for field in fields(thing):
                yield from plain_strings(getattr(thing, field.name), field.name)
        elif hasattr(thing, "_fields"):
            for part in thing._fields:
                yield from plain_strings(getattr(thing, part), part)
        elif isinstance(thing, dict):
            for each in thing.values():
                yield from plain_strings(each)
        elif isinstance(thing, tuple):
            for each in thing:
                yield from plain_strings(each, name)
        elif isinstance(thing, str) and thing and name not in machine_read:
            yield thing

    assert list(plain_strings(one)) == []


@each_kind
def test_agreement_speaks_of_all_it_must_in_required_sections(one):
    spoken_of = {row: section.required for section in one.agreement for row in section.covers}
    must = MUST_SPEAK_OF[one.slug]

    assert set(spoken_of) == set(must)
    assert [row for row, required in must.items() if required and not spoken_of[row]] == []


@each_kind
def test_no_agreement_section_is_required_without_a_required_matter(one):
    must = MUST_SPEAK_OF[one.slug]

    idle = [
        section.key
        for section in one.agreement
        if section.required != any(must[row] for row in section.covers)
    ]

    assert idle == []


@each_kind
def test_agreement_is_humane_in_length(one):
    assert 10 <= len({thing_of(section) for section in one.agreement}) <= 16


@each_kind
def test_keys_within_a_kind_are_unique(one):
    spoken_of = {(thing_of(section), row) for section in one.agreement for row in section.covers}
    lists = [
        sorted(row for _, row in spoken_of),
        keys_of(one.agreement),
        keys_of(one.preparation),
        keys_of(one.guide_preparation),
        keys_of(one.ending_questions.participant),
        keys_of(one.support_categories),
        [ready.slug for ready in one.templates],
    ]
    assert [each for each in lists if len(each) != len(set(each))] == []


@each_kind
def test_perspectives_have_the_same_keys_in_every_kind(one):
    assert tuple(keys_of(one.perspectives)) == PERSPECTIVE_KEYS


@each_kind
def test_focusing_has_five_levels_in_order(one):
    assert [(level.number, level.key) for level in one.focusing] == list(enumerate(FOCUSING_KEYS, start=1))


@each_kind
def test_ending_asks_both_people_the_same_four_things(one):
    asked = ["process", "benefit", "helped", "did_not_help"]
    assert keys_of(one.ending_questions.participant) == asked
    assert keys_of(one.ending_questions.guide) == asked


@each_kind
def test_support_may_come_from_peers_from_near_by_online_and_from_professionals(one):
    offered = keys_of(one.support_categories)
    assert [key for key in SUPPORT_KEYS if key in offered] == offered
    assert {"peer", "online", "professional"} < set(offered)
    assert {"workplace", "family", "community"} & set(offered)


@each_kind
def test_number_of_a_meeting_is_said_in_the_kinds_own_words(one):
    assert "7" in str(one.words.meeting_number % {"number": 7})


@each_kind
def test_emergency_note_says_that_nobody_is_watching(one):
    assert "Nobody is watching" in str(one.emergency_note)


@each_kind
def test_funnel_is_never_said_to_be_somebody_elses_or_proven(one):
    said = " ".join(texts(one)).lower()
    assert [word for word in ("open university", "evidence-based") if word in said] == []


def test_participant_must_acknowledge_except_a_patient():
    must = {slug: one.acknowledgement.participant_must for slug, one in KINDS.items()}
    assert must == {"supervision": True, "mentoring": True, "treatment": False}


def test_kind_is_found_by_slug_and_nothing_else():
    assert kind("treatment").words.meeting == "appointment"
    with pytest.raises(KeyError):
        kind("teaching")


def test_template_is_found_within_its_own_kind_only():
    assert template("mentoring", "career").slug == "career"
    with pytest.raises(KeyError):
        template("treatment", "career")
    with pytest.raises(KeyError):
        kind("treatment").section("functions")
    assert kind("supervision").section("functions").required is False


@each_kind
def test_kind_has_its_ready_templates(one):
    assert [ready.slug for ready in one.templates] == TEMPLATE_SLUGS[one.slug]


@each_template
def test_template_meeting_has_the_four_parts_and_they_fill_its_time(one, ready):
    assert tuple(keys_of(ready.parts)) == PART_KEYS
    assert sum(part.minutes for part in ready.parts) == ready.meeting_minutes
    assert min(part.minutes for part in ready.parts) > 0


@each_kind
def test_every_kind_has_a_short_check_in_a_long_review_and_a_last_meeting(one):
    assert [(shape.slug, shape.minutes) for shape in one.meeting_shapes] == [
        ("check-in", 10),
        ("long-review", 90),
        ("last", 45 if one.slug == "treatment" else 60),
    ]


@each_kind
def test_the_last_meeting_leads_to_every_part_of_the_ending(one):
    led_to = [name for part in one.meeting_shapes[-1].parts for name in part.ending]
    assert sorted(led_to) == sorted(PARTS)


@each_template
def test_every_shape_of_a_meeting_has_the_four_parts_once_and_they_fill_its_time(one, ready):
    shapes = one.shapes_for(ready)

    assert [shape.slug for shape in shapes] == ["usual", "check-in", "long-review", "last"]
    assert (shapes[0].parts, shapes[0].minutes) == (ready.parts, ready.meeting_minutes)
    for shape in shapes:
        assert sorted(keys_of(shape.parts)) == sorted(PART_KEYS)
        assert sum(part.minutes for part in shape.parts) == shape.minutes
        assert min(part.minutes for part in shape.parts) > 0


@each_template
def test_a_shape_is_found_by_its_name_and_one_nobody_knows_is_the_usual(one, ready):
    assert one.shape(ready, "check-in").minutes == 10
    assert one.shape(ready, None) == one.shape(ready, "no-longer-there") == one.shapes_for(ready)[0]


@each_kind
def test_the_parts_of_a_shape_have_names_of_their_own_and_an_order(one):
    usual = one.shapes_for(one.templates[0])[0]
    for shape in one.meeting_shapes:
        assert not {str(part.title) for part in shape.parts} & {str(part.title) for part in usual.parts}
    assert any(keys_of(shape.parts) != keys_of(usual.parts) for shape in one.meeting_shapes)


@each_template
def test_template_names_only_known_sections_and_measures(one, ready):
    assert set(ready.sections) - set(keys_of(one.agreement)) == set()
    assert {target.measure_key for target in ready.suggested_targets} - set(MEASURES) == set()


@each_template
def test_template_questions_have_unique_keys(one, ready):
    for questions in (ready.preparation, ready.guide_preparation):
        assert len(set(keys_of(questions))) == len(questions)


@each_template
def test_template_can_be_used_as_it_stands(one, ready):
    assert ready.planned_meetings >= 4
    assert ready.frequency.every_days > 0
    assert min(len(ready.suggested_needs), len(ready.suggested_targets), len(ready.first_steps)) >= 3


@each_template
def test_starting_texts_take_the_templates_own_words_where_it_has_some(one, ready):
    starting = one.starting_texts(ready)

    # what only the person can say has no words to take over, unless the template knows what must stand there
    offered = [each for each in one.agreement if not each.personal or each.key in ready.sections]
    assert list(starting) == keys_of(offered)
    for section in offered:
        assert starting[section.key] == ready.sections.get(section.key, section.example)


@each_template
def test_two_people_can_tell_the_template_apart_from_its_siblings(one, ready):
    siblings = [each for each in one.templates if each is not ready]
    assert str(ready.name) not in [str(each.name) for each in siblings]
    assert str(ready.summary) not in [str(each.summary) for each in siblings]


def test_every_kind_has_a_question_only_for_those_it_applies_to():
    for one in KINDS.values():
        asked = [part for ready in one.templates for part in (ready.preparation, ready.guide_preparation)]
        conditions = [question for questions in asked for question in questions if question.only_if]
        assert conditions, f"{one.slug} asks the same of everybody"
        for questions in asked:
            assert not (questions and questions[0].only_if), "the first question is for everybody"
