"""`{% csrf_token %}` as every form of ours has it: the token, and for whom the form was made. Built in, so never loaded."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.ui.form_owner import FIELD, made_for

register = template.Library()


class FormTokenNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString:
        token: Any = super().render(context)
        request = context.get("request") or getattr(context, "request", None)
        if not token or request is None:
            return SafeString(token)
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, made_for(request))


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormTokenNode:
    return FormTokenNode()
