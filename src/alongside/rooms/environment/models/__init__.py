"""Places, meetings and the claims that keep anyone and anything from being in two meetings at once."""

from .asking import EarlierWish, TimeRequest
from .calendars import Answer, EmailEvent, EmailWishes, Feed, MeetingEmail, Reply, Title
from .calendars import Trouble as EmailTrouble
from .hours import (
    BusyCalendar,
    BusyKind,
    BusyTimeRange,
    OtherHours,
    Placed,
    Protection,
    TimeAway,
    Trouble,
    UnreadEntry,
    UnreadReason,
    Window,
)
from .meetings import (
    CalledOff,
    Claim,
    ClaimRole,
    EnvironmentCheck,
    Meeting,
    MeetingStateRecord,
    MeetingTime,
    Place,
    PlaceKind,
)
from .missed import CallToMake
from .replies import Doubt, PossibleAnswer
from .series import Offer, OfferedTime, Recurrence, Series, SeriesMeeting

__all__ = [
    "Answer",
    "BusyCalendar",
    "BusyKind",
    "BusyTimeRange",
    "CallToMake",
    "CalledOff",
    "Claim",
    "ClaimRole",
    "Doubt",
    "EarlierWish",
    "EmailEvent",
    "EmailTrouble",
    "EmailWishes",
    "EnvironmentCheck",
    "Feed",
    "Meeting",
    "MeetingEmail",
    "MeetingStateRecord",
    "MeetingTime",
    "Offer",
    "OfferedTime",
    "OtherHours",
    "Place",
    "PlaceKind",
    "Placed",
    "PossibleAnswer",
    "Protection",
    "Recurrence",
    "Reply",
    "Series",
    "SeriesMeeting",
    "TimeAway",
    "TimeRequest",
    "Title",
    "Trouble",
    "UnreadEntry",
    "UnreadReason",
    "Window",
]
