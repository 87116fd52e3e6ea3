"""An act: one action a person may do on a page, with the sentence that says why not when they may not."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32


@dataclass(frozen=True)
class ActionButton:
    """One POST form with one button, rendered by `ui/components/act/act.html`.

    `verdict` is anything with `.allowed` and `.sentence` (kernel's Verdict); None means allowed.
    `fields` are (name, value) pairs sent along unseen. A `confirm` sentence puts the button behind one
    more tap, without a dialog and without JavaScript. `link=True` renders a plain link (a GET, to a page
    where one writes) with the same looks and the same refusal.
    """

    label: str
    url: str
    verdict: Any = None
    primary: bool = False
    fields: tuple[tuple[str, Any], ...] = ()
    confirm: str = ""
    icon: str = ""
    link: bool = False

    @property
    def allowed(self) -> bool:
        return self.verdict is None or bool(self.verdict.allowed)

    @property
    def sentence(self) -> str:
        return "" if self.verdict is None else self.verdict.sentence

    @property
    def key(self) -> str:
        """An element id that stays the same from page to page, so that focus survives a swap."""
        parts = [str(self.label), str(self.url), *(f"{name}={value}" for name, value in self.fields)]
        return f"act-{crc32('|'.join(parts).encode()):08x}"
