"""A second factor that was lost is removed by two administrators, told by mail, and never by one alone."""

import datetime as dt
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people.factor_resets import ask_for_factor_reset, decide_factor_reset
from alongside.people.models import FactorReset, LoginSession
from tests.cast import person

pytestmark = pytest.mark.django_db
WHY = {"reason": "Her phone fell into the river."}


@pytest.fixture
def second(cast):
    return person(cast.organisation, "Bea Second", is_administrator=True)


@pytest.fixture(autouse=True)
def factor(cast):
    for who in (cast.guide, cast.administrator):
        Authenticator.objects.create(user=who.user, type="webauthn", data={"name": "Mine", "credential": {}})


def factors(who) -> int:
    return Authenticator.objects.filter(user=who.user).count()


def asked(cast) -> FactorReset:
    return ask_for_factor_reset(person=cast.guide, reason="Lost it.", by=cast.administrator)


def test_one_asks_on_the_page_and_the_other_agrees(cast, second, mailoutbox):
    inside = cast.client(cast.guide)
    first, other = cast.client(cast.administrator), cast.client(second)
    page = f"/people/{cast.guide.id}/"
    assert "Ask to remove their second factor" in first.get(page).content.decode()

    first.post(f"{page}second-factor/", WHY)

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([cast.guide.email, second.email])
    assert factors(cast.guide) == 1
    assert WHY["reason"] in other.get(page).content.decode()
    assert "A second administrator has to agree" in first.get(page).content.decode()
    reset = FactorReset.objects.get()
    mailoutbox.clear()

    answer = other.post(f"/people/second-factor/{reset.id}/", {"agrees": "yes"})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert factors(cast.guide) == 0 and inside.get("/profile/").status_code == 302
    assert not LoginSession.objects.filter(user=cast.guide.user).exists()
    assert [mail.to for mail in mailoutbox] == [[cast.guide.email]]
    assert "second factor was removed" in mailoutbox[0].body
    events = list(
        Entry.objects.filter(event__startswith="factor_reset").order_by("id").values_list("event", flat=True)
    )
    assert events == ["factor_reset.asked", "factor_reset.decided"]


def test_who_asked_cannot_agree_and_the_database_says_so_too(cast):
    reset = asked(cast)
    answer = cast.client(cast.administrator).post(f"/people/second-factor/{reset.id}/", {"agrees": "yes"})
    assert answer.status_code == 409 and factors(cast.guide) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(id=reset.id).update(
            decided_at=reset.created_at, decided_by=cast.administrator
        )


def test_nobody_decides_about_themself(cast, second):
    reset = ask_for_factor_reset(person=cast.administrator, reason="Lost it.", by=second)
    with pytest.raises(Refused):
        decide_factor_reset(reset=reset, agrees=True, by=cast.administrator)
    with pytest.raises(Refused, match="for yourself"):
        ask_for_factor_reset(person=second, reason="Lost it.", by=second)


@pytest.mark.without_ledger("people.factor_resets.decide_factor_reset")
def test_a_no_leaves_it_and_decides(cast, second):
    reset = decide_factor_reset(reset=asked(cast), agrees=False, by=second)
    assert factors(cast.guide) == 1 and not reset.agreed
    with pytest.raises(Refused, match="has been decided"):
        decide_factor_reset(reset=reset, agrees=True, by=second)


def test_of_two_decisions_at_once_one_holds(cast, second):
    reset, as_read = asked(cast), FactorReset.objects.select_related("person").get()
    decide_factor_reset(reset=reset, agrees=False, by=second)
    with pytest.raises(Refused):
        decide_factor_reset(reset=as_read, agrees=True, by=second)
    assert factors(cast.guide) == 1


def test_after_a_week_it_is_asked_anew(cast, second):
    reset = asked(cast)
    FactorReset.objects.filter(id=reset.id).update(created_at=reset.created_at - dt.timedelta(days=8))
    reset.refresh_from_db()
    with pytest.raises(Refused, match="more than a week"):
        decide_factor_reset(reset=reset, agrees=True, by=second)
    assert asked(cast).id != reset.id


def test_who_has_none_is_not_asked_for(cast):
    with pytest.raises(Refused, match="no second factor"):
        ask_for_factor_reset(person=cast.participant, reason="?", by=cast.administrator)


@pytest.mark.parametrize("who", ["guide", "colleague", "lead", "stranger"])
def test_nobody_else_asks_or_decides(cast, who):
    reset, client = asked(cast), cast.client(getattr(cast, who))
    own = who == "guide"
    assert client.get(f"/people/{cast.guide.id}/second-factor/").status_code == (403 if own else 404)
    assert client.post(f"/people/second-factor/{reset.id}/", {"agrees": "yes"}).status_code == 404
    assert factors(cast.guide) == 1


@pytest.mark.without_ledger("people.factor_resets.reset_factors")
def test_the_command_line_does_it_where_there_is_one_administrator(cast, mailoutbox):
    out = StringIO()
    call_command("resetfactors", email=cast.guide.email, stdout=out)
    assert "Removed 1" in out.getvalue() and factors(cast.guide) == 0
    assert [mail.to for mail in mailoutbox] == [[cast.guide.email]]
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("resetfactors", email="nobody@example.org")


def test_a_participant_is_offered_one_until_they_have_it(cast):
    client = cast.client(cast.participant)
    assert "Set one up" in client.get("/profile/").content.decode()
    assert "Set one up" not in cast.client(cast.guide).get("/profile/").content.decode()


@pytest.mark.without_ledger("people.factor_resets.ask_for_factor_reset")
def test_what_was_asked_already_is_not_asked_twice(cast, second):
    asked(cast)
    with pytest.raises(Refused, match="already been asked"):
        ask_for_factor_reset(person=cast.guide, reason="Lost it.", by=second)
    assert FactorReset.objects.count() == 1
