"""The pages of templates: who comes in, what comes back, and that nothing typed is lost."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.journeys.kinds import KINDS
from alongside.journeys.kinds.material import BY_KEY, content_of
from alongside.journeys.models import Material, MaterialVersion
from alongside.material import actions
from alongside.material.files import Bundle, read, schema, written
from alongside.material.queries import desk_of

from .test_what_leads_a_journey import SHIPPED, _lead, change, copied, published

pytestmark = pytest.mark.django_db


def url(material, name, *parts):
    return reverse(f"material:{name}", args=[material.id, *parts])


def item(material, by, chapter="agreement", key="purpose"):
    return desk_of(by, Material.objects.get(id=material.id)).item(BY_KEY[chapter], key)


def form_of(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def doors(material):
    slug = material.template
    return {
        "GET": [
            reverse("material:materials"),
            reverse("material:bring_in"),
            reverse("material:shipped", args=["supervision", slug]),
            url(material, "material"),
            url(material, "file"),
            url(material, "publish"),
            url(material, "whole"),
            url(material, "version", 1),
            url(material, "add", "support"),
            url(material, "item", "agreement", "purpose"),
        ],
        "POST": [
            reverse("material:copy", args=["supervision", slug]),
            url(material, "discard"),
            url(material, "put_away"),
            url(material, "offer_again"),
            url(material, "publish_again", 1),
            url(material, "remove", "support", "peer"),
            url(material, "move", "support", "online"),
        ],
    }


@pytest.fixture
def material(cast):
    made = copied(cast)
    published(made, cast.lead)
    change(made, "agreement", "purpose", cast.lead, text="Ours.")
    return made


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_pages_open_for_whoever_answers_for_programmes(cast, material, who):
    client = cast.client(getattr(cast, who))
    for address in doors(material)["GET"]:
        assert client.get(address).status_code == 200, address
    for address in doors(material)["POST"]:
        assert client.get(address).status_code == 405, address


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_others_of_the_organisation_are_told_why_not(cast, material, who):
    client = cast.client(getattr(cast, who))
    for address in doors(material)["GET"]:
        assert client.get(address).status_code == 403, address
    for address in doors(material)["POST"]:
        assert client.post(address).status_code in (403, 409), address


@pytest.mark.without_ledger("material.actions.copy_shipped")
def test_lead_of_another_organisation_finds_nothing(cast, material):
    client = cast.client(_lead(cast.stranger))
    own = str(material.id)
    for address in doors(material)["GET"]:
        assert client.get(address).status_code == (404 if own in address else 200), address
    for address in doors(material)["POST"]:
        assert client.post(address).status_code == (404 if own in address else 302), address


@pytest.mark.parametrize(
    "parts", [("nothing", "purpose"), ("agreement", "no-such"), ("parts", "own-1"), ("about", "pace")]
)
def test_what_is_not_there_is_not_found(cast, material, parts):
    lead = cast.client(cast.lead)
    assert lead.get(url(material, "item", *parts)).status_code == 404
    assert lead.get(url(material, "version", 9)).status_code == 404
    assert lead.get(reverse("material:shipped", args=["supervision", "no-such"])).status_code == 404
    assert lead.get(reverse("material:shipped", args=["no-such", "no-such"])).status_code == 404


def test_template_is_copied_changed_and_published(cast):
    lead = cast.client(cast.lead)
    slug = KINDS["supervision"].templates[0].slug
    assert "of its own yet" in lead.get(reverse("material:materials")).content.decode()
    lead.post(reverse("material:copy", args=["supervision", slug]))
    material = Material.objects.get()
    address = url(material, "item", "agreement", "purpose")
    answer = lead.post(address, form_of(lead, address) | {"text": "We learn\r\nfrom the work."})
    assert answer["Location"] == url(material, "material") + "#h-agreement"
    assert item(material, cast.lead)["text"] == "We learn\nfrom the work."
    page = lead.get(url(material, "publish")).content.decode()
    assert "We learn" in page and "[added:" in page and "[removed:" in page
    mark = lead.get(url(material, "publish")).context["page"].publish.fields[0][1]
    assert lead.post(url(material, "publish"), {"mark": mark}).status_code == 302
    assert MaterialVersion.objects.get().number == 1
    page = lead.get(url(material, "material")).content.decode()
    assert "Version 1" in page and "not published yet" not in page


@pytest.mark.without_ledger("material.actions.change_item")
def test_second_lead_gets_the_form_back_with_what_was_typed_and_what_changed(cast, material):
    lead, administrator = cast.client(cast.lead), cast.client(cast.administrator)
    address = url(material, "item", "agreement", "purpose")
    theirs, mine = form_of(lead, address), form_of(administrator, address)
    lead.post(address, theirs | {"text": "Ours, and the ward’s."})
    answer = administrator.post(address, mine | {"text": "Mine instead."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine instead." in page and "and the ward’s." in page and "What was changed meanwhile" in page
    assert item(material, cast.lead)["text"] == "Ours, and the ward’s."
    again = {name: answer.context["form"][name].value() for name in mine}
    assert administrator.post(address, again).status_code == 302
    assert item(material, cast.lead)["text"] == "Mine instead."


@pytest.mark.without_ledger("material.actions.remove_item")
def test_words_for_what_was_removed_meanwhile_come_back_and_can_be_added_again(cast, material):
    change(material, "support", "", cast.lead, label="A choir", help="On Mondays.")
    key = desk_of(cast.lead, Material.objects.get(id=material.id)).content["support"][-1]["key"]
    lead, address = cast.client(cast.lead), url(material, "item", "support", key)
    typed = form_of(lead, address) | {"label": "The choir"}
    actions.remove_item(material=material, chapter=BY_KEY["support"], key=key, by=cast.administrator)
    answer = lead.post(address, typed)
    assert answer.status_code == 409 and "The choir" in answer.content.decode()
    again = {name: answer.context["form"][name].value() for name in typed}
    assert lead.post(address, again).status_code == 302
    assert item(material, cast.lead, "support", key)["label"] == "The choir"
    actions.remove_item(material=material, chapter=BY_KEY["support"], key=key, by=cast.lead)
    assert lead.get(address).status_code == 302


def test_draft_is_read_whole_with_what_is_not_published(cast, material):
    page = cast.client(cast.lead).get(url(material, "whole")).content.decode()
    assert "Ours." in page and "not published yet" in page
    titles = [
        chapter.title
        for chapter in cast.client(cast.lead).get(url(material, "whole")).context["page"].chapters
    ]
    assert titles[:2] == ["How often and how long", "Agreement"] and "On-going support" in titles


def test_looking_at_it_saves_nothing(cast, material):
    lead, address = cast.client(cast.lead), url(material, "item", "agreement", "purpose")
    before = item(material, cast.lead)
    answer = lead.post(address, form_of(lead, address) | {"text": "Only to look.", "look": "1"})
    assert answer.status_code == 200 and answer.context["page"].result.text == "Only to look."
    assert item(material, cast.lead) == before


def test_what_cannot_be_used_comes_back_with_what_was_typed(cast, material):
    lead, address = cast.client(cast.lead), url(material, "item", "parts", "review")
    typed = form_of(lead, address)
    for minutes in ("0", "many", "241"):
        answer = lead.post(address, typed | {"title": "Since then", "minutes": minutes})
        assert answer.status_code == 422 and "Since then" in answer.content.decode(), minutes
    for key in ("direction", "issues", "plan"):
        change(material, "parts", key, cast.lead, minutes=150)
    answer = lead.post(address, typed | {"minutes": "200"})
    assert answer.status_code == 422 and "between 5 and 480 minutes" in answer.content.decode()
    broken = lead.post(address, typed | {"base": "{"})
    assert broken.status_code == 409


def test_required_section_is_not_asked_whether_it_is_and_stays_so(cast, material):
    lead, address = cast.client(cast.lead), url(material, "item", "agreement", "purpose")
    assert "required" not in lead.get(address).context["form"].fields
    lead.post(address, form_of(lead, address) | {"required": ""})
    assert item(material, cast.lead)["required"] is True


def test_questionnaire_that_was_not_asked_can_be(cast):
    made = copied(cast, "treatment")
    lead = cast.client(cast.lead)
    page = lead.get(url(made, "material")).context["page"]
    line = next(chapter for chapter in page.chapters if chapter.key == "questionnaires").items[0]
    lead.post(line.url, form_of(lead, line.url) | {"when": "ends", "every": "1"})
    asked = desk_of(cast.lead, Material.objects.get(id=made.id)).content["questionnaires"]
    assert [each["when"] for each in asked if each["key"] in line.url] == ["ends"]


def test_publishing_what_another_changed_shows_it_and_publishes_nothing(cast, material):
    lead = cast.client(cast.lead)
    mark = lead.get(url(material, "publish")).context["page"].publish.fields[0][1]
    change(material, "agreement", "place", cast.administrator, text="On the roof.")
    answer = lead.post(url(material, "publish"), {"mark": mark})
    assert answer.status_code == 409 and "On the roof." in answer.content.decode()
    assert MaterialVersion.objects.count() == 1


@pytest.mark.without_ledger("material.actions.discard_draft", "material.actions.publish_again")
def test_changes_are_discarded_and_an_earlier_version_comes_back(cast, material):
    lead = cast.client(cast.lead)
    published(material, cast.lead)
    assert lead.post(url(material, "discard")).status_code == 409
    change(material, "agreement", "purpose", cast.lead, text="Half done.")
    lead.post(url(material, "discard"))
    assert item(material, cast.lead)["text"] == "Ours."
    assert "Ours." in lead.get(url(material, "version", 2)).content.decode()
    assert lead.post(url(material, "publish_again", 2)).status_code == 409
    assert lead.post(url(material, "publish_again", 1)).status_code == 302
    assert item(material, cast.lead)["text"] != "Ours."
    assert lead.get(url(material, "publish")).status_code == 409


@pytest.mark.without_ledger("material.actions.offer_again", "material.actions.put_away")
def test_put_away_and_offered_again(cast, material):
    lead = cast.client(cast.lead)
    lead.post(url(material, "put_away"))
    page = lead.get(url(material, "material")).content.decode()
    assert "Offer it again" in page and "Add a section" not in page
    assert lead.get(url(material, "item", "agreement", "purpose")).status_code == 409
    lead.post(url(material, "offer_again"))
    assert lead.get(url(material, "item", "agreement", "purpose")).status_code == 200


@pytest.mark.without_ledger("material.actions.move_item")
def test_item_is_moved_and_removed(cast, material):
    lead = cast.client(cast.lead)
    keys = [each["key"] for each in desk_of(cast.lead, material).content["support"]]
    lead.post(url(material, "move", "support", keys[1]))
    lead.post(url(material, "remove", "support", keys[0]))
    found = [
        each["key"] for each in desk_of(cast.lead, Material.objects.get(id=material.id)).content["support"]
    ]
    assert found == [keys[1], *keys[2:]]


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "template"), SHIPPED, ids=lambda one: one.slug)
def test_file_of_every_template_is_read_as_it_was_written(kind, template):
    bundle = Bundle(kind.slug, template.slug, content_of(kind, template))
    text = written(bundle)
    assert read(text.encode()) == bundle and written(read(text.encode())) == text


@pytest.mark.without_ledger("material.actions.bring_in")
def test_file_goes_to_another_organisation_and_is_a_draft_there(cast, material):
    file = cast.client(cast.lead).get(url(material, "file"))
    assert "attachment" in file["Content-Disposition"]
    theirs = cast.client(_lead(cast.stranger))
    sent = SimpleUploadedFile("template.json", file.content)
    answer = theirs.post(reverse("material:bring_in"), {"file": sent})
    made = Material.objects.get(organisation=cast.stranger.organisation)
    assert answer["Location"] == url(made, "material")
    assert item(made, cast.stranger)["text"] == "Ours."
    assert not MaterialVersion.objects.filter(material=made).exists()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace('"format"', '"form"'), "This is not a template of Alongside"),
        (
            lambda text: text.replace('  "kind": "supervision",\n', '  "kind": "supervision"\n'),
            "Line 4, character 3",
        ),
        (lambda text: text.replace('"kind": "supervision"', '"kind": "cooking"'), "“kind” must be one of"),
        (
            lambda text: re.sub('"every_days": [0-9]+', '"every_days": 3', text),
            "How often and how long (pace): How often",
        ),
        (lambda text: text.replace('"template": "', '"template": "x'), "“template” must be one of"),
        (lambda text: "[" * 100_000, "cannot be read"),
        (lambda text: "[]", "This is not a template of Alongside"),
        (lambda text: text.replace('"key": "purpose"', '"key": "purpos"'), "“purpos” is not known here"),
    ],
)
def test_file_that_cannot_be_used_is_refused_with_its_place(cast, material, spoil, said):
    lead = cast.client(cast.lead)
    text = spoil(lead.get(url(material, "file")).content.decode())
    answer = lead.post(reverse("material:bring_in"), {"file": SimpleUploadedFile("a.json", text.encode())})
    assert answer.status_code == 422 and said in answer.content.decode().replace("&quot;", '"')
    assert Material.objects.count() == 1


def test_file_that_is_no_text_has_another_name_or_asks_an_unknown_questionnaire_is_refused(cast, material):
    lead, address = cast.client(cast.lead), reverse("material:bring_in")
    text = lead.get(url(material, "file")).content.decode()
    asked = json.loads(text) | {"questionnaires": [{"key": "unknown", "when": "each", "every": 1}]}
    for name, content, said in (
        ("a.json", b"\xff\xfe\x00", "not text in UTF-8"),
        ("a.yaml", text.encode(), "does not end in .json"),
        ("a.json", json.dumps(asked).encode(), "no questionnaire called “unknown”"),
        ("a.json", b" " * (1024 * 1024 + 1), "larger than 1 MB"),
    ):
        answer = lead.post(address, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422 and said in answer.content.decode(), said
    assert lead.post(address, {}).status_code == 422


def test_schema_names_every_field_that_is_read(cast):
    said = schema()["properties"]
    for key, chapter in BY_KEY.items():
        row = said[key] if chapter.single else said[key]["items"]
        assert set(row["properties"]) == set(chapter.names) | (set() if chapter.single else {"key"})


# --- how much it costs ---------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("material.actions.publish")
def test_list_costs_the_same_with_one_and_with_three(cast, material):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lead, address = cast.client(cast.lead), reverse("material:materials")
    lead.get(address)
    with CaptureQueriesContext(connection) as one:
        lead.get(address)
    for kind in ("mentoring", "treatment"):
        published(copied(cast, kind), cast.lead)
    with CaptureQueriesContext(connection) as three:
        lead.get(address)
    assert len(three) == len(one)
