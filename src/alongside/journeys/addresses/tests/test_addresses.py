"""Where somebody is written to once they have come: they themselves say so, or three people and three days do.

Long, because every way out of one change is walked: confirmed, declined, withdrawn, objected to, and come true.
"""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.journeys.adapters import AccountAdapter
from alongside.journeys.addresses import actions, rules
from alongside.journeys.addresses.actions import TIME_TO_OBJECT, vouch_for_address
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.tasks import complete_address_changes
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.ledger.models import Entry
from alongside.people.models import (
    AddressChange,
    AddressChangeKind,
    AddressState,
    AddressStateRecord,
    LoginSession,
    Person,
    User,
)

NEW = "paul.new@example.org"


def vouched(cast, journey=None, email=NEW, by=None) -> AddressChange:
    return vouch_for_address(email=email, by=cast.seat(by or cast.guide, journey or cast.journey()))


def confirmed(cast, **facts) -> AddressChange:
    return actions.confirm_address(change=vouched(cast, **facts), by=cast.administrator)


def three_days_later(change) -> None:
    AddressChange.objects.filter(id=change.id).update(opens_at=clock.now() - dt.timedelta(seconds=1))
    complete_address_changes.call()


def code_to(email) -> Client:
    """A browser in which somebody signs in with a code that was sent to this address."""
    browser = Client()
    mail.outbox.clear()
    browser.post(reverse("account_request_login_code"), {"email": email})
    sent = [each for each in mail.outbox if each.to == [email]]
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", sent[0].body, re.M) if sent else None
    if code:
        browser.post(reverse("account_confirm_login_code"), {"code": code.group(1)})
    return browser


def is_in(browser, journey) -> bool:
    return browser.get(f"/journeys/{journey.id}/").status_code == 200


def objection_link() -> str:
    letter = next(each for each in mail.outbox if "/my-address/" in each.body)
    return re.search(r"/my-address/[^/\s]+/", letter.body).group(0)


def test_three_people_and_three_days_move_an_address(cast):
    journey, old = cast.journey(), cast.participant.email
    guide, administrator = cast.client(cast.guide), cast.client(cast.administrator)
    signed_in = cast.client(cast.participant)
    page = reverse("overview:address", args=[journey.id])
    assert guide.get(page).status_code == 200

    answer = guide.post(page, {"email": f"\u200b{NEW.upper()}", "is_them": "on"})
    change = AddressChange.objects.get()
    assert answer.status_code == 302 and (change.before, change.after) == (old, NEW)
    assert [each.to for each in mail.outbox] == [[cast.administrator.email]]

    mail.outbox.clear()
    administrator.post(reverse("overview:confirm_address", args=[change.id]))
    assert {each.to[0] for each in mail.outbox} == {old, cast.guide.email}
    assert all(NEW not in each.body and NEW not in each.subject for each in mail.outbox)
    complete_address_changes.call()
    assert not is_in(code_to(NEW), journey), "nothing is opened before the three days are over"
    assert User.objects.get(id=cast.participant.user_id).email == old

    mail.outbox.clear()
    three_days_later(change)
    assert {each.to[0] for each in mail.outbox} == {old, NEW, cast.guide.email}
    assert not is_in(signed_in, journey), "whoever was signed in is signed out"
    assert not is_in(code_to(old), journey)
    assert is_in(code_to(NEW), journey)
    events = (
        Entry.objects.filter(subject_id=change.id)
        .order_by("created_at", "id")
        .values_list("event", "journey_id")
    )
    assert list(events) == [
        ("journey.address_vouched_for", journey.id),
        ("journey.address_confirmed", journey.id),
        ("journey.address_changed", journey.id),
    ]
    states = AddressStateRecord.objects.filter(change=change).order_by("created_at", "id")
    assert [(each.state, each.by) for each in states] == [
        ("asked", cast.guide),
        ("confirmed", cast.administrator),
        ("done", None),
    ]


def test_the_addresses_lie_sealed_and_can_be_taken_out_while_the_ledger_stays(cast):
    from django.db import connection

    change = confirmed(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after FROM people_addresschange")
        before, after = map(bytes, cursor.fetchone())
        cursor.execute("SELECT detail FROM ledger_entry")
        details = str(cursor.fetchall())
    for address in (cast.participant.email, NEW):
        assert address.encode() not in before + after and address not in details
    change.before, change.after = "", ""
    change.save(update_fields=["before", "after"])
    assert Entry.objects.filter(subject_id=change.id).count() == 2


@pytest.mark.without_ledger("journeys.addresses.actions.object_to_address")
def test_the_old_mailbox_keeps_the_address_by_its_link_and_looking_changes_nothing(cast):
    change = confirmed(cast)
    link, nobody = objection_link(), Client()
    for _twice in range(2):
        page = nobody.get(link).content.decode()
        assert "Keep my address" in page and NEW not in page and cast.participant.email not in page
    change.refresh_from_db()
    assert change.state == AddressState.CONFIRMED

    assert nobody.post(link).status_code == 200
    three_days_later(change)

    change.refresh_from_db()
    assert change.state == AddressState.OBJECTED
    assert User.objects.get(id=cast.participant.user_id).email == cast.participant.email
    assert nobody.post(link).status_code == 409
    assert "stays as it is" in nobody.get(link).content.decode()
    told = {each.to[0] for each in mail.outbox if "stays as it is" in each.subject}
    assert told == {cast.participant.email, cast.guide.email, cast.administrator.email}


def test_a_link_nobody_was_sent_leads_nowhere(cast):
    assert Client().get(reverse("overview:object_to_address", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("stage", ["asked", "confirmed"])
def test_the_person_objects_on_the_page(cast, stage):
    change = vouched(cast) if stage == "asked" else confirmed(cast)
    paul = cast.client(cast.participant)
    assert reverse("overview:address_change", args=[change.id]) in paul.get("/").content.decode()
    page = paul.get(reverse("overview:address_change", args=[change.id])).content.decode()
    assert "Keep my address" in page and reverse("overview:confirm_address", args=[change.id]) not in page
    paul.post(reverse("overview:keep_address", args=[change.id]))
    change.refresh_from_db()
    assert change.state == AddressState.OBJECTED


@pytest.mark.parametrize("stage", ["asked", "confirmed"])
@pytest.mark.parametrize(
    ("who", "door", "state"),
    [
        pytest.param(
            "guide",
            "withdraw_address",
            "withdrawn",
            marks=pytest.mark.without_ledger("journeys.addresses.actions.withdraw_address"),
        ),
        pytest.param(
            "administrator",
            "decline_address",
            "declined",
            marks=pytest.mark.without_ledger("journeys.addresses.actions.decline_address"),
        ),
    ],
)
def test_it_can_be_taken_back_until_it_is_done(cast, stage, who, door, state):
    change = vouched(cast) if stage == "asked" else confirmed(cast)
    browser = cast.client(getattr(cast, who))
    answer = browser.post(reverse(f"overview:{door}", args=[change.id]), follow=True)
    assert "stays as it" in answer.content.decode()
    change.refresh_from_db()
    assert change.state == state
    assert browser.post(reverse(f"overview:{door}", args=[change.id])).status_code == 409
    # and it can be asked for again
    assert vouched(cast).state == AddressState.ASKED


def test_whoever_said_so_does_not_also_confirm(cast):
    """Two people stand for it, whatever roles the one has."""
    Person.objects.filter(id=cast.guide.id).update(is_administrator=True)
    cast.guide.refresh_from_db()
    change = vouched(cast)
    door = reverse("overview:confirm_address", args=[change.id])
    assert cast.client(cast.guide).post(door).status_code == 403
    page = cast.client(cast.guide).get(reverse("overview:address_change", args=[change.id])).content.decode()
    assert "Another administrator has to confirm this." in page


def test_nobody_confirms_their_own_address(cast):
    Person.objects.filter(id=cast.participant.id).update(is_administrator=True)
    cast.participant.refresh_from_db()
    change = vouched(cast)
    assert (
        cast.client(cast.participant).post(reverse("overview:confirm_address", args=[change.id])).status_code
        == 403
    )


@pytest.mark.parametrize("who", ["colleague", "lead", "stranger", "supporter"])
def test_whoever_has_no_part_in_it_finds_nothing(cast, who):
    journey = cast.journey()
    change, browser = vouched(cast, journey), cast.client(getattr(cast, who))
    assert browser.get(reverse("overview:address_change", args=[change.id])).status_code == 404
    for door in ("confirm", "decline", "withdraw", "keep"):
        assert browser.post(reverse(f"overview:{door}_address", args=[change.id])).status_code == 404
    assert browser.get(reverse("overview:address", args=[journey.id])).status_code == (
        403 if who == "supporter" else 404
    )
    assert "address" not in browser.get("/").content.decode().split("<main")[1].split("</main")[0].lower()


def test_a_participant_does_not_look_after_the_address_of_the_guide(cast):
    assert (
        cast.client(cast.participant).get(reverse("overview:address", args=[cast.journey().id])).status_code
        == 403
    )


@pytest.mark.without_ledger("journeys.addresses.actions.confirm_address")
def test_whoever_covers_can_say_so_too(cast):
    journey, today = cast.journey(), clock.today("Europe/London")
    name_cover(person=cast.colleague, days=Days(today, today), by=cast.seat(cast.guide, journey))
    mail.outbox.clear()
    change = vouched(cast, journey, by=cast.colleague)
    actions.confirm_address(change=change, by=cast.administrator)
    assert cast.guide.email in {each.to[0] for each in mail.outbox}


def test_every_guide_and_participant_it_touches_is_told_on_the_page_and_by_mail(cast):
    """Paul has another guide, too; and Gwen, whose own address is moved, has participants."""
    first, second = cast.journey(), cast.journey()
    from alongside.journeys.models import JourneyMember

    JourneyMember.objects.filter(journey=second, person=cast.guide).update(person=cast.colleague)
    change = confirmed(cast, journey=first)
    assert cast.colleague.email in {each.to[0] for each in mail.outbox}
    page = cast.client(cast.colleague).get("/").content.decode()
    assert "A new email address for Paul Participant is being checked" in page
    assert NEW not in page and reverse("overview:address_change", args=[change.id]) not in page


def test_a_password_and_a_second_factor_stay_as_they_are(cast):
    from allauth.mfa.models import Authenticator

    user = cast.participant.user
    user.set_password("correct horse battery staple")
    user.save()
    change = confirmed(cast)
    three_days_later(change)
    user.refresh_from_db()
    assert user.check_password("correct horse battery staple")
    assert not EmailAddress.objects.get(user=user).verified
    assert not LoginSession.objects.filter(user=user).exists()
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_address_that_became_somebody_elses_meanwhile_changes_nothing(cast):
    change = confirmed(cast)
    User.objects.create_user(NEW)
    three_days_later(change)
    change.refresh_from_db()
    assert change.state == AddressState.IMPOSSIBLE
    assert User.objects.get(id=cast.participant.user_id).email == cast.participant.email


@pytest.mark.parametrize("email", ["guide", "participant", "jörg@example.org", ""])
def test_what_cannot_be_the_new_address_is_refused(cast, email):
    address = getattr(cast, email).email if email in ("guide", "participant") else email
    with pytest.raises(Refused):
        vouched(cast, email=address)


@pytest.mark.without_ledger("journeys.addresses.actions.vouch_for_address")
def test_whether_anybody_is_known_at_the_new_address_is_not_said(cast):
    """The answer is the same as for an address nobody has."""
    assert vouched(cast, email=cast.stranger.email).state == AddressState.ASKED


def test_a_sign_in_that_stands_for_somebody_elsewhere_is_not_moved_from_here(cast):
    Person.objects.create(
        organisation=cast.stranger.organisation,
        user=cast.participant.user,
        name="Paul",
        email=cast.participant.email,
    )
    with pytest.raises(Refused, match="cannot be changed here"):
        vouched(cast)


def test_one_change_at_a_time(cast):
    journey = cast.journey()
    change = vouched(cast, journey)
    answer = cast.client(cast.guide).post(
        reverse("overview:address", args=[journey.id]), {"email": "another@example.org", "is_them": "on"}
    )
    assert answer.status_code == 409 and "being checked already" in answer.content.decode()
    assert 'value="another@example.org"' in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressChange.objects.create(
            person=change.person, kind="lost", state="asked", by=change.by, told_until=clock.now()
        )


def test_the_form_asks_whether_one_has_spoken_to_them(cast):
    page = reverse("overview:address", args=[cast.journey().id])
    answer = cast.client(cast.guide).post(page, {"email": NEW})
    assert answer.status_code == 422
    assert "Please speak to them first" in answer.content.decode() and NEW in answer.content.decode()


@pytest.mark.without_ledger("journeys.addresses.actions.correct_participants_address")
def test_somebody_who_has_not_come_is_corrected_by_their_guide_and_the_change_is_kept(cast):
    journey = cast.journey(participant_has_account=False)
    guide = cast.client(cast.guide)
    page = guide.get(reverse("overview:address", args=[journey.id])).content.decode()
    assert (
        "You can correct the address yourself" in page
        and reverse("overview:invite", args=[journey.id]) in page
    )
    guide.post(reverse("overview:invite", args=[journey.id]), {"email": "pat.right@example.org"})
    change = AddressChange.objects.get()
    assert (change.kind, change.state, change.after) == (
        AddressChangeKind.CORRECTED,
        "done",
        "pat.right@example.org",
    )
    entry = Entry.objects.get(event="person.address_corrected")
    assert (entry.subject_id, entry.journey_id) == (change.id, journey.id)
    assert (
        "Corrected by Gwen Guide"
        in guide.get(reverse("overview:address", args=[journey.id])).content.decode()
    )


@pytest.mark.without_ledger("journeys.addresses.actions.follow_address")
def test_an_own_change_is_told_to_those_one_meets(cast, rf):
    journey = cast.journey()
    address = EmailAddress.objects.create(user=cast.guide.user, email="gwen.new@example.org", primary=True)
    request = rf.get("/")
    request.session, request.user = {}, cast.guide.user
    request._messages = FallbackStorage(request)
    mail.outbox.clear()

    AccountAdapter(request).confirm_email(request, address)

    change = AddressChange.objects.get()
    cast.guide.refresh_from_db()
    assert cast.guide.email == "gwen.new@example.org"
    assert (change.kind, change.after) == (AddressChangeKind.OWN, "gwen.new@example.org")
    told = [each for each in mail.outbox if "has changed" in each.subject]
    assert [each.to for each in told] == [[cast.participant.email]]
    assert "gwen.new" not in told[0].body
    assert Entry.objects.get(event="journey.address_followed").journey_id == journey.id
    page = cast.client(cast.participant).get("/").content.decode()
    assert "The email address of Gwen Guide has changed" in page


@pytest.mark.without_ledger("journeys.addresses.actions.complete_address_change")
def test_nothing_comes_true_before_its_hour_or_twice(cast):
    assert dt.timedelta(hours=72) == TIME_TO_OBJECT
    change = confirmed(cast)
    with pytest.raises(Refused, match="still time to object"):
        actions.complete_address_change(change=change, by=None)
    three_days_later(change)
    with pytest.raises(Refused):
        actions.complete_address_change(change=change, by=None)


def test_who_may_do_what_in_each_state(cast):
    change = vouched(cast)
    people = ("guide", "participant", "administrator", "colleague")
    asked = {
        "confirm": rules.may_confirm_address,
        "decline": rules.may_decline_address,
        "withdraw": rules.may_withdraw_address,
        "object": rules.may_object_to_address,
    }
    allowed = {
        ("guide", "withdraw"),
        ("participant", "object"),
        ("administrator", "confirm"),
        ("administrator", "decline"),
    }
    for state in AddressState:
        change.state = state
        for who in people:
            for act, rule in asked.items():
                verdict = rule(getattr(cast, who), change)
                expected = (who, act) in allowed and (
                    state == AddressState.ASKED or (state == AddressState.CONFIRMED and act != "confirm")
                )
                assert bool(verdict) == expected, (state, who, act)
                if who == "colleague":
                    assert verdict.denial == Denial.HIDDEN
