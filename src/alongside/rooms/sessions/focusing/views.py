"""The doors of focusing: one card at a time, the path, and what has been understood."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.kinds.shapes import FocusingLevel
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.words_view import posted, say
from alongside.kernel import clock
from alongside.kernel.addresses import address
from alongside.people.doors import Request, door
from alongside.people.idle import unattended
from alongside.people.openings import LEADS_BACK, Nothing, Words
from alongside.rooms.first_meeting.queries import safety_plan

from ..live.rules import may_watch
from ..record.forms import InErrorForm
from ..record.issue_queries import issue_for
from ..record.models import Issue
from ..record.openings import FOCUSINGS
from ..record.pages.said import snippet
from ..record.queries import Table
from ..record.rules import may_settle_issue
from ..supervision_cases.queries import case_behind
from . import actions, forms, levels, queries, rules
from .pages.card import card_page
from .pages.reading import list_page, path_page, understood_page
from .queries import FocusingHere, Pulse
from .states import FocusingState

FOCUSING = Words("focusing", of=lambda _seat, here, *_rest: here.id)
POST = ("POST",)
BOTH = ("GET", "POST")

# --- reading ---------------------------------------------------------------------------------------------


@door(rules.may_look_round, load=seat_for, opens=FOCUSINGS)
def index(request: Request, seat: Seat) -> HttpResponse:
    found = queries.focusings_of(seat)
    written = queries.words_of(seat, *(here.id for here in found))
    kept = _kept(seat, together=False) + _kept(seat, together=True)
    page = list_page(seat, found, written, kept=kept, opened=queries.open_record_of(seat))
    return render(request, "sessions/focusing/list.html", {"page": page})


@door(rules.may_look_round, load=seat_for, opens=FOCUSINGS)
def understood(request: Request, seat: Seat) -> HttpResponse:
    """What has been understood so far, gathered by target."""
    page = understood_page(seat, queries.insights_of(seat), queries.differences_of(seat))
    return render(request, "sessions/focusing/understood.html", {"page": page})


@door(rules.may_see_focusing, load=queries.focusing_for, opens=FOCUSING)
def show(request: HttpRequest, seat: Seat, here: FocusingHere) -> HttpResponse:
    """Back to the card where one stopped; somebody else's leads to its path."""
    if not rules.may_write_in_focusing(seat, here).allowed:
        return redirect("focusing:path", journey_id=seat.journey.id, focusing_id=here.id)
    if here.row.left_at_level is None:
        # where an issue was chosen already, the wide view is behind it
        return _to_level(seat, here, levels.DESCRIBE if here.row.issue_id else levels.WIDE)
    return _to_level(seat, here, seat.kind.focusing[here.row.left_at_level - 1].key)


@door(rules.may_see_focusing, load=queries.focusing_for, opens=FOCUSING)
def path(request: Request, seat: Seat, here: FocusingHere) -> HttpResponse:
    """The whole way from the wide view to the act, as far as the reader may read it."""
    written = queries.words_of(seat, here.id)[here.id]
    page = path_page(seat, here, written, queries.differences_of(seat))
    facts = {"page": page, "case_url": _case_behind(seat, here)}
    return render(request, "sessions/focusing/path.html", facts)


@door(rules.may_see_level, load=queries.level_for, opens=FOCUSING)
def level(request: Request, seat: Seat, here: FocusingHere, level: FocusingLevel) -> HttpResponse:
    """One card. When the journey is over there is nothing to fill in: the path can be read."""
    if seat.is_over:
        return redirect("focusing:path", journey_id=seat.journey.id, focusing_id=here.id)
    return _draw(request, seat, here, level)


@unattended
@door(may_watch, load=queries.pulse_for, opens=Nothing("It says that something changed, and nothing of it."))
def now_(request: HttpRequest, pulse: Pulse) -> HttpResponse:
    """204 while nothing has changed on the cards of both since the token the page sends; else it is fetched anew."""
    if request.GET.get("since", "") == pulse.token:
        return HttpResponse(status=204)
    return JsonResponse({"token": pulse.token, "page": True, "boxes": [], "here": False, "who": ""})


# --- writing ---------------------------------------------------------------------------------------------


@door(rules.may_begin_focusing, load=seat_for, methods=POST, opens=LEADS_BACK)
def begin(request: HttpRequest, seat: Seat) -> HttpResponse:
    focusing = actions.begin_focusing(together=bool(request.POST.get("together")), by=seat)
    return redirect("focusing:level", journey_id=seat.journey.id, focusing_id=focusing.id, level=levels.WIDE)


@door(may_settle_issue, load=issue_for, methods=POST, opens=LEADS_BACK)
def begin_with_issue(request: HttpRequest, seat: Seat, table: Table, issue: Issue) -> HttpResponse:
    together = request.POST.get("how") != "alone"
    focusing = actions.focus_on_issue(number=table.number, issue=issue, together=together, by=seat)
    return redirect(
        "focusing:level", journey_id=seat.journey.id, focusing_id=focusing.id, level=levels.DESCRIBE
    )


@door(rules.may_write_in_level, load=queries.box_for, methods=POST, limit="words", opens=FOCUSING)
def write(
    request: HttpRequest, seat: Seat, here: FocusingHere, level: FocusingLevel, box: str
) -> HttpResponse:
    written = actions.write_in_level(focusing_id=here.id, level=level, name=box, **posted(request), by=seat)
    return say(request, written, _to_level(seat, here, level.key).url)


_WITH_TOPIC = {
    "add": actions.put_down_topic,
    "choose": actions.choose_topic,
    "keep": actions.keep_topic,
    "take_up": actions.take_up_topic,
    "drop": actions.drop_topic,
}


@door(rules.may_write_in_focusing, load=queries.focusing_for, methods=POST, opens=FOCUSING)
def topics(request: Request, seat: Seat, here: FocusingHere) -> HttpResponse:
    """Put a topic down, choose it, keep it for another time, take up one that was kept, or take it off."""
    form = forms.TopicForm(request.POST)
    if not form.is_valid():
        wide = seat.kind.focusing[0]
        return _draw(request, seat, here, wide, status=422, topic_form=form)
    deed = _WITH_TOPIC.get(request.POST.get("deed", ""), actions.put_down_topic)
    deed(focusing_id=here.id, topic=form.cleaned_data["topic"], by=seat)
    return _to_level(seat, here, levels.WIDE, "#topics")


@door(rules.may_write_in_focusing, load=queries.focusing_for, methods=POST, opens=FOCUSING)
def perspectives(request: Request, seat: Seat, here: FocusingHere) -> HttpResponse:
    form = forms.PerspectivesForm(request.POST, perspectives=seat.kind.perspectives)
    if not form.is_valid():
        explore = seat.kind.focusing[levels.NUMBER_OF[levels.EXPLORE] - 1]
        return _draw(request, seat, here, explore, status=422, perspectives_form=form)
    keys, known = form.cleaned_data["keys"], request.POST.getlist("known")
    actions.choose_perspectives(focusing_id=here.id, keys=keys, known=known, by=seat)
    return _to_level(seat, here, levels.EXPLORE)


@door(rules.may_write_in_focusing, load=queries.focusing_for, methods=POST, opens=FOCUSING)
def target(request: Request, seat: Seat, here: FocusingHere) -> HttpResponse:
    form = forms.TargetForm(request.POST, differences=queries.differences_of(seat))
    if not form.is_valid():
        narrow = seat.kind.focusing[levels.NUMBER_OF[levels.NARROW] - 1]
        return _draw(request, seat, here, narrow, status=422, target_form=form)
    target = queries.target_in(seat, form.chosen) if form.chosen else None
    actions.link_target(focusing_id=here.id, target=target, by=seat)
    return _to_level(seat, here, levels.NARROW)


@door(rules.may_plan_act, load=queries.focusing_for, methods=POST, opens=FOCUSING)
def act(request: Request, seat: Seat, here: FocusingHere) -> HttpResponse:
    form = forms.ActForm(request.POST, seat=seat, differences=queries.differences_of(seat))
    if not form.is_valid():
        last = seat.kind.focusing[-1]
        return _draw(request, seat, here, last, status=422, act_form=form)
    given = form.cleaned_data
    actions.plan_act(
        focusing_id=here.id,
        act=actions.ActionButton(
            text=given["text"],
            owner=next(m.person for m in seat.members if str(m.person.id) == given["owner"]),
            target=queries.target_in(seat, form.chosen) if form.chosen else None,
            due=given["due"],
            **{name: given[name] for name in ("support", "obstacle", "success_sign")},
        ),
        by=seat,
    )
    messages.success(request, _("It is in the plan. The next review starts with it."))
    return _to_meeting(seat, here) or redirect(
        "focusing:path", journey_id=seat.journey.id, focusing_id=here.id
    )


@door(rules.may_share_level, load=queries.level_for, methods=POST, opens=LEADS_BACK)
def share(request: HttpRequest, seat: Seat, here: FocusingHere, level: FocusingLevel) -> HttpResponse:
    actions.share_level(focusing_id=here.id, level=level, by=seat)
    messages.success(request, _("%(name)s can read this level now.") % {"name": seat.other.name})
    return _to_level(seat, here, level.key)


@door(rules.may_write_in_level, load=queries.level_for, methods=POST, opens=LEADS_BACK)
def leave(request: HttpRequest, seat: Seat, here: FocusingHere, level: FocusingLevel) -> HttpResponse:
    """Stop here. While a meeting is open it goes on there."""
    actions.leave_focusing(focusing_id=here.id, level=level, by=seat)
    messages.success(request, _("It is saved. You can continue from here at any time."))
    opened = queries.open_record_of(seat)
    if opened:
        return redirect("sessions:meeting", journey_id=seat.journey.id, number=opened.number)
    return redirect("focusing:list", journey_id=seat.journey.id)


@door(rules.may_keep, load=queries.focusing_for, methods=POST, opens=LEADS_BACK)
def keep(request: HttpRequest, seat: Seat, here: FocusingHere) -> HttpResponse:
    again = request.POST.get("state") == FocusingState.DRAFT
    state = FocusingState.DRAFT if again else FocusingState.KEPT
    actions.keep_focusing(focusing_id=here.id, state=state, by=seat)
    return redirect("focusing:path", journey_id=seat.journey.id, focusing_id=here.id)


@door(rules.may_correct_focusing, load=queries.focusing_for, methods=BOTH, opens=FOCUSING)
def correct(request: HttpRequest, seat: Seat, here: FocusingHere) -> HttpResponse:
    """Words that don't belong here: which of one's own, and why."""
    choices = [(str(words.id), snippet(words)) for words in queries.own_words_in(seat, here)]
    form = InErrorForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_valid():
        words_id, reason = UUID(form.cleaned_data["words"]), form.cleaned_data["reason"]
        actions.mark_in_focusing(focusing_id=here.id, words_id=words_id, reason=reason, by=seat)
        messages.success(request, _("These words are now hidden from both of you."))
        return redirect("focusing:show", journey_id=seat.journey.id, focusing_id=here.id)
    back = address("focusing:show", seat.journey.id, here.id)
    facts = {"form": form, "some": bool(choices), "back": back}
    return render(request, "sessions/focusing/correct.html", facts, status=422 if form.is_bound else 200)


# --- what the doors have in common -----------------------------------------------------------------------


def _to_meeting(seat: Seat, here: FocusingHere) -> HttpResponse | None:
    """Back to the meeting in which it was begun, while that is open."""
    opened = queries.open_record_of(seat)
    if opened is None or opened.number != here.number:
        return None
    return redirect("sessions:meeting", journey_id=seat.journey.id, number=opened.number)


def _draw(
    request: Request, seat: Seat, here: FocusingHere, level: FocusingLevel, *, status: int = 200, **typed: Any
) -> HttpResponse:
    """One card, with what was typed where a form needs another look."""
    token = queries.token_of(seat.journey.id, here.id) if here.together else ""
    written = queries.words_of(seat, here.id)[here.id]
    kept = _kept(seat, together=here.together) if level.key == levels.WIDE else ()
    agreed = safety_plan(seat)
    page = card_page(seat, here, level, written, kept=kept, agreed_for_emergencies=agreed, token=token)
    facts: dict[str, Any] = {"page": page, "case_url": _case_behind(seat, here), **_forms(seat, here, level)}
    return render(request, "sessions/focusing/card.html", {**facts, **typed}, status=status)


def _case_behind(seat: Seat, here: FocusingHere) -> str:
    """Where the case can be read that is being focused on; "" for anything else."""
    case_id = case_behind(seat, here.row.issue_id)
    return address("taken:case", seat.journey.id, case_id) if case_id else ""


def _forms(seat: Seat, here: FocusingHere, level: FocusingLevel) -> dict[str, Any]:
    """The form of a card that has one; the others are boxes only."""
    if level.key == levels.WIDE:
        return {"topic_form": forms.TopicForm()}
    if level.key == levels.EXPLORE:
        chosen = here.row.perspectives
        form = forms.PerspectivesForm(perspectives=seat.kind.perspectives, chosen=chosen)
        return {"perspectives_form": form}
    if level.key == levels.NARROW:
        differences, chosen = queries.differences_of(seat), here.row.target_id
        return {"target_form": forms.TargetForm(differences=differences, chosen=chosen)}
    if level.key == levels.ACT:
        return {"act_form": _act_form(seat, here)}
    return {}


def _act_form(seat: Seat, here: FocusingHere) -> forms.ActForm:
    due = clock.today() + dt.timedelta(days=max(1, seat.journey.every_days))
    differences = queries.differences_of(seat)
    return forms.ActForm(seat=seat, differences=differences, chosen=here.row.target_id, due=due)


def _kept(seat: Seat, *, together: bool) -> tuple[str, ...]:
    return queries.kept_topics_of(seat, together=together)


def _to_level(seat: Seat, here: FocusingHere, level: str, to: str = "") -> HttpResponseRedirect:
    return redirect(address("focusing:level", seat.journey.id, here.id, level) + to)
