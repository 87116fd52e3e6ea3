"""What can be done: fill in a form, answer a finding, bring an instrument, set thresholds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.measures import own
from alongside.measures.catalogue import measure
from alongside.people.models import Person

from ..actions import take_reading
from ..alerts import Alert
from ..models import Source, Target
from ..queries import targets_of
from ..safety.actions import raise_notice
from ..safety.rules import may_raise_notice
from ..states import TargetState
from . import rules, versions
from .models import AskedWhen, FilledForm, FindingAnswer, FormSchedule, ServiceInstrument, TrackingBounds
from .queries import half_way
from .schedule import Asked, schedule_of
from .scoring import risk_answers, scored
from .tasks import tell_guides
from .versions import NOT_COMPARABLE, line_of


@action("form.kept")
def keep_form(*, instrument: str, answers: Mapping[str, str], submit: bool = False, by: Seat) -> FilledForm:
    """Keep what is filled in so far, or hand it in. Only a complete form that is handed in has a total.

    An answer about harm is noticed at once, however incomplete the form, each time it is saved. When a target is
    measured by this form, the total becomes its reading.
    """
    demand(rules.may_fill_in(by, instrument))
    found = scored(instrument, answers)
    form = half_way(by, instrument) or FilledForm(journey=by.journey, by=by.actor)
    form.instrument = instrument
    form.answers, form.measure_version = json.dumps(dict(answers)), measure(instrument).version
    form.safety = form.safety or found.safety
    if submit:
        form.submitted_at, form.total = now(), found.total
    form.save()
    record(
        "form.kept",
        subject=form,
        by=by,
        instrument=instrument,
        handed_in=submit,
        complete=found.total is not None,
    )
    if found.safety:
        raise_notice(form=form, asked=risk_answers(instrument, answers), total=found.total, by=by)
    if submit and found.total is not None:
        for target in _measured_by(by, instrument):
            take_reading(target=target, value=found.total, source=Source.BETWEEN, by=by)
    return form


@action("schedule.set")
def set_schedule(*, asked: Sequence[Asked], by: Seat) -> tuple[Asked, ...]:
    """Say when questionnaires are asked. What stays as it was is not written again; returns what changed."""
    demand(rules.may_set_schedule(by))
    known = {each.instrument: each for each in schedule_of(by)}
    never = AskedWhen.NEVER
    changed = tuple(
        each
        for each in asked
        if each != known.get(each.instrument, Asked(each.instrument, never, each.every, each.in_keepsake))
    )
    for each in changed:
        facts = {"asked": each.when, "every": each.every, "in_keepsake": each.in_keepsake}
        FormSchedule.objects.create(journey=by.journey, instrument=each.instrument, by=by.actor, **facts)
    record("schedule.set", subject=by.journey, by=by, changed=[each.instrument for each in changed])
    return changed


def _measured_by(by: Seat, instrument: str) -> list[Target]:
    live = [target for target in targets_of(by) if target.state == TargetState.AGREED]
    newest = {target.id: target.wordings.order_by("-number").first() for target in live}
    line = line_of(instrument)
    return [target for target in live if line_of(getattr(newest[target.id], "measure", "")) == line]


@action(unrecorded_because="the notice that is raised is recorded as safety.raised")
def raise_safety(*, instrument: str, answers: Mapping[str, str], by: Seat) -> FilledForm:
    """Notice a safety answer that was given outside of a form of the journey, and ask the guide to look at once.

    Only the answers that raise it are kept here, without a total: what else was answered stays where it was.
    """
    demand(may_raise_notice(by))
    form = FilledForm.objects.create(
        journey=by.journey,
        instrument=instrument,
        measure_version=measure(instrument).version,
        answers=json.dumps(dict(answers)),
        safety=True,
        by=by.actor,
        submitted_at=now(),
    )
    raise_notice(form=form, asked=risk_answers(instrument, answers), total=None, by=by)
    return form


@action("finding.answered")
def answer_finding(
    *,
    alert: Alert,
    decision: str,
    word: str = "",
    review_on: dt.date | None = None,
    closes: bool = False,
    by: Seat,
) -> FindingAnswer:
    """Say what was decided about a finding. It changes no score, and is kept with the numbers of this moment."""
    demand(rules.may_answer_finding(by))
    finding = alert.finding
    numbers: dict[str, Any] = {
        name: str(value) for name, value in finding.numbers.items() if value is not None
    }
    if finding.facts:
        numbers["baseline"], numbers["latest"] = (
            str(finding.facts.baseline.value),
            str(finding.facts.latest.value),
        )
        numbers["threshold"], numbers["session"] = str(finding.threshold), finding.session
    answer = FindingAnswer.objects.create(
        journey=by.journey,
        rule=finding.rule,
        subject=finding.subject,
        level=int(finding.level),
        rests_on=alert.rests_on,
        beside=list(alert.beside),
        numbers=numbers,
        bounds_version=finding.version,
        decision=decision,
        word=word.strip(),
        review_on=review_on,
        closes=closes,
        by=by.actor,
    )
    record("finding.answered", subject=answer, by=by, rule=finding.rule, decision=decision, closes=closes)
    return answer


@action("instrument.brought")
def bring_instrument(
    *,
    instrument: own.OwnInstrument,
    file: str,
    renews: ServiceInstrument | None = None,
    same_meaning: bool = False,
    by: Person,
) -> ServiceInstrument:
    """Keep a service's own instrument, with its file. A renewed one is the next version; what was read with an earlier
    one keeps its meaning.

    With the same meaning its scores go on in the same line, and goals measured by the version before are measured by
    it. Otherwise a line of its own begins, and the version before can still be filled in where it is in use. Guides of
    those journeys are told either way.
    """
    demand(rules.may_bring_instruments(by) if renews is None else rules.may_renew_instrument(by, renews))
    family = uuid4() if renews is None else renews.family
    if same_meaning and (renews is None or not versions.can_go_on(renews, instrument)):
        raise NotThisMoment(NOT_COMPARABLE)
    rows = ServiceInstrument.objects.filter(organisation_id=by.organisation_id, family=family)
    row = ServiceInstrument.objects.create(
        organisation=by.organisation,
        family=family,
        version=(rows.aggregate(last=Max("version"))["last"] or 0) + 1,
        same_meaning=same_meaning,
        definition=own.to_text(instrument),
        file=file,
        by=by,
    )
    record("instrument.brought", subject=row, by=by, version=row.version, same_meaning=same_meaning)
    if renews is not None:
        tell_guides.enqueue(str(row.id))
    return row


@action("bounds.set")
def set_bounds(*, numbers: Mapping[str, Any], source: str, known_version: int, by: Person) -> TrackingBounds:
    """Set the numbers of the on-track rules, as a new version. What was decided before keeps the version it had."""
    demand(rules.may_set_bounds(by))
    rows = TrackingBounds.objects.filter(organisation_id=by.organisation_id)
    last = rows.aggregate(last=Max("version"))["last"] or 0
    if last != known_version:
        raise NotThisMoment(_("Someone changed these a moment ago. Please look at the current numbers."))
    row = TrackingBounds.objects.create(
        organisation=by.organisation, version=last + 1, numbers=dict(numbers), source=source.strip(), by=by
    )
    record("bounds.set", subject=row, by=by, version=row.version)
    return row
