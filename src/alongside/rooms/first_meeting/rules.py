"""Who may do what in the first meeting. Person and moment are combined in one line each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.goals import rules as goal_rules
from alongside.goals.models import Need, Step, Target, TargetWording
from alongside.goals.safety.plan import people_in
from alongside.journeys import words as writing
from alongside.journeys.kinds.shapes import Section
from alongside.journeys.models import Journey
from alongside.journeys.rules import is_guide, is_one_of_two, may_guide, may_work
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.journeys.words import Box
from alongside.kernel.verdict import ALLOWED, Sentence, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting
from alongside.rooms.environment.rules import may_note_held

from . import boxes
from .queries import Agreement, RoomFacts
from .states import EDITORS_BY_STATE, TRANSITIONS, WAITING, AgreementState, Moment, Side


def side_of(seat: Seat) -> Side:
    return Side.PARTICIPANT if seat.is_participant else Side.GUIDE


# --- the room and its boxes --------------------------------------------------------------------------------


def may_open_room(seat: Seat, *_found: object) -> Verdict:
    """The first meeting is between the two."""
    return is_one_of_two(seat)


def may_write(seat: Seat, box: Box) -> Verdict:
    """Each in their own boxes and the shared ones; answers given in the room are written by the guide."""
    denied = first_denial(is_one_of_two(seat), writing.may_write(seat, box))
    if not denied or box.own or box.place != boxes.PREPARATION:
        return denied
    if seat.participant.person.user_id:
        return first_denial(
            is_guide(seat),
            not_now(_("Each person writes their own answers, after signing in.")),
        )
    return is_guide(seat)


def may_note_first_held(seat: Seat, meeting: Meeting | None) -> Verdict:
    if meeting is None:
        return first_denial(
            is_one_of_two(seat),
            not_now(_("No time is booked for it. Book one first, even if it is already over.")),
        )
    return may_note_held(seat, meeting)


# --- preparation and starting picture ----------------------------------------------------------------------


def may_send_preparation(seat: Seat, facts: RoomFacts) -> Verdict:
    """Sending is a choice. Without an account on the other side there is nobody to send it to."""
    if not seat.other.person.user_id:
        sentence = _("%(name)s has no account, so this stays yours.") % {"name": seat.other.name}
        return first_denial(may_work(seat), not_now(sentence))
    if facts.sent_at(seat):
        return first_denial(
            may_work(seat), not_now(_("You have sent this. What you add now can be read at once."))
        )
    return may_work(seat)


def may_take_picture(seat: Seat, facts: RoomFacts, moment: Moment = Moment.START) -> Verdict:
    """The start can be changed until the agreement is in force; after that there are only later pictures."""
    if moment == Moment.START and facts.picture_is_fixed:
        sentence = _(
            "The starting picture stays as it is, so that you can look back. You can compare "
            "later ones with it."
        )
        return first_denial(may_work(seat), not_now(sentence))
    return may_work(seat)


def may_go_on_without_picture(seat: Seat, facts: RoomFacts) -> Verdict:
    if facts.picture_is_whole:
        return first_denial(may_work(seat), not_now(_("Your starting picture is complete.")))
    return may_take_picture(seat, facts)


# --- needs, targets, steps ---------------------------------------------------------------------------------


def may_shape_goals(seat: Seat, *_found: object) -> Verdict:
    """Either of the two says what is needed, what is aimed for, and which steps come first."""
    return goal_rules.may_shape_goals(seat)


def may_change_goal(seat: Seat, thing: Need | Target | Step) -> Verdict:
    return first_denial(may_work(seat), goal_rules.belongs(seat, thing))


def may_agree_goal(seat: Seat, thing: Need | Target) -> Verdict:
    """What the other proposed; and the guide notes what both agreed in the room."""
    denied = goal_rules.may_agree(seat, thing)
    return goal_rules.may_agree(seat, thing, in_the_room=True) if not denied and seat.is_guide else denied


def may_agree_wording(seat: Seat, wording: TargetWording) -> Verdict:
    """What the other wrote anew; and the guide notes what both agreed in the room."""
    denied = goal_rules.may_agree_wording(seat, wording)
    if not denied and seat.is_guide:
        return goal_rules.may_agree_wording(seat, wording, in_the_room=True)
    return denied


# --- the agreement -----------------------------------------------------------------------------------------


def may_keep_texts(actor: Person) -> Verdict:
    """What every agreement of an organisation begins with is for those to say who answer for its programmes."""
    if actor.is_administrator or actor.is_lead:
        return ALLOWED
    return not_yours(
        _("Only a programme lead or an administrator can change the texts agreements start with.")
    )


def may_begin_agreement(seat: Seat, agreement: Agreement | None) -> Verdict:
    """Once; after that it is changed by opening it again."""
    if agreement and agreement.state != AgreementState.ENDED:
        return first_denial(may_work(seat), not_now(_("Your agreement has already been started.")))
    return may_work(seat)


def may_enter_agreement_state(seat: Seat, agreement: Agreement, state: AgreementState) -> Verdict:
    """The transition table and the pen-holder table, asked together."""
    denied = may_work(seat)
    if not denied:
        return denied
    if state not in TRANSITIONS[agreement.state] or side_of(seat) not in EDITORS_BY_STATE[agreement.state]:
        return not_now(
            _("This version is %(now)s. Please look at the current agreement.")
            % {"now": agreement.state.label}
        )
    return ALLOWED


def may_write_section(seat: Seat, *_found: object) -> Verdict:
    """Also when it has just been proposed: what comes too late is kept for its writer."""
    return may_work(seat)


def may_change_draft(seat: Seat, agreement: Agreement) -> Verdict:
    return may_enter_agreement_state(seat, agreement, AgreementState.PROPOSED)


def may_use_texts(seat: Seat, agreement: Agreement, *_found: object) -> Verdict:
    """The template's texts are taken over by the guide, who knows them."""
    return first_denial(is_one_of_two(seat), is_guide(seat), may_change_draft(seat, agreement))


@dataclass(frozen=True, slots=True)
class Missing:
    """Something an agreement still needs, and where it is written: a section's key, or a page."""

    what: Sentence
    where: str
    is_picture: bool = False


def what_is_missing(
    seat: Seat, agreement: Agreement, facts: RoomFacts, texts: Mapping[str, str]
) -> tuple[Missing, ...]:
    """What an agreement can't be proposed without. `texts` are the words of its sections."""
    words, version = seat.kind.words, agreement.version
    found = [
        Missing(section.title, section.key)
        for section in _required(seat)
        if not is_filled_in(section, texts.get(section.key, ""))
    ]
    if not version.begins_on:
        found.append(Missing(_("the date from which it applies"), "facts"))
    if not version.review_on:
        found.append(Missing(_("the date on which you review it"), "facts"))
    if not facts.needs:
        found.append(Missing(_("%(needs)s: at least one") % {"needs": words.needs}, "goals"))
    if not facts.targets:
        found.append(Missing(_("%(targets)s: at least one") % {"targets": words.targets}, "goals"))
    if not facts.steps:
        found.append(Missing(_("a first step"), "goals"))
    settled = facts.picture_is_whole or facts.goes_on_without_picture or facts.picture_is_fixed
    if facts.needs and not settled:
        found.append(
            Missing(_("the starting picture: how things are with each of them now"), "picture", True)
        )
    return tuple(found)


def _required(seat: Seat) -> list[Section]:
    template = boxes.template_of(seat)
    return [section for section in seat.kind.agreement if section.is_required(template)]


def is_filled_in(section: Section, text: str) -> bool:
    """A field of a plan has to say something behind each of its headings, and whom to call with a number."""
    if not text.strip():
        return False
    if not section.group:
        return True
    return not _has_empty_lines(text) and len(people_in(text)) >= section.at_least


def _has_empty_lines(text: str) -> bool:
    """Whether a heading ends in a colon and nothing follows it: nothing at all, a gap, or the next heading."""
    lines = [line.strip() for line in (*text.strip().splitlines(), "")]
    return any(
        line.endswith(":") and (not following or following.endswith(":"))
        for line, following in pairwise(lines)
    )


def empty_fields(seat: Seat, texts: Mapping[str, str]) -> tuple[Section, ...]:
    """The fields of a promised plan that nothing usable stands in."""
    return tuple(
        section
        for section in _required(seat)
        if section.group and not is_filled_in(section, texts.get(section.key, ""))
    )


def may_propose(seat: Seat, agreement: Agreement, missing: Collection[Missing] = ()) -> Verdict:
    denied = may_change_draft(seat, agreement)
    if not denied:
        return denied
    if seat.state == JourneyState.DRAFT:
        return not_now(
            _("%(name)s has not been invited yet. Invite them first.") % {"name": seat.participant.name}
        )
    if missing:
        return not_now(
            ngettext("One thing is missing.", "%(count)s things are missing.", len(missing))
            % {"count": len(missing)}
        )
    return ALLOWED


def _may_be_accepted(seat: Seat, agreement: Agreement, side: Side, empty: Collection[Section]) -> Verdict:
    denied = may_work(seat)
    if not denied:
        return denied
    if side in agreement.sides:
        return not_now(_("This has been accepted already."))
    if agreement.state not in WAITING:
        return not_now(
            _("This version is %(now)s. Please look at the current agreement.")
            % {"now": agreement.state.label}
        )
    if empty:
        return not_now(
            _("The safety plan is not complete. Write a new version and fill in: %(fields)s.")
            % {"fields": "; ".join(str(section.title) for section in empty)}
        )
    return ALLOWED


def may_accept(seat: Seat, agreement: Agreement, empty: Collection[Section] = ()) -> Verdict:
    """Each for their own side. `empty` are the fields of a promised plan that are not filled in."""
    return _may_be_accepted(seat, agreement, side_of(seat), empty)


def may_accept_in_the_room(seat: Seat, agreement: Agreement, empty: Collection[Section] = ()) -> Verdict:
    """The participant accepts in the room, on the guide's screen; the guide is witness to it."""
    return first_denial(
        is_one_of_two(seat), is_guide(seat), _may_be_accepted(seat, agreement, Side.PARTICIPANT, empty)
    )


def may_reopen(seat: Seat, agreement: Agreement) -> Verdict:
    """What was proposed or is in force can be written anew, as the next version, one at a time."""
    if not agreement.is_newest and agreement.versions[0].state != AgreementState.ENDED:  # type: ignore[attr-defined]
        return first_denial(may_work(seat), not_now(_("There is a newer version. Please look at that one.")))
    return may_enter_agreement_state(seat, agreement, AgreementState.SUPERSEDED)


def may_drop_draft(seat: Seat, agreement: Agreement) -> Verdict:
    """A new version that was begun can be put aside, as long as there is one in force to go by."""
    if agreement.state == AgreementState.DRAFT and not agreement.in_force:
        return first_denial(
            may_work(seat), not_now(_("There is no other agreement in force. Continue with this one."))
        )
    if agreement.state != AgreementState.DRAFT:
        return first_denial(
            may_work(seat), not_now(_("Only a version that is being written can be set aside."))
        )
    return may_work(seat)


def may_end_agreement(seat: Seat, agreement: Agreement | None) -> Verdict:
    """With the journey, from the ending."""
    if agreement is None or agreement.in_force is None:
        return first_denial(may_work(seat), not_now(_("No agreement is in force.")))
    return may_work(seat)


def may_carry_agreement_over(seat: Seat, agreement: Agreement | None) -> Verdict:
    """For a journey begun here at meeting n, whose two agreed elsewhere."""
    denied = may_guide(seat)
    if not denied:
        return denied
    if seat.journey.first_number == 1 and seat.journey.follows_id is None:
        return not_now(_("This starts here, so its agreement is made here."))
    if agreement:
        return not_now(_("There is an agreement here already."))
    return ALLOWED


def may_carry_picture(seat: Seat, source: Journey) -> Verdict:
    """The guide of a journey that follows another brings its starting picture along."""
    return may_guide(seat) if seat.journey.follows_id == source.id else hidden()
