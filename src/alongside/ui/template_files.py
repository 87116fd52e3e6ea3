"""Templates are written for who reads them in an editor; indentation and broken tags are not sent to anybody."""

from __future__ import annotations

import re

from django.conf import settings
from django.template import Origin
from django.template.loaders import app_directories

KEEPING = ("compare-text", "marked")
"""What has one of these classes shows its white space (`white-space: pre-line` and the like in the style sheets)."""
_KEPT = re.compile(
    rf"<(pre|textarea)\b.*?</\1>|<p [^>]*\b({'|'.join(KEEPING)})\b.*?</p>"
    r"|{%\s*blocktranslate\b.*?{%\s*endblocktranslate",
    re.DOTALL,
)
_TEMPLATE = r"{%.*?%}|{{.*?}}|{#.*?#}"
_REST_OF_TAG = rf"(?>(?:{_TEMPLATE}|\"(?:{_TEMPLATE}|[^\"])*\"|'(?:{_TEMPLATE}|[^'])*'|[^>\"'])*)>"
_TAG_OR_LINES = re.compile(rf"</?[a-zA-Z]{_REST_OF_TAG}|(?:\n[ \t]*)+")
_BLOCK = (
    r"</?(?:p|div|section|fieldset|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|h[1-6]|figure|figcaption|blockquote|header"
    r"|footer|nav|details|article|aside|main)\b"
)
"""What never stands in a line with others: a space beside it is shown nowhere. A form may, beside another."""
_SILENT = r"{%\s*(?:if|elif|else|endif|for|endfor|with|endwith)\b(?:[^%]|%(?!}))*%}"
_BESIDE_A_BLOCK = re.compile(
    rf"(?<=>)(?>(?:\n|{_SILENT})+)(?={_BLOCK})|{_BLOCK}{_REST_OF_TAG}(?>(?:\n|{_SILENT})*)"
)
_NEW_LINE = re.compile(r"[ \t]*\n[ \t]*")


def without_indentation(text: str, *, numbered: bool = False) -> str:
    """The same template: lines begin at the left, a tag is on one line, no line is empty, and none ends beside a block.

    What shows its white space stays as it is, and so does what a translator reads. `numbered`: lines keep their numbers,
    which errors name; what a tag of several lines lost is made up for at the next end of a line.
    """
    owed = 0

    def shorter(found: re.Match[str]) -> str:
        nonlocal owed
        lines = found[0].count("\n")
        if found[0].startswith("<"):
            owed += lines
            return _NEW_LINE.sub(" ", found[0])
        lines, owed = lines + owed, 0
        return "\n" * (lines if numbered else 1)

    def shortened(piece: str) -> str:
        piece = _TAG_OR_LINES.sub(shorter, piece)
        return piece if numbered else _BESIDE_A_BLOCK.sub(lambda found: found[0].replace("\n", ""), piece)

    pieces, at = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [shortened(text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, shortened(text[at:])])


class Loader(app_directories.Loader):
    """As Django's own, for pages without their indentation. Emails and other texts are left as they are."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        if not origin.name.endswith(".html"):
            return text
        return without_indentation(text, numbered=settings.DEBUG)
