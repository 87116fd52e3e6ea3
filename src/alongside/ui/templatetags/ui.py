import re
import secrets
from functools import lru_cache

from django import template
from django.contrib.messages.storage.base import Message
from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.ui import directions
from alongside.ui.action_buttons import ActionButton
from alongside.ui.undo import undo_of

register = template.Library()
ASKS = re.compile(r"<textarea|\sdata-about-oneself[\s>]")
"""A box for words, or a form that says of itself that it asks how one is."""


@register.filter(is_safe=True)
def apart(sentence: object) -> str:
    """A sentence with names in it: one that runs the other way is set apart. See `ui/directions.py`."""
    return directions.set_apart(str(sentence))


@register.filter
def undo(message: Message) -> ActionButton | None:
    """The way back a message offers; see `ui/undo.py`."""
    return undo_of(message)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon from the sprite. It never speaks: a word stands beside it, always."""
    return _drawn(static("ui/dist/icons.svg"), name)


@lru_cache(maxsize=512)
def _drawn(sprite: str, name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


@register.simple_tag
def idempotency_key() -> SafeString:
    """The key of a form by which an action that was sent twice is done once: see `people/idempotency.py`."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', secrets.token_urlsafe(9))


class WhereOneWrites(template.Node):
    """What stands in it, and first what was given as `before_words`, where there is something to write in."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        content = self.nodelist.render(context)
        first = context.get("before_words") if ASKS.search(content) else None
        return SafeString(f"{first or ''}{content}")


@register.tag
def where_one_writes(parser: Parser, token: Token) -> WhereOneWrites:
    """Around the content of every page, so that a page with a new box has what comes first by itself."""
    nodelist = parser.parse(("endwhere_one_writes",))
    parser.delete_first_token()
    return WhereOneWrites(nodelist)
