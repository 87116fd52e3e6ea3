"""For every action that records, some test tries it while the ledger can't be written (see `tests/without_ledger.py`)."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from alongside.config.generated_docs import modules
from alongside.goals import actions as goals
from alongside.kernel import actions
from tests.cast import Cast
from tests.without_ledger import each_tried

ROOT = Path(__file__).resolve().parents[2]


def test_every_action_that_records_is_tried_without_the_ledger() -> None:
    tried, recording = set(_marked()), set(_recording())
    assert recording - tried == set(), "mark a test that calls each with @pytest.mark.without_ledger(...)"
    assert tried - recording == set(), "no such action records anything"


def _recording() -> Iterator[str]:
    list(modules())  # an action is known once its module has been read
    for name, one in actions.REGISTRY.items():
        if one.event and ".tests." not in name:
            yield name.removeprefix("alongside.")


def _marked() -> Iterator[str]:
    """What the marks of all test files name."""
    for root in ("src", "tests"):
        for file in (ROOT / root).rglob("test_*.py"):
            text = file.read_text()
            if "mark.without_ledger" in text:
                yield from _named(ast.parse(text))


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.without_ledger":
            yield from (str(word.value) for word in node.args if isinstance(word, ast.Constant))


def test_an_action_that_is_not_one_transaction_is_found_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the transaction that `@action` gives, the need would stay though its record failed."""
    seat = cast.seat(cast.guide, cast.journey())
    monkeypatch.setattr(actions, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
    with (
        pytest.raises(AssertionError, match="propose_need changed something, though record 1 failed"),
        each_tried({"goals.actions.propose_need"}),
    ):
        goals.propose_need(statement="To sleep", by=seat)


def test_an_action_that_is_never_called_is_found_out() -> None:
    with pytest.raises(AssertionError, match="never called"), each_tried({"goals.actions.propose_need"}):
        pass
