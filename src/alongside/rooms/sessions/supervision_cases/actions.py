"""Taking a case to supervision: keep a draft, put it on the agenda, take it up there, say what came of it, take it back."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.journeys.words import Written, write
from alongside.kernel.actions import action
from alongside.kernel.addresses import address
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.people.models import Person

from ..record.actions import raise_issue
from ..record.queries import Table
from . import boxes, rules
from .content import Draft, as_text, content_from, title_of
from .models import Case, CaseStateRecord, TakenCase, TakenStateRecord
from .queries import (
    agreed_words,
    built,
    case_in,
    copied_in,
    draft_of,
    known_of,
    leaks_in,
    questions_in,
    supervision_for,
    taken_in,
)
from .states import CaseState, TakenState


@action(
    unrecorded_because="a case in the making is its author's alone; that one was taken is recorded when it leaves"
)
def keep_draft(*, draft: Draft, age_band: str = "", also_called: str = "", by: Seat) -> TakenCase:
    """Keep what was typed of a case, as it is: what would give somebody away may stand in it until it leaves."""
    demand(rules.may_take_to_supervision(by))
    making, _made = TakenCase.objects.get_or_create(journey=by.journey, by=by.actor, case=None)
    making.age_band = age_band
    making.draft, making.also_called = as_text(draft), also_called.strip()
    making.save(update_fields=["age_band", "draft", "also_called"])
    return making


@action("case.taken")
def put_on_agenda(*, supervision_id: UUID | None, considered: bool = False, by: Seat) -> Case:
    """Put one's own case on the agenda of one's own supervision, once nothing in it gives anybody away.

    It is looked through again here, against the journey as it is now. What raises a question only (a trade, a school) goes
    once they say that they have considered it. Both sides are recorded without content: that one
    was taken, in the journey it came from; that one was brought, in the one it went to. No row there points back.
    """
    making = TakenCase.objects.select_for_update().filter(journey=by.journey, by=by.actor, case=None).first()
    if making is None:
        raise NotThisMoment(_("There is no case here to put on an agenda."))
    supervision = supervision_for(by, supervision_id)
    demand(rules.may_put_on_agenda(by, making, supervision))
    assert supervision
    draft = draft_of(making)
    if leaks_in(draft, known_of(by, str(making.also_called))) or copied_in(draft, agreed_words(by)):
        raise NotThisMoment(_("Something in it could still identify the person. Please check it again."))
    if questions_in(draft) and not considered:
        raise NotThisMoment(
            _("Please look at the words listed below, and say that you have."), where_to_look(by)
        )
    content = built(by, making)
    case = Case.objects.create(
        journey=supervision.journey,
        number=_next_number(supervision.journey),
        content=as_text(content),
        brought_by=by.actor,
    )
    CaseStateRecord.objects.create(case=case, state=CaseState.ON_AGENDA, by=by.actor)
    making.case = case
    making.save(update_fields=["case"])
    TakenStateRecord.objects.create(taken=making, state=TakenState.TO_DO, by=by.actor)
    record("case.taken", subject=making, by=by)
    record("case.brought", subject=case, by=supervision, number=case.number)
    return case


@action("case.withdrawn")
def withdraw_case(*, case: Case, by: Person) -> Case:
    """Take a case back: nobody reads it any more, and it stays marked as withdrawn."""
    demand(rules.may_withdraw_case(by, case))
    CaseStateRecord.objects.create(case=case, state=CaseState.WITHDRAWN, by=by)
    record("case.withdrawn", subject=case, by=by, number=case.number)
    return case


@action("case.taken_up")
def take_up_case(*, table: Table, case: Case, by: Seat) -> CaseStateRecord:
    """Put a case on the table of a meeting, as an issue that can be focused on. The issue says nothing of its content."""
    case = _locked(case, by)
    demand(rules.may_take_up_case(by, table, case))
    issue = raise_issue(
        number=table.number, text=title_of(case.number, content_from(str(case.content))), by=by
    )
    record("case.taken_up", subject=case, by=by, number=table.number)
    return CaseStateRecord.objects.create(case=case, state=CaseState.TAKEN_UP, issue=issue, by=by.actor)


@action("case.settled")
def settle_case(*, case: Case, word: str, by: Seat) -> CaseStateRecord:
    """Say what came of a case. The one who brought it finds it, alone, in the journey it came from."""
    case = _locked(case, by)
    demand(rules.may_settle_case(by, case))
    record("case.settled", subject=case, by=by, number=case.number)
    return CaseStateRecord.objects.create(case=case, state=CaseState.SETTLED, word=word.strip(), by=by.actor)


@action("case.outcome_ticked")
def tick_outcome(*, taken: TakenCase, state: TakenState, by: Seat) -> TakenStateRecord:
    """Say what one did with what came of a case: done, let be, or to do again. Nobody else sees it."""
    taken = taken_in(by, taken.id) or taken
    demand(rules.may_tick_outcome(by, taken, state))
    record("case.outcome_ticked", subject=taken, by=by, state=str(state))
    return TakenStateRecord.objects.create(taken=taken, state=state, by=by.actor)


@action(unrecorded_because="each version of the words is itself kept, with who saved it and when")
def write_note(*, taken: TakenCase, text: str, version: int, base: str | None = None, by: Seat) -> Written:
    """Save the guide's own note on what came back."""
    demand(rules.may_note_on_case(by, taken))
    return write(box=boxes.note(taken.id), text=text, version=version, base=base, by=by)


def where_to_look(seat: Seat) -> str:
    return address("taken:look", seat.journey.id)


def _next_number(journey: Journey) -> int:
    list(Journey.objects.select_for_update().filter(id=journey.id).values_list("id"))
    return (Case.objects.filter(journey=journey).aggregate(last=Max("number"))["last"] or 0) + 1


def _locked(case: Case, by: Seat) -> Case:
    """The case as it stands now; whoever else acts on it waits."""
    list(Case.objects.select_for_update().filter(id=case.id).values_list("id"))
    return case_in(by, case.id) or case
