"""Puts what somebody typed back into a form of a finished page, as their browser would show it had they typed it just now.

It works on the page and not on the form's class, so that it holds for every form there is. Each field that is changed
says in `data-stood` what stood there: `kept.js` then makes it look typed to the other scripts. What has no place in the
form comes back as `unplaced`; passwords and files are left as they are.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

FRESH = {"csrfmiddlewaretoken", "made_for", "idempotency_key"}
"""What the page that is filled knows better than the one that was sent."""
NOT_TYPED = {*FRESH, "version", "version_token", "base"}
MARK = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|on", re.IGNORECASE)
"""Which row a field speaks of, or that it is ticked: nobody typed that."""
BUTTONS = {"submit", "button", "image", "reset"}


@dataclass
class Field:
    """One field of a page: where its tag stands in the source, and what is in it."""

    tag: str
    name: str
    sort: str
    attributes: dict[str, str]
    start: int
    end: int
    content_end: int = 0
    text: str = ""
    options: list[Field] = field(default_factory=list)


@dataclass
class Form:
    actions: list[str]
    has_words: bool
    fields: list[Field] = field(default_factory=list)
    buttons: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: where to, and each name with its values. `whole`: what it does not name was not ticked."""

    action: str
    values: dict[str, list[str]]
    whole: bool = True


@dataclass(frozen=True)
class Filled:
    page: str
    found: bool
    unplaced: tuple[str, ...] = ()


def fill(page: str, address: str, sent: Sent) -> Filled:
    """The page with its form filled in as it was sent. `address` is the page's own."""
    form = _form_of(_Reader(page, address).forms, sent)
    if form is None:
        return Filled(page, False, tuple(typed(sent.values)))
    left = {name: list(values) for name, values in sent.values.items() if name not in FRESH}
    edits: list[tuple[int, int, str]] = []
    for one in form.fields:
        edits += _edits(page, one, left, sent, form)
    for name, value in form.buttons:
        if value in left.get(name, ()):
            left[name].remove(value)
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    return Filled(page, True, tuple(typed(left)))


def _form_of(forms: list[Form], sent: Sent) -> Form | None:
    """The form that is sent there, and among several the one whose hidden fields say the same."""
    found = [form for form in forms if sent.action in form.actions]

    def likeness(form: Form) -> int:
        hidden = [one for one in form.fields if one.sort == "hidden" and one.name not in NOT_TYPED]
        same = sum(one.attributes.get("value", "") in sent.values.get(one.name, ()) for one in hidden)
        return 2 * same - len(hidden) + sum(one.name in sent.values for one in form.fields)

    return max(found, key=likeness, default=None)


def typed(values: dict[str, list[str]]) -> list[str]:
    """The values that may have been typed: not those that a form brings with it."""
    names = [name for name in values if name not in NOT_TYPED]
    return [value for name in names for value in values[name] if value.strip() and not MARK.fullmatch(value)]


def _edits(
    page: str, one: Field, left: dict[str, list[str]], sent: Sent, form: Form
) -> list[tuple[int, int, str]]:
    waiting = left.get(one.name)
    if one.name in FRESH or one.sort in ("password", "file") or (waiting is None and sent.whole is False):
        return []
    if one.sort in ("checkbox", "radio"):
        return _tick(one, waiting or [])
    if one.tag == "select":
        return _choose(one, waiting or [])
    if not waiting:
        return []
    value = waiting.pop(0)
    stood = one.text if one.tag == "textarea" else one.attributes.get("value", "")
    if form.has_words and one.tag == "textarea":
        # a box that is saved as one types: what the server had when these words were begun
        stood = sent.values.get("base", [stood])[0]
    if value == stood:
        return []
    attributes = dict(one.attributes)
    if one.sort != "hidden":
        attributes["data-stood"] = stood
    if one.tag == "textarea":
        return [(one.start, one.content_end, f"{_tag(one, attributes)}\n{html.escape(value)}")]
    return [(one.start, one.end, _tag(one, {**attributes, "value": value}))]


def _tick(one: Field, waiting: list[str]) -> list[tuple[int, int, str]]:
    value = one.attributes.get("value", "on")
    ticked, stood = value in waiting, "checked" in one.attributes
    if ticked:
        waiting.remove(value)
    if ticked == stood:
        return []
    attributes = {name: text for name, text in one.attributes.items() if name != "checked"}
    attributes["data-stood"] = "checked" if stood else ""
    return [(one.start, one.end, _tag(one, {**attributes, **({"checked": ""} if ticked else {})}))]


def _choose(one: Field, waiting: list[str]) -> list[tuple[int, int, str]]:
    several = "multiple" in one.attributes
    values = [option.attributes.get("value", option.text.strip()) for option in one.options]
    chosen = [value for value in (waiting if several else waiting[:1]) if value in values]
    stood = [
        value for value, option in zip(values, one.options, strict=True) if "selected" in option.attributes
    ]
    for value in chosen:
        waiting.remove(value)
    if chosen == stood or not (chosen or several):
        return []
    edits = [(one.start, one.end, _tag(one, {**one.attributes, "data-stood": "\n".join(stood)}))]
    for value, option in zip(values, one.options, strict=True):
        attributes = {name: text for name, text in option.attributes.items() if name != "selected"}
        if value in chosen:
            attributes["selected"] = ""
        if attributes != option.attributes:
            edits.append((option.start, option.end, _tag(option, attributes)))
    return edits


def _tag(one: Field, attributes: dict[str, str]) -> str:
    said = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{one.tag}{said}>"


class _Reader(HTMLParser):
    """Finds the forms of a page, with the place of each field in its source."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []  # type: ignore[var-annotated]
        self.lines = [0]
        for line in page.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.by_id: dict[str, Form] = {}
        self.apart: list[tuple[str, Field]] = []
        self.here: Form | None = None
        self.area: Field | None = None
        self.select: Field | None = None
        self.feed(page)
        for name, one in self.apart:
            if name in self.by_id:
                self.by_id[name].fields.append(one)

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(attributes)
        elif tag == "option" and self.select:
            self.select.options.append(self._field(tag, attributes))
        elif tag == "button":
            self._button(attributes)
        elif tag in ("input", "textarea", "select") and "name" in attributes and "disabled" not in attributes:
            one = self._field(tag, attributes)
            if one.sort in BUTTONS:
                self._button(attributes)
                return
            self.area = one if tag == "textarea" else self.area
            self.select = one if tag == "select" else self.select
            if "form" in attributes:
                self.apart.append((attributes["form"], one))
            elif self.here:
                self.here.fields.append(one)

    def _begin(self, attributes: dict[str, str]) -> None:
        self.here = Form([self._leads(attributes.get("action", ""))], "data-words" in attributes)
        if attributes.get("method", "").lower() == "post":
            self.forms.append(self.here)
        if "id" in attributes:
            self.by_id[attributes["id"]] = self.here

    def _button(self, attributes: dict[str, str]) -> None:
        form = self.by_id.get(attributes.get("form", "")) or self.here
        if form is None:
            return
        if "formaction" in attributes:
            form.actions.append(self._leads(attributes["formaction"]))
        form.buttons.add((attributes.get("name", ""), attributes.get("value", "")))

    def _leads(self, action: str) -> str:
        """The path a form is sent to. What follows `?` is not what makes it another form."""
        return urlsplit(urljoin(self.address, action or self.address)).path

    def _field(self, tag: str, attributes: dict[str, str]) -> Field:
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        sort = attributes.get("type", "text").lower() if tag == "input" else tag
        return Field(tag, attributes.get("name", ""), sort, attributes, start, end, end)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area.text += data
        elif self.select and self.select.options:
            self.select.options[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.here = None
        elif tag == "textarea" and self.area:
            self.area.content_end = self._at()
            # the first line end after the tag is not part of what stands in it
            self.area.text = self.area.text.removeprefix("\n").replace("\r\n", "\n")
            self.area = None
        elif tag == "select":
            self.select = None
