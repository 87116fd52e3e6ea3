"""What the pages of a hand-over show: to the two, to the guide who is asked, and to an administrator.

Long, because the four read one state of one hand-over, each in their own sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.queries import Goals
from alongside.journeys.kinds import kind
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.journeys.visibility import sentence as who_reads
from alongside.journeys.words_page import words_box
from alongside.people.models import Person
from alongside.rooms.first_meeting.states import Side
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ..record import pages as pages_shared
from ..record.called_off import Dates, were_called_off, will_be_called_off
from ..record.pages import eyebrow
from ..record.queries import side_of, speaks_in_the_room
from . import rules
from .models import Handover
from .queries import (
    AGREEMENT,
    FIRST_NOTES,
    MEETING,
    PREPARATION,
    SUMMARY,
    Brought,
    HandoverFacts,
    Left,
    meets_today,
)
from .state_sentence import settled, today_stays, what_taking_over_does


def url(seat: Seat, name: str) -> str:
    return reverse(f"handover:{name}", args=[seat.journey.id])


@dataclass(frozen=True)
class Yes:
    """Whose yes is asked for by the form, or how it stands."""

    side: str
    label: str
    chooses: bool
    """The participant's yes also says which words go along."""


@dataclass(frozen=True)
class HandoverPage:
    eyebrow: str
    title: str
    lead: str
    reason: str
    by: str
    stands: bool
    summary: WordsBox | None
    version: int
    """Of the summary: what a yes is said to."""
    draft: ActionButton | None
    goes_along: str
    yes: tuple[Yes, ...]
    said: tuple[str, ...]
    let_go: ActionButton | None
    may_propose: bool
    nobody: str
    settled: str
    onward_url: str
    agree_url: str
    propose_url: str
    back: str
    called_off: Dates | None
    today: str
    """That today's meeting takes place all the same."""


def handover_page(seat: Seat, facts: HandoverFacts | None, guides: list[Person]) -> HandoverPage:
    stands = bool(facts and facts.stands)
    today = meets_today(facts) if facts and stands else None
    may_propose = bool(rules.may_propose_handover(seat, facts))
    return HandoverPage(
        eyebrow=eyebrow(seat),
        title=_title(facts) if facts and stands else _("Continue with someone else"),
        lead=_lead(seat),
        reason=str(facts.handover.reason) if facts else "",
        by=str(facts.handover.by.name) if facts else "",
        stands=stands,
        summary=_summary(seat, facts) if facts and stands else None,
        version=facts.version if facts else 0,
        draft=_draft(seat, facts) if facts and stands else None,
        goes_along=_goes_along(seat),
        yes=_yes(seat, facts) if facts and stands else (),
        said=_said(facts) if facts and stands else (),
        let_go=_let_go(seat, facts) if facts and stands else None,
        may_propose=may_propose,
        nobody=_("No one else in your organisation can cover: no one else has an account and the right role.")
        if not guides
        else "",
        settled=settled(facts) if facts and not stands else "",
        onward_url=_onward(seat, facts),
        agree_url=url(seat, "agree"),
        propose_url=url(seat, "propose"),
        back=pages_shared.url(seat, "room"),
        called_off=will_be_called_off(seat, spared=today) if stands else were_called_off(seat),
        today=today_stays(facts, today) if facts and today else "",
    )


def _title(facts: HandoverFacts) -> str:
    return _("Continuing with %(name)s") % {"name": facts.handover.to.name}


def _lead(seat: Seat) -> str:
    if seat.is_over:
        return _("You can both still read here what was handed over.")
    return _(
        "When someone else takes over, nothing you have achieved is lost. First you both "
        "agree to a summary of where you are. Then the new person reads it, and says yes or "
        "no."
    )


def _summary(seat: Seat, facts: HandoverFacts) -> WordsBox:
    may_write = bool(rules.may_work_on_handover(seat, facts))
    name = facts.handover.to.name
    later = _("%(name)s can read it once you have both said yes.") % {"name": name}
    return words_box(
        seat,
        facts.summary,
        visibility=Visibility.OURS,
        line=f"{who_reads(seat, Visibility.OURS)} {later}",
        name=SUMMARY,
        label=_("Where you are"),
        help_text=_("What you worked on, what has helped, what is open, and what matters from now on."),
        url=url(seat, "summary"),
        rows=10,
        readonly=not may_write,
    )


def _draft(seat: Seat, facts: HandoverFacts) -> ActionButton | None:
    if facts.text:
        return None
    return ActionButton(
        _("Start with what is written here"),
        url(seat, "draft"),
        verdict=rules.may_work_on_handover(seat, facts),
    )


def _goes_along(seat: Seat) -> str:
    words = seat.kind.words
    facts = {"needs": words.needs, "targets": words.targets, "steps": words.steps}
    return (
        _(
            "%(needs)s, %(targets)s, %(steps)s and what was measured are always passed on, with "
            "the numbers of the starting picture. Without them the work would start from "
            "nothing. Private words never are."
        )
        % facts
    )


def _yes(seat: Seat, facts: HandoverFacts) -> tuple[Yes, ...]:
    """The yeses this person can give now: their own, and in the room the participant's."""
    sides = (Side.GUIDE, Side.PARTICIPANT) if speaks_in_the_room(seat) else (side_of(seat),)
    return tuple(_one_yes(seat, facts, side) for side in sides if rules.may_say_yes(seat, facts, side))


def _one_yes(seat: Seat, facts: HandoverFacts, side: Side) -> Yes:
    mine = side == side_of(seat)
    label = _("Yes, hand over") if mine else _("%(name)s says yes") % {"name": facts.participant.name}
    if side == Side.PARTICIPANT and mine:
        label = _("Yes, continue with %(name)s") % {"name": facts.handover.to.name}
    return Yes(side.value, label, side == Side.PARTICIPANT)


def _said(facts: HandoverFacts) -> tuple[str, ...]:
    names = {Side.GUIDE: facts.guide.name, Side.PARTICIPANT: facts.participant.name}
    said = [
        (_("%(name)s has said yes.") if side in facts.yes else _("%(name)s has not said yes yet."))
        % {"name": names[side]}
        for side in Side
        if side in facts.needed
    ]
    if facts.is_agreed:
        said.append(_("%(name)s has been asked, and answers next.") % {"name": facts.handover.to.name})
    return tuple(said)


def _let_go(seat: Seat, facts: HandoverFacts) -> ActionButton:
    mine = facts.handover.by_id == seat.actor.id
    return ActionButton(
        _("Withdraw this") if mine else _("No, thank you"),
        url(seat, "let_go"),
        verdict=rules.may_work_on_handover(seat, facts),
        confirm=_("Nothing changes. You can both still read the summary."),
    )


def _onward(seat: Seat, facts: HandoverFacts | None) -> str:
    """The participant walks on; the earlier guide has no part in what follows."""
    if facts and facts.handover.led_to_id and seat.is_participant:
        return reverse("overview:journey", args=[facts.handover.led_to_id])
    return ""


# --- for the guide who is asked ----------------------------------------------------------------------------


@dataclass(frozen=True)
class AskedPage:
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    reason: str
    reason_by: str
    take_on: ActionButton
    decline_url: str


def asked_page(actor: Person, facts: HandoverFacts, goals: Goals, held: int) -> AskedPage:
    handover = facts.handover
    names = {"guide": facts.guide.name, "participant": facts.participant.name}
    lead = _("%(guide)s and %(participant)s ask whether you will take over.") % names
    if handover.without_guide:
        lead = _("%(guide)s no longer works here. You are asked to continue with %(participant)s.") % names
    return AskedPage(
        title=_("Will you take over from here with %(participant)s?") % names,
        lead=lead,
        facts=_structure(facts, goals, held),
        summary=facts.text,
        reason=str(handover.reason) if handover.without_guide else "",
        reason_by=str(handover.by.name),
        take_on=ActionButton(
            _("Take over"),
            reverse("asked:take_on", args=[handover.id]),
            verdict=rules.may_take_over(actor, facts),
            primary=True,
            confirm=what_taking_over_does(facts),
        ),
        decline_url=reverse("asked:decline", args=[handover.id]),
    )


def _structure(facts: HandoverFacts, goals: Goals, held: int) -> tuple[tuple[str, str], ...]:
    journey = facts.handover.journey
    of_kind = kind(journey.kind)
    words = of_kind.words
    pace = ngettext(
        "%(count)s minutes, every %(days)s day", "%(count)s minutes, every %(days)s days", journey.every_days
    )
    planned = journey.planned_meetings
    far = _("%(done)s of %(planned)s") % {"done": held, "planned": planned} if planned else str(held)
    steps = len(goals.steps_to_do)
    return (
        (_("What it is"), str(of_kind.name)),
        (capfirst(str(words.meetings)), far),
        (_("How often"), pace % {"count": journey.meeting_minutes, "days": journey.every_days}),
        (capfirst(str(words.targets)), str(len(goals.targets))),
        (_("Steps still open"), str(steps)),
    )


# --- for an administrator ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LeftLine:
    name: str
    standing: str
    ask: ActionButton


@dataclass(frozen=True)
class LeftPage:
    title: str
    lead: str
    lines: tuple[LeftLine, ...]
    back: str


def left_page(actor: Person, guide: Person, left: list[Left]) -> LeftPage:
    return LeftPage(
        title=_("When %(name)s has left") % {"name": guide.name},
        lead=_(
            "You ask another guide for each person they worked with. You see names, and nothing "
            "of what is in their journeys. The participant has to agree before the new guide is "
            "asked."
        ),
        lines=tuple(_left_line(actor, guide, each) for each in left),
        back=reverse("people:person", args=[guide.id]),
    )


def _left_line(actor: Person, guide: Person, left: Left) -> LeftLine:
    standing = str(JourneyState(left.journey.current_state).label)  # type: ignore[attr-defined]
    if left.handover:
        standing = _("%(name)s is asked to take over") % {"name": left.handover.to.name}
    elif left.covering:
        standing = _("%(name)s covers") % {"name": left.covering.name}
    return LeftLine(
        name=left.participant.name,
        standing=standing,
        ask=ActionButton(
            _("Ask another guide"),
            reverse("asked:ask_another", args=[guide.id, left.journey.id]),
            verdict=rules.may_hand_over_without_guide(actor, guide, left),
            link=True,
        ),
    )


@dataclass(frozen=True)
class AskAnotherPage:
    title: str
    lead: str
    nobody: str
    back: str


def ask_another_page(guide: Person, left: Left, guides: list[Person]) -> AskAnotherPage:
    name = {"name": left.participant.name, "guide": guide.name}
    return AskAnotherPage(
        title=_("Who continues with %(name)s?") % name,
        lead=_(
            "%(name)s is told, chooses which words are passed on, and says yes or no before anyone is asked."
        )
        % name
        if left.participant.person.user_id
        else _("%(name)s has no account. The new guide tells them in person.") % name,
        nobody=""
        if guides
        else _("No one else in your organisation can cover: no one else has an account and the right role."),
        back=reverse("asked:left", args=[guide.id]),
    )


# --- what came along ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CameWords:
    what: str
    text: str
    by: str
    when: str


@dataclass(frozen=True)
class CameAlongPage:
    title: str
    lead: str
    words: tuple[CameWords, ...]
    earlier_url: str
    back: str


def came_along_page(seat: Seat, handover: Handover, brought: list[Brought], came_from: str) -> CameAlongPage:
    earlier = reverse("overview:journey", args=[handover.journey_id]) if seat.is_participant else ""
    day = date_format(handover.settled_at, "j F Y")  # type: ignore[arg-type]
    return CameAlongPage(
        title=_("What was passed on"),
        lead=_(
            "This continues from the journey with %(name)s, since %(day)s. Needs, targets, "
            "steps, scores and the starting picture were passed on with their dates. So were "
            "these words:"
        )
        % {"name": came_from, "day": day},
        words=tuple(
            CameWords(
                _part(seat, each.key),
                str(each.words.text),
                str(writer.name) if (writer := each.words.edited_by or each.words.author) else "",
                date_format(each.words.edited_at, "j F Y") if each.words.edited_at else "",
            )
            for each in brought
        ),
        earlier_url=earlier,
        back=reverse("overview:journey", args=[seat.journey.id]),
    )


def _part(seat: Seat, key: str) -> str:
    """Of which part of the earlier journey some words are."""
    words = seat.kind.words
    if key.startswith(MEETING):
        return capfirst(str(words.meeting_number) % {"number": key.removeprefix(MEETING)})
    named = {
        SUMMARY: _("The summary"),
        PREPARATION: _("The preparation"),
        AGREEMENT: _("What you agreed"),
        FIRST_NOTES: _("The notes of the %(first)s") % {"first": words.first_meeting},
    }
    return named.get(key, _("From before"))
