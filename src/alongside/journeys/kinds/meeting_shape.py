"""What is the same in every kind: the four parts of a meeting and the five levels of the funnel.

Each kind and each template gives its own prompts; the titles and the order are shared, because the
helping has the same shape each time. The funnel is Alongside's own, inspired by the idea of progressive
focusing.
"""

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import FocusingLevel, Part, Text

Timed = tuple[int, Text]
Prompts = tuple[Text, ...]


def meeting_parts(*, review: Timed, direction: Timed, issues: Timed, plan: Timed) -> tuple[Part, ...]:
    """The four parts in their order, each given as (minutes, prompt)."""
    titles = {
        "review": _("What has been done"),
        "direction": _("Where are we heading?"),
        "issues": _("Issues, difficulties, further needs"),
        "plan": _("Plan of action"),
    }
    timed = {"review": review, "direction": direction, "issues": issues, "plan": plan}
    return tuple(
        Part(key=key, title=titles[key], minutes=minutes, prompt=prompt)
        for key, (minutes, prompt) in timed.items()
    )


def funnel(
    *, wide: Prompts, describe: Prompts, explore: Prompts, narrow: Prompts, act: Prompts
) -> tuple[FocusingLevel, ...]:
    """The five levels, from the wide view to one step; only the prompts differ from kind to kind."""
    levels = (
        ("wide", _("Wide view"), _("See what has happened, and choose one situation."), wide),
        ("describe", _("Observe and describe"), _("First what happened, before what it means."), describe),
        ("explore", _("Explore and explain"), _("Look at it from more than one place."), explore),
        (
            "narrow",
            _("Draw together and narrow"),
            _("What it tells you, what is possible, and one focus."),
            narrow,
        ),
        ("act", _("Act and check"), _("One step, and how both will see that it worked."), act),
    )
    return tuple(
        FocusingLevel(key=key, number=number, title=title, purpose=purpose, prompts=prompts)
        for number, (key, title, purpose, prompts) in enumerate(levels, start=1)
    )
