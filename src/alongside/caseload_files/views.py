"""The doors to bringing in a list: choose a file, look at it, bring it in, undo it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from alongside.journeys.kinds import KINDS
from alongside.journeys.rules import may_begin_kind
from alongside.kernel.clock import today
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing
from alongside.ui.spreadsheets import table as spreadsheet

from . import actions, pages, rules
from .forms import ChoiceForm, FileForm
from .judging import judged
from .models import CaseloadFile
from .queries import brought_in_by, chosen_for, file_for, known_to, latest_of, names_in
from .table import BIGGEST, table_of

LIST = Nothing("A list of one's own, before any journey has words.")


@door(rules.may_bring_in, methods=("GET", "POST"), limit="uploads", biggest_file=BIGGEST, opens=LIST)
def start(request: HttpRequest, actor: Person) -> HttpResponse:
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = actions.keep_file(content=form.cleaned_data["file"], by=actor)
        return redirect("caseload_files:file", file_id=file.id)
    facts = {"form": form, "page": pages.start_page(latest_of(actor))}
    return render(request, "caseload_files/start.html", facts, status=422 if form.is_bound else 200)


@door(rules.may_bring_in, opens=LIST)
def example(request: HttpRequest, actor: Person) -> HttpResponse:
    """A list as it may be."""
    answer = HttpResponse(spreadsheet(pages.EXAMPLE), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="example.csv"'
    return answer


@door(rules.may_see_file, load=file_for, methods=("GET", "POST"), limit="changes", opens=LIST)
def file(request: HttpRequest, actor: Person, found: CaseloadFile) -> HttpResponse:
    """How the list is read, with what it leaves open asked for; or what it began."""
    if found.brought_in_at:
        rows = brought_in_by(found)
        return render(
            request, "caseload_files/done.html", {"page": pages.done_page(found, rows, names_in(rows))}
        )
    table = table_of(str(found.content))
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        table=table,
        kinds=[slug for slug in KINDS if may_begin_kind(actor, slug)],
        initial=_chosen(found),
    )
    if form.is_valid():
        found = actions.choose(file=found, **form.choices(), by=actor)
        return redirect("caseload_files:file", file_id=found.id)
    lines = judged(
        table, me=actor, chosen=chosen_for(found), known=known_to(actor), today=today(actor.time_zone)
    )
    asks = bool(form.fields)
    facts = {"form": form if asks else None, "page": pages.file_page(found, table, lines)}
    return render(request, "caseload_files/file.html", facts, status=422 if form.is_bound else 200)


def _chosen(found: CaseloadFile) -> dict[str, str]:
    order = {None: "", True: "day", False: "month"}[found.day_first]
    return {"begun": f"{found.kind}/{found.template}" if found.kind else "", "order": order}


@door(rules.may_use_file, load=file_for, methods=("POST",), limit="changes", opens=LEADS_BACK)
def bring_in(request: HttpRequest, actor: Person, found: CaseloadFile) -> HttpResponse:
    actions.bring_in(file=found, by=actor)
    return redirect("caseload_files:file", file_id=found.id)


@door(rules.may_undo, load=file_for, methods=("POST",), limit="changes", opens=LEADS_BACK)
def undo(request: HttpRequest, actor: Person, found: CaseloadFile) -> HttpResponse:
    gone, kept = actions.undo(file=found, by=actor)
    said = ngettext("%(count)s person was removed again.", "%(count)s people were removed again.", gone)
    sentences = [said % {"count": gone}]
    if kept:
        more = ngettext(
            "%(count)s stays, because someone has already done something there.",
            "%(count)s stay, because someone has already done something there.",
            kept,
        )
        sentences.append(more % {"count": kept})
    messages.success(request, " ".join(sentences))
    return redirect("caseload_files:start")
