"""The texts an organisation's agreements begin with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.errors import Refused
from alongside.people.doors import door
from alongside.people.models import Person

from .. import actions, queries, rules
from ..forms import TextsForm
from ..openings import TEXTS
from ..pages.texts import texts_page
from ..texts import newest_of


@door(rules.may_keep_texts, methods=("GET", "POST"), opens=TEXTS)
def texts(request: HttpRequest, actor: Person) -> HttpResponse:
    page = texts_page(request.GET.get("for", ""))
    standing = queries.texts_of(actor.organisation_id, page.kind, page.template)
    initial = {key: row.text for key, row in standing.items()} | {"known": newest_of(standing)}
    form = TextsForm(
        request.POST if request.method == "POST" else None, initial=initial, sections=page.sections
    )
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        known = form.cleaned_data["known"]
        try:
            kept = actions.keep_texts(
                kind=page.kind, template=page.template, texts=form.texts, known=known, by=actor
            )
        except Refused as refused:
            form.add_error(None, str(refused.verdict.sentence))
            status = 409
        else:
            messages.success(request, _("Saved: %(count)s texts changed.") % {"count": kept})
            return redirect(page.url)
    return render(request, "first_meeting/texts.html", {"page": page, "form": form}, status=status)
