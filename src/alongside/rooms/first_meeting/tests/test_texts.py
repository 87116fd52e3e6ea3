"""The texts an organisation's agreements begin with."""

import pytest

from alongside.journeys.kinds import KINDS
from alongside.kernel.errors import NotThisMoment, Refused
from alongside.rooms.first_meeting import actions, queries
from alongside.rooms.first_meeting.models import AgreementText
from alongside.rooms.first_meeting.texts import starting_texts

URL = "/agreement-texts/?for=supervision/student-placement"
WHERE = {"kind": "supervision", "template": "student-placement"}


def posted(client, **texts):
    known = client.get(URL).context["form"].initial["known"]
    empty = {section.key: "" for section in KINDS["supervision"].agreement}
    return client.post(URL, {**empty, "known": known, **texts})


@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 200), ("lead", 200), ("guide", 403), ("participant", 403)],
)
def test_texts_are_for_leads_and_administrators(cast, who, status):
    assert cast.client(getattr(cast, who)).get(URL).status_code == status


def test_agreement_begins_with_the_texts_of_its_organisation(room, cast, guide):
    lead = cast.client(cast.lead)
    assert posted(lead, purpose="Here we learn from the work.").status_code == 302
    version = actions.begin_agreement(by=room.guide)

    assert "Here we learn from the work." in guide.get(room.url("agreement/")).content.decode()
    actions.use_texts(version=version, keys=["purpose", "place"], by=room.guide)
    sections = queries.sections_of(room.guide, version)
    assert sections["purpose"].text == "Here we learn from the work."
    shipped = room.guide.kind.starting_texts(room.guide.kind.template("student-placement"))
    assert sections["place"].text == str(shipped["place"])


def test_emptied_text_is_the_shipped_one_again_and_the_old_stays_in_the_record(room, cast):
    lead = cast.client(cast.lead)
    shipped = starting_texts(room.guide, actions.begin_agreement(by=room.guide))
    version = queries.newest_version(room.guide)
    posted(lead, purpose="Ours")
    posted(lead, purpose="")
    assert starting_texts(room.guide, version) == shipped
    assert AgreementText.objects.count() == 2


@pytest.mark.without_ledger("rooms.first_meeting.actions.keep_texts")
def test_texts_of_another_organisation_are_not_used(room, cast):
    posted(cast.client(cast.stranger), purpose="Theirs")
    version = actions.begin_agreement(by=room.guide)
    assert starting_texts(room.guide, version)["purpose"] != "Theirs"


def test_two_at_once_do_not_overrule_each_other_and_nothing_typed_is_lost(cast):
    lead, administrator = cast.client(cast.lead), cast.client(cast.administrator)
    known = lead.get(URL).context["form"].initial["known"]
    posted(administrator, purpose="First")
    second = lead.post(URL, {"known": known, "purpose": "Second"})
    assert second.status_code == 409 and "Second" in second.content.decode()
    assert [row.text for row in AgreementText.objects.all()] == ["First"]


def test_unknown_template_shows_the_first_and_too_much_is_refused_kindly(cast):
    lead = cast.client(cast.lead)
    assert lead.get("/agreement-texts/?for=no/such").status_code == 200
    assert posted(lead, purpose="x" * 20_001).status_code == 422
    assert lead.delete(URL).status_code == 405


def test_nothing_is_kept_without_right_or_record(cast, monkeypatch):
    with pytest.raises(Refused):
        actions.keep_texts(**WHERE, texts={"purpose": "x"}, known="", by=cast.guide)
    with pytest.raises(NotThisMoment):
        actions.keep_texts(**WHERE, texts={"purpose": "x"}, known="other", by=cast.lead)

    def broken(*args, **kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        actions.keep_texts(**WHERE, texts={"purpose": "x"}, known="", by=cast.lead)
    assert not AgreementText.objects.exists()


def test_the_text_that_counts_stands_in_the_box_and_left_as_it_came_it_is_nobodys_own(cast):
    lead = cast.client(cast.lead)
    form = lead.get(URL).context["form"]
    assert all(form.initial[key] == shipped for key, shipped in form.shipped.items())

    sent = {**form.initial, "purpose": "We work on what you choose."}
    lead.post(URL, sent)
    kept = queries.texts_of(cast.organisation.id, WHERE["kind"], WHERE["template"])

    assert {key: row.text for key, row in kept.items()} == {"purpose": "We work on what you choose."}
    assert lead.get(URL).context["form"].initial["purpose"] == "We work on what you choose."
