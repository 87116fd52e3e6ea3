"""A words box: the one place where people write in their own words, saved as they type."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

Visibility = Literal["mine", "ours", "named"]

VISIBILITY_ICONS = {"mine": "lock", "ours": "people", "named": "person-check"}
VISIBILITY_LINES = {
    "mine": _("Only you can read this."),
    "ours": _("You can both read this."),
    "named": _("Only the people named can read this."),
}


@dataclass(frozen=True)
class WordsBox:
    """Everything `ui/components/words_box/words_box.html` needs.

    `name` becomes the element's id and must be unique on the page; the field posted is always `text`,
    with `version` and `base` beside it. `visibility_line` says who can read it ("" takes the usual line).
    `history` is the address of its earlier versions, where there are some; `addition` of what is kept beside it.
    `by` and `when` are shown with the quotation when the box is read-only. On a page with many boxes one that
    says its `sentences` is enough; the others take them from there.
    """

    name: str
    label: str
    help: str = ""
    visibility_line: str = ""
    text: str = ""
    version: int | str = 0
    url: str = ""
    readonly: bool = False
    rows: int = 4
    placeholder: str = ""
    visibility: Visibility = "ours"
    by: str = ""
    when: str = ""
    sentences: bool = True
    history: str = ""
    addition: str = ""

    @property
    def key(self) -> str:
        return f"words-{self.name}"

    @property
    def icon(self) -> str:
        return VISIBILITY_ICONS[self.visibility]

    @property
    def who_reads(self) -> str:
        return str(self.visibility_line or VISIBILITY_LINES[self.visibility])
