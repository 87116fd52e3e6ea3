"""What the pages after the end show: the plan and what became of each day, and then, at the end, and now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.safety.pages import Crisis, crisis_of
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton

from ..comparison.queries import then_and_now_of
from ..links.queries import keepsake_link_of
from ..record.models import Ending
from ..record.rules import is_theirs
from ..record.states import AFTER
from . import rules
from .models import FollowUp, FollowUpPlan
from .queries import (
    Answered,
    answers_of,
    days_of,
    guide_to_ask,
    has_come,
    last_letter,
    open_day,
    plan_of,
    readers_now,
    readers_of,
    state_of,
    worse_unseen,
)
from .states import FollowUpState, Readers
from .three_points import AnswerShown, day, shown_beside


def url(seat: Seat, name: str, *parts: object) -> str:
    return reverse(f"follow_up:{name}", args=[seat.journey.id, *parts])


# --- who reads ----------------------------------------------------------------------------------------------


def who_reads(seat: Seat) -> str:
    """Said on the form, before anything is typed."""
    if readers_of(seat) == Readers.MINE:
        return (
            _("Only you can read what you answer here.")
            if seat.is_participant
            else _("Only they can read this.")
        )
    guide = guide_to_ask(seat)
    if not seat.is_participant:
        return _("You and %(name)s can read this.") % {"name": seat.participant.name}
    if guide is None:
        return _("Only you can read what you answer here: %(guide)s no longer works here.") % {
            "guide": guide_name(seat)
        }
    return _("You and %(guide)s can read what you answer here, as you agreed at the end.") % {
        "guide": guide.name
    }


def safety_line(seat: Seat) -> str:
    """Said beside a question whose answer somebody has to know about."""
    guide = guide_to_ask(seat)
    if guide is None:
        return _("No one else sees your answer to the question on being better off dead. %(note)s") % {
            "note": seat.kind.emergency_note
        }
    return _(
        "There is one exception: if you answer anything but “Not at all” to the question on "
        "being better off dead, %(guide)s is asked to look at once. %(note)s"
    ) % {"guide": guide.name, "note": seat.kind.emergency_note}


def guide_name(seat: Seat) -> str:
    """Theirs, also when they are gone: then they are still spoken of."""
    return next((member.name for member in seat.members if member.part == "guide"), _("your guide"))


# --- the page of the plan -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayShown:
    when: str
    sentence: str
    state: str
    state_word: str
    answers: tuple[AnswerShown, ...]
    act: ActionButton | None


@dataclass(frozen=True)
class PlanPage:
    eyebrow: str
    lead: str
    days: tuple[DayShown, ...]
    none: str
    readers: str
    plan: ActionButton | None
    stop: ActionButton | None
    link: str
    make_link: ActionButton | None
    switch_off: ActionButton | None
    back: str
    next_url: str
    worse: str
    seen: ActionButton | None


def plan_page(seat: Seat, ending: Ending) -> PlanPage:
    plan, days, link = plan_of(seat), days_of(seat), keepsake_link_of(seat)
    theirs = bool(is_theirs(seat))
    may_plan = rules.may_plan_days(seat, ending)
    label = _("Change the days") if plan else _("Choose the days")
    going = [one for one in days if state_of(one) not in (FollowUpState.ANSWERED, FollowUpState.SILENT)]
    over, worse = seat.state in AFTER, worse_unseen(seat).exists()
    return PlanPage(
        eyebrow=capfirst(str(seat.kind.words.ending)),
        lead=_lead(seat),
        days=_days(seat, ending, days),
        none=_none(seat, plan),
        readers=_readers(seat, plan),
        plan=ActionButton(label, url(seat, "days"), primary=not plan, link=True) if may_plan else None,
        stop=ActionButton(
            _("Stop asking"),
            url(seat, "stop"),
            confirm=_("Future days are removed. What was answered stays."),
        )
        if theirs and over and going
        else None,
        link=_link(seat, over, bool(link)),
        make_link=ActionButton(_("Add a link"), url(seat, "make_link"))
        if theirs and over and not link
        else None,
        switch_off=ActionButton(
            _("Switch links off"),
            url(seat, "switch_off"),
            confirm=_("The code in a printed keepsake, and the links in emails, then stop working."),
        )
        if theirs and (link or last_letter(seat))
        else None,
        back=reverse("ending:room", args=[seat.journey.id]),
        next_url="" if over else reverse("ending:closing", args=[seat.journey.id]),
        worse=_worse(seat) if worse else "",
        seen=ActionButton(_("I have looked at this"), url(seat, "seen")) if worse else None,
    )


def _worse(seat: Seat) -> str:
    return _(
        "%(name)s’s answers are much worse than at the end. You could call them, or offer to start again."
    ) % {"name": seat.participant.name}


def _lead(seat: Seat) -> str:
    if seat.is_participant:
        return _(
            "What helps today may need another look in some months. On days you choose, you are "
            "asked how things are."
        )
    return _(
        "On days they choose, %(name)s is asked how things are now, with the same questions as before."
    ) % {"name": seat.participant.name}


def _none(seat: Seat, plan: FollowUpPlan | None) -> str:
    if plan is None:
        return _("No days are chosen yet. You do not have to choose any.")
    return _("You decided that no one is asked.")


def _readers(seat: Seat, plan: FollowUpPlan | None) -> str:
    names = {"name": seat.participant.name, "guide": guide_name(seat)}
    if not seat.participant.person.email:
        return (
            _("%(name)s does not use email here. %(guide)s asks by phone, and records what is said.") % names
        )
    if plan is None or plan.readers == Readers.MINE:
        return (
            _("Only you can read your answers.")
            if seat.is_participant
            else _("Only %(name)s can read the answers.") % names
        )
    return _("You can both read the answers, as long as %(guide)s works here.") % names


def _link(seat: Seat, over: bool, there: bool) -> str:
    if not over:
        return ""
    if not is_theirs(seat):
        return _("The link in the keepsake is in the copy that %(name)s takes.") % {
            "name": seat.participant.name
        }
    if there:
        return _(
            "The code on the last page of your keepsake leads back here, without an account. "
            "Anyone who opens it is first asked who you met with."
        )
    return _("There is no link in your keepsake at the moment.")


def _days(seat: Seat, ending: Ending, days: list[FollowUp]) -> tuple[DayShown, ...]:
    found = answers_of(seat) if days else []
    story = then_and_now_of(seat) if found else None
    known = {one.id: one for one in days}
    by_day: dict[UUID, list[Answered]] = {}
    for each in found:
        if (one := known.get(each.row.follow_up_id)) is not None:
            by_day.setdefault(one.id, []).append(replace(each, day=one))
    return tuple(
        DayShown(
            when=day(one.on),
            sentence=_sentence(seat, one, readable=bool(by_day.get(one.id))),
            state=_STATES[state_of(one)],
            state_word=str(state_of(one).label),
            answers=tuple(shown_beside(seat, each, story) for each in by_day.get(one.id, []) if story),
            act=_answer_act(seat, ending, one),
        )
        for one in days
    )


_STATES = {
    FollowUpState.PLANNED: "ahead",
    FollowUpState.ASKED: "here",
    FollowUpState.REMINDED: "here",
    FollowUpState.ANSWERED: "done",
    FollowUpState.SILENT: "quiet",
}


def _sentence(seat: Seat, one: FollowUp, *, readable: bool) -> str:
    state = state_of(one)
    entered = getattr(one, "entered_at", None)
    if state == FollowUpState.SILENT and entered:
        return _("No answer came by %(day)s. This does not mean anything by itself.") % {"day": day(entered)}
    if state == FollowUpState.ANSWERED and not readable:
        return _("Answered, for %(name)s only.") % {"name": seat.participant.name}
    if state in (FollowUpState.ASKED, FollowUpState.REMINDED) and entered:
        return _("Asked. The latest email was sent on %(day)s.") % {"day": day(entered)}
    return ""


def _answer_act(seat: Seat, ending: Ending, one: FollowUp) -> ActionButton | None:
    if not has_come(seat, one) or not rules.may_answer(seat, ending, one):
        return None
    answered = state_of(one) == FollowUpState.ANSWERED
    label = _("Add to it, or correct it") if answered else _("Answer now")
    if not seat.is_participant:
        label = _("Record what was said by phone")
    return ActionButton(label, url(seat, "answer", one.id), primary=not answered, link=True)


@dataclass(frozen=True)
class AnswerPage:
    """The form: who reads is said first."""

    title: str
    lead: str
    readers: str
    visibility: str
    safety: str
    label: str
    back: str
    note: str = ""
    help: str = ""
    """Where help is now, when an answer asks for it."""


def answer_page(
    seat: Seat, one: FollowUp, *, watches: bool, back: str = "", note: str = "", needs_help: bool = False
) -> AnswerPage:
    lead = _("In your own words, and only what you like. It takes about three minutes.")
    if not seat.is_participant:
        lead = _("What %(name)s says by phone, in their words. It is marked as written down by you.") % {
            "name": seat.participant.name
        }
    if state_of(one) == FollowUpState.ANSWERED:
        note = note or _(
            "This was answered before. What you write now is added to it. Nothing is overwritten."
        )
    return AnswerPage(
        title=_("How are things now?"),
        lead=lead,
        readers=who_reads(seat),
        visibility=readers_now(seat).value,
        safety=safety_line(seat) if watches else "",
        label=_("Send"),
        back=back,
        note=note,
        help=str(seat.kind.emergency_note) if needs_help else "",
    )


@dataclass(frozen=True)
class DaysPage:
    eyebrow: str
    lead: str
    readers: str
    back: str


def days_page(seat: Seat) -> DaysPage:
    by_phone = not seat.participant.person.email
    if seat.is_participant:
        lead = _(
            "You get an email with a link. You do not need an account. If you do not answer, you "
            "are asked once more."
        )
    elif by_phone:
        lead = _("You get an email on that day, and call.")
    else:
        lead = _(
            "%(name)s gets an email with a link and does not need an account. They are asked "
            "once more at most."
        ) % {"name": seat.participant.name}
    readers = "" if seat.is_participant and not by_phone else _readers(seat, plan_of(seat))
    return DaysPage(_("After the end"), lead, readers, url(seat, "plan"))


@dataclass(frozen=True)
class WorsePage:
    """After an answer that is much worse than the end: where help is, first; then the way back and what was taken along."""

    crisis: Crisis | None
    note: str
    """Where the template has no such text: what its kind says of help."""
    text: str
    come_back: ActionButton
    keepsake: ActionButton
    back: str


def worse_page(seat: Seat, *, come_back: str = "", keepsake: str = "", back: str = "") -> WorsePage:
    guide, crisis = guide_to_ask(seat), crisis_of(seat)
    text = _("Your answers are saved. Things are harder now than at the end. You can ask to start again.")
    if guide and readers_now(seat) == Readers.OURS:
        text = _(
            "Your answers are saved, and %(guide)s can see that things are harder now than at the end. You "
            "can ask to start again."
        ) % {"guide": guide.name}
    return WorsePage(
        crisis=crisis,
        note="" if crisis else str(seat.kind.emergency_note),
        text=text,
        come_back=ActionButton(
            _("Ask to come back"),
            come_back or reverse("own_return_request:own", args=[seat.journey.id]),
            primary=True,
            link=True,
        ),
        keepsake=ActionButton(
            _("What I took with me"), keepsake or reverse("keepsake:page", args=[seat.journey.id]), link=True
        ),
        back=back or url(seat, "plan"),
    )


# --- for other pages ----------------------------------------------------------------------------------------


def days_in_words(seat: Seat) -> tuple[str, ...]:
    return tuple(day(one.on) for one in days_of(seat))


def day_to_answer(seat: Seat, ending: Ending) -> FollowUp | None:
    """The day this person may answer now and has not."""
    one = open_day(seat)
    waiting = one is not None and state_of(one) != FollowUpState.ANSWERED
    return one if waiting and rules.may_answer(seat, ending, one) else None
