"""Everything one person can read of a journey: each page they reach by its links, what is printed, copied and searched."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alongside.journeys.models import Journey
from alongside.rooms.sessions.copies.forms import OWN, SHARED

LINK = re.compile(rb'(?:href|src|hx-get|data-url)="(/[^"#]*)')
# what leads out of what is read: signing out, other journeys' beginnings, pictures and styles
NOT_READ = re.compile(r"^/(static|accounts|ui|demo|people|places|week|time|healthz|profile|journeys/begin)")
TURNED = 3
"""So many ways of looking at one page are read: a calendar can be leafed through for ever."""


def said(answer) -> bytes:
    """What an answer says: of a PDF its text."""
    if not answer.content.startswith(b"%PDF"):
        return answer.content
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).encode()


def reads(client: Client, journey: Journey) -> Iterator[tuple[str, bytes]]:
    """Every page somebody can reach from their first one by following links, with what it says."""
    waiting, seen = ["/", "/journeys/", reverse("overview:journey", args=[journey.id])], set()
    turned: Counter[str] = Counter()
    yield "looking for words", client.post(reverse("overview:search"), {"words": "words"}).content
    for name in ("copy", "text", "paper"):
        everything = {"parts": list(SHARED | OWN), "names": "on", "chosen": "on"}
        answer = client.get(reverse(f"reading:{name}", args=[journey.id, 2]), everything)
        yield f"{name} of everything", said(answer)
    while waiting:
        path = waiting.pop()
        bare = path.split("?")[0]
        if path in seen or NOT_READ.match(path) or bare.endswith((".ics", ".svg")) or turned[bare] == TURNED:
            continue
        seen.add(path)
        turned[bare] += 1
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
        if answer.status_code == 200 and not answer.streaming:
            yield path, said(answer)
            waiting += [link.decode().replace("&amp;", "&") for link in LINK.findall(answer.content)]
