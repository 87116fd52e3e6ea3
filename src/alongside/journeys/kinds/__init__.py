"""The kinds of journey: supervision, mentoring, treatment. The same four rooms, each in its own words."""

from alongside.journeys.kinds.mentoring import MENTORING
from alongside.journeys.kinds.shapes import Kind, Template
from alongside.journeys.kinds.supervision import SUPERVISION
from alongside.journeys.kinds.treatment import TREATMENT

KINDS: dict[str, Kind] = {each.slug: each for each in (SUPERVISION, MENTORING, TREATMENT)}


def kind(slug: str) -> Kind:
    """The kind of that name; KeyError where there is none."""
    return KINDS[slug]


def template(kind_slug: str, template_slug: str) -> Template:
    """The ready template of that name within that kind; KeyError where there is none."""
    return KINDS[kind_slug].template(template_slug)
