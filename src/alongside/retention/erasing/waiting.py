"""Work in the queue: its arguments are ids, sealed emails and addresses."""

from __future__ import annotations

import base64
import json
from collections import Counter
from typing import Any
from uuid import UUID

from django.apps import apps

from alongside.kernel.encryption import Sealed, Unreadable, unseal
from alongside.people.models import User

LABEL = "django_tasks_database.DBTaskResult"
DONE = ("SUCCESSFUL", "SUCCEEDED", "FAILED")


def forget(ids: set[UUID], named: set[str], counts: Counter[str]) -> None:
    """All that is done, as it holds whole emails; and what is to be done for, to or about whoever is erased."""
    task = apps.get_model(LABEL)
    done = task._base_manager.filter(status__in=DONE)
    gone, _by_table = done.delete()
    wanted = {str(each) for each in ids} | {each.hex for each in ids}
    for waits in task._base_manager.exclude(status__in=DONE):
        if _is_about(waits.args_kwargs, wanted, named):
            gone += waits.delete()[0]
    counts[LABEL] += gone


def _is_about(arguments: Any, wanted: set[str], named: set[str]) -> bool:
    texts = list(_texts(arguments))
    if any(part in wanted for text in texts for part in text.split(",")):
        return True
    kwargs = arguments.get("kwargs", {}) if isinstance(arguments, dict) else {}
    email = _email(kwargs.get("to", ""), kwargs.get("letter", ""))
    return any(name in text for name in named for text in (*texts, email))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def _email(to: str, letter: str) -> str:
    """What an email that waits says, opened as the task that posts it does."""
    if not to or not letter:
        return ""
    try:
        words = json.loads(unseal(User, "letter", to, Sealed(base64.b64decode(letter))))
    except (Unreadable, ValueError):
        return ""
    return f"{words.get('subject', '')}\n{words.get('text', '')}"
