"""The forms of a page, as a browser without JavaScript would send them: what they hold is read from the page itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client


@dataclass
class PageForm:
    """One form of a page: where it goes, what stands in its fields, and the values its buttons send."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    buttons: list[dict[str, str]] = field(default_factory=list)
    sorts: dict[str, str] = field(default_factory=dict)
    """Of each field: `textarea`, `select`, or what sort of input it is."""

    def filled(self, **typed: str | list[str]) -> dict[str, list[str]]:
        """What is sent once these fields were filled in; a field that is not in the form is a mistake of the test."""
        unknown = typed.keys() - self.fields.keys() - self.choices.keys()
        assert not unknown, (
            f"{self.action} has no {sorted(unknown)}, only {sorted(self.fields | self.choices)}"
        )
        given = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
        return {**self.fields, **given}

    def send(self, client: Client, **typed: str | list[str]):
        """Send it; whatever comes back is no mistake and no refusal."""
        answer = client.post(self.action, self.filled(**typed))
        assert answer.status_code in (302, 303, 409, 422), f"{self.action}: {answer.status_code}"
        return answer


class _Reader(HTMLParser):
    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []
        self.by_id: dict[str, PageForm] = {}
        self.here: PageForm | None = None
        self.area: tuple[PageForm, str] | None = None
        self.select: tuple[PageForm, str, list[str]] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            self.here = PageForm(action, given.get("method", "get"))
            self.forms.append(self.here)
            self.by_id[given.get("id", "")] = self.here
        form = self.by_id.get(given["form"]) if given.get("form") else self.here
        if form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "button":
            form.buttons.append(given)
        elif tag == "option" and self.select:
            self._option(given)
        elif name and tag in ("input", "textarea", "select"):
            if "required" in given:
                form.required.add(name)
            self._field(form, tag, name, given)

    def _field(self, form, tag, name, given):
        sort = given.get("type", "text")
        form.sorts.setdefault(name, sort if tag == "input" else tag)
        if tag == "textarea":
            self.area = (form, name)
            form.fields[name] = [""]
        elif tag == "select":
            self.select = (form, name, [])
            form.choices.setdefault(name, [])
        elif sort in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields.setdefault(name, []).append(given.get("value", "on"))
        elif sort not in ("submit", "button", "image"):
            form.fields.setdefault(name, []).append(given.get("value", ""))

    def _option(self, given):
        form, name, chosen = self.select
        form.choices[name].append(given.get("value", ""))
        if "selected" in given:
            chosen.append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None
        elif tag == "textarea":
            self.area = None
        elif tag == "select" and self.select:
            form, name, chosen = self.select
            form.fields[name] = chosen or form.choices[name][:1]
            self.select = None

    def handle_data(self, data):
        if self.area:
            form, name = self.area
            # the first line end after the tag is not part of what stands in it
            form.fields[name][0] += data if form.fields[name][0] else data.removeprefix("\n")


def forms_of(client: Client, address: str) -> list[PageForm]:
    """The forms of the page at that address."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    at = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    return _Reader(answer.content.decode(), at).forms


def read(page: str, address: str = "") -> list[PageForm]:
    return _Reader(page, address).forms


def form_at(client: Client, address: str, action: str) -> PageForm:
    """The form of a page that is sent to an address ending so."""
    found = [form for form in forms_of(client, address) if form.action.endswith(action)]
    assert found, f"{address} has no form that is sent to …{action}"
    return found[0]
