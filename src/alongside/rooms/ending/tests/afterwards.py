"""A journey that is over, with days on which it is asked again; and the clock moved to them."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.journeys.models import JourneyMember
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.comparison import actions as comparison_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.follow_up import actions as later
from alongside.rooms.ending.follow_up.queries import days_of
from alongside.rooms.ending.follow_up.states import Readers
from alongside.rooms.ending.follow_up.tasks import follow_up
from alongside.rooms.ending.links.queries import keepsake_link_of, token_of
from alongside.rooms.first_meeting.states import Side

from .furniture import begun, chain, now_picture, settled
from .furniture import later as reading_later

DAY = dt.date(2031, 3, 3)
"""A Monday, in winter time: by London's clocks as by UTC."""
ENDED = dt.datetime(2030, 12, 3, 12, tzinfo=dt.UTC)


def ended(cast, days=(DAY,), readers=Readers.MINE, needs=1, reads_e_mail=True, at=ENDED, **facts):
    """Closed on 3 December 2030 with then and now, and days to be asked on. The needs with their targets, too."""
    with clock.at(at):
        journey = begun(cast, **facts)
        if not reads_e_mail:
            members = JourneyMember.objects.filter(journey=journey, part="participant")
            Person.objects.filter(id__in=members.values("person")).update(email="")
        made = chain(cast, journey, needs=needs)
        has_account = facts.get("participant_has_account", True)
        who = cast.participant if has_account else cast.guide
        theirs = cast.seat(who, journey)
        if has_account:
            now_picture(cast, journey, made)
        else:
            entries = {need.id: (7, "I sleep till six") for need, *_ in made}
            comparison_actions.look_at_today(entries=entries, readings={}, by=theirs)
        for _need, rated, _levelled in made:
            reading_later(cast, journey, rated, 6)
        later.plan_days(days=days, readers=readers, by=theirs)
        contributions_actions.need_no_support(by=cast.seat(cast.guide, journey))
        settled(cast.seat(cast.guide, journey))
        closing_actions.acknowledge(side=Side.GUIDE, by=cast.seat(cast.guide, journey))
        closing_actions.acknowledge(side=Side.PARTICIPANT, by=theirs)
    mail.outbox.clear()
    return journey, made


def on(day: dt.date = DAY, hour: int = 9, zone: str = "Europe/London"):
    """The clock at that hour of that day; an hour by the participant's own clocks."""
    return clock.at(dt.datetime.combine(day, dt.time(hour), ZoneInfo(zone)).astimezone(dt.UTC))


def come_round(day: dt.date = DAY, hour: int = 9) -> list:
    """What the worker does at that hour; the letters of that turn."""
    mail.outbox.clear()
    with on(day, hour):
        follow_up.func()
    return list(mail.outbox)


def link_in(letter) -> str:
    return re.search(r"https?://[^\s/]+(/later/[\w-]+/)\s", letter.body)[1]


def keepsake_link(cast, journey) -> str:
    link = keepsake_link_of(cast.seat(cast.participant, journey))
    return reverse("later:open", args=[token_of(link)])


def opened(path: str, whom: str = "Gwen") -> Client:
    """A browser in which nobody is signed in, and in which it was said whom one met."""
    client = Client()
    assert client.post(path, {"whom": whom}).status_code == 302
    return client


def first_day(cast, journey):
    return days_of(cast.seat(cast.guide, journey))[0]


def fields(made, helping="yes", rating="8", words="I sleep still", reading="9"):
    """What the form of an answer sends, for the first need and its first target."""
    need, rated, _levelled = made[0]
    return {
        "helping": helping,
        "words": "Mostly well",
        "doing": "Reading, with the light low",
        f"rating_{need.id}": rating,
        f"words_{need.id}": words,
        f"reading_{rated.id}": reading,
    }


def address(name, journey, *parts):
    return reverse(f"follow_up:{name}", args=[journey.id, *parts])
