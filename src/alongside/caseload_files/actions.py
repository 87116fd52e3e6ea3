"""Reading a list, beginning what stands in it, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.states import Part
from alongside.kernel.actions import action
from alongside.kernel.clock import now, today
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.overview.actions import set_up_journey
from alongside.people.models import Person
from alongside.programmes.models import Placement
from alongside.rooms.first_meeting.models import AgreementStateRecord, AgreementVersion

from . import rules
from .judging import Wanted, judged
from .models import BroughtIn, CaseloadFile
from .queries import brought_in_by, chosen_for, known_to, old_files, used_since
from .states import Outcome
from .table import table_of


@action("caseload_file.read")
def keep_file(*, content: str, by: Person) -> CaseloadFile:
    """Keep a list for a day, sealed, so that one can look at it before anything is begun."""
    demand(rules.may_bring_in(by))
    file = CaseloadFile.objects.create(organisation_id=by.organisation_id, by=by, content=content)
    record("caseload_file.read", subject=file, by=by)
    return file


@action(unrecorded_because="it says how a list is read, before anything is begun")
def choose(
    *, file: CaseloadFile, kind: str, template: str, day_first: bool | None, by: Person
) -> CaseloadFile:
    """Say what is begun with lines that name nothing, and which number of a date is the day."""
    demand(rules.may_use_file(by, file))
    file.kind, file.template, file.day_first = kind, template, day_first
    file.save(update_fields=["kind", "template", "day_first"])
    return file


@action("caseload_file.brought_in")
def bring_in(*, file: CaseloadFile, by: Person) -> int:
    """Begin a journey for each line that can be, or none at all. Nobody is written to. The list itself goes.

    How many were begun. Raises NotThisMoment when there is nobody to bring in.
    """
    file = CaseloadFile.objects.select_for_update().get(id=file.id)
    demand(rules.may_use_file(by, file))
    lines = judged(
        table_of(str(file.content)),
        me=by,
        chosen=chosen_for(file),
        known=known_to(by),
        today=today(by.time_zone),
    )
    ready = [line for line in lines if line.outcome == Outcome.READY and line.wanted]
    if not ready:
        raise NotThisMoment(_("Nobody in this list can be brought in."))
    for line in ready:
        assert line.wanted
        journey = _begin(line.wanted, by)
        BroughtIn.objects.create(file=file, journey=journey, line=line.number, mark=line.wanted.mark)
    record("caseload_file.brought_in", subject=file, by=by, journeys=len(ready))
    file.content, file.brought_in_at = "", now()
    file.save(update_fields=["content", "brought_in_at"])
    return len(ready)


def _begin(wanted: Wanted, by: Person) -> Journey:
    return set_up_journey(
        participant=None,
        name=wanted.name,
        email=wanted.email,
        time_zone=by.time_zone,
        kind=wanted.kind,
        template=wanted.template,
        title="",
        meeting_minutes=wanted.minutes,
        every_days=wanted.every_days,
        planned_meetings=wanted.planned,
        first_number=wanted.first_number,
        agreed_on=wanted.agreed_on,
        by=by,
    )


@action("caseload_file.undone")
def undo(*, file: CaseloadFile, by: Person) -> tuple[int, int]:
    """Take back what a list began, but for journeys in which somebody did something since. (taken back, kept)

    What goes was begun by the list and holds nothing anybody wrote; the ledger keeps that it was begun and undone.
    """
    file = CaseloadFile.objects.select_for_update().get(id=file.id)
    demand(rules.may_undo(by, file))
    rows = brought_in_by(file)
    used = used_since(file, rows)
    gone = sum(_take_back(row) for row in rows if row.journey_id not in used)
    file.undone_at = now()
    file.save(update_fields=["undone_at"])
    record("caseload_file.undone", subject=file, by=by, journeys=gone, kept=len(rows) - gone)
    return gone, len(rows) - gone


def _take_back(row: BroughtIn) -> bool:
    """False, and nothing has changed, where something else speaks of it by now: a change of the person, a legal hold."""
    journey = row.journey_id
    people = list(
        JourneyMember.objects.filter(journey=journey, part=Part.PARTICIPANT).values_list(
            "person_id", flat=True
        )
    )
    made_of_it: tuple[type[Model], ...] = (AgreementVersion, Placement, JourneyStateRecord, JourneyMember)
    try:
        with transaction.atomic():
            row.delete()
            AgreementStateRecord.objects.filter(version__journey=journey).delete()
            for model in made_of_it:
                model._default_manager.filter(journey=journey).delete()
            Journey.objects.filter(id=journey).delete()
            elsewhere = JourneyMember.objects.filter(person__in=people).values("person")
            Person.objects.filter(id__in=people, user=None).exclude(id__in=elsewhere).delete()
    except ProtectedError:
        return False
    return True


@action(unrecorded_because="a list that was only looked at began nothing")
def forget_old_files(*, by: None) -> int:
    """Lists that were read and never brought in go after a day."""
    found = old_files(now())
    CaseloadFile.objects.filter(id__in=found).delete()
    return len(found)
