"""Rules after the end as truth tables, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from alongside.rooms.ending.follow_up import rules
from alongside.rooms.ending.follow_up.models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpLetter,
    FollowUpStateRecord,
    FollowUpValue,
)
from alongside.rooms.ending.follow_up.states import TRANSITIONS, FollowUpState, Readers
from alongside.rooms.ending.links.models import KeepsakeLink
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.ending.return_requests.models import WayBack

from .afterwards import DAY, come_round, ended, first_day, on
from .furniture import begun

WHO = ("participant", "guide", "supporter")


def allowed(cast, journey, rule, *more):
    found = set()
    for who in WHO:
        seat = cast.seat(getattr(cast, who), journey)
        if rule(seat, ending_of(seat), *more):
            found.add(who)
    return found


@pytest.mark.parametrize(
    ("rule", "shaped", "over"),
    [
        (rules.may_see_follow_up, {"participant", "guide"}, {"participant", "guide"}),
        (rules.may_type_days, {"participant", "guide"}, {"participant", "guide"}),
        (rules.may_plan_days, {"participant", "guide"}, {"participant"}),
        (rules.may_choose_readers, {"participant"}, {"participant"}),
        (rules.may_stop_asking, {"participant"}, {"participant"}),
        (rules.may_switch_off, {"participant"}, {"participant"}),
    ],
)
def test_who_may_while_it_is_shaped_and_when_it_is_over(cast, rule, shaped, over):
    assert allowed(cast, begun(cast), rule) == shaped
    assert allowed(cast, ended(cast)[0], rule) == over


@pytest.mark.parametrize("readers", Readers)
@pytest.mark.parametrize("has_account", [True, False])
@pytest.mark.parametrize("reads_e_mail", [True, False])
def test_who_may_answer(cast, readers, has_account, reads_e_mail):
    """The participant, signed in or by link; the guide only by phone, where no letter reaches them."""
    facts = {"participant_has_account": has_account, "reads_e_mail": reads_e_mail}
    journey, _made = ended(cast, readers=readers, **facts)
    day = first_day(cast, journey)
    guide = cast.seat(cast.guide, journey)

    with on():
        assert bool(rules.may_answer(guide, ending_of(guide), day)) == (not reads_e_mail)
        if has_account:
            theirs = cast.seat(cast.participant, journey)
            assert rules.may_answer(theirs, ending_of(theirs), day)
    assert not rules.may_answer(guide, ending_of(guide), day), "not before its day"


@pytest.mark.parametrize("now", FollowUpState)
@pytest.mark.parametrize("then", FollowUpState)
def test_a_day_moves_only_as_its_table_says(cast, now, then):
    journey, _made = ended(cast)
    day = first_day(cast, journey)
    day.latest = now

    assert bool(rules.may_enter_follow_up_state(day, then)) == (then in TRANSITIONS[now])
    day.cancelled_at = day.created_at
    assert not rules.may_enter_follow_up_state(day, then)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_what_the_database_refuses(cast):
    journey, made = ended(cast)
    come_round()
    day, person, need = first_day(cast, journey), cast.participant, made[0][0]
    letter = FollowUpLetter.objects.get()
    answer = FollowUpAnswer.objects.create(
        follow_up=day, helping="yes", readers="mine", way="by_link", by=person
    )
    WayBack.objects.create(journey=journey, by=person)

    refused(lambda: FollowUp.objects.create(journey=journey, on=DAY, by=person))
    refused(lambda: FollowUpStateRecord.objects.create(follow_up=day, state="asked"))
    refused(lambda: FollowUpLetter.objects.create(follow_up=day, sort=letter.sort, recipient=person))
    refused(lambda: KeepsakeLink.objects.create(journey=journey, by=person))
    refused(lambda: WayBack.objects.create(journey=journey, by=person))
    refused(lambda: FollowUpValue.objects.create(answer=answer, value=3))
    refused(lambda: FollowUpValue.objects.create(answer=answer, need=need, instrument="phq-9", value=3))
    refused(lambda: FollowUp.objects.filter(id=day.id).update(cancelled_at=day.created_at))
    refused(lambda: WayBack.objects.update(settled_at=day.created_at))
