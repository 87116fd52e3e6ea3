"""From what was typed to clean data: places, times on the wall, and what is said after a meeting."""

from .meetings import (
    PICK_ONE,
    WHICH,
    YES_NO,
    AfterForm,
    BookingForm,
    CancelForm,
    CannotComeForm,
    CheckForm,
    FollowingForm,
    MissedForm,
    MoveForm,
    PlaceForm,
    TimeForm,
    place_label,
    shape_label,
)

__all__ = [
    "PICK_ONE",
    "WHICH",
    "YES_NO",
    "AfterForm",
    "BookingForm",
    "CancelForm",
    "CannotComeForm",
    "CheckForm",
    "FollowingForm",
    "MissedForm",
    "MoveForm",
    "PlaceForm",
    "TimeForm",
    "place_label",
    "shape_label",
]
