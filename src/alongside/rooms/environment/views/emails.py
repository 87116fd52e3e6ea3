"""The links in letters, how one is written to, and the calendar to subscribe to."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alongside.journeys.queries import seat_for
from alongside.journeys.rules import may_correct_address
from alongside.journeys.seat import Seat
from alongside.people.doors import door, public
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK
from alongside.people.rules import is_signed_in
from alongside.ui.pictures import fingerprint

from ..actions import calendars, reminders
from ..forms.emails import AddressForm, AnswerForm, EmailsForm, FeedForm
from ..models import Meeting, MeetingEmail
from ..openings import BY_LINK, MEETINGS, OWN_ANSWER, OWN_EMAILS
from ..pages.emails import emails_page, feed_file, initial_of, meeting_email_page
from ..queries.calendars import (
    answer_by,
    feed_by,
    feed_of,
    meeting_email_by,
    meeting_of_meeting_email,
    meetings_in_feed,
    wishes_of,
)
from ..rules.calendars import may_answer, may_use_meeting_email
from .common import attempt

LINK_IS_THE_KEY = (
    "Who holds the link of a letter acts for whom it was sent to; looking at it changes nothing."
)


# --- links in letters -------------------------------------------------------------------------------------


@public(LINK_IS_THE_KEY, opens=OWN_ANSWER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_email(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting of a letter, with three answers. The button answers; opening the link does not."""
    sent = meeting_email_by(token)
    found = _table_of(sent)
    if sent is None or found is None:
        return _no_referrer(render(request, "environment/email_unknown.html", status=404))
    with translation.override(sent.recipient.language), timezone.override(zone_of(sent.recipient)):
        return _no_referrer(_meeting_email(request, token, sent, *found))


def _meeting_email(
    request: HttpRequest, token: str, sent: MeetingEmail, seat: Seat, meeting: Meeting
) -> HttpResponse:
    request.opened = []  # type: ignore[attr-defined]  # one's own answer is all there is to read
    reply, verdict = answer_by(meeting, sent.recipient), may_answer(seat, meeting, sent)
    initial = {"answer": reply.answer, "word": reply.word} if reply else None
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    tried = attempt(
        request,
        form,
        lambda data: calendars.answer_meeting(meeting_email=sent, meeting=meeting, **data, by=seat),
    )
    if tried.done:
        messages.success(request, _("Thank you. %(name)s will see it.") % {"name": seat.other.name})
        return redirect("environment_emails:meeting_email", token=token)
    page = meeting_email_page(seat, meeting, reply, verdict)
    return render(request, "environment/email.html", {"page": page, "form": form}, status=tried.status)


def _table_of(sent: MeetingEmail | None) -> tuple[Seat, Meeting] | None:
    if sent is None or not may_use_meeting_email(sent):
        return None
    found = seat_for(sent.recipient, journey_id=sent.meeting.journey_id)
    meeting = meeting_of_meeting_email(sent, found[0]) if found else None
    return (found[0], meeting) if found and meeting else None


@public(
    "Who holds the link of a reminder may stop reminders; mail programs do it by one POST of their own.",
    opens=BY_LINK,
)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    sent = meeting_email_by(token)
    if sent is None or not may_use_meeting_email(sent):
        return _no_referrer(render(request, "environment/email_unknown.html", status=404))
    with translation.override(sent.recipient.language):
        if request.method == "POST":
            reminders.stop_reminders(meeting_email=sent, by=None)
        stopped = not wishes_of([sent.recipient])[sent.recipient.id].reminders
        return _no_referrer(render(request, "environment/emails_stop.html", {"stopped": stopped}))


def _no_referrer(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "no-referrer"
    return answer


# --- how one is written to --------------------------------------------------------------------------------


@door(is_signed_in, methods=("GET", "POST"), opens=OWN_EMAILS)
def emails(request: HttpRequest, actor: Person) -> HttpResponse:
    initial = initial_of(wishes_of([actor])[actor.id])
    form = EmailsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = {**data, "reminders": [int(one) for one in data["reminders"]]}
        reminders.choose_emails(**chosen, by=actor)
        messages.success(request, _("Saved. This applies from the next email on."))
        return redirect("environment_emails:emails")
    return _settings(request, actor, form, status=422 if form.is_bound else 200)


@door(is_signed_in, methods=("POST",), opens=OWN_EMAILS)
def make_feed(request: HttpRequest, actor: Person) -> HttpResponse:
    """The one answer that shows the address: only its digest is kept."""
    form = FeedForm(request.POST)
    form.is_valid()  # one box, ticked or not
    _made, token = calendars.make_feed(with_own=form.cleaned_data["with_own"], by=actor)
    return _settings(
        request, actor, EmailsForm(initial=initial_of(wishes_of([actor])[actor.id])), token=token
    )


@door(is_signed_in, methods=("POST",), opens=LEADS_BACK)
def revoke_feed(request: HttpRequest, actor: Person) -> HttpResponse:
    calendars.revoke_feed(by=actor)
    messages.success(request, _("The address is switched off."))
    return redirect("environment_emails:emails")


def _settings(
    request: HttpRequest, actor: Person, form: EmailsForm, *, token: str = "", status: int = 200
) -> HttpResponse:
    known = feed_of(actor)
    facts = {
        "page": emails_page(actor, known, token),
        "form": form,
        "feed_form": FeedForm(initial={"with_own": known.with_own} if known else None),
    }
    return render(request, "environment/emails.html", facts, status=status)


@public("A calendar program can't sign in: the unguessable, revocable address is the key.", opens=BY_LINK)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    in_clear = settings.SECURE_SSL_REDIRECT and not request.is_secure()
    known = None if in_clear else feed_by(token)
    if known is None:
        return HttpResponse(status=404, content_type="text/plain")
    wishes = wishes_of([known.person])[known.person.id]
    with translation.override(known.person.language):
        body = feed_file(known.person, wishes, meetings_in_feed(known))
    calendars.note_reading(feed=known, by=known.person)
    tag = f'"{fingerprint(body)}"'
    asked = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    answer = (
        HttpResponse(status=304)
        if tag in asked
        else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    )
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return _no_referrer(answer)


# --- an address that was wrong ----------------------------------------------------------------------------


@door(may_correct_address, load=seat_for, methods=("GET", "POST"), limit="invitations", opens=MEETINGS)
def correct_address(request: HttpRequest, seat: Seat) -> HttpResponse:
    initial = {"email": seat.participant.person.email}
    form = AddressForm(request.POST if request.method == "POST" else None, initial=initial)
    tried = attempt(request, form, lambda data: (calendars.correct_address(email=data["email"], by=seat),))
    if tried.done is None:
        facts = {"form": form, "name": seat.participant.name, "back": _room(seat)}
        return render(request, "environment/emails_address.html", facts, status=tried.status)
    messages.success(request, _("The address is corrected. The email is being sent again."))
    return redirect(_room(seat))


def _room(seat: Seat) -> str:
    return reverse("environment:room", args=[seat.journey.id])
