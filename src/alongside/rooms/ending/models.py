"""The tables of the room. Each belongs to a part; here Django finds them all."""

from .contributions.models import EndingEntry
from .follow_up.models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpLetter,
    FollowUpPlan,
    FollowUpStateRecord,
    FollowUpValue,
)
from .handover.models import Handover, HandoverYes
from .keepsake_reminders.models import KeepsakeEmail, KeepsakePlan
from .links.models import KeepsakeLink
from .record.models import Ending, EndingStateRecord, Saying
from .return_requests.models import WayBack
from .wishes.models import Wish

__all__ = [
    "Ending",
    "EndingEntry",
    "EndingStateRecord",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpLetter",
    "FollowUpPlan",
    "FollowUpStateRecord",
    "FollowUpValue",
    "Handover",
    "HandoverYes",
    "KeepsakeEmail",
    "KeepsakeLink",
    "KeepsakePlan",
    "Saying",
    "WayBack",
    "Wish",
]
