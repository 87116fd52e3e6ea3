"""What this room offers to choose from: measures, rhythms, what may be said of needs, targets and steps."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from alongside.goals.measuring.queries import offered_forms
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.journeys.kinds.shapes import RHYTHMS
from alongside.journeys.seat import Seat
from alongside.journeys.states import AfterMissed

MEASURES = ("gas", "rating-0-10", "count", "yes-no", "minutes", "psfs", "pain-0-10")
MEASURE_SENTENCES = {
    "gas": _("Five levels that you write down together, from much less to much more than you expect."),
    "rating-0-10": _("One number for how far it is, asked again now and then."),
    "count": _("A number of times, for example in a week."),
    "yes-no": _("Either it is so, or not yet."),
    "minutes": _("How long something takes or lasts."),
    "psfs": _("Something you want to be able to do, from cannot do it to as well as ever."),
    "pain-0-10": _("Less is better."),
}
RATING_ENDS = {
    "rating-0-10": (_("not begun"), _("fully there")),
    "psfs": (_("cannot do it"), _("as well as ever")),
    "pain-0-10": (_("no pain"), _("the worst I can imagine")),
}
_FILLED_IN = _("A questionnaire that is filled in now and then; its total is how far it is.")


def measures_of(seat: Seat) -> dict[str, str]:
    """What a target can be measured by, a sentence each; questionnaires where the kind or the service has some."""
    return {key: str(MEASURE_SENTENCES[key]) for key in MEASURES} | dict.fromkeys(
        offered_forms(seat), str(_FILLED_IN)
    )


LEVEL_KEYS = ("level_much_less", "level_less", "level_expected", "level_more", "level_much_more")
WEIGHTS = [(0, _("not at all")), (1, _("a little")), (2, _("quite")), (3, _("very"))]

TIMES = [
    ("", _("once")),
    (7, _("every day")),
    *[(times, ngettext_lazy("%d time a week", "%d times a week", times) % times) for times in range(1, 7)],
]


def notice(hours: int) -> str:
    """Until when a meeting is moved or cancelled online, as one sentence."""
    if hours == 0:
        return str(_now("You can move or cancel online until it starts."))
    sentence = ngettext(
        "You can move or cancel online until %(hours)s hour before it.",
        "You can move or cancel online until %(hours)s hours before it.",
        hours,
    )
    return str(sentence % {"hours": hours})


def after_missed(seat: Seat, chosen: str) -> str:
    """What is done about a missed meeting, as one sentence."""
    sentences = {
        AfterMissed.EMAIL: _now("%(participant)s gets an email the same day."),
        AfterMissed.CALL: _now("%(guide)s calls %(participant)s."),
        AfterMissed.NOTHING: _now("We talk about it the next time we meet."),
    }
    names = {"guide": seat.guide.name, "participant": seat.participant.name}
    return str(sentences[AfterMissed(chosen)] % names)


def missed_choices(seat: Seat) -> list[tuple[str, str]]:
    return [(chosen.value, after_missed(seat, chosen)) for chosen in AfterMissed]


def recurrence(days: int) -> str:
    """How people say how often."""
    return str(dict(RHYTHMS).get(days) or _now("every %(days)s days") % {"days": days})


LET_GO, AGAIN = _("Drop it"), _("Open it again")
# What a button may say of a thing in each state. Agreeing is not among them: that is the other's to say.
NEED_CHANGES: dict[str, tuple[tuple[str, Any], ...]] = {
    NeedState.PROPOSED: ((NeedState.LET_GO, LET_GO),),
    NeedState.AGREED: ((NeedState.MET, _("It is met")), (NeedState.LET_GO, LET_GO)),
    NeedState.MET: ((NeedState.AGREED, AGAIN),),
    NeedState.LET_GO: ((NeedState.PROPOSED, AGAIN),),
}
_RESTS = ((TargetState.REACHED, _("It is reached")), (TargetState.LET_GO, LET_GO))
TARGET_CHANGES: dict[str, tuple[tuple[str, Any], ...]] = {
    TargetState.PROPOSED: ((TargetState.LET_GO, LET_GO),),
    TargetState.AGREED: ((TargetState.ON_HOLD, _("Pause")), *_RESTS),
    TargetState.ON_HOLD: ((TargetState.AGREED, AGAIN), *_RESTS),
    TargetState.REACHED: ((TargetState.AGREED, AGAIN),),
    TargetState.LET_GO: ((TargetState.PROPOSED, AGAIN),),
}
# how a step went is said where it is reviewed
_UNDONE = ((StepState.DROPPED, LET_GO),)
STEP_CHANGES: dict[str, tuple[tuple[str, Any], ...]] = {
    StepState.OPEN: _UNDONE,
    StepState.PARTLY: _UNDONE,
    StepState.NOT_YET: _UNDONE,
    StepState.DONE: (),
    StepState.DROPPED: ((StepState.OPEN, AGAIN),),
}
