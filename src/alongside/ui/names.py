"""The field in which every name is typed, and how people of one name are told apart where one is chosen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.kernel.folding import folded
from alongside.kernel.one_line import one_line


class NameField(forms.CharField):
    """A name, of a person, a place or a thing: one line, whatever a form was sent with."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


def told_apart(choices: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Choices of people: (key, name, a line that tells them apart), as (key, label).

    A name that stands alone is enough. Where two read alike each has its line, and where that is the same a number, in
    the order given. The line is never an address: whoever chooses may not be meant to know it.
    """
    given = list(choices)
    names = Counter(folded(name) for _key, name, _line in given)
    labels = [
        (key, f"{name} · {line}" if names[folded(name)] > 1 and line else name) for key, name, line in given
    ]
    alike = Counter(folded(label) for _key, label in labels)
    seen: Counter[str] = Counter()
    found = []
    for key, label in labels:
        seen[folded(label)] += 1
        number = seen[folded(label)]
        found.append((key, f"{label} ({number})" if alike[folded(label)] > 1 else label))
    return found


def here_since(moment: dt.datetime) -> str:
    """What tells two colleagues of one name apart, and is no secret."""
    return _("here since %(day)s") % {"day": formats.date_format(timezone.localtime(moment), "j F Y")}
