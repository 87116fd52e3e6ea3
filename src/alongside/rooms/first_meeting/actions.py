"""What can be done in the first meeting: prepare, take the picture, agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.goals.actions import agree_all, propose_need
from alongside.goals.models import Need
from alongside.goals.queries import needs_of
from alongside.journeys import words as writing
from alongside.journeys.actions import agree_notice, agree_pace, enter_state, seat_of
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import today
from alongside.kernel.errors import NotThisMoment, Refused, demand
from alongside.kernel.verdict import hidden, not_now
from alongside.ledger.record import record
from alongside.people.models import Person

from . import boxes, queries, ready_texts, rules
from .models import (
    Acceptance,
    AgreementStateRecord,
    AgreementText,
    AgreementVersion,
    How,
    Picture,
    PictureEntry,
    Preparation,
    WithoutPicture,
)
from .queries import Agreement
from .states import AgreementState, Moment, Side
from .texts import newest_of, starting_texts

# --- preparation and starting picture ----------------------------------------------------------------------


@action("preparation.sent")
def send_preparation(*, by: Seat) -> Preparation:
    """Open one's own preparation to the other of the two. It can't be taken back, only added to."""
    demand(rules.may_send_preparation(by, queries.room_facts(by)))
    if not queries.has_prepared_words(by):
        demand(not_now(_("There is nothing to send yet. A few words to one of the questions are enough.")))
    preparation, made = Preparation.objects.get_or_create(journey=by.journey, person=by.actor)
    if not made:
        raise NotThisMoment(_("You have sent this. What you add now can be read at once."))
    writing.share(place=boxes.PREPARATION, subject_id=by.journey.id, by=by)
    record("preparation.sent", subject=preparation, by=by)
    return preparation


@action("need.added")
def add_need(*, statement: str, rating: int | None = None, words: str = "", by: Seat) -> Need:
    """Propose a need together with how things are with it now, which goes into the starting picture.

    A need that comes up later begins later: what is said with it is its start, also when the picture of the others is
    fixed, which stays as it is.
    """
    fixed = queries.room_facts(by).picture_is_fixed
    need = propose_need(statement=statement, by=by)
    if rating is not None and fixed:
        facts = {"moment": Moment.START, "defaults": {"taken_by": by.actor}}
        picture, _made = Picture.objects.get_or_create(journey=by.journey, **facts)
        PictureEntry.objects.create(picture=picture, need=need, rating=rating, words=words.strip())
    elif rating is not None:
        take_picture(entries={need.id: (rating, words)}, moment=Moment.START, by=by)
    record("need.added", subject=need, by=by, rated=rating is not None)
    return need


@action("picture.taken")
def take_picture(*, entries: Mapping[UUID, tuple[int, str]], moment: str = Moment.START, by: Seat) -> Picture:
    """Say how things are with each need: 0 to 10 and own words, by the need's id.

    There is one start, which is filled in bit by bit until the agreement is in force; every picture of `now`
    is a new one. A need of another journey doesn't exist here.
    """
    moment = Moment(moment)
    Journey.objects.select_for_update().get(id=by.journey.id)
    demand(rules.may_take_picture(by, queries.room_facts(by), moment))
    if not set(entries) <= set(needs_of(by).values_list("id", flat=True)):
        demand(hidden())
    if moment == Moment.START:
        picture, _made = Picture.objects.get_or_create(
            journey=by.journey, moment=moment, defaults={"taken_by": by.actor}
        )
    else:
        picture = Picture.objects.create(journey=by.journey, moment=moment, taken_by=by.actor)
    kept = {
        entry.need_id: entry for entry in PictureEntry.objects.filter(picture=picture, need_id__in=entries)
    }
    for need_id, (rating, words) in entries.items():
        entry = kept.get(need_id) or PictureEntry(picture=picture, need_id=need_id)
        entry.rating, entry.words = rating, words.strip()
        entry.save()
    record("picture.taken", subject=picture, by=by, moment=str(moment), entries=len(entries))
    return picture


@action("picture.gone_on_without")
def go_on_without_picture(*, reason: str, by: Seat) -> WithoutPicture:
    """Go on without a whole starting picture, and say why: it is never skipped silently."""
    demand(rules.may_go_on_without_picture(by, queries.room_facts(by)))
    if not reason.strip():
        demand(not_now(_("Please say in a few words why, so that both of you can look back and understand.")))
    said = WithoutPicture.objects.create(journey=by.journey, reason=reason.strip(), by=by.actor)
    record("picture.gone_on_without", subject=said, by=by)
    return said


# --- writing the agreement ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """The facts of an agreement, as they come from its form."""

    begins_on: dt.date | None
    review_on: dt.date | None
    meeting_minutes: int
    every_days: int
    planned_meetings: int | None
    planned_end: dt.date | None
    notice_hours: int | None = None
    after_missed: str | None = None


FRAME = tuple(Frame.__dataclass_fields__)


def _as_it_stands(by: Seat, version: AgreementVersion) -> Agreement:
    """The version as it is now, behind the journey's turnstile: two at once go one after the other."""
    Journey.objects.select_for_update().get(id=by.journey.id)
    agreement = queries.agreement_of(by, version.number) if version.journey_id == by.journey.id else None
    if agreement is None:
        raise Refused(hidden())
    return agreement


def _enter(version: AgreementVersion, state: AgreementState, by: Seat) -> AgreementStateRecord:
    return AgreementStateRecord.objects.create(version=version, state=state, by=by.actor)


def _new_version(by: Seat, number: int, **facts: object) -> AgreementVersion:
    journey = by.journey
    pace = {
        "meeting_minutes": journey.meeting_minutes,
        "every_days": journey.every_days,
        "planned_meetings": journey.planned_meetings,
        "planned_end": journey.planned_end,
    }
    return AgreementVersion.objects.create(journey=journey, number=number, by=by.actor, **{**pace, **facts})


@action("agreement.begun")
def begin_agreement(*, with_texts: bool = False, by: Seat) -> AgreementVersion:
    """Begin the first version, with the journey's numbers; its sections are empty, or have their ready texts."""
    Journey.objects.select_for_update().get(id=by.journey.id)
    agreement = queries.agreement_of(by)
    demand(rules.may_begin_agreement(by, agreement))
    number = agreement.versions[0].number + 1 if agreement else 1
    template = boxes.template_of(by)
    missed = {"notice_hours": template.notice_hours, "after_missed": template.after_missed}
    version = _new_version(by, number, begins_on=today(by.actor.time_zone), **missed)
    _enter(version, AgreementState.DRAFT, by)
    record("agreement.begun", subject=version, by=by, number=number)
    if with_texts:
        use_texts(version=version, keys=[section.key for section in by.kind.agreement], by=by)
    return version


@action("agreement.frame_set")
def set_frame(*, version: AgreementVersion, frame: Frame, by: Seat) -> AgreementVersion:
    """Say from when it holds, when it is looked at again, how often, how long, how many, and what of missed ones."""
    demand(rules.may_change_draft(by, _as_it_stands(by, version)))
    untouched = ready_texts.untouched(by, version)
    for name in FRAME:
        setattr(version, name, getattr(frame, name))
    version.save()
    ready_texts.write_again(by, version, untouched)
    record("agreement.frame_set", subject=version, by=by, number=version.number)
    return version


@action(unrecorded_because="each version of the words is itself kept, with who saved it and when")
def write_section(
    *,
    version: AgreementVersion,
    key: str,
    text: str,
    known: int,
    base: str | None,
    letter: UUID | None = None,
    by: Seat,
) -> writing.Written:
    """Save what was typed in a section. What comes once it has been proposed is kept for its writer, who reads so."""
    agreement = _as_it_stands(by, version)
    demand(rules.may_write_section(by, agreement))
    box = boxes.section(version.id, key)
    if agreement.state == AgreementState.DRAFT:
        return writing.write(box=box, text=text, version=known, base=base, letter=letter, by=by)
    section = queries.sections_of(by, version).get(key)
    stands = section.text if section else ""
    if text.replace("\r\n", "\n").strip() in (stands.strip(), (base or "").replace("\r\n", "\n").strip()):
        return writing.Written(stands, section.version if section else 0, False, "")
    late = queries.late_words_of(by, version).get(key)
    seen = late.version if late and base is None else 0
    own = boxes.late(version.id, key)
    kept = writing.write(box=own, text=text, version=seen, base=base, letter=letter, by=by)
    sentence = _(
        "This was proposed before you saved. What you wrote is saved below the section, for you only."
    )
    return writing.Written(kept.text, kept.version, True, str(sentence))


@action("agreement.texts_used")
def use_texts(*, version: AgreementVersion, keys: Collection[str], by: Seat) -> int:
    """Take over the template's text for these sections where nothing is written yet. Returns how many."""
    agreement = _as_it_stands(by, version)
    demand(rules.may_use_texts(by, agreement))
    texts = starting_texts(by, version)
    kept = queries.sections_of(by, version)
    empty = [key for key in keys if key in texts and not (key in kept and kept[key].text.strip())]
    for key in empty:
        known = kept[key].version if key in kept else 0
        writing.write(box=boxes.section(version.id, key), text=texts[key], version=known, by=by)
    record("agreement.texts_used", subject=version, by=by, sections=empty)
    return len(empty)


@action("agreement.texts_kept")
def keep_texts(*, kind: str, template: str, texts: Mapping[str, str], known: str, by: Person) -> int:
    """Keep the texts agreements of an organisation begin with, where they differ. Returns how many were kept.

    `known` is the newest row the writer had before their eyes; if another came first, this is refused.
    """
    demand(rules.may_keep_texts(by))
    standing = queries.texts_of(by.organisation_id, kind, template)
    if newest_of(standing) != known:
        raise NotThisMoment(
            _("Someone changed these texts a moment ago. Yours are below; please look again.")
        )
    changed = {
        key: text.strip()
        for key, text in texts.items()
        if text.strip() != (standing[key].text if key in standing else "")
    }
    whose = {"organisation": by.organisation, "kind": kind, "template": template, "by": by}
    rows = [AgreementText.objects.create(**whose, section=key, text=text) for key, text in changed.items()]
    record(
        "agreement.texts_kept", subject=by.organisation, by=by, kind=kind, template=template, texts=len(rows)
    )
    return len(rows)


# --- proposing and accepting -------------------------------------------------------------------------------


@action("agreement.proposed")
def propose_agreement(*, version: AgreementVersion, by: Seat) -> AgreementVersion:
    """Lay the version before both. From now on its words stand; a change is a new version."""
    agreement = _as_it_stands(by, version)
    missing = rules.what_is_missing(by, agreement, queries.room_facts(by), queries.section_texts(by, version))
    demand(rules.may_propose(by, agreement, missing))
    _enter(version, AgreementState.PROPOSED, by)
    record("agreement.proposed", subject=version, by=by, number=version.number)
    return version


@action("agreement.accepted")
def accept_agreement(*, version: AgreementVersion, typed_name: str, by: Seat) -> Acceptance:
    """Say yes to a proposed version, for one's own side. With the second yes it is in force.

    Then the needs and targets proposed so far are agreed with it, its numbers become the journey's, the
    version before it is superseded, and a journey that was getting ready is under way.
    """
    agreement = _as_it_stands(by, version)
    demand(rules.may_accept(by, agreement, rules.empty_fields(by, queries.section_texts(by, version))))
    side = rules.side_of(by)
    return _accept(
        agreement, Acceptance(side=side, person=by.actor, how=How.SIGNED_IN, typed_name=typed_name), by
    )


@action("agreement.accepted_in_the_room")
def accept_in_the_room(*, version: AgreementVersion, typed_name: str, by: Seat) -> Acceptance:
    """The participant says yes in the room and types their name; the guide is witness."""
    agreement = _as_it_stands(by, version)
    empty = rules.empty_fields(by, queries.section_texts(by, version))
    demand(rules.may_accept_in_the_room(by, agreement, empty))
    yes = Acceptance(
        side=Side.PARTICIPANT,
        person=by.participant.person,
        how=How.IN_THE_ROOM,
        typed_name=typed_name,
        witness=by.actor,
    )
    given = _accept(agreement, yes, by)
    record("agreement.accepted_in_the_room", subject=version, by=by, number=version.number)
    return given


def _accept(agreement: Agreement, yes: Acceptance, by: Seat) -> Acceptance:
    if not yes.typed_name.strip():
        demand(not_now(_("Please type the name of the one who accepts.")))
    yes.version, yes.typed_name = agreement.version, yes.typed_name.strip()
    yes.save()
    record("agreement.accepted", subject=agreement.version, by=by, side=str(yes.side), how=str(yes.how))
    if not agreement.sides:
        _enter(agreement.version, AgreementState.ACCEPTED_BY_ONE, by)
        return yes
    if agreement.in_force:
        _enter(agreement.in_force, AgreementState.SUPERSEDED, by)
    _enter(agreement.version, AgreementState.IN_FORCE, by)
    _take_effect(agreement.version, by)
    return yes


def _take_effect(version: AgreementVersion, by: Seat) -> None:
    """What both have agreed becomes true of the journey."""
    agree_all(by=by)
    agree_pace(
        meeting_minutes=version.meeting_minutes,
        every_days=version.every_days,
        planned_meetings=version.planned_meetings,
        planned_end=version.planned_end,
        by=by,
    )
    agree_notice(notice_hours=version.notice_hours, after_missed=version.after_missed, by=by)
    if by.state == JourneyState.PREPARING:
        enter_state(state=JourneyState.ACTIVE, by=by)
    record("agreement.in_force", subject=version, by=by, number=version.number)


# --- changing and ending it --------------------------------------------------------------------------------


@action("agreement.reopened")
def reopen_agreement(*, version: AgreementVersion, by: Seat) -> AgreementVersion:
    """Begin the next version with this one's words. One in force holds until both accept the new one."""
    agreement = _as_it_stands(by, version)
    demand(rules.may_reopen(by, agreement))
    facts = {name: getattr(agreement.version, name) for name in FRAME}
    fresh = _new_version(by, agreement.versions[0].number + 1, **facts)
    _enter(fresh, AgreementState.DRAFT, by)
    for key, words in queries.sections_of(by, version).items():
        if words.text:
            writing.write(box=boxes.section(fresh.id, key), text=words.text, version=0, by=by)
    if agreement.state != AgreementState.IN_FORCE:
        _enter(version, AgreementState.SUPERSEDED, by)
    record("agreement.reopened", subject=fresh, by=by, number=fresh.number)
    return fresh


@action("agreement.draft_dropped")
def drop_draft(*, version: AgreementVersion, by: Seat) -> AgreementStateRecord:
    """Put a new version aside; the one in force goes on holding."""
    demand(rules.may_drop_draft(by, _as_it_stands(by, version)))
    record("agreement.draft_dropped", subject=version, by=by, number=version.number)
    return _enter(version, AgreementState.ENDED, by)


@action("agreement.ended")
def end_agreement(*, by: Seat) -> AgreementStateRecord:
    """The agreement in force ends with its journey. Called by the ending."""
    Journey.objects.select_for_update().get(id=by.journey.id)
    agreement = queries.agreement_of(by)
    demand(rules.may_end_agreement(by, agreement))
    version = queries.agreement_in_force(by)
    if version is None:
        raise Refused(hidden())
    record("agreement.ended", subject=version, by=by, number=version.number)
    return _enter(version, AgreementState.ENDED, by)


@action("agreement.carried_over")
def carry_agreement_over(*, made_on: dt.date, by: Seat) -> AgreementVersion:
    """Note that the two agreed elsewhere, and when, for a journey begun here at meeting n.

    The journey is under way with it.
    """
    Journey.objects.select_for_update().get(id=by.journey.id)
    demand(rules.may_carry_agreement_over(by, queries.agreement_of(by)))
    version = _new_version(by, 1, begins_on=made_on, made_elsewhere_on=made_on)
    _enter(version, AgreementState.IN_FORCE, by)
    record("agreement.carried_over", subject=version, by=by, number=1)
    if by.state == JourneyState.DRAFT:
        enter_state(state=JourneyState.PREPARING, by=by)
        by = seat_of(by.actor, by.journey)
    if by.state == JourneyState.PREPARING:
        enter_state(state=JourneyState.ACTIVE, by=by)
    return version
