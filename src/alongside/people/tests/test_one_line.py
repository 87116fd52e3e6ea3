"""A name is one line, and a subject is; a role given to oneself is told."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from alongside.kernel.one_line import is_one_line, one_line
from alongside.ledger.models import Entry
from alongside.people import actions
from alongside.people.models import Organisation, Person
from alongside.ui.names import NameField

HOSTILE = "Eve\r\nBcc: all@example.org\tand\u2028more\u202e"


def test_one_line_keeps_the_words():
    assert one_line(HOSTILE) == "Eve Bcc: all@example.org and more"
    assert one_line("  Zoë  O'Neil ") == "Zoë O'Neil"
    assert is_one_line("Zoë") and not is_one_line("a\nb") and not is_one_line("a\u2028b")


def test_a_field_for_names_takes_one_line():
    assert NameField(max_length=120).clean(HOSTILE) == one_line(HOSTILE)


def test_a_name_with_a_line_break_is_not_written(cast):
    cast.guide.name = "Gwen\nGuide"
    with pytest.raises(ValueError, match="one line"), transaction.atomic():
        cast.guide.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="River\nside")


@pytest.mark.without_ledger("people.actions.change_profile", "people.actions.invite_person")
def test_a_line_break_in_ones_name_keeps_no_mail_back(cast):
    facts = {"name": HOSTILE, "pronouns": "", "time_zone": "Europe/London", "language": "en-gb"}
    assert cast.client(cast.guide).post("/profile/", facts).status_code == 302
    assert Person.objects.get(id=cast.guide.id).name == one_line(HOSTILE)
    journey = cast.journey(participant_has_account=False)
    guide = Person.objects.get(id=cast.guide.id)
    pat = cast.seat(guide, journey).participant.person
    actions.invite_person(person=pat, letter="journey", journey_id=journey.id, by=guide)
    assert mail.outbox[-1].subject == f"An invitation from {one_line(HOSTILE)}"


def test_a_role_given_to_oneself_is_told_to_every_administrator(cast, django_capture_on_commit_callbacks):
    Person.objects.filter(id=cast.lead.id).update(is_administrator=True)
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_roles(
            person=cast.administrator,
            is_guide=True,
            is_lead=False,
            is_administrator=True,
            by=cast.administrator,
        )
    assert {letter.to[0] for letter in mail.outbox} == {cast.administrator.email, cast.lead.email}
    assert Entry.objects.get(event="person.roles_changed").detail["to_oneself"] is True


@pytest.mark.without_ledger("people.actions.change_roles")
def test_a_role_given_to_another_or_taken_is_told_to_nobody(cast):
    for who, guide in ((cast.colleague, False), (cast.participant, True)):
        actions.change_roles(
            person=who, is_guide=guide, is_lead=False, is_administrator=False, by=cast.administrator
        )
    assert mail.outbox == []
