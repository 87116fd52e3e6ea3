"""The doors behind a link, for who has no account any more, or never had one.

Before anything is shown, whoever opens a link says whom they met: the one thing that stands neither in the letter nor
in its address. A letter in a mailbox others read, or a keepsake that was found, so leads no further. See
`docs/decisions/0047-links-after-the-end.md`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alongside.kernel.clock import now
from alongside.kernel.encryption import columns_opened
from alongside.kernel.errors import Refused
from alongside.people.doors import public
from alongside.people.middleware import login_session_of, zone_of
from alongside.people.openings import Nothing, Words, note_openings

from ..follow_up import actions as follow_up_actions
from ..follow_up.actions import Content, look_after, stop_asking
from ..follow_up.forms import AnswerForm
from ..follow_up.pages import answer_page
from ..follow_up.queries import asked_of
from ..follow_up.states import Way
from ..keepsake.pages import keepsake_page
from ..keepsake_reminders import actions as reminder_actions
from ..keepsake_reminders.rules import may_undo_stop
from ..return_requests.actions import ask_to_come_back, take_wish_back
from ..return_requests.forms import WayBackForm
from ..return_requests.pages import own_page
from ..return_requests.queries import wish_of
from . import actions, pages, queries, rules
from .forms import WhomForm
from .queries import Opened

LINK_IS_THE_KEY = (
    "Who holds the link and knows whom they met is taken for whose it is; looking changes nothing."
)
BY_LINK = Words("room_ending.keepsake", of=lambda _seat, opened: opened.ending)
View = Callable[..., HttpResponse]
LASTS = 12 * 60 * 60
"""Seconds after which one is asked anew whom one met."""


def _opened_by(token: str) -> Opened | None:
    link = queries.link_by(token)
    return queries.opened_by(link) if link and rules.may_use_link(link) else None


def _nowhere(request: HttpRequest) -> HttpResponse:
    return _quietly(render(request, "ending/follow_up/nowhere.html", status=404))


def behind(view: View) -> View:
    """A view behind the link, in its owner's language: unknown 404; not said yet whom one met, the question."""

    @public(LINK_IS_THE_KEY, opens=BY_LINK)
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @functools.wraps(view)
    def open_link(request: HttpRequest, token: str) -> HttpResponse:
        opened = _opened_by(token)
        if opened is None:
            return _nowhere(request)
        owner = opened.seat.actor
        request.seat_by_link = opened.seat  # type: ignore[attr-defined]
        with (
            translation.override(owner.language),
            timezone.override(zone_of(owner)),
            columns_opened() as columns,
        ):
            said = _has_said(request, opened)
            answer = view(request, token, opened) if said else _ask_whom(request, token, opened, view)
        link_session = f"link-{login_session_of(request)}"
        note_openings(
            request,
            BY_LINK,
            (opened.seat, opened),
            columns,
            answer,
            by=opened.seat,
            login_session=link_session,
        )
        return _quietly(answer)

    return open_link


def _quietly(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


# --- whom did you meet? -------------------------------------------------------------------------------------


def _has_said(request: HttpRequest, opened: Opened) -> bool:
    said = request.session.get("later", {}) if request.session.session_key else {}
    return float(said.get(opened.link.id.hex, 0)) > now().timestamp() - LASTS


def _ask_whom(request: HttpRequest, token: str, opened: Opened, view: View) -> HttpResponse:
    """The question. What was sent when it had to be asked anew travels along, and is taken once it is answered."""
    asked = request.method == "POST" and "whom" in request.POST
    form, status = WhomForm(request.POST if asked else None), 200
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in LEFT]
    if asked and form.is_valid():
        status = _try(request, opened, form)
        if not form.errors:
            return view(request, token, opened) if carried else redirect(request.path)
    elif asked:
        status = 422
    facts = {"form": form, "carried": carried, "rests": not rules.may_try(opened.link)}
    return render(request, "ending/follow_up/whom.html", facts, status=status)


LEFT = ("whom", "csrfmiddlewaretoken")


def _try(request: HttpRequest, opened: Opened, form: WhomForm) -> int:
    try:
        known = actions.say_whom(link=opened.link, said=form.cleaned_data["whom"], seat=opened.seat, by=None)
    except Refused as refused:
        form.add_error(None, str(refused.verdict.sentence))
        return 409
    if not known:
        form.add_error("whom", _("That is not the name we know. Please try again."))
        return 422
    said = {**request.session.get("later", {}), opened.link.id.hex: now().timestamp()}
    request.session["later"] = said
    return 200


# --- what is behind it --------------------------------------------------------------------------------------


@behind
def open_link(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    """The questions, if they wait; what was answered, beside the start and the end; and the ways on."""
    if request.method != "POST":
        return _show(request, token, opened, None)
    form = _form(opened, request.POST)
    if not form.is_valid():
        return _show(request, token, opened, form, status=422)
    if opened.day is None:
        return _show(request, token, opened, form, _("There are no questions at the moment."), 409)
    try:
        content = Content(**form.content)
        row, raised = follow_up_actions.answer(
            day=opened.day, content=content, way=Way.BY_LINK, by=opened.seat
        )
    except Refused as refused:
        return _show(request, token, opened, form, str(refused.verdict.sentence), 409)
    request.session["answered"] = {**request.session.get("answered", {}), opened.link.id.hex: str(row.id)}
    if raised:
        return redirect("later:help", token=token)
    if row.much_worse:
        return redirect("later:worse", token=token)
    messages.success(request, _("Thank you. Your answers are saved."))
    return redirect("later:open", token=token)


def _form(opened: Opened, data: Any = None) -> AnswerForm:
    return AnswerForm(data, asked=asked_of(opened.seat))


def _show(
    request: HttpRequest,
    token: str,
    opened: Opened,
    form: AnswerForm | None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    mine = request.session.get("answered", {}).get(opened.link.id.hex, "")
    page = pages.link_page(token, opened, mine, again="again" in request.GET)
    if page.asks and form is None:
        form = _form(opened)
    facts: dict[str, Any] = {"page": page, "form": form, "note": note}
    if form is not None and opened.day is not None:
        watches = any(each.watches for each in form.questionnaires)
        needs_help = form.is_bound and look_after(forms=form.forms_answered, by=opened.seat)
        facts["answer"] = answer_page(
            opened.seat, opened.day, watches=watches, note=note, needs_help=needs_help
        )
    return render(request, "ending/follow_up/link.html", facts, status=status)


@behind
def keepsake(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    """The keepsake as its paper has it: who holds the paper learns nothing new."""
    page = keepsake_page(opened.seat, opened.ending)
    facts = {"page": page, "back": pages.url("open", token)}
    return render(request, "ending/follow_up/keepsake.html", facts)


@behind
def help_now(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    """Before anything else: where help is now, and who has been asked to look."""
    return render(request, "ending/follow_up/help.html", {"page": pages.help_page(token, opened)})


@behind
def worse(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    """After an answer that is much worse than the end: where help is, and the way back."""
    return render(request, "ending/follow_up/worse.html", {"page": pages.worse_page_at(token, opened)})


@behind
def come_back(request: HttpRequest, token: str, opened: Opened) -> HttpResponse:
    form = WayBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            if "take_back" in request.POST:
                take_wish_back(by=opened.seat)
                messages.success(request, _("Withdrawn."))
            else:
                ask_to_come_back(words=form.cleaned_data["words"], by=opened.seat)
                messages.success(
                    request, _("Your request is passed on. Someone will write to you or call you.")
                )
            return redirect("later:come_back", token=token)
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
    page = own_page(opened.seat, wish_of(opened.seat), back=pages.url("open", token))
    status = 200 if not form.is_bound else 409
    return render(request, "ending/follow_up/come_back.html", {"page": page, "form": form}, status=status)


@public(
    "Who holds the link of a letter may stop such letters; mail programs do it by one POST of their own.",
    opens=Nothing("It stops letters, and shows nothing of anybody."),
)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask no more. It shows nothing of anybody, so nothing is asked before it."""
    opened = _opened_by(token)
    if opened is None or not opened.is_letter:
        return _nowhere(request)
    with translation.override(opened.seat.actor.language):
        stopped = request.method == "POST"
        if stopped:
            stop_asking(by=opened.seat)
        return _quietly(render(request, "ending/follow_up/stop.html", {"stopped": stopped}))


@public(
    "Who holds the link of a reminder may stop reminders; mail programs do it by one POST of their own.",
    opens=Nothing("It stops emails, and shows nothing of anybody."),
)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """No more reminders; and back again by one press, as long as nothing else was chosen since."""
    opened = _opened_by(token)
    if opened is None or not opened.is_reminder:
        return _nowhere(request)
    seat = opened.seat
    with translation.override(seat.actor.language):
        stopped = request.method == "POST"
        if stopped and "again" in request.POST:
            if may_undo_stop(seat, opened.ending):
                reminder_actions.start_reminders_again(by=seat)
            stopped = False
        elif stopped:
            reminder_actions.stop_reminders(by=seat)
        facts = {"stopped": stopped, "started": request.method == "POST" and not stopped}
        return _quietly(render(request, "ending/keepsake_reminders/stop.html", facts))
