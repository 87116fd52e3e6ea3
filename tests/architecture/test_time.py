"""What time it is, is asked in one place; and a day is the day of somebody, never of Greenwich by accident."""

import ast
from collections.abc import Iterator
from pathlib import Path

import alongside

SOURCE = Path(alongside.__file__).parent
FILES = {
    file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text())
    for file in sorted(SOURCE.rglob("*.py"))
    if not {"tests", "migrations"}.intersection(file.parts)
}

ASK_THEMSELVES = {
    "kernel/clock.py": "it is the place",
    "people/fresh.py": "beside the seconds that allauth keeps",
    "people/idle.py": "seconds in a login session",
}
"""Who asks the machine."""

ASKING = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
ASKING_WITHOUT_A_MOMENT = {"timezone.localdate", "timezone.localtime", "localdate", "localtime"}

LOCAL = {"local", "wall", "here", "there", "begins", "ends", "theirs", "ours", "agreed", "first"}
"""What a moment is called that is on somebody's wall already."""

NO_ONES_DAY = {
    "backups/schedule.py:kept": "a copy is of nobody's day",
    "rooms/environment/replies/mailbox.py:unread": "some days more are looked at than are needed",
    "rooms/environment/queries/hours.py:hours_of": "a day more is looked at on either side",
    "rooms/ending/follow_up/queries.py:due_now": "a day more is looked at, and each then held against its own clock",
    "rooms/first_meeting/reminder_schedule.py:_to_review": "a week ahead, to the hour it does not matter",
}
"""Where the day of Greenwich is meant, or does no harm; each with its reason."""

ON_THE_WALL = (
    "rooms/environment/busy/",
    "rooms/environment/time_ranges.py",
    "rooms/environment/local_time.py",
)
"""Calendar entries are worked out on the wall, by moments without a zone."""


def calls(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Each call, with the function it stands in."""
    for node in ast.iter_child_nodes(tree):
        function = node.name if isinstance(node, ast.FunctionDef) else inside
        if isinstance(node, ast.Call):
            yield function, node
        yield from calls(node, function)


def said(node: ast.expr) -> str:
    """The last two words of a dotted name."""
    return ".".join(ast.unparse(node).rsplit(".", 2)[-2:])


def is_local(moment: ast.expr) -> bool:
    if isinstance(moment, ast.Call):
        name = ast.unparse(moment.func).rpartition(".")[2]
        return name in ("localtime", "astimezone") or (name == "fromtimestamp" and len(moment.args) == 2)
    return ast.unparse(moment).rpartition(".")[2] in LOCAL


def test_the_time_is_asked_in_one_place():
    found = {
        f"{file}: {ast.unparse(call)}"
        for file, tree in FILES.items()
        if file not in ASK_THEMSELVES
        for _function, call in calls(tree)
        if said(call.func) in ASKING or (said(call.func) in ASKING_WITHOUT_A_MOMENT and not call.args)
    }
    assert found == set()


def test_a_day_is_a_day_of_somebody():
    found = {
        f"{file}:{function}"
        for file, tree in FILES.items()
        if not file.startswith(ON_THE_WALL)
        for function, call in calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "date" and not call.args
        if not is_local(call.func.value)
    }
    assert found == set(NO_ONES_DAY)
