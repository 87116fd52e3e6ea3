"""Templates are written for who reads them in an editor; indentation and broken tags are not sent to anybody."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import app_directories

_KEPT = re.compile(
    r"<(pre|textarea)\b.*?</\1>|<p [^>]*\b(compare-text|marked)\b.*?</p>|{%\s*blocktranslate\b.*?{%\s*endblocktranslate",
    re.DOTALL,
)
_TEMPLATE = r"{%.*?%}|{{.*?}}|{#.*?#}"
_TAG_OR_LINE = re.compile(
    rf"</?[a-zA-Z](?:{_TEMPLATE}|\"(?:{_TEMPLATE}|[^\"])*\"|'(?:{_TEMPLATE}|[^'])*'|[^>\"'])*>|\n[ \t]*"
)
_NEW_LINE = re.compile(r"[ \t]*\n[ \t]*")


def without_indentation(text: str) -> str:
    """The same template, each line beginning at the left and each tag on one line.

    What shows its white space stays as it is, and so does what a translator reads. Lines keep their numbers, which
    errors name: what a tag of several lines lost is made up for at the next end of a line.
    """
    pieces, at, owed = [], 0, 0
    for kept in _KEPT.finditer(text):
        piece, owed = _without_indentation(text[at : kept.start()], owed)
        pieces += [piece, kept[0]]
        at = kept.end()
    return "".join([*pieces, _without_indentation(text[at:], owed)[0]])


def _without_indentation(text: str, owed: int) -> tuple[str, int]:
    """The text between two kept ones, and how many new lines are still owed after it, as there were before."""

    def shorter(found: re.Match[str]) -> str:
        nonlocal owed
        if found[0].startswith("<"):
            owed += found[0].count("\n")
            return _NEW_LINE.sub(" ", found[0])
        lines, owed = "\n" * (1 + owed), 0
        return lines

    return _TAG_OR_LINE.sub(shorter, text), owed


class Loader(app_directories.Loader):
    """As Django's own, for pages without their indentation. Emails and other texts are left as they are."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return without_indentation(text) if origin.name.endswith(".html") else text
