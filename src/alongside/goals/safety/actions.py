"""What is done: a notice is raised, answered, passed on; the way it goes is tried."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.restriction import found_by
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.people.models import Person
from alongside.people.queries import safety_readers

from . import rules
from .models import SafetyNotice, SafetyTest
from .opening import opening_of, passes_on_at
from .tasks import post_passed_on, post_safety_notice, post_test

found_by("notice_id", SafetyNotice)


IT_WAS_RAISED = "an answer about harm that was raised before has to reach someone"


@action("safety.raised")
def raise_notice(
    *, form: Any, asked: Sequence[tuple[str, str]], total: Decimal | None, by: Seat
) -> SafetyNotice:
    """Notice an answer about harm: every one, however often, whatever became of an earlier notice.

    Whoever guides now is written to. While the service is closed it is passed on at once.
    """
    demand(rules.may_raise_notice(by))
    organisation, moment = by.journey.organisation, now()
    opening = opening_of(organisation, by.guide.person.time_zone)
    notice = SafetyNotice.objects.create(
        journey=by.journey,
        form=form,
        instrument=form.instrument,
        asked=json.dumps([list(pair) for pair in asked], ensure_ascii=False),
        total=total,
        by=by.actor,
        passes_on_at=passes_on_at(opening, organisation.safety_after_minutes, moment),
    )
    record("safety.raised", subject=notice, by=by, instrument=form.instrument)
    post_safety_notice.enqueue(str(by.journey.id))
    if notice.passes_on_at <= moment:
        pass_on(notice_id=notice.id, by=None)
    return notice


@action("safety.passed_on", although_restricted=IT_WAS_RAISED)
def pass_on(*, notice_id: UUID, by: None) -> bool:
    """Pass on a notice nobody has answered to whoever the organisation named. Run twice, it does so once."""
    open_one = SafetyNotice.objects.filter(id=notice_id, seen_at=None, passed_on_at=None)
    if not open_one.update(passed_on_at=now()):
        return False
    notice = SafetyNotice.objects.get(id=notice_id)
    record("safety.passed_on", subject=notice, by=None, journey_id=notice.journey_id)
    post_passed_on.enqueue(str(notice_id))
    return True


@action("safety.answered")
def answer_notices(*, notices: Sequence[SafetyNotice], what_was_done: str, by: Seat) -> list[SafetyNotice]:
    """Say what was done after these answers about harm. Those that were answered meanwhile keep what was said then."""
    demand(rules.may_answer_these(by, notices))
    answered = _answered(notices, what_was_done, by.actor)
    for notice in answered:
        record("safety.answered", subject=notice, by=by)
    return answered


@action("safety.answered_by_reader", although_restricted=IT_WAS_RAISED)
def answer_passed_on(*, notice: SafetyNotice, what_was_done: str, by: Person) -> list[SafetyNotice]:
    """The same, by somebody a notice was passed on to."""
    demand(rules.may_answer_passed_on(by, notice))
    answered = _answered([notice], what_was_done, by)
    record("safety.answered_by_reader", subject=notice, by=by, journey_id=notice.journey_id)
    return answered


def _answered(notices: Sequence[SafetyNotice], what_was_done: str, person: Person) -> list[SafetyNotice]:
    """Those of them that this answers: what was answered meanwhile keeps what was said then."""
    answered = []
    for notice in notices:
        if SafetyNotice.objects.filter(id=notice.id, seen_at=None).update(seen_at=now(), seen_by=person):
            notice.refresh_from_db()
            notice.what_was_done = what_was_done.strip()
            notice.save(update_fields=["what_was_done"])
            answered.append(notice)
    if not answered:
        raise NotThisMoment(_("This has been answered already."))
    return answered


@action("safety.tried")
def try_notices(*, by: Person) -> list[SafetyTest]:
    """Send a test to everybody a notice would be passed on to, and to oneself."""
    demand(rules.may_try_notices(by))
    people = {person.id: person for person in [*safety_readers(by.organisation), by]}
    tests = []
    for person in people.values():
        test = SafetyTest.objects.create(organisation=by.organisation, to=person, by=by)
        record("safety.tried", subject=test, by=by, to=str(person.id))
        post_test.enqueue(str(test.id))
        tests.append(test)
    return tests


@action("safety.test_arrived")
def say_it_arrived(*, test: SafetyTest, by: Person) -> SafetyTest:
    """Say that a test has arrived; said twice, the first time counts."""
    demand(rules.may_say_it_arrived(by, test))
    SafetyTest.objects.filter(id=test.id, arrived_at=None).update(arrived_at=now())
    test.refresh_from_db()
    record("safety.test_arrived", subject=test, by=by)
    return test
