"""Every email is composed here, and belongs to a kind that is known: its subject is one line, its HTML its escaped text.

Text alone is written: names, places and sentences go into it as they are. The HTML part is made from that text, so that
no name becomes a picture or a link in it; only an address of this service on a line of its own is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.kernel.one_line import one_line
from alongside.ui.directions import set_apart

from .models import Organisation

EMAILS: dict[str, EmailKind] = {}
"""Every kind of email that can be sent, by name: each is sent to a hostile name in a test."""


@dataclass(frozen=True, slots=True)
class EmailKind:
    """One kind of email: made by `email_kind` where it is written, or named in what waits to be posted."""

    name: str
    although_restricted: str = ""
    """Why it goes out to somebody who asked that nothing is done with what is kept about them; "": it does not."""

    def compose(
        self,
        *,
        to: str,
        subject: str,
        text: str,
        organisation: Organisation | None,
        is_signed: bool = True,
        made_as: type[EmailMultiAlternatives] = EmailMultiAlternatives,
        from_email: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """An email as it is sent, in the language that is active.

        `organisation` is whose it is: its name and telephone are said at the end of the text, and nowhere else. It is
        not signed only where that would tell a stranger something, as at the wrong address; and it is nobody's, None,
        only where its address belongs to nobody here.
        """
        text = signed(text, organisation if is_signed else None)
        message = made_as(one_line(str(subject)), text, from_email=from_email, to=[to], headers=headers or {})
        message.attach_alternative(html_of(text), "text/html")
        message.kind = self.name  # type: ignore[attr-defined]
        message.is_rehearsed = bool(organisation and organisation.is_rehearsal)  # type: ignore[attr-defined]
        return message


def email_kind(name: str, *, although_restricted: str = "") -> EmailKind:
    """Declare a kind of email, once."""
    if name in EMAILS:
        raise ValueError(f"there is an email {name!r} already")
    EMAILS[name] = EmailKind(name, although_restricted)
    return EMAILS[name]


def signed(text: str, organisation: Organisation | None) -> str:
    """The text, and at its end whom it is from and how to ask them, so that one can tell it from a fraud."""
    if organisation is None:
        return text
    facts = {
        "organisation": one_line(organisation.name),
        "telephone": organisation.telephone,
        "email": organisation.email,
    }
    if organisation.telephone:
        said = _("This email is from %(organisation)s. If you have a question, call %(telephone)s.")
    elif organisation.email:
        said = _("This email is from %(organisation)s. If you have a question, write to %(email)s.")
    else:
        said = _("This email is from %(organisation)s.")
    return f"{text.rstrip()}\n\n{said % facts}\n"


def html_of(text: str) -> str:
    """The text of an email as HTML: paragraphs and lines, and whatever it says escaped."""
    paragraphs = format_html_join(
        "\n", "<p>{}</p>", ((_lines(paragraph),) for paragraph in re.split(r"\n\s*\n", text.strip()))
    )
    return format_html(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"></head>\n<body>\n{}\n</body>\n</html>\n',
        translation.get_language() or settings.LANGUAGE_CODE,
        "rtl" if translation.get_language_bidi() else "ltr",
        paragraphs,
    )


def _lines(paragraph: str) -> SafeString:
    return mark_safe("<br>\n".join(_line(line.strip()) for line in paragraph.splitlines()))


def _line(line: str) -> str:
    # `escape` also escapes what Django holds to be safe: text from a template is marked so, with its names unescaped
    plain = escape(set_apart(line))
    is_ours = line.startswith(f"{settings.PUBLIC_URL}/") and not re.search(r"\s", line)
    return f'<a href="{plain}">{plain}</a>' if is_ours else plain
