"""The doors to an organisation's templates: read, copy, change, publish, go back, put away, take as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.journeys.kinds import Kind, Template
from alongside.journeys.kinds.material import Chapter, Item
from alongside.journeys.material import content_of_version
from alongside.journeys.models import MaterialVersion
from alongside.kernel.errors import NotThisMoment, Refused
from alongside.kernel.verdict import Denial
from alongside.people.doors import door
from alongside.people.models import Person
from alongside.people.openings import LEADS_BACK, Nothing

from . import actions, queries, rules
from .changes import FieldChange, fields_between
from .files import BIGGEST, Bundle, written
from .forms import FileForm, ItemForm, as_base
from .pages import item as item_pages
from .pages import material as pages
from .pages.rehearsal import rehearsal_lines
from .queries import Desk

MATERIAL = Nothing("What an organisation works with, before any journey: nobody's words of one.")


@door(rules.may_keep_material, opens=MATERIAL)
def materials(request: HttpRequest, actor: Person) -> HttpResponse:
    return render(request, "material/materials.html", {"page": pages.materials_page(queries.desks_of(actor))})


@door(rules.may_see_shipped, load=queries.shipped_for, opens=MATERIAL)
def shipped(request: HttpRequest, actor: Person, kind: Kind, template: Template) -> HttpResponse:
    page = pages.shipped_page(kind, template, queries.shipped_content(actor, kind, template))
    return render(request, "material/whole.html", {"page": page})


@door(rules.may_copy_shipped, load=queries.shipped_for, methods=("POST",), limit="names", opens=LEADS_BACK)
def copy(request: HttpRequest, actor: Person, kind: Kind, template: Template) -> HttpResponse:
    made = actions.copy_shipped(kind=kind, template=template, by=actor)
    messages.success(request, _("This is your own now. Nobody uses it until you publish it."))
    return redirect("material:material", material_id=made.id)


@door(rules.may_see_material, load=queries.desk_for, opens=MATERIAL)
def material(request: HttpRequest, desk: Desk) -> HttpResponse:
    page = pages.material_page(desk, queries.versions_of(desk), queries.questionnaires_for(desk))
    rehearsals = rehearsal_lines(queries.rehearsals_here(desk))
    return render(request, "material/material.html", {"page": page, "rehearsals": rehearsals})


@door(rules.may_see_material, load=queries.desk_for, opens=MATERIAL)
def whole(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything it says, with what is not published yet, as it reads."""
    return render(request, "material/whole.html", {"page": pages.draft_page(desk)})


@door(rules.may_change_material, load=queries.item_for, methods=("GET", "POST"), opens=MATERIAL)
def item(request: HttpRequest, desk: Desk, chapter: Chapter, key: str) -> HttpResponse:
    found = queries.item_at(desk, chapter, key)
    if found is None and request.method == "GET":
        messages.info(request, _("This was removed."))
        return redirect("material:material", material_id=desk.material.id)
    return _item(request, desk, chapter, key, found)


@door(rules.may_add_item, load=queries.chapter_for, methods=("GET", "POST"), opens=MATERIAL)
def add(request: HttpRequest, desk: Desk, chapter: Chapter) -> HttpResponse:
    return _item(request, desk, chapter, "", None)


def _item(request: HttpRequest, desk: Desk, chapter: Chapter, key: str, found: Item | None) -> HttpResponse:
    """The form of one item. `look` shows how what was typed reads, and saves nothing."""
    form = ItemForm(
        request.POST if request.method == "POST" else None,
        chapter=chapter,
        kind=desk.kind,
        key=key,
        item=found,
    )
    meanwhile: tuple[FieldChange, ...] = ()
    status = 422 if form.is_bound else 200
    if form.is_valid() and "look" in request.POST:
        status = 200
    elif form.is_valid():
        try:
            _save(form, desk, chapter, key)
        except actions.Overtaken as overtaken:
            base = form.based_on
            desk = queries.desk_of(desk.actor, overtaken.material)
            form, status = _once_more(request, form, desk, overtaken), 409
            meanwhile = fields_between(chapter, base, queries.item_at(desk, chapter, key))
        except Refused as refused:
            if refused.verdict.denial != Denial.NOT_NOW:
                raise
            form.add_error(None, str(refused.verdict.sentence))
        else:
            messages.success(request, _("Saved. It is not published yet."))
            return redirect(pages.url_of(desk.material, "material") + f"#h-{chapter.key}")
    page = item_pages.item_page(desk, chapter, key, form, meanwhile)
    return render(request, "material/item.html", {"page": page, "form": form}, status=status)


def _save(form: ItemForm, desk: Desk, chapter: Chapter, key: str) -> None:
    actions.change_item(
        material=desk.material,
        chapter=chapter,
        key=key,
        values=form.values,
        base=form.based_on,
        by=desk.actor,
    )


def _once_more(request: HttpRequest, form: ItemForm, desk: Desk, overtaken: actions.Overtaken) -> ItemForm:
    """What was typed, to be saved once more, then over what stands there now."""
    stands = queries.item_at(desk, form.chapter, form.key)
    again = {**request.POST.dict(), "base": as_base(stands)}
    form = ItemForm(again, chapter=form.chapter, kind=desk.kind, key=form.key, item=stands)
    form.add_error(None, str(overtaken.verdict.sentence))
    return form


@door(rules.may_remove_item, load=queries.item_for, methods=("POST",), opens=LEADS_BACK)
def remove(request: HttpRequest, desk: Desk, chapter: Chapter, key: str) -> HttpResponse:
    actions.remove_item(material=desk.material, chapter=chapter, key=key, by=desk.actor)
    messages.success(request, _("Removed. It is not published yet."))
    return redirect(pages.url_of(desk.material, "material") + f"#h-{chapter.key}")


@door(rules.may_move, load=queries.item_for, methods=("POST",), opens=LEADS_BACK)
def move(request: HttpRequest, desk: Desk, chapter: Chapter, key: str) -> HttpResponse:
    actions.move_item(material=desk.material, chapter=chapter, key=key, by=desk.actor)
    return redirect(pages.url_of(desk.material, "material") + f"#h-{chapter.key}")


@door(rules.may_publish, load=queries.desk_for, methods=("GET", "POST"), opens=MATERIAL)
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What changed, word by word; then it is published, if it is still what was read."""
    said, status = "", 200
    if request.method == "POST":
        try:
            made = actions.publish(material=desk.material, mark=request.POST.get("mark", ""), by=desk.actor)
        except actions.Overtaken as overtaken:
            said, status = str(overtaken.verdict.sentence), 409
            desk = queries.desk_of(desk.actor, desk.material)
        else:
            messages.success(request, _("Version %(number)s is published.") % {"number": made.number})
            return redirect("material:material", material_id=desk.material.id)
    shipped = queries.shipped_content(desk.actor, desk.kind, desk.template)
    page = pages.publish_page(desk, shipped, said)
    return render(request, "material/publish.html", {"page": page}, status=status)


@door(rules.may_discard_draft, load=queries.desk_for, methods=("POST",), opens=LEADS_BACK)
def discard(request: HttpRequest, desk: Desk) -> HttpResponse:
    actions.discard_draft(material=desk.material, by=desk.actor)
    messages.success(request, _("The changes are discarded."))
    return redirect("material:material", material_id=desk.material.id)


@door(rules.may_see_version, load=queries.version_for, opens=MATERIAL)
def version(request: HttpRequest, desk: Desk, found: MaterialVersion) -> HttpResponse:
    before = queries.version_before(found)
    page = pages.version_page(desk, found, content_of_version(before) if before else None)
    return render(request, "material/whole.html", {"page": page})


@door(rules.may_publish_again, load=queries.version_for, methods=("POST",), opens=LEADS_BACK)
def publish_again(request: HttpRequest, desk: Desk, found: MaterialVersion) -> HttpResponse:
    made = actions.publish_again(material=desk.material, number=found.number, by=desk.actor)
    messages.success(request, _("Version %(number)s is published.") % {"number": made.number})
    return redirect("material:material", material_id=desk.material.id)


@door(rules.may_put_away, load=queries.desk_for, methods=("POST",), opens=LEADS_BACK)
def put_away(request: HttpRequest, desk: Desk) -> HttpResponse:
    actions.put_away(material=desk.material, by=desk.actor)
    messages.success(request, _("It is put away. What is under way goes on with it."))
    return redirect("material:materials")


@door(rules.may_offer_again, load=queries.desk_for, methods=("POST",), opens=LEADS_BACK)
def offer_again(request: HttpRequest, desk: Desk) -> HttpResponse:
    actions.offer_again(material=desk.material, by=desk.actor)
    messages.success(request, _("It is offered again."))
    return redirect("material:material", material_id=desk.material.id)


@door(rules.may_see_material, load=queries.desk_for, opens=MATERIAL)
def file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """As it stands, with what is not published yet."""
    bundle = Bundle(desk.material.kind, desk.material.template, desk.content)
    answer = HttpResponse(written(bundle), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="template.json"'
    return answer


@door(rules.may_keep_material, methods=("GET", "POST"), limit="uploads", biggest_file=BIGGEST, opens=MATERIAL)
def bring_in(request: HttpRequest, actor: Person) -> HttpResponse:
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        found: Bundle = form.cleaned_data["file"]
        try:
            made = actions.bring_in(
                kind_slug=found.kind, template_slug=found.template, content=found.content, by=actor
            )
        except NotThisMoment as refused:
            form.add_error("file", str(refused.verdict.sentence))
        else:
            messages.success(request, _("It is here as a draft. Nobody uses it until you publish it."))
            return redirect("material:material", material_id=made.id)
    facts = {"form": form, "page": pages.bring_in_page()}
    return render(request, "material/bring_in.html", facts, status=422 if form.is_bound else 200)
