"""Closed by default, in both directions: every door demands a rule, and every rule is demanded somewhere."""

import ast
import inspect
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
    assert found == {"environment_time:add_calendar", "service_measures:add", "service_measures:renew"}


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
    used = _names_used_in_the_organisation()

    unused = [name for name in names if used.get(name, 0) == 0]

    assert not unused, f"rules nobody demands: {unused}"


def _names_used_in_the_organisation() -> dict[str, int]:
    """How often each name is read anywhere but in its own definition."""
    counts: dict[str, int] = {}
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            name = (
                node.id
                if isinstance(node, ast.Name)
                else node.attr
                if isinstance(node, ast.Attribute)
                else None
            )
            if name:
                counts[name] = counts.get(name, 0) + 1
    return counts
