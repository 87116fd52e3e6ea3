"""What is said where an email to somebody was given up: on the journey's page to the guide, and to an administrator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import FailedEmail


@dataclass(frozen=True)
class UndeliveredLine:
    """That an email to somebody was given up, and the way to where their address is corrected."""

    sentence: str
    url: str


def undelivered(failed: Iterable[FailedEmail], *, leads: bool = True) -> tuple[UndeliveredLine, ...]:
    sentence = _("An email to %(name)s could not be delivered on %(day)s. Please check their email address.")
    return tuple(
        UndeliveredLine(
            sentence
            % {"name": one.person.name, "day": formats.date_format(localtime(one.created_at), "j F Y")},
            reverse("people:person", args=[one.person_id]) if leads else "",
        )
        for one in failed
    )
