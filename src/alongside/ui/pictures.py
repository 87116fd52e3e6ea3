"""Pictures drawn on the server: an Altair chart as SVG in the colours of Alongside, kept in memory only.

Whoever describes a chart (`measures.charts`) says what is drawn; here it is drawn. Altair and the renderer are
imported when the first picture is asked for: a page that only names the picture's address needs neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import dates
from django.utils.translation import get_language

from alongside.kernel.kept import Kept

if TYPE_CHECKING:
    import altair

Theme = Literal["light", "dark"]
MOST_KEPT = 256
"""So many pictures are kept; the one that was asked for longest ago goes first. Nothing is written to disk."""

_kept: Kept[str, bytes] = Kept(MOST_KEPT)


def svg(chart: altair.Chart | altair.LayerChart, *, theme: Theme) -> bytes:
    """The chart as SVG. The same content is drawn once; the theme is in the chart's own colours and in the key."""
    description = chart.to_json(indent=None)
    key = fingerprint(description, theme, get_language())
    drawn = _kept.get(key)
    if drawn is None:
        drawn = _draw(description)
        _kept.put(key, drawn)
    return drawn


def served(request: HttpRequest, make: Callable[[Theme], Any], theme: Theme, *content: Any) -> HttpResponse:
    """The answer of a picture's own address. What is equal in `content` looks equal: then it isn't even drawn."""
    tag = f'"{fingerprint(content, theme, get_language())}"'
    if tag in [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(svg(make(theme), theme=theme), content_type="image/svg+xml; charset=utf-8")
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


def fingerprint(*content: Any) -> str:
    """What content is known by, for the cache and for the ETag of its address."""
    digest = hashlib.sha256()
    for part in content:
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()


def _draw(description: str) -> bytes:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(
        description, allowed_base_urls=[], time_format_locale=_names_of_days_and_months()
    )
    return drawn.encode()


def _names_of_days_and_months() -> dict[str, Any]:
    """As the reader's language has them, in the order in which d3 counts: a week begins with Sunday."""
    weekdays = [6, 0, 1, 2, 3, 4, 5]
    months = range(1, 13)
    return {
        "dateTime": "%d.%m.%Y %H:%M",
        "date": "%d.%m.%Y",
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": [str(dates.WEEKDAYS[day]) for day in weekdays],
        "shortDays": [str(dates.WEEKDAYS_ABBR[day]) for day in weekdays],
        "months": [str(dates.MONTHS[month]) for month in months],
        "shortMonths": [str(dates.MONTHS_3[month]).capitalize() for month in months],
    }
