"""How states and the like are called on the pages and in the tables of an archive: as on the pages of the product."""

from __future__ import annotations

from django.db.models import TextChoices

from alongside.goals.measuring.models import Decision
from alongside.goals.models import Source
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.journeys.models import Visibility
from alongside.journeys.states import JourneyState, Part
from alongside.people.models import AccountState, AddressState
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.follow_up.states import FollowUpState, Helping
from alongside.rooms.ending.handover.states import HandedOver
from alongside.rooms.ending.record.states import EndingState, Said
from alongside.rooms.ending.return_requests.states import Outcome as Returned
from alongside.rooms.ending.wishes.states import Outcome as Wished
from alongside.rooms.ending.wishes.states import Wanted
from alongside.rooms.environment.models import Answer
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.first_meeting.states import AgreementState, Moment
from alongside.rooms.sessions.record.states import IssueState, RecordState
from alongside.rooms.sessions.supervision_cases.states import CaseState, TakenState

OF: dict[str, type[TextChoices]] = {
    "account": AccountState,
    "address": AddressState,
    "agreement": AgreementState,
    "answer": Answer,
    "case": CaseState,
    "decision": Decision,
    "ending": EndingState,
    "entry": Sort,
    "follow_up": FollowUpState,
    "goal": TargetState,
    "handover": HandedOver,
    "helping": Helping,
    "issue": IssueState,
    "journey": JourneyState,
    "meeting": MeetingState,
    "moment": Moment,
    "need": NeedState,
    "part": Part,
    "read_by": Visibility,
    "record": RecordState,
    "returned": Returned,
    "said": Said,
    "source": Source,
    "step": StepState,
    "taken": TakenState,
    "wanted": Wanted,
    "wished": Wished,
}


def state_of(what: str, state: str) -> str:
    """The word for it; "" for none."""
    return str(OF[what](state).label) if state else ""
