"""A service's own instrument: what is read from a FHIR Questionnaire, what a rule may be, and what is said when it isn't."""

import json
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.arithmetic import NotArithmetic, Range, read_rule
from alongside.measures.own import (
    OwnBand,
    Unread,
    as_measure,
    from_text,
    make_instrument,
    read_questionnaire,
    score_own,
    to_text,
)

pytestmark = pytest.mark.one_database

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def option(score, text):
    return {
        "valueCoding": {"code": text, "display": text, "extension": [{"url": ORDINAL, "valueDecimal": score}]}
    }


def choice(link_id, scores=(0, 1, 2, 3), **more):
    options = [option(score, f"answer {score}") for score in scores]
    return {"linkId": link_id, "text": f"About {link_id}", "type": "choice", "answerOption": options} | more


def number(link_id, low=0, high=10):
    ends = [
        {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", "valueInteger": value}
        for name, value in (("minValue", low), ("maxValue", high))
    ]
    return {"linkId": link_id, "text": "How much", "type": "integer", "extension": ends}


def file(*items, **more):
    return json.dumps({"resourceType": "Questionnaire", "title": "Ours", "item": list(items)} | more)


FACTS = {"direction": "lower", "source": "The service's own"}
THREE = file(
    {"linkId": "g", "type": "group", "item": [choice("a"), choice("b")]},
    number("c"),
    {"linkId": "d", "text": "Anything else?", "type": "text"},
    {"linkId": "e", "text": "Thank you", "type": "display"},
)
ENDS = {"a": Range(D(0), D(3)), "b": Range(D(0), D(3)), "c": Range(D(0), D(10))}


@pytest.mark.parametrize(
    ("rule", "answers", "value"),
    [
        ("sum(items)", (1, 2, 3), 6),
        ("mean(items)", (1, 2, 3), 2),
        ('item("a") + 2 * item("b")', (1, 2, 3), 5),
        ('sum(items) - item("c") + reverse("c")', (1, 2, 3), 10),
        ('mean(item("a"), reverse("b")) * 10', (1, 2, 9), 10),
        ("sum(items) / 4", (1, 2, 3), D("1.5")),
        ("-sum(items) + 16", (1, 2, 3), 10),
        ("0.1 * sum(items)", (1, 2, 0), D("0.3")),
        ("sum(items,\n  1)", (1, 2, 3), 7),
    ],
)
def test_rule_is_worked_out_exactly(rule, answers, value):
    assert read_rule(rule, ENDS).value(dict(zip("abc", map(D, answers), strict=True))) == value


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "items",
        "items + 1",
        "sum(items",
        "__import__('os').system('true')",
        "sum(items).real",
        "a + b",
        "sum(x for x in items)",
        "[1, 2]",
        "2 ** 9999999",
        "sum(items) if 1 else 2",
        "lambda: 1",
        'item("zz")',
        "item(a)",
        "item()",
        "max(items)",
        "sum()",
        "sum(items, key=1)",
        'item("a") * item("b")',
        '1 / item("a")',
        "sum(items) / 0",
        "1e400",
        "True",
        "'a'",
        "sum(items) // 2",
        "(" * 300 + "1" + ")" * 300,
        "-" * 400 + "1",
        "+".join(["1"] * 200),
        "sum(items) # \x00",
        "9" * 600,
    ],
)
def test_rule_that_is_not_arithmetic_gets_its_sentence(rule):
    with pytest.raises(Unread) as wrong:
        make_instrument(file=THREE, rule=rule, **FACTS)
    assert list(wrong.value.problems) == ["rule"]
    assert all(sentence.strip() for sentence in wrong.value.problems["rule"])


@given(st.text(max_size=60))
def test_whatever_is_written_is_a_rule_or_gets_a_sentence(text):
    try:
        rule = read_rule(text, ENDS)
        rule.value({"a": D(1), "b": D(1), "c": D(1)})
    except NotArithmetic as wrong:
        assert str(wrong)


def test_questions_are_read_in_order_out_of_their_groups():
    found = read_questionnaire(THREE)
    assert found.title == "Ours"
    assert [(each.link_id, each.low, each.high, each.scored) for each in found.questions] == [
        ("a", 0, 3, True),
        ("b", 0, 3, True),
        ("c", 0, 10, True),
        ("d", 0, 0, False),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not a JSON file"),
        ('{"resourceType": "Questionn', "not a JSON file"),
        ("[" * 100_000, "not a JSON file"),
        ("[]", "not a FHIR Questionnaire"),
        ('{"resourceType": "Patient"}', "not a FHIR Questionnaire"),
        (file(), "no question in it"),
        (file(choice("a"), choice("a")), "“a” is there more than once"),
        (file(choice("a"), {"linkId": "b", "type": "attachment"}), "type “attachment”"),
        (file(choice("a"), {"type": "choice", "text": "Nameless"}), "no linkId"),
        (
            file(
                choice("a"),
                {"linkId": "b", "type": "choice", "answerOption": [{"valueString": "x"}, option(1, "y")]},
            ),
            "has no number (ordinalValue), so it cannot be scored: “x”",
        ),
        (file(choice("a"), {"linkId": "b", "type": "choice"}), "offers no answers"),
        (file(choice("a"), {"linkId": "b", "type": "integer"}), "lowest and a highest value"),
        (file(choice("a"), "b"), "no question"),
        (file(choice("a"), {"linkId": "b", "type": "group", "item": {"x": 1}}), "nested"),
        (file(*[choice(str(n)) for n in range(201)]), "more than 200"),
        (file(choice("a"), description="x" * 400_001), "larger than"),
    ],
)
def test_file_that_cannot_be_used_gets_its_sentence(text, part):
    with pytest.raises(Unread) as wrong:
        read_questionnaire(text)
    assert part in " ".join(wrong.value.problems["file"])


def test_every_problem_is_said_at_once_each_at_its_field():
    with pytest.raises(Unread) as wrong:
        make_instrument(
            file=file(choice("a"), choice("a"), {"linkId": "b", "type": "attachment"}), rule="x", **FACTS
        )
    assert [len(wrong.value.problems[name]) for name in ("file",)] == [2]


def test_range_is_what_the_rule_can_come_to():
    made = make_instrument(file=THREE, rule='2 * item("a") - item("c") + reverse("b")', **FACTS)
    assert (made.min, made.max) == (-10, 9)


def test_scores_are_made_only_of_complete_answers():
    bands = (OwnBand("little", D(0)), OwnBand("much", D(5)))
    made = make_instrument(file=THREE, rule="sum(items)", bands=bands, **FACTS)
    full = score_own(made, {"a": "1", "b": "2", "c": "2", "d": "Words"})
    assert (full.total, full.band, full.complete) == (5, "much", True)
    half = score_own(made, {"a": "1", "c": ""})
    assert (half.total, half.band, half.missing) == (None, "", ("b", "c"))


@pytest.mark.parametrize("answer", ["4", "0.5", "-1", "three", [1]])
def test_answer_that_is_not_offered_is_refused(answer):
    made = make_instrument(file=THREE, rule="sum(items)", **FACTS)
    with pytest.raises(ValueError, match="Please choose one of the answers"):
        score_own(made, {"a": answer})


def test_digits_of_another_script_are_digits():
    made = make_instrument(file=THREE, rule="sum(items)", **FACTS)
    assert score_own(made, {"a": "٢", "b": "१", "c": "0"}).total == 3


def test_what_is_kept_comes_back_as_it_was():
    made = make_instrument(
        file=THREE,
        rule="mean(items) / 3",
        name="Renamed",
        reliable_change=D("1.5"),
        case_cutoff=D(1),
        bands=(OwnBand("low", D(0)),),
        licence_line="Ours",
        **FACTS,
    )
    assert from_text(to_text(made)) == made
    row = as_measure(made, "own-x", "3")
    assert (row.key, row.version, row.name, row.direction, row.lower_is_better) == (
        "own-x",
        "3",
        "Renamed",
        "lower",
        True,
    )
    assert (row.min, row.max, row.reliable_change, row.case_cutoff) == (made.min, made.max, D("1.5"), 1)
