"""What was done with one tap can be taken back from the message that says so, by one more.

The button posts what leads back, as any button of the page does: it appends a state, and nothing is deleted.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .action_buttons import ActionButton


def say_with_undo(request: HttpRequest, sentence: str, *, url: str, **fields: Any) -> None:
    """A message of success, with *Undo* beside it; `fields` are what the way back is posted with."""
    way_back = {"url": url, "fields": {name: str(value) for name, value in fields.items()}}
    messages.success(request, sentence, extra_tags=json.dumps(way_back))


def undo_of(message: Message) -> ActionButton | None:
    """The button of a message that has one."""
    if not message.extra_tags or not message.extra_tags.startswith("{"):
        return None
    way_back = json.loads(message.extra_tags)
    return ActionButton(_("Undo"), way_back["url"], fields=tuple(way_back["fields"].items()))
