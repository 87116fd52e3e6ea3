"""The doors of the environment room."""

from .meetings import WISHES, after, book, cancel, check, held, move, note_missed, room

__all__ = [
    "WISHES",
    "after",
    "book",
    "cancel",
    "check",
    "held",
    "move",
    "note_missed",
    "room",
]
