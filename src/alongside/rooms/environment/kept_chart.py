"""Protected time kept, as a picture: a bar a week, filled as far as it was kept whole and hollow where it slipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.measures.charts import PALETTES, dressed

from .protected_time_kept import Week

if TYPE_CHECKING:
    from alongside.measures.charts import Chart
    from alongside.ui.pictures import Theme

ROOMY = 12
"""With more weeks than this the words above the bars are short."""


def definition(weeks: Sequence[Week], theme: Theme) -> Chart:
    """One bar a week with "2 of 3" above it; nothing where nothing was said."""
    import altair as alt

    colours = PALETTES[theme]
    said = "%(kept)s/%(noted)s" if len(weeks) > ROOMY else _("%(kept)s of %(noted)s")
    rows = [_row(week, said) for week in weeks]
    base = alt.Chart(alt.Data(values=rows))
    tall = max(week.tally.noted for week in weeks)
    axis = alt.Axis(labelAngle=0, labelOverlap=True, labelSeparation=12, ticks=False, labelPadding=6)
    # the weeks in their order, the empty ones too: each layer by itself knows only some of them
    order = alt.Scale(domain=[row["week"] for row in rows], paddingInner=0.35, paddingOuter=0.2)
    x = alt.X("week:O", axis=axis, scale=order)
    scale = alt.Scale(domain=[0, tall * 1.15], nice=False)
    marks = list(range(0, tall + 1, max(1, tall // 5)))

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(values=marks, format="d", grid=True))

    whole = base.transform_filter("datum.kept > 0").mark_bar(color=colours.accent, cornerRadius=1)
    slipped = base.transform_filter("datum.noted > datum.kept").mark_bar(
        fill=colours.paper, stroke=colours.edge, strokeWidth=1.5, cornerRadius=1
    )
    words = base.transform_filter("datum.noted > 0").mark_text(color=colours.ink, dy=-9, fontSize=13)
    layers = [
        whole.encode(x=x, y=y("kept")),
        slipped.encode(x=x, y=y("noted"), y2="kept:Q"),
        words.encode(x=x, y=y("noted"), text="said:N"),
    ]
    return dressed(layers, colours)


def _row(week: Week, said: str) -> dict[str, Any]:
    facts = {"kept": week.tally.kept, "noted": week.tally.noted}
    return {"week": date_format(week.monday, _("j M")), "said": said % facts, **facts}
