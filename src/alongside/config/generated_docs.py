"""The reference pages that are written from the code: states, doors and ledger events. `make check` keeps them fresh."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db.models import TextChoices
from django.urls import URLPattern, URLResolver, get_resolver

import alongside
from alongside.archive.offline.schema import schema
from alongside.config import data_classes, home
from alongside.kernel.actions import REGISTRY
from alongside.material.files import schema as material_schema
from alongside.people.account_events import EVENTS

FOLDER = home.CLONE / "docs" / "reference"
MADE = "<!-- Written by `make fix` from the code; `make check` says when it is stale. -->"
# Settings change the process they are read in, the demo is no part of the product, tests and migrations tell nothing.
APART = {"settings", "demo", "tests", "migrations", "management", "wsgi"}


def pages() -> dict[Path, str]:
    """Each page with what should stand in it."""
    return {
        FOLDER / "states.md": states_page(),
        FOLDER / "permissions.md": permissions_page(),
        FOLDER / "ledger-events.md": events_page(),
        FOLDER / "data-classes.md": classes_page(),
        FOLDER / "archive.schema.json": f"{json.dumps(schema(), indent=2)}\n",
        FOLDER / "material.schema.json": f"{json.dumps(material_schema(), indent=2)}\n",
    }


def classes_page() -> str:
    """Each field of each table by its class of data, and what protects it."""
    about = "What lies in the database, field by field: what sort of data it is, why it is so, and what protects it."
    return _page([MADE, "# Classes of data", "", about, *data_classes.lines()])


def states_page() -> str:
    """Every transition table, drawn; under it who may leave which state."""
    lines = [MADE, "# States", "", "What may follow what. Nothing else can happen: actions ask these tables."]
    for module in (module for module in modules() if module.__name__.endswith(".states")):
        for name, table in vars(module).items():
            if name.endswith("TRANSITIONS") and isinstance(table, dict):
                lines += _diagram(module, table)
    return _page(lines)


def _diagram(module: ModuleType, table: dict[TextChoices, tuple[TextChoices, ...]]) -> list[str]:
    kind = type(next(iter(table)))
    lines = [
        "",
        f"## {kind.__name__}",
        "",
        f"`{_place(module.__name__)}`",
        "",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lines += [f"    {state.value}: {state.label}" for state in table]
    lines += [f"    [*] --> {next(iter(table)).value}"]
    for state, followers in table.items():
        lines += [f"    {state.value} --> {follower.value}" for follower in followers]
        lines += [] if followers else [f"    {state.value} --> [*]"]
    lines.append("```")
    pens = getattr(module, "EDITORS_BY_STATE", {})
    if pens.keys() == table.keys():
        lines += ["", "| state | who holds the pen |", "|---|---|"]
        for state in table:
            holders = sorted(str(holder.label) for holder in pens[state])
            lines.append(f"| {state.label} | {', '.join(holders) or 'nobody'} |")
    return lines


def permissions_page() -> str:
    """Every address, what it answers to, and the rule that is asked before it opens."""
    lines = [
        MADE,
        "# Doors",
        "",
        "Every address of Alongside with the rule it demands, and what it opens: words that are shown stand in the ledger.",
        "Whoever has no part in what an address names reads 404.",
        "Below `/accounts/` are the pages of django-allauth (sign-in, e-mail addresses, second factor), which guards them.",
        "",
        "| address | name | methods | rule, or why it is open | what it opens |",
        "|---|---|---|---|---|",
    ]
    for address, name, view in sorted(doors(), key=lambda door: door[:2]):
        door = getattr(view, "door", None)
        if door:
            place = _place(door.rule.__module__).removesuffix(".rules")
            lines.append(
                f"| `{address}` | {name} | {' '.join(door.methods)} | {place}: `{door.rule.__name__}` "
                f"| {_opened_by(door.opens)} |"
            )
        else:
            opens = _opened_by(getattr(view, "opens", None))
            lines.append(f"| `{address}` | {name} | | open: {view.public_because} | {opens} |")
    return _page(lines)


def _opened_by(opens: Any) -> str:
    """What a door opens, by the kind the ledger records; nothing, and why; a page below people declares none."""
    if opens is None:
        return ""
    kind = getattr(opens, "kind", "")
    return f"`{kind}`" if kind else f"nothing: {opens.because}"


def doors() -> Iterator[tuple[str, str, Any]]:
    """Address, name and view of every pattern, those of the demo left out."""

    def walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str, object]]:
        for pattern in resolver.url_patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern, address, inner)
            elif _is_ours(pattern, space):
                yield (
                    "/" + address.replace("^", "").replace("$", ""),
                    f"{space}{pattern.name}",
                    pattern.callback,
                )

    yield from walk(get_resolver(), "", "")


def _is_ours(pattern: URLPattern, space: str) -> bool:
    return pattern.callback.__module__.startswith("alongside.") and not space.startswith("demo:")


def events_page() -> str:
    """Every action with the event it leaves in the ledger, or why it leaves none."""
    list(modules())
    lines = [
        MADE,
        "# Ledger events",
        "",
        "What each action records. The ledger says who did what and when, never in which words.",
        "",
        "| event | action | what it does |",
        "|---|---|---|",
    ]
    recorded = sorted((act for act in REGISTRY.values() if act.event), key=lambda act: (act.event, act.name))
    lines += [
        f"| `{act.event}` | `{_place(act.module)}.{act.name}` | {act.summary} |"
        for act in recorded
        if _ours(act)
    ]
    silent = sorted(
        (act for act in REGISTRY.values() if not act.event), key=lambda act: (act.module, act.name)
    )
    lines += ["", "## Recorded without an action", "", "| event | what it says |", "|---|---|"]
    lines += [f"| `{event}` | {sentence} |" for event, sentence in EVENTS.items()]
    lines += ["", "## Recorded nowhere", "", "| action | why |", "|---|---|"]
    lines += [
        f"| `{_place(act.module)}.{act.name}` | {act.unrecorded_because} |" for act in silent if _ours(act)
    ]
    return _page(lines)


def _ours(act) -> bool:
    return act.module.startswith("alongside.") and not APART.intersection(act.module.split("."))


def modules() -> Iterator[ModuleType]:
    """Every module of the house that can hold states or actions, imported."""
    for found in pkgutil.walk_packages(alongside.__path__, "alongside."):
        if not APART.intersection(found.name.split(".")):
            yield importlib.import_module(found.name)


def _place(module: str) -> str:
    return module.removeprefix("alongside.")


def _page(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
