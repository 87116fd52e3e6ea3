"""The rows of the lists every room shows: steps, a timeline, who can see what. Words come ready."""

from dataclasses import dataclass
from typing import Literal

from alongside.ui.action_buttons import ActionButton


@dataclass(frozen=True)
class StepLine:
    """One step for `ui/components/steps/steps.html`."""

    text: str
    state: Literal["open", "done", "partly", "not_yet", "let_go"]
    state_word: str
    owner: str = ""
    due: str = ""
    serves: str = ""
    url: str = ""
    acts: tuple[ActionButton, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Moment:
    """One entry for `ui/components/timeline/timeline.html`; `words` are somebody's own, `by` whose."""

    when: str
    title: str
    text: str = ""
    url: str = ""
    state: Literal["past", "next", "missed", "ahead"] = "past"
    words: str = ""
    by: str = ""


@dataclass(frozen=True)
class Reader:
    """One line for `ui/components/who/who.html`: a person, their part, and what they can read."""

    name: str
    part: str
    sees: str = ""
