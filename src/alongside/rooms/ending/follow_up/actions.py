"""What can be done about being asked afterwards: plan, ask, answer, stop; and the links that lead to it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from alongside.goals.measuring.actions import raise_safety
from alongside.goals.measuring.scoring import risk_only, scored
from alongside.journeys.queries import seat_for
from alongside.journeys.restriction import found_by
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.measures.catalogue import measure
from alongside.people.queries import digest

from ..keepsake_reminders.models import KeepsakeEmail
from ..links.models import KeepsakeLink
from ..links.queries import token_of
from ..record.actions import fresh
from ..record.queries import participant_of
from . import rules
from .emails import post_follow_up, tell_of_answer
from .models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpLetter,
    FollowUpPlan,
    FollowUpStateRecord,
    FollowUpValue,
)
from .queries import (
    asked_of,
    day_behind_lock,
    guide_to_ask,
    readers_now,
    readers_of,
    state_of,
    worse_unseen,
)
from .states import FollowUpState, Letter, Readers, Way
from .worse import Values, is_much_worse

LETTER_LASTS = dt.timedelta(days=90)


# --- planning -----------------------------------------------------------------------------------------------

found_by("day_id", FollowUp)


@action("follow_up.planned")
def plan_days(*, days: Iterable[dt.date], readers: Readers | None = None, by: Seat) -> FollowUpPlan:
    """Say on which days one wants to be asked, none included, and who reads the answers.

    Days already asked about stay. Who reads is the participant's to say; what was answered before keeps its readers.
    """
    by, ending = fresh(by)
    demand(rules.may_plan_days(by, ending))
    known = readers_of(by)
    if not by.participant.person.email:
        readers = Readers.OURS
    elif readers not in (None, known):
        demand(rules.may_choose_readers(by, ending))
    plan = FollowUpPlan.objects.create(journey=by.journey, readers=readers or known, by=by.actor)
    wanted = set(days)
    standing = {day.on: day for day in FollowUp.objects.filter(journey=by.journey, cancelled_at=None)}
    asked = FollowUpStateRecord.objects.filter(follow_up__journey=by.journey).values_list(
        "follow_up", flat=True
    )
    given_up = [day.id for on, day in standing.items() if on not in wanted and day.id not in set(asked)]
    FollowUp.objects.filter(id__in=given_up).update(cancelled_at=now(), cancelled_by=by.actor)
    FollowUp.objects.bulk_create(
        [FollowUp(journey=by.journey, on=on, by=by.actor) for on in sorted(wanted - set(standing))]
    )
    record("follow_up.planned", subject=plan, by=by, days=len(wanted), readers=str(plan.readers))
    return plan


@action("follow_up.stopped")
def stop_asking(*, by: Seat) -> int:
    """Ask no more: every day that has not come to its answer is given up. What was answered stays."""
    by, ending = fresh(by)
    demand(rules.may_stop_asking(by, ending))
    done = FollowUpStateRecord.objects.filter(
        follow_up__journey=by.journey, state__in=[FollowUpState.ANSWERED, FollowUpState.SILENT]
    )
    open_days = FollowUp.objects.filter(journey=by.journey, cancelled_at=None)
    stopped = open_days.exclude(id__in=done.values("follow_up")).update(
        cancelled_at=now(), cancelled_by=by.actor
    )
    record("follow_up.stopped", subject=by.journey, by=by, days=stopped)
    return stopped


# --- asking: the worker's part ------------------------------------------------------------------------------


@action("follow_up.asked")
def ask(*, day_id: UUID, by: None) -> FollowUp | None:
    """Write to the participant on their day; to the guide, who asks by phone, where no letter reaches them.

    None when another worker was quicker, or it was given up meanwhile. The letter is posted after commit.
    """
    day = _enter(day_id, FollowUpState.ASKED)
    if day is not None:
        record("follow_up.asked", subject=day, by=by)
        _post(day, Letter.ASK, Letter.PHONE)
    return day


@action("follow_up.reminded")
def remind(*, day_id: UUID, by: None) -> FollowUp | None:
    """Ask once more, and never again."""
    day = _enter(day_id, FollowUpState.REMINDED)
    if day is not None:
        record("follow_up.reminded", subject=day, by=by)
        _post(day, Letter.REMINDER, Letter.PHONE_AGAIN)
    return day


@action("follow_up.silent")
def note_silence(*, day_id: UUID, by: None) -> FollowUp | None:
    """Record that no answer came. Nothing is put in its place."""
    day = _enter(day_id, FollowUpState.SILENT)
    if day is not None:
        record("follow_up.silent", subject=day, by=by)
    return day


def _enter(day_id: UUID, state: FollowUpState) -> FollowUp | None:
    day = day_behind_lock(day_id)
    if not rules.may_enter_follow_up_state(day, state):
        return None
    FollowUpStateRecord.objects.create(follow_up=day, state=state)
    return day


def _post(day: FollowUp, to_them: Letter, to_guide: Letter) -> None:
    letter = _letter(day, to_them, to_guide)
    if letter is not None:
        letter.save()
        post_follow_up.enqueue(letter_id=str(letter.id))


def _letter(day: FollowUp, to_them: Letter, to_guide: Letter) -> FollowUpLetter | None:
    owner = participant_of(day.journey_id)
    found = seat_for(owner, journey_id=day.journey_id) if owner else None
    if owner is None or found is None or not owner.is_active:
        return None
    if owner.email:
        letter = FollowUpLetter(follow_up=day, sort=to_them, recipient=owner, expires_at=now() + LETTER_LASTS)
        letter.token_digest = digest(token_of(letter))
        return letter
    guide = guide_to_ask(found[0])
    return FollowUpLetter(follow_up=day, sort=to_guide, recipient=guide) if guide else None


# --- answering ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Content:
    """What was answered, as it comes from its form. Only `helping` is asked of everybody."""

    helping: str
    words: str = ""
    doing: str = ""
    needs: Mapping[UUID, tuple[int, str]] = field(default_factory=dict)
    targets: Mapping[UUID, Decimal] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@action("follow_up.answered")
def answer(*, day: FollowUp, content: Content, way: Way, by: Seat) -> tuple[FollowUpAnswer, bool]:
    """Keep an answer; and whether somebody has to be looked after at once.

    A second one stands beside the first. What is needed for safety is told to the guide, whoever reads the rest.
    """
    by, ending = fresh(by)
    day = day_behind_lock(day.id)
    demand(rules.may_answer(by, ending, day))
    row = FollowUpAnswer(
        follow_up=day,
        helping=content.helping,
        words=content.words.strip(),
        doing=content.doing.strip(),
        readers=readers_now(by),
        way=way if by.is_participant else Way.BY_PHONE,
        by=by.actor,
    )
    values = _values(row, content, by)
    row.much_worse = is_much_worse(by, _numbers(row, values))
    row.save()
    for value in values:
        value.save()
    if state_of(day) != FollowUpState.ANSWERED:
        demand(rules.may_enter_follow_up_state(day, FollowUpState.ANSWERED))
        FollowUpStateRecord.objects.create(follow_up=day, state=FollowUpState.ANSWERED, by=by.actor)
    record("follow_up.answered", subject=row, by=by, way=str(row.way))
    guide = guide_to_ask(by)
    if guide and row.readers == Readers.OURS and by.is_participant:
        tell_of_answer(guide, by.journey.id)
    return row, look_after(forms=content.forms, by=by)


def _numbers(row: FollowUpAnswer, values: list[FollowUpValue]) -> Values:
    needs = {each.need_id: int(each.value) for each in values if each.need_id and each.value is not None}
    targets = {each.target_id: each.value for each in values if each.target_id and each.value is not None}
    forms = {each.instrument: each.value for each in values if each.instrument}
    return Values(row.helping, needs, targets, forms)


@action("follow_up.worse_seen")
def note_worse_seen(*, by: Seat) -> int:
    """The guide has looked at answers that are much worse than the end; how many. They stay as they are."""
    by, ending = fresh(by)
    demand(rules.may_note_worse_seen(by, ending))
    seen = worse_unseen(by).update(seen_at=now(), seen_by=by.actor)
    record("follow_up.worse_seen", subject=by.journey, by=by, answers=seen)
    return seen


def _values(row: FollowUpAnswer, content: Content, by: Seat) -> list[FollowUpValue]:
    """Values of what is asked here; anything else does not exist."""
    asked = asked_of(by)
    wordings = {target.id: target.wording for target in asked.targets}
    needs = {need.id for need in asked.needs}
    found = [
        FollowUpValue(answer=row, need_id=need_id, value=Decimal(rating), words=words.strip())
        for need_id, (rating, words) in content.needs.items()
        if need_id in needs
    ]
    for target_id, value in content.targets.items():
        if target_id in wordings:
            found.append(
                FollowUpValue(answer=row, target_id=target_id, wording=wordings[target_id], value=value)
            )
    for instrument, answers in content.forms.items():
        if instrument in asked.instruments and answers:
            found.append(
                FollowUpValue(
                    answer=row,
                    instrument=instrument,
                    measure_version=measure(instrument).version,
                    value=scored(instrument, answers).total,
                    words=json.dumps(dict(answers)),
                )
            )
    return found


@action(unrecorded_because="what it notices is recorded as safety.raised")
def look_after(*, forms: Mapping[str, Mapping[str, str]], by: Seat) -> bool:
    """The safety path, as in the journey: at once, however incomplete the rest; True when somebody needs looking after.

    Every such answer asks the guide to look, also when an earlier one was not seen yet.
    """
    raised = False
    for instrument, answers in forms.items():
        if answers and scored(instrument, answers).safety:
            raised = True
            raise_safety(instrument=instrument, answers=risk_only(instrument, answers), by=by)
    return raised


@action("keepsake.links_switched_off")
def switch_links_off(*, by: Seat) -> int:
    """Let every link of this journey lead nowhere: the keepsake's, and those in letters."""
    by, ending = fresh(by)
    demand(rules.may_switch_off(by, ending))
    gone = {"revoked_at": now(), "revoked_by": by.actor}
    count = KeepsakeLink.objects.filter(journey=by.journey, revoked_at=None).update(**gone)
    letters = FollowUpLetter.objects.filter(follow_up__journey=by.journey, revoked_at=None)
    count += letters.exclude(token_digest=None).update(**gone)
    count += KeepsakeEmail.objects.filter(journey=by.journey, revoked_at=None).update(**gone)
    record("keepsake.links_switched_off", subject=by.journey, by=by, links=count)
    return count
