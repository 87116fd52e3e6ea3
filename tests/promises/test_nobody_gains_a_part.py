"""The promise: nobody gains a part in what was not opened to them by the person themself, or by who may speak for them.

Each test plays somebody who tries, by the pages alone: a guide with the address of another guide's participant, an
administrator with the form for addresses, whoever covers, whoever takes over, whoever was let go. See
`docs/decisions/` for *who may speak for a person's address*.
"""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.journeys.actions import begin_journey, seat_of
from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.states import Part
from alongside.ledger.models import Entry
from alongside.people.models import AddressChange, Invitation, Person, User

NORA = "nora@example.org"
BEGIN = "/journeys/begin/?kind=supervision&template=student-placement"
PACE = {"time_zone": "Europe/London", "planned_meetings": 8, "meeting_minutes": 45, "every_days": 7}


def begun(browser: Client, **typed) -> Journey:
    """A journey that somebody begins on the page, with whom they typed."""
    answer = browser.post(BEGIN, {"known": "new", "name": "Nora Novak", "email": NORA, **PACE, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Journey.objects.get(id=answer["Location"].strip("/").split("/")[-1])


def invited(browser: Client, journey: Journey, email: str = "") -> str:
    """The token of the invitation that is sent from the page of a journey."""
    answer = browser.post(reverse("overview:invite", args=[journey.id]), {"email": email})
    assert answer.status_code == 302, answer.content.decode()
    return token_to(email)


def token_to(email: str) -> str:
    letter = [each for each in mail.outbox if each.to == [email] and "/invitation/" in each.body][-1]
    return re.search(r"/invitation/([^/\s]+)/", letter.body).group(1)


def accepted(token: str, browser: Client | None = None) -> Client:
    browser = browser or Client()
    answer = browser.post(f"/invitation/{token}/")
    assert answer.status_code == 302, answer.content.decode()
    return browser


def finds(browser: Client, journey: Journey) -> bool:
    return browser.get(f"/journeys/{journey.id}/").status_code == 200


def participant_of(journey: Journey) -> Person:
    return JourneyMember.objects.get(journey=journey, part=Part.PARTICIPANT).person


@pytest.fixture
def with_nora(cast) -> Journey:
    """Gwen has begun something with Nora, who is invited and has not come yet."""
    journey = begun(cast.client(cast.guide))
    invited(cast.client(cast.guide), journey, NORA)
    return journey


# --- an address typed by somebody else ---------------------------------------------------------------------


def test_a_guide_does_not_become_another_guides_participant(cast, with_nora):
    colleague, hers = cast.client(cast.colleague), token_to(NORA)

    journey = begun(colleague, name="Somebody Else")
    intruder = accepted(invited(colleague, journey, "colin.private@example.org"))

    assert finds(intruder, journey) and not finds(intruder, with_nora)
    assert participant_of(with_nora).user_id is None and participant_of(with_nora).email == NORA
    nora = accepted(hers)
    assert finds(nora, with_nora) and not finds(nora, journey)


def test_an_address_typed_anew_names_nobody_known_at_it(cast, with_nora):
    colleague = cast.client(cast.colleague)
    journey = begun(colleague, name="Somebody Else")
    pages = [f"/journeys/{journey.id}/", f"/journeys/{journey.id}/invite/", "/", "/journeys/", BEGIN]
    for page in pages:
        told = colleague.get(page).content.decode()
        assert "Nora" not in told and "Novak" not in told, page
    assert "Somebody Else" in colleague.get(pages[0]).content.decode()


def test_an_invitation_of_another_leaves_the_first_as_it_is(cast, with_nora):
    colleague = cast.client(cast.colleague)
    invited(colleague, begun(colleague), NORA)
    assert Invitation.objects.filter(email=NORA, voided_at=None, accepted_at=None).count() == 2


@pytest.mark.parametrize("door", ["begin", "invite", "name", "letters"])
def test_no_form_says_who_is_known_at_an_address(cast, with_nora, door):
    """The answer to an address is the same whether somebody is known there or nobody is."""
    colleague = cast.client(cast.colleague)

    def answer_to(email: str) -> tuple[int, str]:
        journey = begun(colleague, name="Pat", email=email if door == "begin" else "")
        if door == "begin":
            return 302, str(participant_of(journey).name)
        if door == "name":
            cast_active(journey)
            facts = {"name": "Pat", "email": email, "part": "supporter"}
            answer = colleague.post(reverse("overview:name", args=[journey.id]), facts, follow=True)
        elif door == "invite":
            answer = colleague.post(
                reverse("overview:invite", args=[journey.id]), {"email": email}, follow=True
            )
        else:
            answer = colleague.post(
                reverse("environment:correct_address", args=[journey.id]), {"email": email}, follow=True
            )
        told = answer.content.decode().replace(email, "ADDRESS").replace(str(journey.id), "ID")
        for name in ("Nora", "Novak", "Paul Participant"):
            assert name not in told
        return answer.status_code, re.sub(r'(value|content|nonce)="[^"]*"', "", told)

    unknown = answer_to("nobody.known@example.org")
    for known in (NORA, cast.participant.email, cast.supporter.email):
        assert answer_to(known)[0] == unknown[0]


def cast_active(journey: Journey) -> None:
    from alongside.journeys.models import JourneyStateRecord

    for state in ("preparing", "active"):
        JourneyStateRecord.objects.create(journey=journey, state=state, by=journey.begun_by)


# --- an administrator --------------------------------------------------------------------------------------


def test_an_administrator_speaks_for_nobody_known_through_a_journey(cast, with_nora):
    administrator, nora = cast.client(cast.administrator), participant_of(with_nora)
    mail.outbox.clear()

    address = administrator.post(
        reverse("people:address", args=[nora.id]), {"email": "ada.private@example.org"}
    )
    again = administrator.post(reverse("people:invite", args=[nora.id]))

    assert (address.status_code, again.status_code) == (403, 403)
    assert participant_of(with_nora).email == NORA and mail.outbox == []
    page = administrator.get(reverse("people:person", args=[nora.id])).content.decode()
    assert "Correct it and send" not in page and reverse("people:invite", args=[nora.id]) not in page


def test_no_role_is_given_to_somebody_who_has_not_come(cast, with_nora):
    """The guide who typed the address would hold a role once they accept it themselves."""
    nora = participant_of(with_nora)
    answer = cast.client(cast.administrator).post(
        reverse("people:roles", args=[nora.id]), {"is_guide": "on", "is_administrator": "on"}
    )
    assert answer.status_code == 409
    nora.refresh_from_db()
    assert not (nora.is_guide or nora.is_administrator)


def test_whom_an_administrator_added_they_also_correct(cast):
    administrator = cast.client(cast.administrator)
    facts = {"name": "Gina", "email": "ginna@example.org", "time_zone": "Europe/London", "is_guide": "on"}
    administrator.post(reverse("people:add"), facts)
    added = Person.objects.get(email="ginna@example.org")
    old = token_to("ginna@example.org")

    administrator.post(reverse("people:address", args=[added.id]), {"email": "gina@example.org"})

    assert Client().post(f"/invitation/{old}/").status_code == 409
    accepted(token_to("gina@example.org"))
    assert Person.objects.get(id=added.id).user.email == "gina@example.org"


# --- naming ------------------------------------------------------------------------------------------------


def named(browser: Client, journey: Journey, email: str) -> JourneyMember:
    facts = {"name": "A Friend", "email": email, "part": "supporter"}
    answer = browser.post(reverse("overview:name", args=[journey.id]), facts)
    assert answer.status_code == 302, answer.content.decode()
    return JourneyMember.objects.filter(journey=journey, part=Part.SUPPORTER).latest("created_at")


def test_naming_by_address_shows_no_name_and_gives_no_part_unasked(cast):
    journey = cast.journey()
    colleague = cast.client(cast.colleague)
    mail.outbox.clear()

    named(cast.client(cast.guide), journey, cast.colleague.email)

    page = cast.client(cast.guide).get(reverse("overview:people", args=[journey.id])).content.decode()
    assert "A Friend" in page and "Colin" not in page
    assert not finds(colleague, journey)
    colleague.post(f"/invitation/{token_to(cast.colleague.email)}/")
    assert finds(colleague, journey)
    page = cast.client(cast.guide).get(reverse("overview:people", args=[journey.id])).content.decode()
    assert "Colin Colleague" in page and "A Friend" not in page


def test_whoever_was_let_go_before_they_came_finds_a_dead_link(cast):
    journey = cast.journey()
    guide = cast.client(cast.guide)
    member = named(guide, journey, "friend@example.org")
    token = token_to("friend@example.org")
    guide.post(reverse("overview:let_go", args=[journey.id]), {"member_id": member.id})

    assert Client().post(f"/invitation/{token}/").status_code == 409
    assert not User.objects.filter(email="friend@example.org").exists()


def test_nobody_takes_a_second_seat_at_one_table(cast):
    """A guide who names themselves by another address doesn't sit on both sides; nor as a supporter."""
    journey = cast.journey()
    named(cast.client(cast.guide), journey, cast.guide.email)
    answer = cast.client(cast.guide).post(f"/invitation/{token_to(cast.guide.email)}/")
    assert answer.status_code == 409
    assert "already have a part" in answer.content.decode()


# --- one invitation, one seat ------------------------------------------------------------------------------


def test_whoever_has_a_place_here_accepts_into_it(cast):
    """Only a proven sign-in ties the two: what was written in the room goes along with the seat."""
    journey = begun(cast.client(cast.guide), name="Paula", email="")
    unproven = participant_of(journey)
    token = invited(cast.client(cast.guide), journey, cast.participant.email)
    browser = cast.client(cast.participant)
    own = cast.journey()

    accepted(token, browser)

    assert participant_of(journey) == cast.participant
    assert finds(browser, journey) and finds(browser, own)
    unproven.refresh_from_db()
    assert not unproven.is_active and unproven.user_id is None
    assert (
        str(cast.participant.name) in cast.client(cast.guide).get(f"/journeys/{journey.id}/").content.decode()
    )
    assert Entry.objects.filter(event="seat.taken", journey_id=journey.id).count() == 1


def test_a_place_in_another_organisation_stays_apart(cast):
    journey = begun(cast.client(cast.guide), email=cast.stranger.email)
    accepted(invited(cast.client(cast.guide), journey, cast.stranger.email))
    who = participant_of(journey)
    assert who.user_id == cast.stranger.user_id and who.id != cast.stranger.id
    assert not (who.is_guide or who.is_administrator or who.is_lead)


def test_an_invitation_opens_one_seat_and_no_earlier_one(cast):
    """Somebody without an account in two journeys: who is invited into the one does not find the other."""
    first, second = cast.journey(participant_has_account=False), cast.journey(participant_has_account=False)
    pat = participant_of(first)
    JourneyMember.objects.filter(journey=second, part=Part.PARTICIPANT).update(person=pat)

    browser = accepted(invited(cast.client(cast.guide), second, "pat.new@example.org"))

    assert finds(browser, second) and not finds(browser, first)
    assert participant_of(first) == pat and pat.user_id is None


def test_somebody_known_without_a_sign_in_sits_in_each_journey_apart(cast):
    """So that an address corrected in the one moves no letters of the other."""
    first = cast.journey(participant_has_account=False)
    pat = participant_of(first)
    second = begin_journey(
        participant=pat, kind="supervision", template="student-placement", follows=None, by=cast.guide
    )
    invited(cast.client(cast.guide), second, "pat.new@example.org")
    pat.refresh_from_db()
    assert participant_of(second) != pat and str(participant_of(second).name) == str(pat.name)
    assert pat.email != "pat.new@example.org" and pat.user_id is None


# --- whoever covers, whoever takes over ---------------------------------------------------------------------


def test_whoever_covers_corrects_no_address(cast):
    from alongside.journeys.covering import Days, name_cover
    from alongside.kernel import clock

    journey = cast.journey(participant_has_account=False)
    today = clock.today("Europe/London")
    name_cover(person=cast.colleague, days=Days(today, today), by=seat_of(cast.guide, journey))
    pat = participant_of(journey)
    colleague = cast.client(cast.colleague)

    for door in ("overview:invite", "environment:correct_address"):
        answer = colleague.post(reverse(door, args=[journey.id]), {"email": "colin.private@example.org"})
        assert answer.status_code in (403, 409), door
    pat.refresh_from_db()
    assert pat.email != "colin.private@example.org"
    assert not Invitation.objects.filter(email="colin.private@example.org").exists()


# --- whoever looks after the organisation -------------------------------------------------------------------


def test_an_administrator_gives_no_journey_to_themselves(cast):
    """Not by emergency cover, where another guide is there, whatever roles they hold or give themselves."""
    from alongside.kernel import clock

    journey, administrator = cast.journey(), cast.client(cast.administrator)
    roles = {"is_guide": "on", "is_administrator": "on"}
    administrator.post(reverse("people:roles", args=[cast.administrator.id]), roles)
    today = clock.today("Europe/London")
    facts = {"journey": journey.id, "first": today, "last": today, "reason": "Gwen is in hospital today"}

    for person in (cast.administrator.id, cast.lead.id):
        door = reverse("overview:emergency_cover", args=[cast.guide.id])
        assert administrator.post(door, {**facts, "person": person}).status_code in (403, 409, 422)

    assert not finds(administrator, journey)
    assert [cast.administrator.email] == [each.to[0] for each in mail.outbox if "role" in each.subject]


# --- an address of somebody who has come -------------------------------------------------------------------


def vouched(cast, journey, email="gwen.private@example.org") -> AddressChange:
    """A guide says on the page that the participant is at another address now."""
    facts = {"email": email, "is_them": "on"}
    answer = cast.client(cast.guide).post(reverse("overview:address", args=[journey.id]), facts)
    assert answer.status_code == 302, answer.content.decode()
    return AddressChange.objects.latest("created_at")


def signs_in_at(email: str) -> Client:
    browser = Client()
    mail.outbox.clear()
    browser.post(reverse("account_request_login_code"), {"email": email})
    for letter in mail.outbox:
        if code := re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter.body, re.M):
            browser.post(reverse("account_confirm_login_code"), {"code": code.group(1)})
    return browser


def test_a_guide_alone_moves_no_address_of_somebody_who_has_come(cast):
    """Neither by saying so, nor with an administrator's role of their own, nor before the three days are over."""
    from alongside.journeys.tasks import complete_address_changes

    journey, door = cast.journey(), "overview:confirm_address"
    Person.objects.filter(id=cast.guide.id).update(is_administrator=True)
    change = vouched(cast, journey)
    assert cast.client(cast.guide).post(reverse(door, args=[change.id])).status_code == 403
    complete_address_changes.call()
    assert not finds(signs_in_at("gwen.private@example.org"), journey)

    own = cast.participant
    EmailAddress.objects.create(user=own.user, email=own.email, verified=True, primary=True)
    cast.client(cast.administrator).post(reverse(door, args=[change.id]))
    complete_address_changes.call()
    assert not finds(signs_in_at("gwen.private@example.org"), journey)
    assert finds(signs_in_at(cast.participant.email), journey)


def test_an_administrator_begins_no_change_of_address(cast):
    """They confirm what somebody at the table has said, and find no form to say it themselves."""
    administrator, paul = cast.client(cast.administrator), cast.participant
    journey = cast.journey()
    facts = {"email": "ada.private@example.org", "is_them": "on"}
    assert administrator.post(reverse("overview:address", args=[journey.id]), facts).status_code == 404
    typed = {"email": "ada.private@example.org"}
    assert administrator.post(reverse("people:address", args=[paul.id]), typed).status_code in (403, 409)
    assert User.objects.get(id=paul.user_id).email == paul.email and not AddressChange.objects.exists()


def test_an_administrator_elsewhere_confirms_nothing(cast):
    change = vouched(cast, cast.journey())
    answer = cast.client(cast.stranger).post(reverse("overview:confirm_address", args=[change.id]))
    assert answer.status_code == 404


def test_whoever_holds_an_old_link_does_nothing_in_the_name_of_somebody_who_moved(cast):
    """Times to choose from, sent to the mistyped address, book nothing once it is corrected."""
    from alongside.rooms.environment.actions.offers import offer_times
    from alongside.rooms.environment.models import Offer
    from alongside.rooms.environment.tests.factories import at, room

    journey = cast.journey(participant_has_account=False)
    seat = cast.seat(cast.guide, journey)
    offer_times(starts=[at(5)], place=room(cast.guide, "Room 1"), minutes=45, send=True, by=seat)
    link = re.search(r"http://testserver(/[^\s]+)", mail.outbox[-1].body).group(1)
    assert Client().get(link).status_code == 200

    cast.client(cast.guide).post(
        reverse("overview:invite", args=[journey.id]), {"email": "pat.right@example.org"}
    )

    assert "address that has changed" in Client().get(link).content.decode()
    assert Client().post(link, {"start": at(5).isoformat()}).status_code in (404, 409)
    assert Offer.objects.get().meeting_id is None
