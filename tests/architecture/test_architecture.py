"""The architecture, held against the code: keys point down, actions are recorded, sentences can be translated."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db.models import EmailField

import alongside
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
    ["overview", "api", "programmes", "help", "archive", "retention"],
    ["caseload_files"],
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


# --- what writes ------------------------------------------------------------------------------------------

WRITES = {
    "create",
    "bulk_create",
    "save",
    "update",
    "delete",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
PART_OF_ACTIONS = "called by actions alone, in their transaction and with their entry in the ledger"
ONE_WAY_OUT = "part of erasing, which the actions of retention alone may call (see test_one_way_out.py)"
WRITERS = {
    "backups.own_keys.forget": "a canary of a key; the command that retires the key records it",
    "backups.own_keys.plant": "a canary of a key, planted at the start",
    "config.worker.take_up_again": "the queue's own rows, of a worker that died",
    "goals.safety.tasks.post_test": "when the email of a test went out",
    "journeys.joining.sit_apart": PART_OF_ACTIONS,
    "ledger.record.record": "the ledger itself",
    "ledger.record.record_openings": "the ledger itself",
    "people.kept_forms.forget_old": "forms nobody came back to",
    "people.kept_forms.keep": "a form on its way through a sign-in, its author's own",
    "people.kept_forms.let_go": "a form that came back to its author",
    "people.made_up.make_up_organisation": PART_OF_ACTIONS,
    "people.made_up.make_up_person": PART_OF_ACTIONS,
    "people.posting.note_failure": "what became of an email",
    "people.posting.note_success": "what became of an email",
    "people.tasks.forget_idempotency_keys": "marks of letters a month old",
    "retention.erasing.erase": ONE_WAY_OUT,
    "retention.erasing.erase_rehearsed": ONE_WAY_OUT,
    "retention.erasing.persons.take_names": ONE_WAY_OUT,
    "retention.erasing.waiting.forget": ONE_WAY_OUT,
    "rooms.environment.actions.hours.keep_day": PART_OF_ACTIONS,
    "rooms.environment.actions.hours.keep_week": PART_OF_ACTIONS,
    "rooms.environment.actions.missed.follow_up_missed": PART_OF_ACTIONS,
    "rooms.environment.invitations.as_one_email": PART_OF_ACTIONS,
    "rooms.environment.invitations.write_email": PART_OF_ACTIONS,
    "rooms.environment.tasks.meetings.post_meeting_email": "what became of an email",
    "rooms.first_meeting.tasks.remind": "that a reminder is on its way",
    "rooms.sessions.record.in_error.seal": PART_OF_ACTIONS,
    "rooms.sessions.record.in_error.seal_issue": PART_OF_ACTIONS,
}
"""Public functions that change rows and are no action, each with its reason."""


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def _ours(*but: str) -> list[Path]:
    """Every module of the product, wherever it lies."""
    left_out = {"tests", "migrations", *but}
    return [
        path for path in sorted(SOURCE.rglob("*.py")) if not left_out & set(path.relative_to(SOURCE).parts)
    ]


def _changes_rows(function: ast.AST) -> bool:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
            of_a_table = ".objects" in ast.unparse(call.func)
            if of_a_table or call.func.attr in ("save", "delete", "bulk_create", "bulk_update"):
                return True
    return False


def _public_functions(path: Path) -> list[ast.FunctionDef]:
    body = ast.parse(path.read_text()).body
    return [node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def _is_action(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(mark, ast.Call) and ast.unparse(mark.func) == "action" for mark in function.decorator_list
    )


def test_every_public_function_that_writes_is_an_action():
    """Wherever it lies: what changes rows is an action, private to one, or named above with its reason."""
    found = {
        f"{_module(path)}.{node.name}"
        for path in _ours("demo", "management")
        for node in _public_functions(path)
        if _changes_rows(node) and not _is_action(node)
    }
    assert found - WRITERS.keys() == set(), "make it an action, or private to one"
    assert WRITERS.keys() <= found, "no longer there"


def _used_of(path: Path) -> set[str]:
    """What a module takes from others, as `module.name`, with the last part of the module's name."""
    used = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            used |= {f"{node.module.rsplit('.', 1)[-1]}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.add(f"{node.value.id}.{node.attr}")
    return used


def test_what_is_part_of_actions_is_used_by_nothing_else():
    parts = {".".join(name.split(".")[-2:]) for name, why in WRITERS.items() if why == PART_OF_ACTIONS}
    assert all(any(part in _used_of(path) for path in _ours()) for part in parts)
    for path in _ours("demo", "management", "actions"):
        used = _used_of(path) & parts
        holds_actions = any(_is_action(node) for node in _public_functions(path))
        assert holds_actions or not used, f"{_module(path)} uses {used}"


# --- who asks ---------------------------------------------------------------------------------------------

ASKED_OF = ("views", "pages", "forms")
"""Roles that are handed what they show or take; each may be one file, a folder, or part of a longer name."""


def _has_a_role(path: Path) -> bool:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return any(part in ASKED_OF or part.endswith(tuple(f"_{role}" for role in ASKED_OF)) for part in parts)


FACES = [
    path
    for path in _ours()
    # a store of forms that were sent, not a form
    if _has_a_role(path) and _module(path) != "people.kept_forms"
]


def test_the_guard_over_views_pages_and_forms_sees_them_all():
    """Three roles in each of the four rooms and their parts: many files, whatever they are called."""
    assert len(FACES) > 150
    for name in (
        "rooms/environment/views/meetings.py",
        "people/organisation_views.py",
        "overview/pages/today.py",
    ):
        assert SOURCE / name in FACES


@pytest.mark.parametrize("path", FACES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_views_pages_and_forms_do_not_query(path):
    assert ".objects" not in path.read_text(), "questions are asked in queries.py, from the person"


# --- circles ----------------------------------------------------------------------------------------------


def _circles(package: str) -> list[list[str]]:
    """The modules that reach themselves by what they import, wherever the import stands (Tarjan, SIAM J. Comput. 1972)."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found = []

    def walk(module: str) -> None:
        order[module] = lowest[module] = len(order)
        waiting.append(module)
        for other in graph.find_modules_directly_imported_by(module):
            if other not in order:
                walk(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in waiting:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            first = waiting.index(module)
            found.append(sorted(waiting[first:]))
            del waiting[first:]

    for module in sorted(graph.modules):
        if module not in order:
            walk(module)
    return [circle for circle in found if len(circle) > 1]


@pytest.mark.parametrize("package", ["alongside", "bench"])
def test_no_module_imports_itself_in_a_circle(package):
    assert _circles(package) == []


def test_no_package_of_the_environment_holds_code_in_its_init():
    """Its names lead to where the code is."""
    for path in (SOURCE / "rooms" / "environment").glob("*/__init__.py"):
        body = ast.parse(path.read_text()).body
        assert not [node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))], path


# --- templates --------------------------------------------------------------------------------------------

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
