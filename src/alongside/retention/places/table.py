"""What the list says of one table: what its rows hang on, which of its fields may hold words, and whose those are.

    Table("goals.Step", journey="journey", words="text:owner|by why_in_error:entered_in_error_by")

A row goes with the journey, the person or the sign-in it hangs on. Where a journey's record has to stay though somebody is
erased, its words stay or go field by field: `field:whose` names whose they are, as a path to the person who wrote them, or
`participant`, whose they are whoever typed them. They go with that person where it is the participant's record; with a `!`
they go in every journey, because they are private or say how somebody is reached.
"""

from __future__ import annotations

from dataclasses import dataclass

PARTICIPANT = "participant"
IN_VERSIONS = "versions"
"""Written by several people, version by version: see `erasing.versions`."""


@dataclass(frozen=True, slots=True)
class Words:
    field: str
    whose: tuple[str, ...] = ()
    in_every_journey: bool = False
    """Also where the record is another person's."""


@dataclass(frozen=True, slots=True)
class Table:
    """`journey`, `person`, `user`: paths to the id of what a row goes with. `stays` says why rows stay, where they do.

    `form` names sealed fields that hold more than a sentence, and are left empty instead of saying that they were erased.
    """

    label: str
    journey: tuple[str, ...]
    person: tuple[str, ...]
    user: str
    words: tuple[Words, ...]
    form: frozenset[str]
    stays: str

    def __init__(
        self,
        label: str,
        *,
        journey: str = "",
        person: str = "",
        user: str = "",
        words: str = "",
        form: str = "",
        stays: str = "",
    ) -> None:
        given = {
            "label": label,
            "journey": tuple(journey.split()),
            "person": tuple(person.split()),
            "user": user,
            "words": tuple(map(_words, words.split())),
            "form": frozenset(form.split()),
            "stays": stays,
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)


def _words(said: str) -> Words:
    field, _colon, whose = said.removesuffix("!").partition(":")
    return Words(field, tuple(whose.split("|")) if whose else (), said.endswith("!"))
