"""Times offered by link: picked without an account, once, under the participant's name."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.journeys.models import JourneyMember
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, Refused
from alongside.kernel.verdict import Denial
from alongside.ledger.models import Entry
from alongside.people.models import Person
from alongside.people.queries import digest
from alongside.rooms.environment import actions, rules
from alongside.rooms.environment.actions import offers as offer_actions
from alongside.rooms.environment.claims import TimeTaken
from alongside.rooms.environment.models import Claim, Meeting, MeetingEmail, Offer, OfferedTime
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.offers import open_offers, seat_by
from tests.cast import gather

from .factories import at, booked, room
from .test_never_twice import all_at_once
from .test_slot_search import next_weekday, protect

STARTS = ((2, 10), (2, 14), (3, 9))


@pytest.fixture
def without_account(cast):
    """The guide's seat in a journey whose participant has no account, but an address."""
    return cast.seat(cast.guide, cast.journey(kind="treatment", participant_has_account=False))


@pytest.fixture
def closed(cast):
    """A place of the guide's own that participants may not book by themselves."""
    return room(cast.guide, "Quiet room")


def offered(seat, place, *, send=False, starts=None):
    times = starts or [next_weekday(*start) for start in STARTS]
    return offer_actions.offer_times(place=place, starts=times, minutes=50, send=send, by=seat)


def link(token):
    return reverse("environment_offers:pick", args=[token])


@pytest.mark.without_ledger("rooms.environment.actions.offers.offer_times")
def test_an_offer_keeps_only_the_digest_of_its_token(without_account, closed):
    offer, token = offered(without_account, closed)

    assert offer.token_digest == digest(token) and len(token) > 40
    assert OfferedTime.objects.filter(offer=offer).count() == 3
    assert Claim.objects.count() == 0
    assert token not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_the_meeting_email_holds_the_link_and_nothing_of_the_kind(without_account, closed):
    offered(without_account, closed, send=True)

    meeting_email = mail.outbox[-1]
    assert meeting_email.to == [without_account.participant.person.email]
    assert meeting_email.subject == "Times to choose from"
    assert re.search(r"/times/[\w-]{40,}/", meeting_email.body)
    for word in ("treatment", "patient", "clinician", "therapy", "session"):
        assert word not in (meeting_email.subject + meeting_email.body).lower()


def test_picking_by_the_link_books_under_the_participants_name(without_account, closed):
    offer, token = offered(without_account, closed)
    visitor = Client()
    start = next_weekday(2, 14)

    opened = visitor.get(link(token))
    assert opened.status_code == 200 and Meeting.objects.count() == 0, "opening changes nothing"
    assert opened["Referrer-Policy"] == "no-referrer" and "no-store" in opened["Cache-Control"]

    answer = visitor.post(link(token), {"start": start.isoformat()}, follow=True)

    meeting = Meeting.objects.get()
    assert "We have emailed you the details" in answer.content.decode()
    assert (meeting.starts_at, meeting.minutes) == (start, 50)
    assert meeting.booked_by == without_account.participant.person
    assert MeetingEmail.objects.filter(meeting=meeting, recipient=meeting.guide, event="booked").count() == 1
    offer.refresh_from_db()
    assert offer.meeting == meeting


def test_a_second_tap_books_nothing_further(without_account, closed):
    _offer, token = offered(without_account, closed)
    for start in (next_weekday(2, 14), next_weekday(3, 9)):
        answer = Client().post(link(token), {"start": start.isoformat()})

    assert answer.status_code == 409
    assert Meeting.objects.count() == 1


def test_a_time_that_has_gone_is_said_kindly_beside_the_others(cast, without_account, closed):
    _offer, token = offered(without_account, closed)
    gone = next_weekday(2, 14)
    other = cast.seat(cast.guide, cast.journey())
    booked(other, room(cast.guide, "Elsewhere"), gone)

    answer = Client().post(link(token), {"start": gone.isoformat()})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Gwen Guide is not free at that time." in page
    assert page.count('name="start"') == 2 and "1 other time has been taken since." in page
    assert "Elsewhere" not in page and "Participant" not in page
    assert Client().post(link(token), {"start": next_weekday(3, 9).isoformat()}).status_code == 302


def test_when_all_have_gone_the_page_says_whom_to_ask(cast, without_account, closed):
    start = next_weekday(2, 14)
    _offer, token = offered(without_account, closed, starts=[start])
    booked(cast.seat(cast.guide, cast.journey()), room(cast.guide, "Elsewhere"), start)

    page = Client().get(link(token)).content.decode()

    assert "Please ask Gwen Guide for new ones." in page and 'name="start"' not in page


@pytest.mark.without_ledger("rooms.environment.actions.offers.withdraw_offer")
def test_withdrawn_expired_unknown(without_account, closed):
    offer, token = offered(without_account, closed)
    Offer.objects.filter(id=offer.id).update(expires_at=now() - dt.timedelta(minutes=1))
    start = {"start": next_weekday(2, 14).isoformat()}
    assert "These times are over." in Client().get(link(token)).content.decode()
    assert Client().post(link(token), start).status_code == 409
    with pytest.raises(Refused):
        offer_actions.withdraw_offer(offer=Offer.objects.get(id=offer.id), by=without_account)

    Offer.objects.filter(id=offer.id).update(expires_at=now() + dt.timedelta(days=1))
    offer_actions.withdraw_offer(offer=Offer.objects.get(id=offer.id), by=without_account)
    assert "no longer offered" in Client().get(link(token)).content.decode()
    assert Client().post(link(token), start).status_code == 409

    assert Client().get(link("x" * 43)).status_code == 404
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize(
    "start", ["", "soon", "2030-01-01T10:00", "9999-12-31T23:59:59-12:00", "2030-01-01T10:00Z"]
)
def test_a_time_that_was_not_offered_is_not_booked(without_account, closed, start):
    _offer, token = offered(without_account, closed)

    answer = Client().post(link(token), {"start": start})

    assert answer.status_code in (409, 422)
    assert "Please choose one of the times below." in answer.content.decode()
    assert Meeting.objects.count() == 0


def test_a_link_is_worth_nothing_when_the_journey_rests_or_the_participant_has_left(
    cast, without_account, closed
):
    offer, token = offered(without_account, closed)
    JourneyMember.objects.filter(journey=offer.journey, part="participant").update(left_at=now())

    assert seat_by(offer) is None
    assert Client().get(link(token)).status_code == 404


def test_a_link_is_worth_nothing_once_the_account_is_closed(cast, without_account, closed):
    offer, token = offered(without_account, closed)
    assert Client().get(link(token)).status_code == 200

    Person.objects.filter(id=seat_by(offer).actor.id).update(is_active=False)

    assert Client().get(link(token)).status_code == 404


def test_the_times_are_those_of_the_readers_zone(without_account, closed):
    reader = without_account.participant.person
    reader.time_zone = "America/New_York"
    reader.save()
    _offer, token = offered(without_account, closed)

    page = Client().get(link(token)).content.decode()

    assert "Times are shown in America/New_York time, with Europe/London time in brackets." in page


def test_the_zone_is_named_also_where_it_is_the_guides(without_account, closed, client):
    _offer, token = offered(without_account, closed)
    page = client.get(link(token)).content.decode()
    assert "Times are shown in Europe/London time." in page
    start = page.split('name="start"')[1].split('value="')[1].split('"')[0]
    client.post(link(token), {"start": start})
    assert "(Europe/London)" in client.get(link(token)).content.decode()


def test_only_the_guide_offers_and_only_places_of_their_own(cast, seat, place):
    theirs = cast.seat(cast.participant, seat.journey)
    with pytest.raises(Refused):
        offered(theirs, place)
    with pytest.raises(Refused):
        offered(seat, room(cast.colleague, "Colin's"))
    with pytest.raises(NotThisMoment, match="in the future"):
        offered(seat, place, starts=[at(-2)])


def test_picking_is_refused_by_the_action_itself(cast, seat, place):
    offer, _token = offered(seat, place)
    booked(seat, place, next_weekday(2, 10))

    with pytest.raises(Refused):
        offer_actions.pick_time(offer=offer, starts_at=next_weekday(2, 14), by=seat)
    with pytest.raises(TimeTaken):
        offer_actions.pick_time(
            offer=offer, starts_at=next_weekday(2, 10), by=cast.seat(cast.participant, seat.journey)
        )


# --- the guide's page --------------------------------------------------------------------------------------


def test_the_page_offers_what_suits_and_shows_the_link_once(cast, without_account, closed):
    protect(cast.guide)
    client, url = cast.client(cast.guide), reverse("environment:offer", args=[without_account.journey.id])
    choices = client.get(url).context["page"].choices

    answer = client.post(url, {"starts": [choices[0][1], choices[5][1]], "send": "on"})

    token = re.search(r"/times/([\w-]{40,})/", answer.content.decode())[1]
    assert Offer.objects.get().token_digest == digest(token)
    assert len(mail.outbox) == 1
    page = client.get(url).content.decode()
    assert token not in page and "2 times offered" in page


def test_the_page_asks_for_at_least_one_time(cast, without_account, closed):
    url = reverse("environment:offer", args=[without_account.journey.id])

    answer = cast.client(cast.guide).post(url, {})

    assert answer.status_code == 422 and "Please tick at least one time." in answer.content.decode()


def test_taking_an_offer_back_through_the_page(cast, without_account, closed):
    offer, token = offered(without_account, closed)
    url = reverse("environment:withdraw", args=[without_account.journey.id, offer.id])

    answer = cast.client(cast.guide).post(url, follow=True)

    assert "The link no longer books anything." in answer.content.decode()
    assert open_offers(without_account) == []
    assert cast.client(cast.guide).post(url).status_code == 409
    assert "no longer offered" in Client().get(link(token)).content.decode()


def test_the_doors_of_offers_and_series_are_closed_to_others(cast, seat, place):
    offer, _token = offered(seat, place)
    doors = [
        (reverse("environment:offer", args=[seat.journey.id]), "get", 403),
        (reverse("environment:series", args=[seat.journey.id]), "get", 200),
        (reverse("environment:withdraw", args=[seat.journey.id, offer.id]), "post", 403),
    ]
    for url, method, to_participant in doors:
        for outside in ("stranger", "colleague", "administrator", "lead"):
            assert getattr(cast.client(getattr(cast, outside)), method)(url).status_code == 404
        assert getattr(cast.client(cast.supporter), method)(url).status_code == 403
        assert getattr(cast.client(cast.participant), method)(url).status_code == to_participant
        assert cast.client(cast.guide).delete(url).status_code == 405
    other = cast.journey()
    assert (
        cast.client(cast.guide).post(reverse("environment:withdraw", args=[other.id, offer.id])).status_code
        == 404
    )


def test_a_cancelled_pick_is_not_shown_as_booked(cast, without_account, closed):
    _offer, token = offered(without_account, closed)
    Client().post(link(token), {"start": next_weekday(2, 14).isoformat()})
    meeting = Meeting.objects.get()
    actions.cancel_meeting(meeting=meeting_in(without_account, meeting_id=meeting.id), by=without_account)

    page = Client().get(link(token)).content.decode()
    assert "It is booked." not in page and "already been booked" in page


@pytest.mark.parametrize(
    ("who", "state", "offer", "pick", "withdraw"),
    [
        ("guide", "active", None, Denial.NOT_YOURS, None),
        ("participant", "active", Denial.NOT_YOURS, None, Denial.NOT_YOURS),
        ("supporter", "active", Denial.NOT_YOURS, Denial.NOT_YOURS, Denial.NOT_YOURS),
        ("guide", "paused", Denial.NOT_NOW, Denial.NOT_YOURS, None),
        ("participant", "paused", Denial.NOT_YOURS, Denial.NOT_NOW, Denial.NOT_YOURS),
        ("guide", "completed", Denial.NOT_NOW, Denial.NOT_YOURS, Denial.NOT_NOW),
    ],
)
def test_who_may_offer_pick_and_withdraw(cast, who, state, offer, pick, withdraw):
    seat = cast.seat(getattr(cast, who), cast.journey(state=state))
    made = Offer(journey=seat.journey, expires_at=now() + dt.timedelta(days=1))

    assert rules.may_offer_times(seat).denial is offer
    assert rules.may_pick_time(seat, made).denial is pick
    assert rules.may_withdraw_offer(seat, made).denial is withdraw
    elsewhere = Offer(journey=cast.journey(), expires_at=made.expires_at)
    assert rules.may_pick_time(seat, elsewhere).denial is Denial.HIDDEN
    assert rules.may_withdraw_offer(seat, elsewhere).denial is Denial.HIDDEN


@pytest.mark.without_ledger("rooms.environment.actions.offers.pick_time")
def test_of_picks_at_the_same_instant_one_is_made(committed):
    cast = gather()
    seat = cast.seat(cast.guide, cast.journey())
    offer, _token = offered(seat, room(cast.guide))
    theirs = cast.seat(cast.participant, seat.journey)
    starts = [next_weekday(*start) for start in STARTS] * 2

    came_to = all_at_once(
        [lambda s=start: offer_actions.pick_time(offer=offer, starts_at=s, by=theirs) for start in starts]
    )

    assert [type(one) for one in came_to].count(Meeting) == 1, came_to
    assert all(isinstance(one, Refused) for one in came_to if not isinstance(one, Meeting)), came_to
    assert (Meeting.objects.count(), Claim.objects.count()) == (1, 3)
