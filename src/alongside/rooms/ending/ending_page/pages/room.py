"""The room: the ending in sight from the start, and once begun its parts, each saying how far it is.

Long, because one page is said for four times of an ending: in sight, under way, over, and handed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.pace import is_near_its_end
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import today
from alongside.rooms.first_meeting.states import Side
from alongside.ui.action_buttons import ActionButton

from ...contributions.models import EndingEntry
from ...contributions.queries import entries_of, standing
from ...contributions.states import Sort
from ...follow_up.pages import day_to_answer
from ...follow_up.pages import url as follow_up_url
from ...follow_up.queries import days_of, plan_of
from ...handover.queries import handover_of
from ...handover.state_sentence import standing_handover
from ...record.called_off import Dates, were_called_off
from ...record.models import Ending
from ...record.pages import part_url, url
from ...record.queries import (
    Sayings,
    meetings_held,
    other_is_gone,
    sayings_of,
    side_of,
    speaks_in_the_room,
)
from ...record.rules import is_theirs, may_begin_ending
from ...record.states import EndingState, Said
from ...wishes.pages import Way, WishShown, standing_wishes
from ...wishes.queries import last_early_wish, wishes_of
from .ways import ways_on


@dataclass(frozen=True)
class PartLine:
    title: str
    sentence: str
    url: str
    state: str = "ahead"
    state_word: str = ""


@dataclass(frozen=True)
class NextAct:
    title: str
    text: str
    act: ActionButton


@dataclass(frozen=True)
class RoomPage:
    eyebrow: str
    title: str
    lead: str
    state_sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    next_act: NextAct | None = None
    parts: tuple[PartLine, ...] = ()
    ways: tuple[Way, ...] = ()
    wishes: tuple[WishShown, ...] = field(default=())
    is_begun: bool = False
    keepsake_url: str = ""
    called_off: Dates | None = None


def room_page(seat: Seat, ending: Ending | None) -> RoomPage:
    if seat.is_over:
        return _over(seat, ending)
    return _in_sight(seat) if ending is None else _under_way(seat, ending)


def _title(seat: Seat) -> str:
    return capfirst(str(seat.kind.words.ending))


# --- before it is begun --------------------------------------------------------------------------------


def _in_sight(seat: Seat) -> RoomPage:
    held = meetings_held(seat)
    wishes = wishes_of(seat)
    near = _is_near(seat, len(held))
    begin = ActionButton(
        _("Begin the ending"),
        url(seat, "begin"),
        may_begin_ending(seat, None),
        primary=near,
        confirm=_(
            "%(name)s is told at once. This does not end anything yet. If you both want to, you "
            "can still continue."
        )
        % {"name": seat.other.name},
    )
    text = _(
        "There is time yet. If you start it one %(meeting)s before the last, you do not have to rush."
    ) % {"meeting": seat.kind.words.meeting}
    if near:
        text = _("It is nearly time. Starting now leaves room to look back without hurry.")
    return RoomPage(
        eyebrow=_("Stage 4 of 4"),
        title=_title(seat),
        lead=_("An ending that you see coming can be a good one. Here you will look back, and ahead."),
        state_sentence=_state_sentence(seat),
        facts=_facts(seat, held),
        next_act=NextAct(_("When the time comes"), text, begin),
        parts=tuple(PartLine(title, sentence, "") for title, sentence in _what_will_be(seat)),
        ways=ways_on(seat, None, wishes),
        wishes=standing_wishes(seat, None, wishes),
    )


def _is_near(seat: Seat, held: int) -> bool:
    return is_near_its_end(
        planned_meetings=seat.journey.planned_meetings,
        held=seat.journey.first_number - 1 + held,
        planned_end=seat.journey.planned_end,
        today=today(seat.actor.time_zone),
    )


def _facts(seat: Seat, held: list) -> tuple[tuple[str, str], ...]:
    journey, words = seat.journey, seat.kind.words
    numbers = [meeting.number for meeting in held if meeting.number]
    done = max(numbers, default=journey.first_number - 1)
    if journey.planned_meetings:
        far = _("%(done)s of %(planned)s") % {"done": done, "planned": journey.planned_meetings}
    else:
        far = str(done)
    end = date_format(journey.planned_end, "j F Y") if journey.planned_end else _("no date was set")
    return (
        (_("%(meetings)s so far") % {"meetings": capfirst(str(words.meetings))}, far),
        (_("Planned until"), end),
    )


def _what_will_be(seat: Seat) -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Then and now"),
            _(
                "How things were at the start and how they are now, side by side, in numbers and in "
                "your own words."
            ),
        ),
        (
            _("How it has gone"),
            _(
                "What helped and what did not, as each of you saw it. You can read each other's "
                "answers once you have both answered."
            ),
        ),
        (
            _("What I take with me"),
            _("Key points, strategies for when it matters, early signs and what to do then."),
        ),
        (_("On-going support"), _("Who will support you, how to reach them, and when to be in touch first.")),
        (
            _("Closing"),
            _("What is left to say. You both acknowledge it, and the participant has a keepsake."),
        ),
    )


def _state_sentence(seat: Seat) -> str:
    """Who may do what next, in this state."""
    names = {"guide": seat.guide.name, "participant": seat.participant.name}
    if other_is_gone(seat) and seat.state in (JourneyState.ACTIVE, JourneyState.PAUSED, JourneyState.ENDING):
        return _(
            "%(name)s no longer works here. You can acknowledge the ending and close it "
            "yourself, or end early with a last day."
        ) % {"name": seat.other.name}
    if seat.state == JourneyState.DRAFT:
        return _("%(guide)s is still setting this up.") % names
    if seat.state == JourneyState.PREPARING:
        return _("You are getting ready. Until an agreement is in force, either of you can withdraw.")
    if seat.state == JourneyState.PAUSED:
        return _("This is paused. Either of you can continue it, or start the ending.")
    if seat.state == JourneyState.ENDING:
        return _(
            "It is coming to an end. It is over when you have both acknowledged it. Until then "
            "you can decide to continue."
        )
    return _(
        "You have started. Either of you can begin the ending, pause, or propose to continue for longer."
    )


# --- once it is begun ----------------------------------------------------------------------------------


def _under_way(seat: Seat, ending: Ending) -> RoomPage:
    sayings, entries, wishes = sayings_of(ending), entries_of(ending), wishes_of(seat)
    parts = _parts(seat, ending, sayings, entries)
    return RoomPage(
        eyebrow=_("Stage 4 of 4"),
        title=_title(seat),
        lead=_("Take your time with it. The order is a suggestion. You can start anywhere."),
        state_sentence=_state_sentence(seat),
        next_act=_next(seat, ending, sayings, parts),
        parts=parts,
        ways=ways_on(seat, ending, wishes),
        wishes=standing_wishes(seat, ending, wishes),
        is_begun=True,
        keepsake_url=part_url(seat, "keepsake"),
    )


def _parts(seat: Seat, ending: Ending, sayings: Sayings, entries: list[EndingEntry]) -> tuple[PartLine, ...]:
    lines = (
        ("then_and_now", _("Then and now"), _then_and_now(seat, ending, sayings)),
        ("looking_back", _("How it has gone"), _looking_back(seat, sayings)),
        ("taking_with_me", _taking_title(seat), _taking(entries)),
        ("support", _("On-going support"), _support(entries, sayings)),
        ("follow_up", _("After the end"), _follow_up(seat)),
        ("closing", _("Closing"), _closing(seat, ending, sayings)),
    )
    words = {
        "done": _("done"),
        "ahead": _("left open") if seat.is_over else _("to do"),
        "partly": _("started"),
    }
    return tuple(
        PartLine(title, sentence, part_url(seat, name), state, words[state])
        for name, title, (state, sentence) in lines
    )


def _taking_title(seat: Seat) -> str:
    if seat.is_participant:
        return _("What I take with me")
    return _("What %(name)s takes with them") % {"name": seat.participant.name}


def _then_and_now(seat: Seat, ending: Ending, sayings: Sayings) -> tuple[str, str]:
    if ending.has_today:  # type: ignore[attr-defined]
        return "done", _("You can see today's picture beside the first one.")
    if sayings.of(Said.NO_PICTURE):
        return "done", _("Today's picture was left out, and the reason is given.")
    if not ending.has_start:  # type: ignore[attr-defined]
        return "done", _("There is no picture from the start. The scores speak for themselves.")
    if seat.is_participant or speaks_in_the_room(seat):
        return "ahead", _("Today's picture is still to be taken.")
    return "ahead", _("%(name)s has yet to take today's picture.") % {"name": seat.participant.name}


def _looking_back(seat: Seat, sayings: Sayings) -> tuple[str, str]:
    ready = sayings.sides(Said.READY)
    if sayings.both_ready:
        return "done", _("You have both answered, and can read each other's answers.")
    if side_of(seat) in ready:
        return "partly", _("You are ready. %(name)s is still writing.") % {"name": seat.other.name}
    if ready:
        return "partly", _("%(name)s is ready. You can read their answers once you are ready too.") % {
            "name": seat.other.name
        }
    return "ahead", _(
        "Four questions for each of you. You can read each other's answers once you are both ready."
    )


def _taking(entries: list[EndingEntry]) -> tuple[str, str]:
    points = len(standing(entries, Sort.KEY_POINT))
    strategies = len(standing(entries, Sort.STRATEGY))
    signs = len(standing(entries, Sort.EARLY_SIGN))
    counted = [
        (points, ngettext("%(n)s key point", "%(n)s key points", points)),
        (strategies, ngettext("%(n)s strategy", "%(n)s strategies", strategies)),
        (signs, ngettext("%(n)s early sign", "%(n)s early signs", signs)),
    ]
    there = [words % {"n": count} for count, words in counted if count]
    return ("done", ", ".join(there)) if there else ("ahead", _("Nothing is written yet."))


def _support(entries: list[EndingEntry], sayings: Sayings) -> tuple[str, str]:
    supports = [str(entry.what) for entry in standing(entries, Sort.SUPPORT)]
    if supports:
        return "done", ", ".join(supports)
    if sayings.of(Said.NO_SUPPORT):
        return "done", _("You said that none is needed.")
    return "ahead", _("Who will support you, or that no one needs to.")


def _follow_up(seat: Seat) -> tuple[str, str]:
    if plan_of(seat) is None:
        return "ahead", _(
            "The days on which you are asked how things are, or that you do not want to be asked."
        )
    days = days_of(seat)
    if not days:
        return "done", _("You decided that no one is asked.")
    return "done", ", ".join(date_format(day.on, "j F Y") for day in days)


def _closing(seat: Seat, ending: Ending, sayings: Sayings) -> tuple[str, str]:
    acknowledged = sayings.sides(Said.ACKNOWLEDGED)
    if ending.state == EndingState.CLOSED:  # type: ignore[attr-defined]
        both = acknowledged == frozenset(Side)
        return "done", _("Both of you have acknowledged it.") if both else _("It is closed.")
    if not acknowledged:
        return "ahead", _("When you have both acknowledged it, it is complete.")
    who = seat.guide.name if Side.GUIDE in acknowledged else seat.participant.name
    return "partly", _("%(name)s has acknowledged it.") % {"name": who}


def _next(seat: Seat, ending: Ending, sayings: Sayings, parts: tuple[PartLine, ...]) -> NextAct:
    mine = side_of(seat)
    may_do = {
        "then_and_now": seat.is_participant or speaks_in_the_room(seat),
        "looking_back": mine not in sayings.sides(Said.READY),
    }
    if ending.state == EndingState.ACKNOWLEDGED_BY_ONE:  # type: ignore[attr-defined]
        may_do = {"then_and_now": False, "looking_back": False}
        parts = parts[-1:]
    for name, part in zip(
        ("then_and_now", "looking_back", "taking_with_me", "support"), parts[:-1], strict=False
    ):
        if part.state != "done" and may_do.get(name, True):
            return NextAct(
                part.title, part.sentence, ActionButton(_("Go there"), part.url, primary=True, link=True)
            )
    last = parts[-1]
    return NextAct(
        last.title, last.sentence, ActionButton(_("Go to the closing"), last.url, primary=True, link=True)
    )


# --- when it is over -----------------------------------------------------------------------------------


def _over(seat: Seat, ending: Ending | None) -> RoomPage:
    early = last_early_wish(seat) if seat.state == JourneyState.ENDED_EARLY else None
    wishes: tuple[WishShown, ...] = ()
    if early:
        sentence = _("%(name)s gave notice until %(day)s.") % {
            "name": seat.name_of(early.by_id) or _("One of you"),
            "day": date_format(early.on or "", "j F Y"),
        }
        wishes = (WishShown(_("Why it ended early"), sentence, str(early.word), early.by.name, ()),)
    if seat.state == JourneyState.TRANSFERRED:
        wishes = _handed_over(seat)
    if ending is None:
        return RoomPage(
            eyebrow=_("Stage 4 of 4"),
            title=_title(seat),
            lead=_("It continues with another guide. You can both still read what was written here.")
            if seat.state == JourneyState.TRANSFERRED
            else _("This is %(state)s. No ending was written for it.") % {"state": seat.state.label},
            state_sentence=_("You can read it. It can no longer be changed."),
            wishes=wishes,
            called_off=were_called_off(seat),
        )
    sayings, entries = sayings_of(ending), entries_of(ending)
    keepsake = ActionButton(_("Open the keepsake"), part_url(seat, "keepsake"), primary=True, link=True)
    text = _("It belongs to %(name)s: to print, to keep, to come back to.") % {"name": seat.participant.name}
    if seat.is_participant:
        text = _("It is yours: to print, to keep, to come back to.")
    return RoomPage(
        eyebrow=_("Stage 4 of 4"),
        title=_title(seat),
        lead=_("This is %(state)s. You can both still read everything here.") % {"state": seat.state.label},
        state_sentence=_(
            "You can read it, but not change it. If you want more one day, you can start a new one."
        ),
        next_act=_asked_again(seat, ending) or NextAct(_("Keepsake"), text, keepsake),
        parts=_parts(seat, ending, sayings, entries),
        ways=_come_back(seat),
        wishes=wishes,
        is_begun=True,
        keepsake_url=part_url(seat, "keepsake"),
        called_off=were_called_off(seat),
    )


def _handed_over(seat: Seat) -> tuple[WishShown, ...]:
    """With whom it goes on; the participant finds the way there."""
    facts = handover_of(seat)
    there = ActionButton(
        _("How it was handed over"), reverse("handover:handover", args=[seat.journey.id]), link=True
    )
    return (WishShown(_("It continues"), standing_handover(seat, facts), "", "", (there,)),)


def _asked_again(seat: Seat, ending: Ending) -> NextAct | None:
    """A day has come on which it is asked how it is."""
    day = day_to_answer(seat, ending)
    if day is None:
        return None
    text = _("This is the day you chose to look again. It takes about three minutes.")
    if not seat.is_participant:
        text = _("You planned to call %(name)s today.") % {"name": seat.participant.name}
    act = ActionButton(_("Answer now"), follow_up_url(seat, "answer", day.id), primary=True, link=True)
    return NextAct(_("How are things now?"), text, act)


def _come_back(seat: Seat) -> tuple[Way, ...]:
    if not is_theirs(seat):
        return ()
    act = ActionButton(_("Come back"), reverse("own_return_request:own", args=[seat.journey.id]), link=True)
    return (Way(_("The way back"), _("If you want more, you can start again."), act),)
