"""What was written leaves by one way: erasing. Whatever else deletes rows is named here, with what it deletes."""

import ast
from pathlib import Path

import alongside
from alongside.retention.places import TABLES

SOURCE = Path(alongside.__file__).parent

DELETES = {
    "archive/actions.py": "the pieces of an archive that was fetched or waited long enough",
    "backups/own_keys.py": "the canary of a key that is retired",
    "caseload_files/actions.py": "a list nobody brought in, and what one began that was undone the same day",
    "demo/furnish.py": "the queue of a demo that is being made",
    "journeys/addresses/actions.py": "how a sign-in was reached before, and its login sessions",
    "people/actions.py": "login sessions of an account that is closed",
    "people/factor_resets.py": "a request that ran out, a second factor, login sessions",
    "people/kept_forms.py": "forms that came back or ran out",
    "people/login_sessions.py": "login sessions",
    "people/organisation_actions.py": "telephone numbers of the organisation",
    "people/public_actions.py": "the logo of the organisation",
    "people/signing_out.py": "login sessions",
    "people/tasks.py": "digests of forms, after a month",
    "programmes/publishing.py": "published figures, which are made anew",
    "retention/copy_actions.py": "a copy that is collected again, was given long enough ago, or is not needed",
    "retention/erasing/rows.py": "what is erased",
    "retention/erasing/waiting.py": "work in the queue",
    "rooms/environment/actions/busy.py": "calendars somebody takes out",
    "rooms/environment/actions/busy_times.py": "what was read of a calendar",
    "rooms/environment/actions/meetings.py": "claims of a meeting that moved",
    "rooms/environment/actions/hours.py": "hours that are set anew",
    "rooms/environment/actions/place_hours.py": "hours of a place that are set anew",
}
WAY_OUT = ("alongside.retention.erasing", "retention.erasing", ".erasing")


def _sources():
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


def _calls(tree: ast.AST) -> set[str]:
    return {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")
    }


def _deletes_rows(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "_raw_delete":
                return True
            # a cache, a cookie and a response take the name of what they delete; rows take nothing
            if node.func.attr == "delete" and not node.args:
                return True
    return False


def test_whatever_deletes_rows_is_named():
    found = {name for name, tree in _sources() if _deletes_rows(tree)}
    assert found == set(DELETES)


def test_rows_that_others_point_at_are_deleted_in_one_place():
    assert [name for name, tree in _sources() if "_raw_delete" in _calls(tree)] == [
        "retention/erasing/rows.py"
    ]


def test_nothing_but_retention_knows_the_way_out():
    for name, tree in _sources():
        names = {
            f"{'.' * node.level}{node.module or ''}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        }
        knows = any(each.startswith(WAY_OUT) for each in names)
        assert not knows or name.startswith("retention/"), name


def test_the_ledger_is_no_part_of_it():
    """It holds no words, and its triggers refuse whoever tries."""
    ledger = [table for table in TABLES if table.label.startswith("ledger.")]
    assert len(ledger) == 4
    assert all(table.stays and not table.words and not table.journey for table in ledger)
