import secrets

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon from the sprite. It never speaks: a word stands beside it, always."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("ui/dist/icons.svg"),
        name,
    )


@register.simple_tag
def idempotency_key() -> SafeString:
    """The key of a form by which an action that was sent twice is done once: see `people/idempotency.py`."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', secrets.token_urlsafe(9))
