"""The tables of this room, gathered for Django. Each part keeps its own; ask for a table where it is kept."""

from .focusing.models import Focusing, FocusingAct, FocusingShare, FocusingStateRecord
from .live.models import Presence
from .record.models import (
    Acknowledgement,
    EnteredInError,
    Issue,
    IssueStateRecord,
    MeetingFeedback,
    MeetingRecord,
    MeetingRecordStateRecord,
)
from .reflection.models import Reflection
from .supervision_cases.models import Case, CaseStateRecord, TakenCase, TakenStateRecord

__all__ = [
    "Acknowledgement",
    "Case",
    "CaseStateRecord",
    "EnteredInError",
    "Focusing",
    "FocusingAct",
    "FocusingShare",
    "FocusingStateRecord",
    "Issue",
    "IssueStateRecord",
    "MeetingFeedback",
    "MeetingRecord",
    "MeetingRecordStateRecord",
    "Presence",
    "Reflection",
    "TakenCase",
    "TakenStateRecord",
]
