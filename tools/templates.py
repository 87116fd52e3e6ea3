"""Break the long lines of templates, where the page that is served stays the same.

    python tools/templates.py            mends
    python tools/templates.py --check    changes nothing, names the files it would mend

djlint and prettier move white space between words and links, where a reader sees it. This touches three places only:
beside a block (`</li><li>`), between the attributes of a tag, and where there is a space already. Whatever keeps its
white space (`<pre>`, `<textarea>`, scripts, sentences for translators, the classes in `KEEPING`) is left alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from alongside.ui.template_files import KEEPING

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 120
"""A line may be so long, in letters; only what can't be broken is longer."""


def _these(names: str) -> frozenset[str]:
    return frozenset(names.split())


BLOCKS = _these(
    "address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 head header hr html legend li link main meta nav ol optgroup option p section summary table tbody td tfoot th"
    " thead title tr ul"
)
HOLDING = BLOCKS - _these("dd dt figcaption h1 h2 h3 h4 h5 h6 legend option summary td th title")
"""Blocks that hold others, controls or paragraphs: the space at their two ends is never shown."""
VOID = _these("area base br col hr img input link meta source wbr")
KEPT = _these("pre textarea script style")
SILENT = _these(
    "if elif else endif for empty endfor with endwith load block endblock csrf_token idempotency_key"
)
"""Template tags that show nothing a reader could see a space beside."""
OPENING = _these("if for with block blocktranslate spaceless where_one_writes")
BETWEEN = _these("elif else empty plural")

_TEMPLATE = r"{%.*?%}|{{.*?}}|{#.*?#}"
_TOKEN = re.compile(
    rf"(?P<template>{_TEMPLATE})"
    rf"|(?P<tag><!--.*?-->|</?[a-zA-Z][\w-]*(?:{_TEMPLATE}|\"(?:{_TEMPLATE}|[^\"])*\"|'(?:{_TEMPLATE}|[^'])*'|[^>\"'])*>)"
    r"|(?P<text>(?:[^<{]|<(?![a-zA-Z/!])|{(?![{%#]))+|.)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"(?:{_TEMPLATE}|\"(?:{_TEMPLATE}|[^\"])*\"|'(?:{_TEMPLATE}|[^'])*'|\S)+")
_NAME = re.compile(r"{%-?\s*(\w+)|</?([a-zA-Z][\w-]*)")


class Worth(IntEnum):
    """How good a place is for a new line."""

    FIRST_ATTRIBUTE = 1
    ATTRIBUTE = 2
    WORD = 3
    BLOCK = 4


@dataclass(frozen=True)
class Token:
    sort: str
    text: str
    depth: int
    """How many elements and template tags it stands in."""

    @property
    def name(self) -> str:
        found = _NAME.match(self.text) if self.sort != "text" else None
        return (found[1] or found[2]).lower() if found else ""

    @property
    def opens_block(self) -> bool:
        return self.shows_a_block or (
            self.sort == "tag" and not self.text.startswith("</") and self.name in BLOCKS
        )

    @property
    def closes_block(self) -> bool:
        ends = self.text.startswith("</") or self.name in VOID
        return self.shows_a_block or (self.sort == "tag" and ends and self.name in BLOCKS)

    @property
    def shows_a_block(self) -> bool:
        """Whether it is the inclusion of a template that is a block from its beginning to its end."""
        found = re.match(r'{%\s*include "([^"]+)"', self.text)
        return bool(found) and is_a_block(found[1])

    @property
    def keeps_until(self) -> str:
        """The name of the tag up to which white space is shown or belongs to a sentence, after this one."""
        if self.sort == "template":
            return f"end{self.name}" if self.name in ("blocktranslate", "comment") else ""
        if self.sort == "text" or self.text.startswith(("</", "<!--")):
            return ""
        classes = re.search(r'class="([^"]*)"', self.text)
        keeping = set(classes[1].split()) & set(KEEPING) if classes else set()
        return self.name if self.name in KEPT or keeping else ""

    @property
    def is_silent(self) -> bool:
        if self.sort == "tag" or not self.text.strip():
            return False
        as_name = self.name == "extends" or (self.name == "translate" and " as " in self.text)
        return self.sort == "template" and (self.name in SILENT or as_name or "form_errors.html" in self.text)

    @property
    def holds(self) -> bool:
        return self.sort == "tag" and self.name in HOLDING


@dataclass(frozen=True)
class Break:
    """A new line may begin at `at`; `skip` letters of white space before it go."""

    at: int
    skip: int
    worth: Worth
    depth: int


@cache
def is_a_block(name: str) -> bool:
    """Of the template of this name: it begins with a block and ends with one."""
    file = next((file for file in templates() if file.as_posix().endswith(f"/templates/{name}")), None)
    text = (
        re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", file.read_text(), flags=re.DOTALL)
        if file
        else ""
    )
    shown = [one for one in _tokens(text) if one.text.strip() and not one.is_silent]
    return bool(shown) and shown[0].opens_block and shown[-1].closes_block


def formatted(text: str) -> str:
    """The same template with its long lines broken."""
    tokens = list(_tokens(text))
    breaks = sorted(_breaks(tokens, is_child=text.startswith("{% extends")), key=lambda one: one.at)
    depths = {at: token.depth for at, token in _placed(tokens)}
    lines, begun = [], 0
    for line in text.split("\n"):
        end = begun + len(line)
        body = begun + len(line) - len(line.lstrip())
        if len(line) > WIDTH:
            within = [one for one in breaks if body < one.at < end]
            outside = next((depths[at] for at in range(body, end) if at in depths), 0)
            lines += _broken(text, body, end, len(line) - len(line.lstrip()), within, outside)
        else:
            lines.append(line)
        begun = end + 1
    return "\n".join(lines)


def _placed(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    at = 0
    for token in tokens:
        yield at, token
        at += len(token.text)


def _broken(text: str, begun: int, end: int, indent: int, breaks: list[Break], outside: int) -> Iterator[str]:
    """The pieces of one line, which begins at the depth `outside`."""
    deeper = 0
    while end - begun > WIDTH - indent - deeper:
        chosen = _choose([one for one in breaks if one.at > begun], begun, WIDTH - indent - deeper)
        if chosen is None:
            break
        yield (" " * (indent + deeper) + text[begun : chosen.at - chosen.skip]).rstrip()
        begun, deeper = chosen.at, 2 * max(chosen.depth - outside, 0)
    yield " " * (indent + deeper) + text[begun:end]


def _choose(breaks: list[Break], begun: int, room: int) -> Break | None:
    """The outermost of the best that still fit; where none fits, the first there is."""
    fitting = [one for one in breaks if one.at - one.skip - begun <= room]
    if not fitting:
        return breaks[0] if breaks else None
    best = max(one.worth for one in fitting)
    of_worth = [one for one in fitting if one.worth == best]
    outermost = min(one.depth for one in of_worth)
    return [one for one in of_worth if one.depth == outermost][-1]


def _tokens(body: str) -> Iterator[Token]:
    depth = 0
    for found in _TOKEN.finditer(body):
        sort = found.lastgroup or "text"
        token = Token(sort, found[0], depth)
        name = token.name
        closing = name.startswith("end") if sort == "template" else token.text.startswith("</")
        opening = (
            name in OPENING if sort == "template" else sort == "tag" and not closing and name not in VOID
        )
        if closing:
            depth -= 1
        yield Token(sort, found[0], depth - (sort == "template" and name in BETWEEN))
        if opening and not token.text.startswith("<!--") and sort != "text":
            depth += 1


def _breaks(tokens: list[Token], *, is_child: bool) -> Iterator[Break]:
    """`is_child`: of a template that extends another, where what stands outside its blocks is never shown."""
    keeps = ""
    for number, (at, token) in enumerate(_placed(tokens)):
        ends = bool(keeps) and token.name == keeps and token.text.startswith(("</", "{%"))
        outside = is_child and token.depth == 0
        if not keeps and number:
            worth = Worth.BLOCK if outside else _beside_a_block(tokens, number)
            if worth:
                yield Break(at, 0, worth, token.depth)
        if not keeps:
            yield from _within(token, at)
            keeps = token.keeps_until
        elif ends:
            keeps = ""


def _beside_a_block(tokens: list[Token], number: int) -> Worth | None:
    """What a new line before this token is worth, where a space would not be shown."""
    before = next((one for one in reversed(tokens[:number]) if not one.is_silent), None)
    after = next((one for one in tokens[number:] if not one.is_silent), None)
    if before is None or after is None:
        return Worth.BLOCK if after and after.opens_block else None
    if before.closes_block or after.opens_block or (before.opens_block and before.holds):
        return Worth.BLOCK
    return Worth.WORD if after.closes_block and after.holds else None


def _within(token: Token, at: int) -> Iterator[Break]:
    if token.sort == "text":
        for space in re.finditer(
            r"(?<=[^\s])[ \t]+(?=[^\s])|(?<=[^\s])[ \t]+$|^[ \t]+(?=[^\s])|^[ \t]+$", token.text
        ):
            yield Break(at + space.end(), len(space[0]), Worth.WORD, token.depth)
    elif token.sort == "tag" and not token.text.startswith(("</", "<!--")):
        parts = list(_ATTRIBUTE.finditer(token.text))
        for before, part in pairwise(parts):
            worth = Worth.ATTRIBUTE if before.start() else Worth.FIRST_ATTRIBUTE
            yield Break(at + part.start(), part.start() - before.end(), worth, token.depth + 1)


@cache
def templates() -> list[Path]:
    """All but the pages of an archive, which show white space everywhere."""
    found = sorted((ROOT / "src").rglob("templates/**/*.html"))
    return [file for file in found if "archive/offline" not in file.as_posix()]


def main(arguments: list[str]) -> int:
    long = [file for file in templates() if formatted(file.read_text()) != file.read_text()]
    for file in long:
        if "--check" in arguments:
            sys.stdout.write(f"{file.relative_to(ROOT)} has lines that can be broken: make fix\n")
        else:
            file.write_text(formatted(file.read_text()))
    return int(bool(long) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
