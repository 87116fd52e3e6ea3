"""Tells the stories: every act in them is done by the product's own actions, at the time it is said to have happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from heapq import merge
from operator import itemgetter
from zoneinfo import ZoneInfo

from alongside.goals.actions import Wording, plan_step, propose_target, take_reading, tick_step
from alongside.goals.models import Source
from alongside.goals.queries import goals_of, need_for, step_for, target_for
from alongside.goals.states import StepState
from alongside.journeys.actions import begin_journey, enter_state, invite_participant, seat_of
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.journeys.words import write
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.rooms.environment.actions import Ticks, book_meeting, check_environment, note_held, note_time
from alongside.rooms.environment.models import Meeting, Place
from alongside.rooms.environment.queries import meeting_by_number, meeting_in
from alongside.rooms.first_meeting import actions as first_meeting
from alongside.rooms.first_meeting import boxes as first_boxes
from alongside.rooms.first_meeting.models import AgreementVersion
from alongside.rooms.first_meeting.queries import sections_of
from alongside.rooms.sessions.record import actions as sessions

from .between import forms_before, what_fell_out
from .cases import settle, take_to_supervision
from .endings import first_asked, tell_afterwards, tell_ending
from .focusings import tell_focusing
from .story import ENDED, INVITED, TOMORROW, NeedStory, Story

ZONE = ZoneInfo("Europe/London")
WEEK = dt.timedelta(days=7)
Chapter = tuple[dt.datetime, Callable[[], None]]


@dataclass
class Teller:
    """One story on its way: who, where, and which week it is."""

    story: Story
    guide: Person
    participant: Person
    place: Place | None
    hour: int
    today: dt.date
    journey: Journey | None = None
    covers: Person | None = None

    # --- the calendar of the story ---

    @property
    def first_day(self) -> dt.date:
        """The day of the first meeting, so that the story is now where it says it is."""
        if self.story.stage == TOMORROW:
            return self.today + dt.timedelta(days=1)
        meetings = len(self.story.meetings)
        if self.story.stage == ENDED:
            return self.today - dt.timedelta(days=30) - (meetings + 1) * WEEK
        # the next meeting after those held is today, so that it can be opened
        return self.today - (meetings + 1 + len(self.story.falls_out)) * WEEK

    def day_of(self, number: int) -> dt.date:
        later = sum(before <= number for before in self.story.falls_out)
        return self.first_day + (number - 1 + later) * WEEK

    def first_tried(self, number: int) -> dt.date:
        """The day for which a meeting was booked at first: a week earlier where that one was missed or cancelled."""
        return self.day_of(number) - (WEEK if number in self.story.falls_out else dt.timedelta())

    def at(self, day: dt.date, minutes_later: int = 0) -> dt.datetime:
        moment = dt.datetime.combine(day, dt.time(self.hour), ZONE) + dt.timedelta(minutes=minutes_later)
        return moment.astimezone(dt.UTC)

    # --- who acts ---

    @property
    def as_guide(self) -> Seat:
        assert self.journey
        return seat_of(self.guide, self.journey)

    @property
    def as_participant(self) -> Seat:
        """The participant's own seat; the guide's in the room, where they have no account."""
        assert self.journey
        return seat_of(self.participant if self.participant.user_id else self.guide, self.journey)

    # --- the story ---

    def chapters(self) -> Iterator[Chapter]:
        """What happened, each at its moment, the earliest first."""
        invited_on = self.today if self.story.stage == INVITED else self.first_day - dt.timedelta(days=6)
        now = clock.now()
        yield min(self.at(invited_on), now), self._begin
        if self.story.stage == INVITED:
            return
        before = self.at(self.first_day - dt.timedelta(days=2), 30)
        yield min(before, now - dt.timedelta(minutes=5)), self._prepare
        if self.story.stage == TOMORROW:
            return
        yield from forms_before(self, 1, self.story.first_forms)
        yield self.at(self.first_day, 5), self._meet_first
        for number, told in enumerate(self.story.meetings, start=2):
            yield from what_fell_out(self, number)
            yield from forms_before(self, number, told.forms, told.safety_done)
            yield self.at(self.day_of(number), -3), partial(self._meet, number)
            if told.case:
                evening = self.at(self.day_of(number), 120)
                yield evening, partial(take_to_supervision, self, told.case)
        if self.story.stage == ENDED:
            last = self.day_of(len(self.story.meetings) + 1)
            yield self.at(last, 90), partial(tell_ending, self)
            yield self.at(first_asked(self)), partial(tell_afterwards, self)

    def tell(self) -> Journey:
        """This story alone."""
        tell([self])
        assert self.journey
        return self.journey

    def _begin(self) -> None:
        self.journey = begin_journey(
            participant=self.participant,
            kind=self.story.kind,
            template=self.story.template,
            planned_meetings=self.story.planned,
            every_days=7,
            by=self.guide,
        )
        if self.participant.user_id or self.story.stage == INVITED:
            invite_participant(by=self.as_guide)
        else:
            enter_state(state=JourneyState.PREPARING, by=self.as_guide)
        if self.story.stage != INVITED:
            self._book(1)

    def _book(self, number: int) -> Meeting:
        assert self.journey and self.place
        minutes = self.journey.meeting_minutes
        return book_meeting(
            place=self.place, starts_at=self.at(self.first_tried(number)), minutes=minutes, by=self.as_guide
        )

    def _meeting(self, number: int) -> Meeting:
        facts = meeting_by_number(self.as_guide, number)
        found = meeting_in(self.as_guide, meeting_id=facts.id) if facts else None
        assert found
        return found

    def _prepare(self) -> None:
        for seat, answers in (
            (self.as_participant, self.story.preparation),
            (self.as_guide, self.story.guide_preparation),
        ):
            for key, text in answers.items():
                write(box=first_boxes.own_answer(seat, key, has_sent=False), text=text, version=0, by=seat)
            if answers and seat.other.person.user_id:
                first_meeting.send_preparation(by=seat)
        for need in self.story.needs:
            first_meeting.add_need(
                statement=need.statement, rating=need.then, words=need.then_words, by=self.as_participant
            )

    def _meet_first(self) -> None:
        guide = self.as_guide
        by_statement = {need.statement: need for need in goals_of(guide).needs}
        for told in self.story.needs:
            self._aim(told, by_statement[told.statement].id)
        for text, _state, _word in self.story.first_steps:
            plan_step(text=text, owner=self.participant, due=self.day_of(2), planned_in=1, by=guide)
        version = first_meeting.begin_agreement(by=guide)
        first_meeting.use_texts(
            version=version, keys=[section.key for section in guide.kind.agreement], by=guide
        )
        for key, text in self.story.safety_plan.items():
            written = sections_of(guide, version).get(key)
            known = written.version if written else 0
            first_meeting.write_section(version=version, key=key, text=text, known=known, base=None, by=guide)
        first_meeting.set_frame(version=version, frame=self._frame(version), by=guide)
        first_meeting.propose_agreement(version=version, by=guide)
        first_meeting.accept_agreement(version=version, typed_name=self.guide.name, by=guide)
        first_meeting.accept_agreement(
            version=version, typed_name=self.participant.name, by=self.as_participant
        )
        note_held(meeting=self._meeting(1), by=self.as_guide)
        self._book(2)

    def _frame(self, version: AgreementVersion) -> first_meeting.Frame:
        journey = version.journey
        return first_meeting.Frame(
            begins_on=self.first_day,
            review_on=self.day_of(7),
            meeting_minutes=journey.meeting_minutes,
            every_days=journey.every_days,
            planned_meetings=journey.planned_meetings,
            planned_end=None,
            notice_hours=version.notice_hours,
            after_missed=version.after_missed,
        )

    def _aim(self, told: NeedStory, need_id: object) -> None:
        for aim in told.targets:
            need = need_for(self.as_guide, need_id)  # type: ignore[arg-type]
            assert need
            propose_target(
                need=need,
                wording=Wording(
                    difference=aim.difference,
                    why=aim.why,
                    how_we_will_know=aim.knowing,
                    measure=aim.measure,
                    levels=aim.levels,
                    baseline=Decimal(aim.baseline),
                    aim=Decimal(aim.aim),
                    importance=2,
                    difficulty=2,
                    due=self.day_of(self.story.planned),
                ),
                by=self.as_participant,
            )

    def _meet(self, number: int) -> None:
        told = self.story.meetings[number - 2]
        before = self.story.first_steps if number == 2 else self.story.meetings[number - 3].to_review
        ticks = Ticks(
            private=True, quiet=number % 3 != 0, phones_away=True, enough_time=True, both_ready=True
        )
        check_environment(meeting=self._meeting(number), ticks=ticks, by=self.as_guide)
        with clock.at(self.at(self.day_of(number), 2)):
            sessions.start_meeting(number=number, shape=told.shape, by=self.as_guide)
            self._review(number, before)
            for name in ("review", "direction", "issues", "plan", "summary", "private"):
                text = getattr(told, name)
                if text:
                    sessions.write_in_box(number=number, name=name, text=text, version=0, by=self.as_guide)
            self._read(number)
            if told.focusing:
                tell_focusing(self, number, told.focusing)
            if told.came:
                settle(self, told.came)
            goals = goals_of(self.as_guide)
            for text, _state, _word in told.steps:
                plan_step(
                    text=text,
                    owner=self.participant,
                    target=target_for(self.as_guide, goals.targets[0].id),
                    due=self.day_of(number + 1),
                    planned_in=number,
                    by=self.as_guide,
                )
        with clock.at(self.at(self.day_of(number), 40)):
            if self.story.stage != ENDED or number <= len(self.story.meetings):
                self._book(number + 1)
            self._close(number)

    def _close(self, number: int) -> None:
        assert self.journey
        present = (self.guide.id, self.participant.id)
        closing = sessions.Closing(
            minutes_taken=self.journey.meeting_minutes, present=present, safety_raised=False
        )
        sessions.close_meeting(number=number, closing=closing, by=self.as_guide)
        sessions.confirm_meeting(number=number, by=self.as_participant)
        answers: dict[str, int | None] = {
            "matters": 7 + number % 3,
            "plan": 8,
            "listened": 9,
            "next_step": 7 + number % 2,
        }
        sessions.answer_questions(number=number, answers=answers, kept=False, by=self.as_participant)
        note_time(
            meeting=self._meeting(number),
            started_on_time=number != 3,
            interruptions=1 if number == 4 else 0,
            had_enough_time=True,
            by=self.as_participant,
        )

    def _review(self, number: int, told: tuple[tuple[str, str, str], ...]) -> None:
        said = {text: (state, word) for text, state, word in told}
        for facts in goals_of(self.as_guide).steps_to_do:
            if facts.planned_in == number - 1 and facts.text in said:
                state, word = said[facts.text]
            elif facts.planned_in and facts.planned_in < number - 1:
                # what was half done a fortnight ago has been done since
                state, word = "done", ""
            else:
                continue
            step = step_for(self.as_guide, facts.id)
            assert step
            tick_step(
                step=step, state=StepState(state), word=word, reviewed_in=number, by=self.as_participant
            )

    def _read(self, number: int) -> None:
        """A reading for each target that has one for this meeting; the first of a story is its baseline."""
        told = {aim.difference: aim for need in self.story.needs for aim in need.targets}
        for facts in goals_of(self.as_guide).targets:
            readings = told[facts.wording.difference].readings[1:]
            if len(readings) >= number - 1:
                target = target_for(self.as_guide, facts.id)
                assert target
                take_reading(
                    target=target,
                    value=Decimal(readings[number - 2]),
                    source=Source.MEETING,
                    taken_on=self.day_of(number),
                    meeting_number=number,
                    by=self.as_participant,
                )


def tell(tellers: Iterable[Teller]) -> None:
    """All stories side by side, in the order of time: what is brought from one to another finds it as it was then."""
    for moment, happens in merge(*(each.chapters() for each in tellers), key=itemgetter(0)):
        with clock.at(moment):
            happens()
