"""Trying a template: the button, and the rehearsals somebody has of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.journeys.models import Material, MaterialVersion, Rehearsal
from alongside.ui.action_buttons import ActionButton

from ..rehearsing import GUIDE, url_in


@dataclass(frozen=True)
class RehearsalLine:
    name: str
    about: str
    url: str
    end: ActionButton


def try_it(material: Material, version: MaterialVersion | None = None) -> ActionButton:
    if version:
        url = reverse("material:rehearse_version", args=[material.id, version.number])
    else:
        url = reverse("material:rehearse", args=[material.id])
    return ActionButton(_("Try it"), url)


def rehearsal_lines(rehearsals: Sequence[Rehearsal]) -> tuple[RehearsalLine, ...]:
    return tuple(_line(each) for each in rehearsals)


def _line(rehearsal: Rehearsal) -> RehearsalLine:
    version = rehearsal.version
    day = formats.date_format(timezone.localtime(rehearsal.ends_at), "j F Y")
    return RehearsalLine(
        name=_("Rehearsal of version %(number)s") % {"number": version}
        if version
        else _("Rehearsal of the draft"),
        about=_("Will be deleted on %(day)s") % {"day": day},
        url=url_in(rehearsal, GUIDE),
        end=ActionButton(
            _("Delete"),
            reverse("material:end_rehearsal", args=[rehearsal.id]),
            confirm=_("Delete this rehearsal, with everything in it?"),
        ),
    )
