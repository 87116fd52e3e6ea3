"""The doors of a hand-over: the two's, the asked guide's, an administrator's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.goals.queries import goals_of
from alongside.journeys import words as writing
from alongside.journeys.openings import JOURNEY
from alongside.journeys.queries import members_of
from alongside.journeys.rules import may_look_after_guides
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.journeys.words_view import answer
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing
from alongside.people.queries import guides_of, person_for
from alongside.rooms.first_meeting.states import Side

from ..record.queries import side_of
from . import actions, pages, queries, rules
from .draft import draft_of
from .forms import AgreeForm, AskAnotherForm, DeclineForm, ProposeForm
from .models import Handover
from .queries import HandoverFacts, Left

Facts = HandoverFacts | None


@door(rules.may_open_handover, load=queries.handover_for, opens=JOURNEY)
def handover(request: HttpRequest, seat: Seat, facts: Facts) -> HttpResponse:
    return _page(request, seat, facts)


def _page(
    request: HttpRequest,
    seat: Seat,
    facts: Facts,
    *,
    propose: ProposeForm | None = None,
    agree: AgreeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    guides = queries.guides_to_ask(seat.actor, seat.members)
    offers = queries.offered(seat) if facts and facts.stands else []
    shown = {
        "page": pages.handover_page(seat, facts, guides),
        "propose": propose or ProposeForm(guides=guides),
        "agree": agree or _agree_form(None, facts, offers),
    }
    return render(request, "ending/handover/handover.html", shown, status=status)


def _agree_form(data: Any, facts: Facts, offers: list[queries.Offered]) -> AgreeForm:
    chosen = (facts.handover.lets_go or []) if facts else []
    return AgreeForm(data, version=facts.version if facts else 0, offers=offers, chosen=chosen)


@door(
    rules.may_open_handover, load=queries.handover_for, methods=("POST",), limit="invitations", opens=JOURNEY
)
def propose(request: HttpRequest, seat: Seat, facts: Facts) -> HttpResponse:
    form = ProposeForm(request.POST, guides=queries.guides_to_ask(seat.actor, seat.members))
    if not form.is_valid():
        return _page(request, seat, facts, propose=form, status=422)
    try:
        actions.propose_handover(to=form.chosen, reason=form.cleaned_data["reason"], by=seat)
    except Refused as refused:
        if refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return _page(request, seat, queries.handover_of(seat), propose=form, status=409)
    messages.success(request, _("Proposed. %(name)s has been told.") % {"name": seat.other.name})
    return redirect("handover:handover", seat.journey.id)


@door(rules.may_work_on_handover, load=queries.handover_for, methods=("POST",), limit="words", opens=JOURNEY)
def summary(request: HttpRequest, seat: Seat, facts: HandoverFacts) -> HttpResponse:
    back = redirect("handover:handover", seat.journey.id).url
    return answer(request, box=queries.summary_box(facts.handover), seat=seat, back=back)


@door(
    rules.may_work_on_handover, load=queries.handover_for, methods=("POST",), limit="words", opens=LEADS_BACK
)
def draft(request: HttpRequest, seat: Seat, facts: HandoverFacts) -> HttpResponse:
    """Put a first draft where nothing is written yet; what somebody wrote meanwhile stays beside it."""
    if not facts.text:
        box = queries.summary_box(facts.handover)
        writing.write(box=box, text=draft_of(seat), version=facts.version, by=seat)
    return redirect("handover:handover", seat.journey.id)


@door(rules.may_work_on_handover, load=queries.handover_for, methods=("POST",), opens=JOURNEY)
def agree(request: HttpRequest, seat: Seat, facts: HandoverFacts) -> HttpResponse:
    form = _agree_form(request.POST, facts, queries.offered(seat))
    asked = request.POST.get("side", "")
    side = Side(asked) if asked in Side.values else side_of(seat)
    if not form.is_valid():
        return _page(request, seat, facts, agree=form, status=422)
    given = form.cleaned_data
    try:
        agreed = actions.say_yes(side=side, version=given["version"], lets_go=given["lets_go"], by=seat)
    except Refused as refused:
        if refused.verdict.denial != Denial.NOT_NOW:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return _page(request, seat, queries.handover_of(seat), agree=form, status=409)
    to = {"name": agreed.handover.to.name}
    messages.success(
        request, _("%(name)s is asked now.") % to if agreed.is_agreed else _("Your yes is saved.")
    )
    return redirect("handover:handover", seat.journey.id)


@door(rules.may_work_on_handover, load=queries.handover_for, methods=("POST",), opens=LEADS_BACK)
def let_go(request: HttpRequest, seat: Seat, facts: HandoverFacts) -> HttpResponse:
    actions.let_handover_go(by=seat)
    messages.success(request, _("Nothing changes."))
    return redirect("handover:handover", seat.journey.id)


@door(rules.may_read_what_came_along, load=queries.came_from_for, opens=JOURNEY)
def came_along(request: HttpRequest, seat: Seat, handover: Handover) -> HttpResponse:
    before = members_of([handover.journey_id])[handover.journey_id]
    guide = next((member.name for member in before if member.part == Part.GUIDE), "")
    page = pages.came_along_page(seat, handover, queries.brought_along(seat), guide)
    return render(request, "ending/handover/came_along.html", {"page": page})


# --- the guide who is asked --------------------------------------------------------------------------------


@door(rules.may_read_request, load=queries.asked_for, opens=JOURNEY)
def asked(request: HttpRequest, actor: Person, facts: HandoverFacts) -> HttpResponse:
    return _asked(request, actor, facts, DeclineForm())


def _asked(
    request: HttpRequest, actor: Person, facts: HandoverFacts, form: DeclineForm, status: int = 200
) -> HttpResponse:
    seat = queries.seat_of_participant(facts)
    page = pages.asked_page(actor, facts, goals_of(seat), queries.held_in_all(seat))
    return render(request, "ending/handover/asked.html", {"page": page, "form": form}, status=status)


@door(rules.may_take_over, load=queries.asked_for, methods=("POST",), opens=LEADS_BACK)
def take_on(request: HttpRequest, actor: Person, facts: HandoverFacts) -> HttpResponse:
    onward = actions.take_over(handover_id=facts.handover.id, by=actor)
    messages.success(request, _("You continue with %(name)s from here.") % {"name": facts.participant.name})
    return redirect("overview:journey", onward.id)


@door(rules.may_answer_request, load=queries.asked_for, methods=("POST",), opens=JOURNEY)
def decline(request: HttpRequest, actor: Person, facts: HandoverFacts) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _asked(request, actor, facts, form, status=422)
    actions.decline_handover(handover_id=facts.handover.id, word=form.cleaned_data["word"], by=actor)
    messages.success(request, _("Both of them are told."))
    return redirect("overview:today")


# --- an administrator, when a guide is gone ----------------------------------------------------------------


@door(may_look_after_guides, load=person_for, opens=Nothing("Who guides whom, by their names."))
def left(request: HttpRequest, actor: Person, guide: Person) -> HttpResponse:
    page = pages.left_page(actor, guide, queries.left_by(actor, guide))
    return render(request, "ending/handover/left.html", {"page": page})


@door(
    rules.may_hand_over_without_guide,
    load=queries.left_for,
    methods=("GET", "POST"),
    limit="invitations",
    opens=JOURNEY,
)
def ask_another(request: HttpRequest, actor: Person, guide: Person, left: Left) -> HttpResponse:
    taken = {member.person.id for member in left.members if member.part != Part.COVERING}
    guides = [each for each in guides_of(actor) if each.user_id and each.id not in taken]
    form = AskAnotherForm(request.POST if request.method == "POST" else None, guides=guides)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.propose_without_guide(left=left, guide=guide, to=form.chosen, reason=reason, by=actor)
        except Refused as refused:
            if refused.verdict.denial != Denial.NOT_NOW:
                raise
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
        else:
            messages.success(request, _("%(name)s is told.") % {"name": left.participant.name})
            return redirect("asked:left", guide.id)
    shown = {"page": pages.ask_another_page(guide, left, guides), "form": form}
    return render(request, "ending/handover/ask_another.html", shown, status=status)
