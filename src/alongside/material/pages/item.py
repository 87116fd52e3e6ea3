"""One item of a template in its form, with how it reads beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.journeys.kinds.material import Chapter
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..changes import FieldChange, title_of
from ..forms import ItemForm
from ..queries import Desk, item_at
from .material import url_of
from .results import Result, result_of


@dataclass(frozen=True)
class ItemPage:
    eyebrow: str
    title: str
    lead: str
    result: Result | None
    """How it reads: what was typed, where that can be read, else what stands there."""
    meanwhile: tuple[FieldChange, ...]
    """What somebody else changed since the form was opened."""
    buttons: tuple[ActionButton, ...]
    back: str


def item_page(
    desk: Desk, chapter: Chapter, key: str, form: ItemForm, meanwhile: Sequence[FieldChange]
) -> ItemPage:
    stands = item_at(desk, chapter, key) if key else None
    is_typed = form.is_bound and form.is_valid()
    shown = {"key": key, **form.values} if is_typed else stands
    return ItemPage(
        eyebrow=f"{desk.name} · {chapter.title}" if not chapter.single else desk.name,
        title=title_of(chapter, stands) if stands else str(chapter.add),
        lead=str(chapter.lead) if chapter.single else "",
        result=result_of(desk, chapter, shown) if shown else None,
        meanwhile=tuple(meanwhile),
        buttons=_buttons(desk, chapter, key) if stands else (),
        back=url_of(desk.material, "material") + f"#h-{chapter.key}",
    )


def _buttons(desk: Desk, chapter: Chapter, key: str) -> tuple[ActionButton, ...]:
    """What can be done with it beside changing its words: shown only where it can."""
    found = []
    if rules.may_move(desk, chapter, key):
        found.append(ActionButton(_("Move up"), url_of(desk.material, "move", chapter.key, key)))
    if rules.may_remove_item(desk, chapter, key):
        found.append(
            ActionButton(
                _("Remove"),
                url_of(desk.material, "remove", chapter.key, key),
                confirm=_("Remove this from your template? What is already published keeps it."),
            )
        )
    return tuple(found)
