"""Templates are written for who reads them in an editor; the indentation of their lines is not sent to anybody."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import app_directories

_KEPT = re.compile(
    r"<(pre|textarea)\b.*?</\1>|<p [^>]*\b(compare-text|marked)\b.*?</p>|{%\s*blocktranslate\b.*?{%\s*endblocktranslate",
    re.DOTALL,
)
_INDENTED = re.compile(r"\n[ \t]+")


def without_indentation(text: str) -> str:
    """The same template, each line beginning at the left; its lines keep their numbers, which errors name.

    What shows its white space stays as it is, and so does what a translator reads.
    """
    pieces, at = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [_INDENTED.sub("\n", text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, _INDENTED.sub("\n", text[at:])])


class Loader(app_directories.Loader):
    """As Django's own, for pages without their indentation. Emails and other texts are left as they are."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return without_indentation(text) if origin.name.endswith(".html") else text
