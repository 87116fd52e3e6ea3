"""Closed by default, in both directions: every door demands a rule, and every rule is demanded somewhere."""

import ast
import inspect
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import alongside
from alongside.config.settings.base import RATE_LIMITS
from alongside.kernel.verdict import Verdict
from alongside.overview.pages.history import SAVES_WORDS
from tests.addresses import addresses

SOURCE = Path(alongside.__file__).parent
RULES = sorted({*SOURCE.rglob("rules.py"), *SOURCE.rglob("rules/*.py")})
"""A room keeps its rules in one module, or on a shelf of them."""


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_every_door_demands_a_rule_or_says_why_it_is_open(address):
    assert address.door or address.public_because, f"{address.name} is neither guarded nor marked @public"


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_every_door_to_a_journey_finds_it_from_the_person(address):
    if "journey_id" in address.parts:
        assert address.door and address.door.load, f"{address.name} must find its journey from the actor"


@pytest.mark.parametrize("address", [a for a in addresses() if a.door], ids=lambda address: address.name)
def test_every_rule_of_a_door_is_a_named_rule(address):
    rule = address.door.rule
    assert "rules" in rule.__module__.split("."), f"{address.name}: {rule.__qualname__} belongs in a rules.py"
    assert rule.__name__ != "<lambda>"


@pytest.mark.parametrize("address", [a for a in addresses() if a.door], ids=lambda address: address.name)
def test_every_door_at_which_something_is_sent_has_a_limit(address):
    if "POST" not in address.door.methods:
        assert address.door.limit == ""
    else:
        assert address.door.limit in RATE_LIMITS
    if address.name in SAVES_WORDS:
        assert address.door.limit == "words"
    if _takes_a_file(address):
        assert address.door.limit == "uploads"


def _takes_a_file(address) -> bool:
    view = inspect.unwrap(address.view)
    helpers = [name for name in view.__code__.co_names if name in view.__globals__]
    sources = [inspect.getsource(view)]
    sources += [
        inspect.getsource(view.__globals__[name])
        for name in helpers
        if inspect.isfunction(view.__globals__[name])
    ]
    return any("request.FILES" in source for source in sources)


def test_doors_that_take_a_file_are_known():
    found = {address.name for address in addresses() if address.door and _takes_a_file(address)}
    assert found == {
        "caseload_files:start",
        "environment_time:add_calendar",
        "material:bring_in",
        "people:look",
        "service_measures:add",
        "service_measures:renew",
    }


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_rule_is_demanded_by_a_door_or_an_action(path):
    name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    module = import_module(f"alongside.{name}")
    names = [
        name
        for name, thing in vars(module).items()
        if inspect.isfunction(thing)
        and thing.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(thing).return_annotation in (Verdict, "Verdict")
    ]
    used = _rules_used()

    unused = [name for name in names if (module.__name__, name) not in used]

    assert not unused, f"rules nobody demands: {unused}"


@cache
def _rules_used() -> set[tuple[str, str]]:
    """The rules that are read anywhere but in their own definition, each by the module in which it stands.

    Two rules of one name in two rooms do not vouch for each other.
    """
    used: set[tuple[str, str]] = set()
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text())
        speaks = any("rules" in ast.unparse(node) for node in ast.walk(tree) if isinstance(node, IMPORTS))
        if not speaks and "rules" not in name.split("."):
            continue
        known = {**vars(import_module(name)), **_imported_on_the_way(tree, name)}
        for node in ast.walk(tree):
            thing = known.get(node.id) if isinstance(node, ast.Name) else None
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                thing = getattr(known.get(node.value.id), node.attr, None)
            if inspect.isfunction(thing):
                used.add((thing.__module__, thing.__name__))
    return used


IMPORTS = (ast.Import, ast.ImportFrom)


def _imported_on_the_way(tree: ast.AST, module: str) -> dict[str, object]:
    """What functions of a module import where they need it."""
    package = sys.modules[module].__package__
    found: dict[str, object] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                source = import_module(
                    "." * node.level + (node.module or ""), package if node.level else None
                )
                found |= {one.asname or one.name: getattr(source, one.name, None) for one in node.names}
    return found
