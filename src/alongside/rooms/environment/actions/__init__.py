"""What can be done with meetings: book, move, cancel, note what became of them, see to their surroundings."""

from .meetings import (
    PlaceWords,
    Ticks,
    book_meeting,
    cancel_meeting,
    change_place,
    check_environment,
    locked,
    make_place,
    move_meeting,
    note_held,
    note_missed,
    note_time,
    refuse_what_has_changed,
    restore_place,
    retire_place,
)

__all__ = [
    "PlaceWords",
    "Ticks",
    "book_meeting",
    "cancel_meeting",
    "change_place",
    "check_environment",
    "locked",
    "make_place",
    "move_meeting",
    "note_held",
    "note_missed",
    "note_time",
    "refuse_what_has_changed",
    "restore_place",
    "retire_place",
]
