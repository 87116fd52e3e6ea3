"""The architecture, held against the code: keys point down, actions are recorded, sentences can be translated."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import EmailField

import alongside
from alongside.kernel.actions import REGISTRY
from alongside.kernel.encryption import SealedTextField

SOURCE = Path(alongside.__file__).parent
FLOORS = [
    ["kernel"],
    ["measures", "ledger", "ui"],
    ["people"],
    ["journeys"],
    ["goals"],
    ["rooms.environment"],
    ["rooms.first_meeting"],
    ["rooms.sessions"],
    ["rooms.ending"],
    ["overview", "api", "programmes", "help"],
    ["demo"],
]
OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


def floor_of(module: str) -> int:
    inside = module.removeprefix("alongside.")
    return next(
        n for n, names in enumerate(FLOORS) for name in names if (inside + ".").startswith(name + ".")
    )


def test_the_import_rules_hold():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        capture_output=True,
        text=True,
        cwd=SOURCE.parent.parent,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_key_points_down_and_leaves_no_name_above(model):
    for field in model._meta.get_fields():
        if not getattr(field, "remote_field", None) or field.auto_created:
            continue
        target = field.related_model
        if not target.__module__.startswith("alongside."):
            continue
        down = floor_of(target.__module__) <= floor_of(model.__module__)
        user_of_ledger = (
            model.__module__.startswith("alongside.ledger") and target._meta.label == "people.User"
        )
        assert down or user_of_ledger, f"{model._meta.label}.{field.name} points up to {target._meta.label}"
        if floor_of(target.__module__) < floor_of(model.__module__):
            name = field.remote_field.related_name or ""
            assert name.endswith("+"), f'{model._meta.label}.{field.name} needs related_name="+"'


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_free_text_lies_in_clear(model):
    """A text a person writes is sealed. What may lie in clear is named here, each with its reason."""
    in_clear = {
        "people.Organisation.name",  # the service's own name
        "people.User.password",  # a hash
        "people.FailedEmail.kind",  # one of the declared kinds of email
        "ledger.Entry.event",
        "ledger.Entry.subject_kind",
        "ledger.Opening.subject_kind",
        "ledger.Opening.login_session",
    }
    for field in model._meta.get_fields():
        kind = field.get_internal_type() if hasattr(field, "get_internal_type") else ""
        assert kind != "TextField", f"{model._meta.label}.{field.name}: free text must be a SealedTextField"
        if (
            kind == "CharField"
            and not isinstance(field, EmailField)
            and field.max_length > 64
            and not field.choices
        ):
            label = f"{model._meta.label}.{field.name}"
            assert label in in_clear or field.name in ("next_path", "token_digest"), label
    assert all(f.blank for f in model._meta.get_fields() if isinstance(f, SealedTextField))


def _action_functions():
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        functions = {
            node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
        }
        for node in functions.values():
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "action":
                    yield pytest.param(functions, node, mark, id=f"{path.parent.name}.{node.name}")


def _recorded(
    node: ast.AST, functions: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()
) -> set[str]:
    """The events a function records, itself or through the private functions of its file that it calls."""
    events: set[str] = set()
    for call in ast.walk(node):
        name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
        if name == "record" and isinstance(call.args[0], ast.Constant):
            events.add(call.args[0].value)
        elif name == "record" and isinstance(call.args[0], ast.Name):
            events.add("*")
        elif name.startswith("_") and name in functions and name not in seen:
            events |= _recorded(functions[name], functions, seen | {name})
    return events


@pytest.mark.parametrize(("functions", "node", "mark"), list(_action_functions()))
def test_every_action_records_the_event_it_names(functions, node, mark):
    assert ast.get_docstring(node), "an action says what it does"
    if mark.args:
        recorded = _recorded(node, functions)
        assert mark.args[0].value in recorded, f"{node.name} records {recorded or 'nothing'}"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("actions.py")), ids=lambda p: p.parent.name)
def test_every_public_function_that_writes_is_an_action(path):
    """What changes rows in an actions.py is an action (or private to one)."""
    module = import_module("alongside." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            writes = {"create", "bulk_create", "save", "update", "delete"} & {
                call.func.attr
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and hasattr(call.func, "attr")
            }
            assert not writes or f"{module.__name__}.{node.name}" in REGISTRY, node.name


@pytest.mark.parametrize(
    "path",
    [p for name in ("views.py", "pages.py", "forms.py") for p in sorted(SOURCE.rglob(name))],
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_views_pages_and_forms_do_not_query(path):
    assert ".objects" not in path.read_text(), "questions are asked in queries.py, from the person"


TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
# the page of examples shows made-up people's words, which nobody translates
TRANSLATED = [path for path in TEMPLATES if path.name != "examples.html"]
QUIET = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<(?:script|style|svg)\b.*?</(?:script|style|svg)>",
    re.S,
)


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_sentence_of_a_template_can_be_translated(path):
    text = re.sub(r"<[^>]*>", "\n", QUIET.sub("", path.read_text()))
    words = [line.strip() for line in text.splitlines() if re.search(r"[A-Za-z]{2,}", line)]
    words = [word for word in words if not re.fullmatch(r'[a-z-]+="[a-z -]*"', word)]
    left = [
        word
        for word in words
        if word not in ("Alongside", "&nbsp;", "&middot;", "&mdash;", "&larr;", "&rarr;")
    ]
    left = [word for word in left if not re.fullmatch(r"(?:&[a-z]+;|\W)*(Alongside)?(?:&[a-z]+;|\W)*", word)]
    assert not left, f"not translatable: {left[:5]}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_template_holds_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text) and "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))", text)
    # help texts and the picture of a key come from the code, never from a person
    assert "|safe" not in text.replace("help_text|safe", "").replace("totp_svg|safe", "")


def test_a_form_is_bound_by_how_it_was_sent_not_by_whether_it_was_empty():
    """`request.POST or None` takes an empty form for none at all, and what follows finds no answers to read."""
    found = [str(path) for path in SOURCE.rglob("*.py") if "request.POST or None" in path.read_text()]
    assert found == []
