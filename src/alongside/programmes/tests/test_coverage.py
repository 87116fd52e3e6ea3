"""Every figure of coverage, from journeys made by hand in the database to the counts.

Long, because each figure has its own small story of journeys, and they are read beside each other.
"""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.goals.measuring.models import FilledForm, FindingAnswer, FormSchedule, ServiceInstrument
from alongside.goals.measuring.versions import key_of
from alongside.journeys.models import Words
from alongside.kernel import clock
from alongside.programmes.figures.definition import Cell, Counts, counts_of
from alongside.programmes.models import Placement, SuggestedReview
from alongside.programmes.own_coverage import counts_for
from alongside.programmes.star.gathering import facts_of
from alongside.programmes.star.making import tables_of
from alongside.rooms.ending.contributions.models import EndingEntry
from alongside.rooms.ending.follow_up.models import FollowUp, FollowUpAnswer
from alongside.rooms.ending.handover.models import Handover
from alongside.rooms.ending.record.models import Ending, EndingStateRecord
from alongside.rooms.first_meeting.models import AgreementStateRecord

from .factories import agreed, at, journey, meeting, noted, on, prepared, programme

pytestmark = pytest.mark.django_db
ACTIVE = (("2026-01-02", "preparing"), ("2026-01-20", "active"))


@pytest.fixture
def placements(cast):
    return programme(cast)


def counted(figure: str, *journeys, last: int = 202606) -> dict[int, tuple[int, int]]:
    """By month: the part and the whole, of these journeys alone."""
    counts = counts_of(tables_of(facts_of([each.id for each in journeys]), last=last))
    found: dict[int, tuple[int, int]] = {}
    for cell, both in counts.items():
        if cell.figure == figure:
            part, whole = found.get(cell.month, (0, 0))
            found[cell.month] = (part + both.part, whole + both.whole)
    return dict(sorted(found.items()))


def test_an_agreement_counts_from_the_month_at_whose_end_it_is_in_force(cast, placements):
    without = journey(cast, "2026-01-02", ("2026-01-02", "preparing"))
    meeting(cast, without, "2026-02-03")
    agrees = journey(cast, "2026-01-02", ("2026-01-02", "preparing"), ("2026-03-31", "active"))
    meeting(cast, agrees, "2026-02-03")
    agreed(agrees, cast.guide, "2026-03-31")
    never_met = journey(cast, "2026-01-02", ("2026-01-02", "preparing"))
    paused = journey(cast, "2026-01-02", *ACTIVE, ("2026-02-10", "paused"))
    agreed(paused, cast.guide, "2026-01-20")

    found = counted("agreement", without, agrees, never_met, paused, last=202604)

    assert found == {202601: (1, 1), 202602: (0, 2), 202603: (1, 2), 202604: (1, 2)}


def test_an_agreement_that_ended_or_was_only_proposed_does_not_count(cast):
    ended = journey(cast, "2026-01-02", *ACTIVE)
    agreed(ended, cast.guide, "2026-01-20", states=("in_force", "ended"))
    proposed = journey(cast, "2026-01-02", *ACTIVE)
    agreed(proposed, cast.guide, "2026-01-20", states=("draft", "proposed", "accepted_by_one"))

    assert counted("agreement", ended, proposed, last=202601) == {202601: (0, 2)}


@pytest.mark.parametrize(
    ("last_met", "lately", "twice", "drifted"),
    # every 14 days, at the end of April: 21 and 28 days are in time, 22 and 29 are not
    [
        ("2026-04-09", 1, 1, 0),
        ("2026-04-08", 0, 1, 0),
        ("2026-04-02", 0, 1, 0),
        ("2026-04-01", 0, 0, 1),
    ],
)
def test_met_lately_is_within_one_and_a_half_times_the_interval(cast, last_met, lately, twice, drifted):
    one = journey(cast, "2026-01-02", *ACTIVE)
    meeting(cast, one, last_met)

    assert counted("met_lately", one, last=202604)[202604] == (lately, 1)
    assert counted("met_within_twice", one, last=202604)[202604] == (twice, 1)
    assert counted("drifted", one, last=202604)[202604] == (drifted, 1)


def test_whoever_has_something_booked_has_not_drifted_unless_it_was_called_off(cast):
    booked = journey(cast, "2026-01-02", *ACTIVE)
    meeting(cast, booked, "2026-02-01")
    meeting(cast, booked, "2026-05-04", "planned", booked="2026-04-20")
    called_off = journey(cast, "2026-01-02", *ACTIVE)
    meeting(cast, called_off, "2026-02-01")
    meeting(cast, called_off, "2026-05-04", "cancelled", booked="2026-04-20", said="2026-04-29")
    later_off = journey(cast, "2026-01-02", *ACTIVE)
    meeting(cast, later_off, "2026-02-01")
    meeting(cast, later_off, "2026-05-04", "cancelled", booked="2026-04-20", said="2026-05-01")

    assert counted("drifted", booked, last=202604)[202604] == (0, 1)
    assert counted("drifted", called_off, last=202604)[202604] == (1, 1)
    assert counted("drifted", later_off, last=202604)[202604] == (0, 1)


def test_the_interval_is_the_one_agreed_then(cast):
    one = journey(cast, "2026-01-02", *ACTIVE, every_days=7)
    agreed(one, cast.guide, "2026-01-20", every_days=28)
    meeting(cast, one, "2026-03-20")

    # 42 days, which is one and a half times 28
    assert counted("met_lately", one, last=202604)[202604] == (1, 1)


def test_a_first_meeting_is_due_28_days_after_the_invitation(cast):
    in_time = journey(cast, "2026-01-01", ("2026-01-05", "preparing"))
    meeting(cast, in_time, "2026-02-02")
    late = journey(cast, "2026-01-01", ("2026-01-05", "preparing"))
    meeting(cast, late, "2026-02-03")
    withdrawn = journey(cast, "2026-01-01", ("2026-01-05", "preparing"), ("2026-02-01", "withdrawn"))
    waits = journey(cast, "2026-01-01", ("2026-01-05", "preparing"))
    elsewhere = journey(cast, "2026-01-01", ("2026-01-05", "preparing"), first_number=4)

    found = counted("first_meeting", in_time, late, withdrawn, waits, elsewhere)

    assert found == {202602: (1, 3)}


def test_a_first_meeting_is_not_counted_before_its_days_are_over(cast):
    early = journey(cast, "2026-01-20", ("2026-01-20", "preparing"))
    meeting(cast, early, "2026-01-22")

    assert counted("first_meeting", early, last=202601) == {}
    assert counted("first_meeting", early, last=202602) == {202602: (1, 1)}


def test_prepared_before_the_first_and_before_later_meetings(cast):
    both = journey(cast, "2026-01-02", *ACTIVE)
    prepared(both, cast.guide, "2026-01-10")
    prepared(both, cast.participant, "2026-02-03")
    meeting(cast, both, "2026-02-03", number=1)
    meeting(cast, both, "2026-02-17", number=2)
    meeting(cast, both, "2026-02-24", number=3)
    words = Words.objects.create(
        journey=both,
        place="before_meeting",
        subject_id=both.id,
        box="matters_3",
        visibility="ours",
        text="What matters",
        version=1,
    )
    on(words, "2026-02-23")
    one = journey(cast, "2026-01-02", *ACTIVE)
    prepared(one, cast.guide, "2026-01-10")
    prepared(one, cast.participant, "2026-02-04")
    meeting(cast, one, "2026-02-03", number=1)

    assert counted("prepared_both", both, one) == {202602: (1, 2)}
    assert counted("prepared_someone", both, one) == {202602: (2, 2)}
    assert counted("prepared", both, one) == {202602: (2, 4)}


def test_protected_time_is_told_of_meetings_of_which_something_was_said(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)
    noted(cast, meeting(cast, one, "2026-02-03"))
    noted(cast, meeting(cast, one, "2026-02-10"), interruptions=1)
    noted(cast, meeting(cast, one, "2026-02-12"), on_time=False)
    meeting(cast, one, "2026-02-17")
    noted(cast, meeting(cast, one, "2026-02-18", "missed"))

    assert counted("protected", one) == {202602: (1, 3)}


def test_missed_is_a_share_of_all_appointments_cancelled_ones_included(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)
    for day, state in (
        ("03", "held"),
        ("10", "missed"),
        ("17", "cancelled"),
        ("18", "cancelled"),
        ("24", "planned"),
    ):
        meeting(cast, one, f"2026-02-{day}", state)

    assert counted("missed", one) == {202602: (1, 4)}


def test_measured_since_the_meeting_before(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)
    for day in ("2026-02-03", "2026-02-10", "2026-02-17"):
        meeting(cast, one, day)
    FilledForm.objects.create(
        journey=one,
        instrument="phq-9",
        measure_version="1",
        answers="{}",
        by=cast.participant,
        submitted_at=at("2026-02-10", 9),
    )

    # the first has nothing before it; by the third nothing was filled in since the second
    assert counted("measured", one) == {202602: (1, 2)}


def filled(made, who, key: str, day: str):
    return FilledForm.objects.create(
        journey=made, instrument=key, measure_version="1", answers="{}", by=who, submitted_at=at(day, 9)
    )


def test_questionnaires_are_due_by_the_schedule_as_it_was_and_filled_in_since_the_meeting_before(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)
    for asked, day in (("each", "2026-01-20"), ("never", "2026-02-20")):
        on(FormSchedule.objects.create(journey=one, instrument="phq-9", asked=asked, by=cast.guide), day)
    for number, day in enumerate(("2026-02-03", "2026-02-10", "2026-02-17", "2026-02-24"), start=1):
        meeting(cast, one, day, number=number)
    filled(one, cast.participant, "phq-9", "2026-02-01")
    filled(one, cast.participant, "phq-9", "2026-02-17")
    filled(one, cast.participant, "gad-7", "2026-02-10")

    # filled in before the first and the third, not before the second; before the fourth none is asked any more
    assert counted("questionnaires", one) == {202602: (2, 3)}


def test_questionnaires_at_the_start_and_at_the_end_are_due_there_alone(cast):
    one = journey(cast, "2026-01-02", *ACTIVE, planned_meetings=3)
    on(
        FormSchedule.objects.create(journey=one, instrument="phq-9", asked="ends", by=cast.guide),
        "2026-01-20",
    )
    for number, day in enumerate(("2026-02-03", "2026-02-10", "2026-02-17"), start=1):
        meeting(cast, one, day, number=number)
    filled(one, cast.participant, "phq-9", "2026-02-03")

    assert counted("questionnaires", one) == {202602: (1, 2)}


def test_a_renewed_questionnaire_of_the_same_meaning_is_the_one_that_is_asked(cast):
    keys = service_versions(cast, same_meaning=(False, True, False))
    one = journey(cast, "2026-01-02", *ACTIVE)
    for key, asked, day in ((keys[0], "each", "2026-01-20"), (keys[1], "never", "2026-02-20")):
        on(FormSchedule.objects.create(journey=one, instrument=key, asked=asked, by=cast.guide), day)
    for number, day in enumerate(("2026-02-03", "2026-02-10", "2026-02-17", "2026-02-24"), start=1):
        meeting(cast, one, day, number=number)
    filled(one, cast.participant, keys[0], "2026-02-02")
    filled(one, cast.participant, keys[1], "2026-02-09")
    filled(one, cast.participant, keys[2], "2026-02-16")

    # the third version means something else; before the fourth meeting none of the line is asked any more
    assert counted("questionnaires", one) == {202602: (2, 3)}


def service_versions(cast, same_meaning: tuple[bool, ...]) -> list[str]:
    family = uuid4()
    rows = [
        ServiceInstrument.objects.create(
            organisation=cast.organisation,
            family=family,
            version=version,
            same_meaning=same,
            by=cast.administrator,
        )
        for version, same in enumerate(same_meaning, start=1)
    ]
    return [key_of(row.id) for row in rows]


def test_an_agreement_is_reviewed_when_a_newer_version_is_proposed_by_its_date(cast):
    reviewed = journey(cast, "2026-01-02", *ACTIVE)
    agreed(reviewed, cast.guide, "2026-01-20", review_on="2026-04-20")
    agreed(reviewed, cast.guide, "2026-04-20", number=2, states=("draft", "proposed"))
    late = journey(cast, "2026-01-02", *ACTIVE)
    agreed(late, cast.guide, "2026-01-20", review_on="2026-04-20")
    agreed(late, cast.guide, "2026-04-21", number=2, states=("draft", "proposed"))
    never = journey(cast, "2026-01-02", *ACTIVE)
    agreed(never, cast.guide, "2026-01-20", review_on="2026-04-20")
    ended = journey(cast, "2026-01-02", *ACTIVE)
    agreed(ended, cast.guide, "2026-01-20", review_on="2026-04-20", states=("in_force", "ended"))

    assert counted("agreement_review", reviewed, late, never, ended) == {202604: (1, 3)}


def test_a_suggested_review_is_decided_within_seven_days(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)

    def suggested(rule: str, raised: str, decided: str = "", cleared: str | None = None):
        SuggestedReview.objects.create(journey=one, rule=rule, raised_on=raised, cleared_on=cleared)
        if decided:
            answer = FindingAnswer.objects.create(
                journey=one, rule=rule, level=3, bounds_version="1", decision="continue", by=cast.guide
            )
            on(answer, decided)

    suggested("N1", "2026-03-02", "2026-03-09", "2026-03-09")
    suggested("N2", "2026-03-02", "2026-03-10", "2026-03-10")
    suggested("N3", "2026-03-02")
    suggested("N4", "2026-03-02", cleared="2026-03-04")
    suggested("N5", "2026-03-28", "2026-03-29", "2026-03-29")

    assert counted("suggested_review", one) == {202603: (1, 3), 202604: (1, 1)}


def ended(cast, day: str, how: str, *, closed=True, support=True, taken=True):
    made = journey(cast, "2026-01-02", *ACTIVE, (day, "ending"), (day, how))
    ending = Ending.objects.create(journey=made, begun_by=cast.guide)
    if closed:
        on(EndingStateRecord.objects.create(ending=ending, state="closed", by=cast.guide), day)
    if support:
        EndingEntry.objects.create(ending=ending, sort="support", first_contact="2026-06-01", by=cast.guide)
    else:
        EndingEntry.objects.create(ending=ending, sort="support", by=cast.guide)
    if taken:
        EndingEntry.objects.create(ending=ending, sort="key_point", by=cast.guide)
    return made


def test_ended_well_is_all_three_together(cast):
    journeys = [
        ended(cast, "2026-05-05", "completed"),
        ended(cast, "2026-05-05", "completed", closed=False),
        ended(cast, "2026-05-05", "completed", support=False),
        ended(cast, "2026-05-05", "ended_early", taken=False),
        ended(cast, "2026-05-05", "transferred"),
    ]

    assert counted("ended_well", *journeys) == {202605: (1, 4)}
    assert counted("ended_support", *journeys) == {202605: (3, 4)}
    assert counted("ended_early", *journeys) == {202605: (1, 4)}


def test_a_follow_up_is_answered_within_28_days(cast):
    one = journey(cast, "2026-01-02", *ACTIVE, ("2026-02-01", "completed"))

    def asked(day: str, answer: str = ""):
        row = FollowUp.objects.create(journey=one, on=day, by=cast.guide)
        if answer:
            said = FollowUpAnswer.objects.create(
                follow_up=row, helping="yes", readers="mine", way="by_link", by=cast.participant
            )
            on(said, answer)
        return row

    asked("2026-03-01", "2026-03-29")
    asked("2026-03-02", "2026-03-31")
    asked("2026-03-03")
    FollowUp.objects.filter(id=asked("2026-03-04").id).update(
        cancelled_at=at("2026-03-03"), cancelled_by=cast.guide
    )

    assert counted("follow_up", one) == {202603: (1, 3)}


def test_a_handover_is_settled_within_90_days(cast):
    one = journey(cast, "2025-12-01", *ACTIVE)
    on(Handover.objects.create(journey=one, to=cast.colleague, by=cast.guide), "2026-01-10")

    assert counted("handover", one) == {202604: (0, 1)}


def test_moving_a_journey_leaves_earlier_months_where_they_were(cast, placements):
    other = programme(cast, name="Mentoring")
    one = journey(cast, "2026-01-02", *ACTIVE, within=placements)
    meeting(cast, one, "2026-01-25")
    on(Placement.objects.create(journey=one, programme=other, by=cast.guide), "2026-03-31")

    counts = counts_of(tables_of(facts_of([one.id]), last=202604))
    where = {cell.month: cell.programme for cell in counts if cell.figure == "agreement"}

    assert where == {
        202601: placements.id.hex,
        202602: placements.id.hex,
        202603: other.id.hex,
        202604: other.id.hex,
    }


def test_a_journey_belongs_where_the_one_it_follows_does(cast, placements):
    before = journey(cast, "2026-01-02", *ACTIVE, ("2026-03-01", "transferred"), within=placements)
    after = journey(cast, "2026-03-01", ("2026-03-01", "preparing"), ("2026-03-01", "active"), follows=before)

    counts = counts_of(tables_of(facts_of([after.id]), last=202603))

    assert counts[Cell("agreement", placements.id.hex, "supervision", 202603)] == Counts(whole=1, part=0)


def test_a_journey_moved_from_where_the_one_before_is_leaves_its_earlier_months_there(cast, placements):
    other = programme(cast, name="Mentoring")
    first = journey(cast, "2026-01-02", *ACTIVE, ("2026-02-01", "transferred"), within=placements)
    second = journey(cast, "2026-02-01", ("2026-02-01", "transferred"), follows=first)
    third = journey(cast, "2026-02-01", ("2026-02-01", "preparing"), ("2026-02-01", "active"), follows=second)
    on(Placement.objects.create(journey=third, programme=other, by=cast.guide), "2026-03-05")
    on(Placement.objects.create(journey=first, programme=None, by=cast.guide), "2026-04-05")

    counts = counts_of(tables_of(facts_of([third.id]), last=202604))
    where = {cell.month: cell.programme for cell in counts if cell.figure == "agreement"}

    assert where == {202602: placements.id.hex, 202603: other.id.hex, 202604: other.id.hex}


def test_nothing_of_a_month_that_still_goes_on_is_counted(cast):
    one = journey(cast, "2026-01-02", *ACTIVE)
    meeting(cast, one, "2026-02-03")

    assert max(cell.month for cell in counts_of(tables_of(facts_of([one.id]), last=202601))) == 202601


def test_a_clock_that_changes_at_the_end_of_a_month_moves_nothing(cast):
    """In the last hour of March, in summer time, it is still February's or March's day by the wall."""
    one = journey(cast, "2026-01-02", ("2026-01-02", "preparing"))
    meeting(cast, one, "2026-01-25")
    version = agreed(one, cast.guide, "2026-03-31", states=("draft",))
    late = AgreementStateRecord.objects.create(version=version, state="in_force", by=cast.guide)
    # half past eleven in the evening of 31 March is half past ten in UTC
    AgreementStateRecord.objects.filter(id=late.id).update(created_at=at("2026-03-31", 23))

    assert counted("agreement", one, last=202603)[202603] == (1, 1)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/New_York"])
def test_a_day_is_the_same_wherever_it_is_read(cast, zone):
    """The star is written by a process that knows no zone, a guide's own page is read in theirs."""
    one = journey(cast, "2026-01-02", ("2026-01-02", "preparing"))
    meeting(cast, one, "2026-01-25")
    version = agreed(one, cast.guide, "2026-03-31", states=("draft",))
    for state, moment in (("in_force", at("2026-04-01", 0)), ("ended", at("2026-05-31", 23))):
        row = AgreementStateRecord.objects.create(version=version, state=state, by=cast.guide)
        AgreementStateRecord.objects.filter(id=row.id).update(created_at=moment)

    with timezone.override(zone):
        found = counted("agreement", one, last=202605)

    assert {month: part for month, (part, _whole) in found.items()} == {
        202601: 0,
        202602: 0,
        202603: 0,
        202604: 1,
        202605: 0,
    }


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_own_coverage_is_of_the_months_that_everybodys_is_of(cast, zone):
    type(cast.guide).objects.filter(id=cast.guide.id).update(time_zone=zone)
    cast.guide.time_zone = zone
    one = journey(cast, "2026-01-02", ("2026-01-02", "preparing"))
    meeting(cast, one, "2026-01-25")
    latest = []
    for moment in (at("2026-03-31", 23), at("2026-04-01", 0)):
        with clock.at(moment), timezone.override(zone):
            latest.append(max(cell.month for cell in counts_for(cast.guide)))
            page = cast.client(cast.guide).get(reverse("programmes:own")).content.decode()
            assert f"At the end of {'February' if len(latest) == 1 else 'March'} 2026" in page

    assert latest == [202602, 202603]


def test_the_number_of_questions_does_not_grow_with_the_journeys(cast, placements, django_assert_num_queries):
    journeys = [journey(cast, "2026-01-02", *ACTIVE, within=placements) for _number in range(4)]
    for one in journeys:
        meeting(cast, one, "2026-02-03")

    with django_assert_num_queries(23):
        facts_of([journeys[0].id])
    with django_assert_num_queries(23):
        facts_of([one.id for one in journeys])
