"""The one thing to do next, in the words of the journey's kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.pace import LAST_MEETINGS
from alongside.journeys.rules import may_resume
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import now, today
from alongside.ui.action_buttons import ActionButton

from ..journey_summary import JourneySummary
from ..next_step import Next, NextStep, find_next_step, reader_of
from .common import day, meeting_name, meeting_url, room, when

N = Next


@dataclass(frozen=True)
class NextPage:
    """What a page says is next, and the action that does it, if there is one."""

    title: str
    text: str
    act: ActionButton | None
    needs_me: bool


def next_page(seat: Seat, summary: JourneySummary) -> NextPage:
    next_step = find_next_step(summary, reader_of(seat), now())
    title, text, act = _SAY[next_step.next](seat, summary, next_step)
    return NextPage(capfirst(title), text, act, next_step.needs_me)


Said = tuple[str, str, ActionButton | None]


def _link(label: str, url: str) -> ActionButton:
    return ActionButton(label, url, primary=True, link=True)


def _invite(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    name = {"name": seat.participant.name}
    if not seat.participant.person.email:
        return (
            _("Start together when you meet"),
            _("%(name)s has no email address here. You write together when you meet.") % name,
            _link(_("Start"), room(seat, "overview:invite")),
        )
    return (
        _("Invite %(name)s") % name,
        _("They get an email with a link. They do not need a password to start."),
        _link(_("Invite %(name)s") % name, room(seat, "overview:invite")),
    )


def _call(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    missed = summary.calls[0]
    facts = {
        "name": seat.participant.name,
        "day": formats.date_format(timezone.localtime(missed.starts_at), "l j F"),
        "number": str(seat.participant.person.telephone),
    }
    text = _("You agreed to call after a missed one. Press Done once you have called.")
    if facts["number"]:
        text = (
            _("You agreed to call after a missed one: %(number)s. Press Done once you have called.") % facts
        )
    url = reverse("environment:called", args=[seat.journey.id, missed.meeting_id])
    back = (("next", room(seat, "overview:journey")),)
    return (
        _("Call %(name)s: they did not come on %(day)s") % facts,
        text,
        ActionButton(_("Done"), url, primary=True, fields=back),
    )


def _find_time(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    words = seat.kind.words
    return (
        _("Choose a time and a quiet place"),
        _("For the %(first)s, without interruption and with enough time.") % {"first": words.first_meeting},
        _link(str(words.book_meeting), room(seat, "environment:room")),
    )


def _prepare(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    text = _(
        "Take ten quiet minutes to answer a few questions. %(other)s reads your answers once you send them."
    )
    return (
        _("Prepare for the %(first)s") % {"first": seat.kind.words.first_meeting},
        text % {"other": seat.other.name},
        _link(_("Prepare"), room(seat, "first_meeting:preparation")),
    )


def _open_first(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    first = {"first": seat.kind.words.first_meeting}
    return (
        _("It is time for the %(first)s") % first,
        _(
            "What you need, what will be different and what you agree: everything is ready for "
            "you to fill in."
        ),
        _link(_("Go to the %(first)s") % first, room(seat, "first_meeting:room")),
    )


def _take_picture(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("How are things now, at the start?"),
        _("Give each need a few words and a number, so that you can see later how far you have come."),
        _link(_("Take the starting picture"), room(seat, "first_meeting:picture")),
    )


def _set_targets(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    words = seat.kind.words
    facts = {"targets": words.targets, "steps": words.steps}
    return (
        _("What will be different?"),
        _("Set your %(targets)s and the first %(steps)s towards them.") % facts,
        _link(_("Set %(targets)s") % facts, room(seat, "first_meeting:goals")),
    )


def _write_agreement(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("Write down what you agree"),
        _(
            "Every section has a starting text that you can change. The agreement is in force "
            "once you have both accepted it."
        ),
        _link(_("Write the agreement"), room(seat, "first_meeting:agreement")),
    )


def _accept_agreement(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("The %(agreement)s needs your answer") % {"agreement": seat.kind.words.agreement},
        _("Take your time to read it. If something is not right, it can still be changed."),
        _link(_("Read the agreement"), room(seat, "first_meeting:agreement")),
    )


def _wait_for_yes(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("%(other)s has been asked to accept the agreement") % {"other": seat.other.name},
        _("You have accepted. The agreement is in force once you both have."),
        ActionButton(_("Read it again"), room(seat, "first_meeting:agreement"), link=True),
    )


def _acknowledge(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    meeting = meeting_name(seat, next_step.number)
    return (
        _("%(meeting)s: please confirm the record") % {"meeting": meeting},
        _("%(other)s has confirmed that this is what happened. Read it, and confirm it too.")
        % {"other": seat.other.name},
        _link(_("Read and confirm"), meeting_url(seat, next_step.number)),
    )


def _say_what_became(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("%(meeting)s: did it happen?") % {"meeting": meeting_name(seat, next_step.number)},
        _("Write the record, or say that it was missed."),
        _link(str(seat.kind.words.open_meeting), meeting_url(seat, next_step.number)),
    )


def _open_meeting(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("It is time for %(meeting)s") % {"meeting": meeting_name(seat, next_step.number).lower()},
        _("It starts with what you planned last time."),
        _link(str(seat.kind.words.open_meeting), meeting_url(seat, next_step.number)),
    )


def _finish_record(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("%(meeting)s is still open") % {"meeting": meeting_name(seat, next_step.number)},
        _("Read it, add what is missing, and close it."),
        _link(str(seat.kind.words.close_meeting), meeting_url(seat, next_step.number)),
    )


def _book(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    words = seat.kind.words
    return (
        str(words.no_meeting_booked),
        _("Book the next time while you both remember what it is for."),
        _link(str(words.book_meeting), room(seat, "environment:room")),
    )


def _say_what_matters(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("What matters to you this time?"),
        _("It takes a minute. %(other)s sees it before you meet.") % {"other": seat.other.name},
        _link(_("Say what matters"), meeting_url(seat, next_step.number)),
    )


def _do_steps(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    count = summary.my_steps
    title = ngettext("You have one step to do", "You have %(count)s steps to do", count) % {"count": count}
    return title, _("Tick what is done. You can talk about the rest when you meet."), None


def _agree_goals(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    facts = {"other": seat.other.name, "targets": seat.kind.words.targets}
    return (
        _("%(other)s has made a proposal for your %(targets)s") % facts,
        _("Read it, and say yes, or say what you would change."),
        _link(_("Read and answer"), room(seat, "first_meeting:goals")),
    )


def _answer_handover(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    text = _("Nothing changes until you have both said yes. First, write down together where you are.")
    if summary.handover_version or summary.handover_needs == frozenset({"participant"}):
        text = _("Nothing changes until you have said yes. You can also say no.")
    return (
        _("A change of %(guide)s has been proposed") % {"guide": seat.kind.words.guide},
        text,
        _link(_("Read and answer"), room(seat, "handover:handover")),
    )


def _answer_longer(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("%(other)s would like to carry on for longer") % {"other": seat.other.name},
        _("You decide this together."),
        _link(_("Read and answer"), room(seat, "ending:room")),
    )


def _begin_ending(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    count = {"count": summary.held_in_all}
    return (
        _("You have met the %(count)s times you planned") % count,
        _("Look back together at where you started, or agree to carry on for longer."),
        _link(_("Begin the ending"), room(seat, "ending:room")),
    )


def _prepare_ending(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    words, left = seat.kind.words, (summary.planned_meetings or 0) - summary.held_in_all
    title = _("The end is near")
    if left == 1:
        title = _("Only one more is planned: the last %(meeting)s") % {"meeting": words.meeting}
    elif left > 1 and left <= LAST_MEETINGS:
        title = _("%(count)s more %(meetings)s are planned") % {"count": left, "meetings": words.meetings}
    return (
        title,
        _("Begin the ending now, so that you both have time to prepare. Or agree to carry on for longer."),
        _link(_("Prepare the ending, or carry on"), room(seat, "ending:room")),
    )


def _work_on_ending(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    if summary.notice_until:
        return _notice(seat, summary.notice_until)
    return (
        _("Look back together"),
        _("Then and now, what helped, what did not, and what happens next."),
        _link(_("Continue with the ending"), room(seat, "ending:room")),
    )


def _notice(seat: Seat, until: dt.date) -> Said:
    to_the_ending = _link(_("Go to the ending"), room(seat, "ending:room"))
    if until <= today(seat.actor.time_zone):
        return (
            _("The notice period is over"),
            _("Either of you can close it. There is still time to look back together."),
            to_the_ending,
        )
    return (
        _("This ends early, on %(day)s") % {"day": day(until)},
        _("Notice has been given. Until then there is time to look back together."),
        to_the_ending,
    )


def _acknowledge_ending(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("Please confirm the ending"),
        _("%(other)s has confirmed that this is what happened. Read it, and confirm it too.")
        % {"other": seat.other.name},
        _link(_("Read and confirm"), room(seat, "ending:room")),
    )


def _wait_for_ending(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    return (
        _("You have confirmed the ending"),
        _("It is closed once %(other)s has confirmed too.") % {"other": seat.other.name},
        ActionButton(_("Read it again"), room(seat, "ending:room"), link=True),
    )


def _resume(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    act = ActionButton(_("Continue"), room(seat, "ending:resume"), verdict=may_resume(seat), primary=True)
    return _("This is paused"), _("No reminders are sent either. Either of you can start again."), act


def _keepsake(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    name = {"name": seat.participant.name}
    title = _("What you take with you") if seat.is_participant else _("What %(name)s takes with them") % name
    return (
        title,
        _("Where you started, how far you have come, and what happens next."),
        _link(_("Open the keepsake"), room(seat, "keepsake:page")),
    )


def _look_back(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    if seat.state == JourneyState.DRAFT:
        return _("This is still being prepared"), _("You will get an invitation when it is ready."), None
    act = ActionButton(_("See what happened"), room(seat, "overview:timeline"), link=True)
    return _("This is finished"), _("You can read it. It can no longer be changed."), act


def _ready(seat: Seat, summary: JourneySummary, next_step: NextStep) -> Said:
    coming = summary.next
    text = _("There is nothing to do here.")
    if coming:
        text = _("You’re ready. You next meet: %(when)s.") % {"when": when(coming.starts_at)}
    return _("You’re ready"), text, None


_SAY: dict[Next, Callable[[Seat, JourneySummary, NextStep], Said]] = {
    N.INVITE: _invite,
    N.CALL: _call,
    N.FIND_TIME: _find_time,
    N.PREPARE: _prepare,
    N.OPEN_FIRST: _open_first,
    N.TAKE_PICTURE: _take_picture,
    N.SET_TARGETS: _set_targets,
    N.WRITE_AGREEMENT: _write_agreement,
    N.ACCEPT_AGREEMENT: _accept_agreement,
    N.WAIT_FOR_YES: _wait_for_yes,
    N.ACKNOWLEDGE: _acknowledge,
    N.SAY_WHAT_BECAME: _say_what_became,
    N.OPEN_MEETING: _open_meeting,
    N.FINISH_RECORD: _finish_record,
    N.BOOK: _book,
    N.SAY_WHAT_MATTERS: _say_what_matters,
    N.DO_STEPS: _do_steps,
    N.ANSWER_LONGER: _answer_longer,
    N.BEGIN_ENDING: _begin_ending,
    N.PREPARE_ENDING: _prepare_ending,
    N.WORK_ON_ENDING: _work_on_ending,
    N.ACKNOWLEDGE_ENDING: _acknowledge_ending,
    N.WAIT_FOR_ENDING: _wait_for_ending,
    N.AGREE_GOALS: _agree_goals,
    N.ANSWER_HANDOVER: _answer_handover,
    N.RESUME: _resume,
    N.KEEPSAKE: _keepsake,
    N.LOOK_BACK: _look_back,
    N.READY: _ready,
}
