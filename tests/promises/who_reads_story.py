"""The story in which each kind of words of the table is written, at its moment, by the product's own acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from alongside.goals import actions as goals
from alongside.goals.models import Need, Step, Target
from alongside.goals.queries import step_for
from alongside.goals.states import StepState
from alongside.journeys.actions import enter_state
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.models import Journey, Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Part
from alongside.journeys.words import write
from alongside.kernel import clock
from alongside.rooms.ending.closing.actions import acknowledge
from alongside.rooms.ending.comparison.actions import look_at_today
from alongside.rooms.ending.contributions.actions import Content, add_entry, show_answers
from alongside.rooms.ending.contributions.queries import box_named
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.follow_up import actions as follow_up
from alongside.rooms.ending.follow_up.queries import days_of
from alongside.rooms.ending.follow_up.states import Readers, Way
from alongside.rooms.ending.record.actions import begin_ending
from alongside.rooms.ending.tests.furniture import settled
from alongside.rooms.first_meeting import actions as first_meeting
from alongside.rooms.first_meeting import boxes as first_boxes
from alongside.rooms.first_meeting.states import Side
from alongside.rooms.sessions.focusing import actions as focusings
from alongside.rooms.sessions.focusing.queries import level_of
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record import boxes as session_boxes
from alongside.rooms.sessions.record.models import Issue, MeetingRecord
from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.record.states import IssueState
from alongside.rooms.sessions.record.tests.factories import booked, closing
from alongside.rooms.sessions.reflection.actions import reflect
from alongside.rooms.sessions.supervision_cases.actions import keep_draft
from alongside.rooms.sessions.supervision_cases.content import Draft
from tests.cast import Cast
from tests.furnish import SAFETY_PLAN

from .who_reads import MOMENTS, mark, words


@dataclass
class Told:
    """One journey on its way through all moments."""

    cast: Cast
    journey: Journey

    @property
    def guide(self) -> Seat:
        return self.cast.seat(self.cast.guide, self.journey)

    @property
    def participant(self) -> Seat:
        return self.cast.seat(self.cast.participant, self.journey)

    # --- the moments, in their order ---------------------------------------------------------------------------

    def preparing(self) -> None:
        for seat, key, kind in (
            (self.guide, "offer", "preparation of the guide"),
            (self.participant, "brings", "preparation of the participant"),
        ):
            box = first_boxes.own_answer(seat, key, has_sent=False)
            write(box=box, text=words(kind), version=0, by=seat)

    def sent(self) -> None:
        for seat in (self.guide, self.participant):
            first_meeting.send_preparation(by=seat)
        kinds = {"statement": words("need"), "words": words("starting words of a need")}
        first_meeting.add_need(rating=3, **kinds, by=self.participant)

    def agreed(self) -> None:
        for seat, box, kind in (
            (self.guide, first_boxes.shared_notes(self.guide), "notes of the first meeting"),
            (self.guide, first_boxes.private_notes(self.guide), "guide’s own notes of the first meeting"),
            (
                self.participant,
                first_boxes.private_notes(self.participant),
                "participant’s own notes of the first meeting",
            ),
        ):
            write(box=box, text=words(kind), version=0, by=seat)
        wording = goals.Wording(
            difference=words("target"),
            why=words("why of a target"),
            how_we_will_know=words("how a target will be known"),
            measure="rating-0-10",
            baseline=Decimal(3),
            aim=Decimal(7),
        )
        goals.propose_target(need=Need.objects.get(journey=self.journey), wording=wording, by=self.guide)
        step = {"owner": self.cast.participant, "planned_in": 1}
        goals.plan_step(text=words("step"), **step, by=self.guide)
        self._agree()
        booked(self.cast, self.journey, 1, state="held", days=-7)
        booked(self.cast, self.journey, 2)
        matters = {"number": 2, "name": "matters", "version": 0}
        sessions.write_in_box(text=words("what matters today"), **matters, by=self.participant)
        self._write_for_next_time()
        today = clock.today("Europe/London")
        name_cover(person=self.cast.colleague, days=Days(today, today), by=self.guide)

    def open(self) -> None:
        sessions.start_meeting(number=2, by=self.guide)
        step = step_for(self.participant, Step.objects.get(journey=self.journey).id)
        assert step
        answer = {"state": StepState.PARTLY, "word": words("word on a step"), "reviewed_in": 2}
        goals.tick_step(step=step, **answer, by=self.participant)
        for name, kind, seat in (
            ("review", "notes of the review", self.guide),
            ("direction", "notes of the direction", self.guide),
            ("issues", "notes of the issues", self.participant),
            ("plan", "notes of the plan", self.guide),
            ("summary", "summary", self.participant),
            ("private", "guide’s private notes", self.guide),
            ("private", "participant’s private notes", self.participant),
        ):
            sessions.write_in_box(number=2, name=name, text=words(kind), version=0, by=seat)
        issue = sessions.raise_issue(number=2, text=words("issue"), by=self.participant)
        settles = {"becomes": IssueState.CONCERN, "word": words("word on an issue")}
        sessions.settle_issue(number=2, issue=issue, **settles, by=self.guide)
        sessions.raise_issue(number=2, text=words("issue in the wrong record"), by=self.participant)
        became = sessions.raise_issue(
            number=2, text=words("issue that became a step in the wrong record"), by=self.participant
        )
        sessions.settle_issue(number=2, issue=became, becomes=IssueState.BECAME_STEP, by=self.participant)
        self._focus()
        self._plan_in_the_wrong_record()
        self._mark_for_the_supporter()

    def closed(self) -> None:
        worry = {"safety_raised": True, "safety_where": words("where a worry was taken")}
        sessions.close_meeting(number=2, closing=closing(self.guide, **worry), by=self.guide)
        sessions.confirm_meeting(number=2, by=self.participant)
        late = {"number": 2, "name": "afterwards", "version": 0}
        sessions.write_in_box(text=words("late words"), **late, by=self.participant)
        table = table_of(self.guide, 2)
        assert table
        reflect(table=table, skills={"listening": 3}, words=words("reflection of the guide"), by=self.guide)
        keep_draft(draft=Draft(question=words("case in the making")), by=self.guide)
        level = level_of(self.participant, "narrow")
        assert level
        focusings.share_level(focusing_id=self.alone, level=level, by=self.participant)

    def in_error(self) -> None:
        reason = words("why it was in error")
        wrong = Words.objects.get(journey=self.journey, id=self.wrong)
        focusings.mark_in_focusing(
            focusing_id=self.alone, words_id=wrong.id, reason=reason, by=self.participant
        )
        for issue in list(Issue.objects.filter(journey=self.journey)):
            if "zq" in str(issue.text) and str(issue.text) != words("issue"):
                facts = {"issue_id": issue.id, "reason": reason, "by": self.participant}
                sessions.mark_issue_in_error(number=2, **facts)
        for step in list(Step.objects.filter(journey=self.journey)):
            if str(step.text) in (words("step in the wrong record"), words("act in the wrong record")):
                sessions.mark_step_in_error(number=2, step_id=step.id, reason=reason, by=self.participant)

    def resting(self) -> None:
        enter_state(state=JourneyState.PAUSED, reason=words("why it rests"), by=self.guide)

    def ending(self) -> None:
        enter_state(state=JourneyState.ACTIVE, by=self.guide)
        begun = begin_ending(by=self.guide)
        need = Need.objects.get(journey=self.journey)
        today = {"entries": {need.id: (7, words("today’s words of a need"))}, "readings": {}}
        look_at_today(**today, by=self.participant)
        for seat, kind in (
            (self.guide, "guide’s answer at the ending"),
            (self.participant, "participant’s answer at the ending"),
        ):
            box = box_named(seat, begun, "benefit", revealed=False)
            assert box
            write(box=box, text=words(kind), version=0, by=seat)
        category = self.guide.kind.support_categories[0].key
        for sort, content in (
            (Sort.KEY_POINT, Content(what=words("key point"))),
            (
                Sort.SUPPORT,
                Content(
                    what=words("support"),
                    link=f"https://{mark('link of a support')}.example.org/",
                    category=category,
                ),
            ),
            (Sort.STRATEGY, Content(what="it is late", then=words("strategy"))),
        ):
            add_entry(sort=sort, content=content, by=self.participant)

    def shown(self) -> None:
        for seat in (self.guide, self.participant):
            show_answers(by=seat)

    def over(self) -> None:
        settled(self.guide)
        today = clock.today("Europe/London")
        days = (today, today + dt.timedelta(days=30))
        follow_up.plan_days(days=days, readers=Readers.MINE, by=self.participant)
        acknowledge(side=Side.PARTICIPANT, by=self.participant)
        acknowledge(side=Side.GUIDE, by=self.guide)
        first, second = days_of(self.participant)
        self._answer(first, "answer afterwards, kept")
        follow_up.plan_days(days=days, readers=Readers.OURS, by=self.participant)
        with clock.at(clock.now() + dt.timedelta(days=31)):
            self._answer(second, "answer afterwards, shared")

    # --- parts of them -----------------------------------------------------------------------------------------

    def _agree(self) -> None:
        version = first_meeting.begin_agreement(by=self.guide)
        keys = [section.key for section in self.guide.kind.agreement]
        first_meeting.use_texts(version=version, keys=keys[1:], by=self.guide)
        section = {"key": keys[0], "text": words("section of the agreement"), "known": 0, "base": None}
        first_meeting.write_section(version=version, **section, by=self.guide)
        for key in SAFETY_PLAN.keys() & set(keys):  # no template can write these for anybody
            field = {"key": key, "text": SAFETY_PLAN[key], "known": 0, "base": None}
            first_meeting.write_section(version=version, **field, by=self.guide)
        frame = first_meeting.Frame(
            begins_on=clock.today("Europe/London"),
            review_on=clock.today("Europe/London") + dt.timedelta(days=40),
            meeting_minutes=45,
            every_days=7,
            planned_meetings=6,
            planned_end=None,
        )
        first_meeting.set_frame(version=version, frame=frame, by=self.guide)
        first_meeting.propose_agreement(version=version, by=self.guide)
        late = {"key": keys[1], "text": words("words too late for a proposed section"), "known": 0}
        first_meeting.write_section(version=version, **late, base=None, by=self.participant)
        for seat in (self.guide, self.participant):
            first_meeting.accept_agreement(version=version, typed_name=str(seat.actor.name), by=seat)

    def _write_for_next_time(self) -> None:
        box = session_boxes.for_next_time(self.journey.id, 2)
        write(box=box, text=words("for next time"), version=0, by=self.participant)

    def _focus(self) -> None:
        seat = self.participant
        alone = focusings.begin_focusing(by=seat)
        self.alone = alone.id
        for level, box, kind in (
            ("wide", "how_are_you", "private words in the wrong record"),
            ("describe", "account", "focusing alone"),
            ("narrow", "insight", "focusing alone, a level shared later"),
        ):
            found = level_of(seat, level)
            assert found
            focusings.write_in_level(
                focusing_id=alone.id, level=found, name=box, text=words(kind), version=0, by=seat
            )
        self.wrong = self._holding("private words in the wrong record").id
        focusings.put_down_topic(focusing_id=alone.id, topic=words("topic of a focusing alone"), by=seat)
        together = focusings.begin_focusing(together=True, by=seat)
        describe = level_of(seat, "describe")
        assert describe
        account = {"name": "account", "text": words("focusing together"), "version": 0}
        focusings.write_in_level(focusing_id=together.id, level=describe, **account, by=seat)
        target = Target.objects.get(need__journey=self.journey)
        act = focusings.ActionButton(
            text=words("act of a focusing"),
            owner=self.cast.participant,
            target=target,
            support=words("support of an act"),
            obstacle=words("what may get in the way of an act"),
            success_sign=words("sign of an act"),
        )
        focusings.plan_act(focusing_id=together.id, act=act, by=seat)

    def _plan_in_the_wrong_record(self) -> None:
        seat, owner = self.participant, self.cast.participant
        target = Target.objects.get(need__journey=self.journey)
        text = words("step in the wrong record")
        planned = goals.plan_step(text=text, owner=owner, target=target, planned_in=2, by=seat)
        step = step_for(seat, planned.id)
        assert step
        word = words("word on a step in the wrong record")
        goals.tick_step(step=step, state=StepState.PARTLY, word=word, reviewed_in=2, by=seat)
        focusing = focusings.begin_focusing(together=True, by=seat)
        act = focusings.ActionButton(
            text=words("act in the wrong record"),
            owner=owner,
            target=target,
            support=words("support of an act in the wrong record"),
        )
        focusings.plan_act(focusing_id=focusing.id, act=act, by=seat)

    def _holding(self, kind: str) -> Words:
        rows = Words.objects.filter(journey=self.journey)
        return next(row for row in rows if mark(kind) in str(row.text))

    def _mark_for_the_supporter(self) -> None:
        member = next(each for each in self.guide.members if each.part == Part.SUPPORTER)
        record = MeetingRecord.objects.get(journey=self.journey, number=2)
        marked = Words.objects.create(
            journey=self.journey,
            place="meeting_record",
            subject_id=record.id,
            box="for_the_supporter",
            visibility=Visibility.NAMED,
            text=words("for the supporter"),
        )
        marked.named_for.add(member.id)

    def _answer(self, day, kind: str) -> None:
        follow_up.ask(day_id=day.id, by=None)
        content = follow_up.Content(helping="yes", words=words(kind))
        follow_up.answer(day=day, content=content, way=Way.SIGNED_IN, by=self.participant)

    def comes_to(self, moment: str) -> None:
        """What happens then, the moments before it having been."""
        getattr(self, moment.replace(" ", "_"))()

    def whole(self) -> None:
        for moment in MOMENTS:
            self.comes_to(moment)
