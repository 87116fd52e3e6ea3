"""Questionnaires as public FHIR files have them: each comes in whole, with its right value, or is refused with the reason.

Long, because each way in which a file can differ is tried on one small questionnaire.
"""

import json
from decimal import Decimal as D
from pathlib import Path

import pytest

from alongside.measures.fhir_questionnaires import Unread
from alongside.measures.own import as_measure, from_text, make_instrument, score_own, to_text
from alongside.measures.own_questions import asked

pytestmark = pytest.mark.one_database

HERE = Path(__file__).parent / "questionnaires"
EXPECTED = json.loads((HERE / "expected.json").read_text())
REFUSED = {
    "open-choice": ["The question “a” is of the type “open-choice”, which cannot be filled in here yet."],
    "real-sleep-without-scores": [
        "The answers to “a” have no scores (ordinalValue): not at all, some days, most days, nearly every day."
    ],
}
"""Those that are refused, each with the sentence that is true of it."""
WHOLE = sorted(EXPECTED.keys() - REFUSED.keys())


def instrument(name):
    return made((HERE / f"{name}.json").read_text(), EXPECTED[name]["rule"])


def made(file, rule="sum(items)", **more):
    facts = {"direction": "lower", "source": "The service's own"} | more
    # what is kept of it says the same as what was read
    return from_text(to_text(make_instrument(file=file, rule=rule, **facts)))


def keys(found, given):
    """The answers as they are kept, from the words they were chosen by."""
    kept = {}
    for link_id, words in given.items():
        question = found.question(link_id)
        yes_no = {"yes": "Yes", "no": "No"}
        options = [each.key for each in question.options if each.text == yes_no.get(words, words)]
        kept[link_id] = options[0] if options else words
    return kept


def all_read(found):
    return [said.text for question in found.questions for said in question.above] + [
        line for question in found.questions for line in (question.label, *question.help)
    ]


@pytest.mark.parametrize("name", WHOLE)
def test_file_asks_what_it_asks_and_nothing_else(name):
    found, right = instrument(name), EXPECTED[name]
    scored = [each.link_id for each in found.questions if each.scored]
    assert scored == right.get("asked", scored)
    for link_id, words in right.get("answers", {}).items():
        assert [option.text for option in found.question(link_id).options] == words
    for text in right.get("shown", ()):
        assert any(text in line for line in all_read(found))


@pytest.mark.parametrize("name", WHOLE)
def test_file_comes_to_its_right_totals(name):
    found, right = instrument(name), EXPECTED[name]
    if "range" in right:
        assert [found.min, found.max] == [D(str(each)) for each in right["range"]]
    for row in right.get("totals", ()):
        given = keys(found, row["given"])
        score = score_own(found, given)
        if "total" in row:
            assert score.total == (None if row["total"] is None else D(str(row["total"])))
        assert list(score.missing) == row.get("missing", [])
        if "kept" in row:
            [link_id] = row["given"]
            assert found.question(link_id).says(given[link_id]) == row["kept"]
        if "said" in row:
            assert as_measure(found, "own-x", "1").say(score.total) == row["said"]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_file_that_cannot_be_filled_in_is_refused_with_the_reason(name):
    with pytest.raises(Unread) as wrong:
        instrument(name)
    assert wrong.value.problems["file"] == REFUSED[name]


# --- others of each kind ----------------------------------------------------------------------------------------

FHIR = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"


def ordinal(value):
    return {"extension": [{"url": FHIR + "ordinalValue", "valueDecimal": value}]}


def coding(value, words=""):
    return {
        "valueCoding": {"code": f"c{value}", "system": "urn:s", "display": words or f"answer {value}"}
        | ordinal(value)
    }


def choice(link_id, values=(0, 1, 2), **more):
    options = [coding(value) for value in values]
    return {"linkId": link_id, "text": f"About {link_id}", "type": "choice", "answerOption": options} | more


def number(link_id, low=0, high=10, sort="integer", **more):
    ends = [{"url": FHIR + "minValue", "valueInteger": low}, {"url": FHIR + "maxValue", "valueInteger": high}]
    return {"linkId": link_id, "text": f"How much {link_id}", "type": sort, "extension": ends} | more


def when(question, operator="=", **answer):
    return {"question": question, "operator": operator} | answer


def file(*items, **more):
    return json.dumps({"resourceType": "Questionnaire", "title": "Ours", "item": list(items)} | more)


def refusals(*items, **more):
    with pytest.raises(Unread) as wrong:
        made(file(*items, **more))
    return wrong.value.problems["file"]


def value_set(**more):
    return {"resourceType": "ValueSet", "id": "v", "url": "http://ours.example/v"} | more


CONCEPTS = [{"code": "c0", "display": "No"}, {"code": "c1", "display": "Yes"}]
SCORED = [each | ordinal(place) for place, each in enumerate(CONCEPTS)]


@pytest.mark.parametrize(
    ("reference", "contained"),
    [
        ("#v", [value_set(compose={"include": [{"system": "urn:s", "concept": SCORED}]})]),
        (
            "http://ours.example/v|2",
            [value_set(compose={"include": [{"system": "urn:s", "concept": SCORED}]})],
        ),
        ("#v", [value_set(expansion={"contains": [each | {"system": "urn:s"} for each in SCORED]})]),
        (
            "#v",
            [value_set(expansion={"contains": [{"abstract": True, "display": "All", "contains": SCORED}]})],
        ),
        (
            "#v",
            [
                value_set(compose={"include": [{"system": "urn:s"}]}),
                {"resourceType": "CodeSystem", "url": "urn:s", "concept": SCORED},
            ],
        ),
        (
            "#v",
            [
                value_set(
                    compose={"include": [{"system": "urn:s", "concept": [{"code": "c0"}, {"code": "c1"}]}]}
                ),
                {
                    "resourceType": "CodeSystem",
                    "url": "urn:s",
                    "concept": [
                        each | {"property": [{"code": "itemWeight", "valueDecimal": place}]}
                        for place, each in enumerate(CONCEPTS)
                    ],
                },
            ],
        ),
        (
            "#v",
            [
                value_set(compose={"include": [{"valueSet": ["#w"]}]}),
                {
                    "resourceType": "ValueSet",
                    "id": "w",
                    "compose": {"include": [{"system": "urn:s", "concept": SCORED}]},
                },
            ],
        ),
    ],
)
def test_answers_are_found_wherever_in_the_file_they_lie(reference, contained):
    item = {"linkId": "a", "type": "choice", "text": "A", "answerValueSet": reference}
    found = made(file(item, contained=contained))
    assert [(option.text, option.score) for option in found.questions[0].options] == [("No", 0), ("Yes", 1)]


def test_answers_that_lie_elsewhere_are_said_to():
    item = {"linkId": "a", "type": "choice", "text": "A", "answerValueSet": "http://loinc.org/vs/LL358-3"}
    assert refusals(item, choice("b")) == [
        "The answers to “a” are in a value set that is not in this file: http://loinc.org/vs/LL358-3."
    ]
    assert refusals(
        item | {"answerValueSet": "#v"}, contained=[value_set(compose={"include": [{"system": "urn:s"}]})]
    ) == ["The value set of “a” names no answers in this file: #v."]


@pytest.mark.parametrize(
    ("condition", "given", "is_asked"),
    [
        ({"enableWhen": [when("a", answerCoding={"code": "c2"})]}, {"a": "2"}, True),
        ({"enableWhen": [when("a", answerCoding={"code": "c2"})]}, {"a": "1"}, False),
        ({"enableWhen": [when("a", answerCoding={"code": "c2"})]}, {}, False),
        ({"enableWhen": [when("a", "!=", answerCoding={"code": "c2"})]}, {}, True),
        ({"enableWhen": [when("a", answerString="answer 1")]}, {"a": "1"}, True),
        ({"enableWhen": [when("a", "exists", answerBoolean=True)]}, {"a": "0"}, True),
        ({"enableWhen": [when("a", "exists", answerBoolean=True)]}, {}, False),
        ({"enableWhen": [when("a", "exists", answerBoolean=False)]}, {}, True),
        ({"enableWhen": [when("n", ">", answerInteger=4)]}, {"n": "4"}, False),
        ({"enableWhen": [when("n", ">", answerInteger=4)]}, {"n": "5"}, True),
        ({"enableWhen": [when("n", "<=", answerDecimal=4)]}, {"n": "4"}, True),
        ({"enableWhen": [when("n", ">=", answerInteger=4)]}, {}, False),
        ({"enableWhen": [when("t", ">", answerTime="22:00:00")]}, {"t": "22:30"}, True),
        ({"enableWhen": [when("t", ">", answerTime="22:00:00")]}, {"t": "22:00"}, False),
        ({"enableWhen": [when("w", answerString="yes")]}, {"w": " yes "}, True),
        (
            {
                "enableWhen": [when("a", answerCoding={"code": "c2"}), when("n", ">", answerInteger=4)],
                "enableBehavior": "any",
            },
            {"n": "5"},
            True,
        ),
        (
            {
                "enableWhen": [when("a", answerCoding={"code": "c2"}), when("n", ">", answerInteger=4)],
                "enableBehavior": "all",
            },
            {"n": "5"},
            False,
        ),
    ],
)
def test_question_is_asked_after_the_answers_it_names(condition, given, is_asked):
    others = [choice("a"), number("n"), {"linkId": "t", "type": "time"}, {"linkId": "w", "type": "string"}]
    found = made(file(*others, choice("b", **condition)))
    assert ("b" in score_own(found, given).missing) is is_asked
    assert ("b" in asked(found.questions, given)) is is_asked


def test_group_takes_its_questions_along_and_a_question_what_lies_below_it():
    found = made(
        file(
            choice("a"),
            {
                "linkId": "g",
                "type": "group",
                "text": "If so",
                "enableWhen": [when("a", answerCoding={"code": "c2"})],
                "item": [choice("b", item=[choice("c")])],
            },
        )
    )
    assert score_own(found, {"a": "0"}).total == 0
    assert score_own(found, {"a": "2"}).missing == ("b", "c")
    assert (found.min, found.max) == (0, 6)


def test_answer_to_a_question_that_is_not_asked_opens_no_other_question():
    found = made(
        file(
            choice("a"),
            choice("b", enableWhen=[when("a", answerCoding={"code": "c1"})]),
            choice("c", enableWhen=[when("b", answerCoding={"code": "c2"})]),
        )
    )
    assert score_own(found, {"a": "0", "b": "2", "c": "2"}).total == 0


def test_highest_score_counts_no_two_questions_that_shut_each_other_out():
    found = made(
        file(
            choice("a"),
            choice("b", enableWhen=[when("a", answerCoding={"code": "c0"})]),
            choice("c", (0, 5), enableWhen=[when("a", answerCoding={"code": "c1"})]),
        )
    )
    assert (found.min, found.max) == (0, 6)


def test_mean_is_of_what_was_asked():
    found = made(
        file(choice("a"), choice("b", enableWhen=[when("a", "!=", answerCoding={"code": "c0"})])),
        "mean(items)",
    )
    assert score_own(found, {"a": "2", "b": "1"}).total == D("1.5")
    assert score_own(found, {"a": "0", "b": "2"}).total == 0
    assert (found.min, found.max) == (0, 2)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (
            choice("b", enableWhen=[when("h", answerInteger=1)]),
            "“b” is asked only after an answer to “h”, which is not asked here.",
        ),
        (
            choice("b", enableWhen=[when("z", answerInteger=1)]),
            "“b” is asked only after an answer to “z”, which cannot be asked here.",
        ),
        (
            choice("b", enableWhen=[when("a", answerCoding={"code": "c9"})]),
            "“b” is asked only after an answer to “a” that is not among its answers.",
        ),
        (
            choice(
                "b",
                extension=[
                    {
                        "url": SDC + "enableWhenExpression",
                        "valueExpression": {"language": "text/fhirpath", "expression": "1"},
                    }
                ],
            ),
            "“b” is asked only under a condition that is written as a formula, which cannot be read yet.",
        ),
        (
            {"linkId": "b", "type": "group", "repeats": True, "item": [choice("c")]},
            "The group “b” is to be filled in several times over, which is not possible here yet.",
        ),
        (
            number("b", repeats=True),
            "The question “b” takes several numbers, which is not possible here yet.",
        ),
    ],
)
def test_what_cannot_be_asked_as_it_is_meant_is_refused_by_name(item, sentence):
    hidden = number("h", extension=[{"url": FHIR + "questionnaire-hidden", "valueBoolean": True}])
    assert refusals(choice("a"), hidden, item) == [sentence]


def test_what_the_file_works_out_or_hides_is_left_out_and_said_with_all_that_lies_in_it():
    hidden = {"url": FHIR + "questionnaire-hidden", "valueBoolean": True}
    found = made(
        file(
            choice("a"),
            {"linkId": "g", "type": "group", "text": "Inner", "extension": [hidden], "item": [choice("b")]},
            {
                "linkId": "s",
                "type": "group",
                "text": "Score",
                "item": [number("t", readOnly=True, text="Total")],
            },
            number(
                "x",
                text="Weighted",
                extension=[
                    {
                        "url": SDC + "calculatedExpression",
                        "valueExpression": {"language": "text/fhirpath", "expression": "1"},
                    }
                ],
            ),
            number("c", extension=[*number("c")["extension"], hidden | {"valueBoolean": False}]),
        )
    )
    assert [each.link_id for each in found.questions] == ["a", "c"]
    assert found.left_out == (
        "“Inner” is hidden in the file. It is neither asked nor counted.",
        "“Total” is worked out in the file. It is neither asked nor counted.",
        "“Weighted” is worked out in the file. It is neither asked nor counted.",
    )
    assert all_read(found) == ["About a", "How much c"]


def test_what_stands_between_the_questions_is_read_where_it_stands():
    found = made(
        file(
            {"linkId": "i", "type": "display", "text": "Please take your time."},
            {
                "linkId": "g",
                "type": "group",
                "prefix": "A",
                "text": "In the past week",
                "item": [
                    {
                        "linkId": "g1",
                        "type": "group",
                        "text": "how often",
                        "item": [choice("a", prefix="1.")],
                    },
                    {"linkId": "d", "type": "display", "text": "And now your sleep."},
                    choice("b", item=[{"linkId": "b-help", "type": "display", "text": "Count naps."}]),
                ],
            },
            {"linkId": "e", "type": "display", "text": "Thank you."},
        )
    )
    first, second = found.questions
    assert [said.text for said in first.above] == [
        "Please take your time.",
        "A In the past week",
        "how often",
    ]
    assert (first.label, second.help) == ("1. About a", ("Count naps.",))
    assert [said.text for said in second.above] == ["And now your sleep."]
    assert [said.text for said in found.closing] == ["Thank you."]


def test_several_answers_are_ticked_and_their_scores_added():
    alone = {"extension": [{"url": FHIR + "questionnaire-optionExclusive", "valueBoolean": True}]}
    options = [coding(1), coding(2), coding(0, "Nothing of it") | alone]
    found = made(file(choice("a", answerOption=options, repeats=True), choice("b")))
    assert (found.min, found.max) == (0, 5)
    assert score_own(found, {"a": "1 2", "b": "0"}).total == 3
    assert score_own(found, {"a": ["2", "1"], "b": "0"}).total == 3
    assert score_own(found, {"a": "none", "b": "1"}).total == 1
    assert score_own(found, {"b": "1"}).missing == ("a",)
    with pytest.raises(ValueError, match="either this one answer or the others"):
        score_own(found, {"a": "1 0", "b": "0"})


def test_answers_without_scores_stand_beside_others_with_scores():
    without = {
        "linkId": "s",
        "type": "choice",
        "text": "How hard",
        "answerOption": [{"valueString": "little"}, {"valueString": "very"}],
    }
    found = made(file(choice("a"), without))
    assert [(each.link_id, each.scored) for each in found.questions] == [("a", True), ("s", False)]
    assert score_own(found, {"a": "1"}).total == 1
    assert found.question("s").says(found.question("s").options[1].key) == "very"


def test_score_may_stand_beside_the_words_of_an_answer():
    options = [
        {"valueString": "Good", "_valueString": ordinal(0)},
        {"valueString": "Bad", "_valueString": ordinal(4)},
    ]
    assert made(file(choice("a", answerOption=options))).max == 4


def test_whole_numbers_are_whole_and_others_are_not():
    found = made(file(number("a"), number("b", sort="decimal"), number("c", sort="quantity")))
    assert score_own(found, {"a": "3", "b": "2,5", "c": "0.25"}).total == D("5.75")
    with pytest.raises(ValueError, match="How much a"):
        score_own(found, {"a": "3.5"})


def test_file_of_r5_is_read_where_it_says_the_same():
    item = choice("a", type="coding", answerConstraint="optionsOnly", disabledDisplay="hidden")
    assert made(file(item)).max == 2
    [sentence] = refusals(item | {"answerConstraint": "optionsOrString"})
    assert "“a” is of the type “coding”" in sentence


def test_file_that_is_not_fhir_is_refused_at_its_question():
    [sentence] = refusals(choice("a"), choice("b", answerOption=[{"valueCoding": "no coding"}]))
    assert sentence.startswith("The question “b” is not as FHIR R4 has it, at “answerOption.0.valueCoding")


# --- thresholds and marks ---------------------------------------------------------------------------------------

THREE = file(choice("a", (0, 1, 2, 3)), number("n", 0, 3))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reliable_change": D("NaN")}, "reliable_change"),
        ({"reliable_change": D(0)}, "reliable_change"),
        ({"reliable_change": D(250)}, "reliable_change"),
        ({"case_cutoff": D(250)}, "case_cutoff"),
        ({"case_cutoff": D(-1)}, "case_cutoff"),
        ({"bands": "nan"}, "bands"),
        ({"bands": "250"}, "bands"),
    ],
)
def test_threshold_no_score_can_meet_is_refused(facts, field):
    from alongside.measures.own import OwnBand

    if "bands" in facts:
        facts = {"bands": (OwnBand("low", D(0)), OwnBand("much", D(facts["bands"])))}
    with pytest.raises(Unread) as wrong:
        made(THREE, **facts)
    assert list(wrong.value.problems) == [field]
    assert "from 0 to 6" in wrong.value.problems[field][0]


@pytest.mark.parametrize(
    ("risk", "answers", "raised"),
    [
        ("", {"a": "3", "n": "3"}, ()),
        ("a from 1", {"a": "0"}, ()),
        ("a from 1", {"a": "1"}, ("a",)),
        ("a down to 1", {"a": "1"}, ("a",)),
        ("a down to 1", {"a": "2"}, ()),
        ("n from 2", {"n": "2"}, ("n",)),
        ("n from 2\na from 3", {"n": "junk", "a": "3"}, ("a",)),
        ("n down to 0", {"n": "0"}, ("n",)),
    ],
)
def test_marked_answer_opens_the_safety_path_also_on_an_incomplete_form(risk, answers, raised):
    from alongside.measures.own import risk_lines, risk_raised

    found = made(THREE, risk=risk)
    assert risk_raised(found, answers) == raised
    assert sorted(risk_lines(found).splitlines()) == sorted(risk.splitlines())


@pytest.mark.parametrize(
    "risk", ["z from 1", "a", "a from", "a from x", "a from 0", "a down to 3", "n from 9"]
)
def test_mark_that_means_nothing_gets_its_sentence(risk):
    with pytest.raises(Unread) as wrong:
        made(THREE, risk=risk)
    assert list(wrong.value.problems) == ["risk"]
