"""Every figure: its name, what is counted, of what, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Group = Literal["begin", "meet", "review", "end", "outcomes"]
GROUPS: dict[Group, Text] = {
    "begin": _("Beginning"),
    "meet": _("Meeting"),
    "review": _("Reviewing"),
    "end": _("Ending"),
    "outcomes": _("Outcomes"),
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A share of journeys, meetings or things that were due, by month."""

    key: str
    name: Text
    counted: Text
    """What is counted, as a sentence."""
    of: Text
    """What it is a share of, as a sentence."""
    group: Group
    more_is_better: bool = True
    kinds: tuple[str, ...] = ()
    """The kinds it is worked out for; none for every kind."""
    code: str = ""
    """What the published figure is called elsewhere."""


FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure(
            key="agreement",
            name=_("Agreement in place"),
            counted=_("An agreement was in force on the last day of the month."),
            of=_(
                "Everyone who had met at least once and was still under way. Those who are paused are left out."
            ),
            group="begin",
        ),
        Figure(
            key="first_meeting",
            name=_("First meeting within 28 days"),
            counted=_("The first meeting was held within 28 days of the invitation."),
            of=_("Everyone whose 28 days ended in the month. Those who withdrew before that are left out."),
            group="begin",
        ),
        Figure(
            key="prepared_both",
            name=_("First meeting prepared by both"),
            counted=_("Both had sent their preparation by the day of the first meeting."),
            of=_("All first meetings held in the month."),
            group="begin",
        ),
        Figure(
            key="prepared_someone",
            name=_("First meeting prepared by at least one"),
            counted=_("At least one of the two had sent their preparation by the day of the first meeting."),
            of=_("All first meetings held in the month."),
            group="begin",
        ),
        Figure(
            key="met_lately",
            name=_("Met lately"),
            counted=_("The last meeting was no longer ago than one and a half times the agreed interval."),
            of=_("Everyone under way on the last day of the month who had met at least once."),
            group="meet",
        ),
        Figure(
            key="met_within_twice",
            name=_("Met within twice the interval"),
            counted=_("The last meeting was no longer ago than twice the agreed interval."),
            of=_("Everyone under way on the last day of the month who had met at least once."),
            group="meet",
        ),
        Figure(
            key="drifted",
            name=_("Drifted apart"),
            counted=_(
                "The last meeting was longer ago than twice the agreed interval, and nothing was booked."
            ),
            of=_("Everyone under way on the last day of the month who had met at least once."),
            group="meet",
            more_is_better=False,
        ),
        Figure(
            key="prepared",
            name=_("Prepared"),
            counted=_(
                "Both had prepared a first meeting; what matters had been written down before a later one."
            ),
            of=_("All meetings held in the month."),
            group="meet",
        ),
        Figure(
            key="protected",
            name=_("How well time was protected"),
            counted=_("The meeting started on time, without interruptions, and there was enough time."),
            of=_("Meetings held in the month after which someone said how well the time was protected."),
            group="meet",
        ),
        Figure(
            key="missed",
            name=_("Missed without warning"),
            counted=_("Nobody cancelled beforehand, and the meeting was missed."),
            of=_("All meetings of the month that were held, missed or cancelled."),
            group="meet",
            more_is_better=False,
            code="M084",
        ),
        Figure(
            key="questionnaires",
            name=_("Questionnaires filled in"),
            counted=_("Every questionnaire that was due had been filled in by the day of the meeting."),
            of=_("Meetings held in the month before which a questionnaire was due."),
            group="meet",
        ),
        Figure(
            key="measured",
            name=_("Measured since last time"),
            counted=_("A questionnaire or a rating was filled in since the meeting before."),
            of=_(
                "Meetings held in the month where there was something to measure; first meetings are left out."
            ),
            group="meet",
        ),
        Figure(
            key="agreement_review",
            name=_("Agreement reviewed by its date"),
            counted=_("A new version of the agreement was proposed by the agreed review date."),
            of=_("Agreements in force whose review date was in the month."),
            group="review",
        ),
        Figure(
            key="suggested_review",
            name=_("Suggested reviews decided in time"),
            counted=_("A decision was recorded within 7 days."),
            of=_(
                "Suggested reviews whose 7 days ended in the month. Those that went away by themselves are left out."
            ),
            group="review",
        ),
        Figure(
            key="ended_well",
            name=_("Ended well"),
            counted=_(
                "Both closed the record together, on-going support is named with a first contact or is not needed, "
                "and there is something in the keepsake."
            ),
            of=_("Everyone who completed or ended early in the month."),
            group="end",
        ),
        Figure(
            key="ended_support",
            name=_("On-going support named"),
            counted=_("On-going support is named with a day of first contact, or both said none is needed."),
            of=_("Everyone who completed or ended early in the month."),
            group="end",
        ),
        Figure(
            key="ended_early",
            name=_("Ended early"),
            counted=_("It ended before it was planned to, with a reason."),
            of=_("Everyone who completed or ended early in the month."),
            group="end",
            more_is_better=False,
        ),
        Figure(
            key="follow_up",
            name=_("Follow-up answered"),
            counted=_("An answer came within 28 days of being asked."),
            of=_("Follow-ups whose 28 days ended in the month."),
            group="end",
        ),
        Figure(
            key="handover",
            name=_("Handed over within 90 days"),
            counted=_("The new guide had taken over within 90 days of the proposal."),
            of=_(
                "Handovers whose 90 days ended in the month. Those that were declined or dropped are left out."
            ),
            group="end",
        ),
        Figure(
            key="goal_reached",
            name=_("At least one goal reached"),
            counted=_("At least one agreed goal was marked as reached."),
            of=_("Everyone who completed or ended early in the month and had agreed goals."),
            group="outcomes",
        ),
        Figure(
            key="tt_recovery",
            name=_("Recovery"),
            counted=_(
                "Above the clinical cut-off on PHQ-9 or GAD-7 at the start, and below on both at the end."
            ),
            of=_(
                "Finished courses of treatment (at least 2 appointments held), without those below both at the start."
            ),
            group="outcomes",
            kinds=("treatment",),
            code="M192",
        ),
        Figure(
            key="tt_reliable_recovery",
            name=_("Reliable recovery"),
            counted=_("Recovered, and improved reliably."),
            of=_(
                "Finished courses of treatment (at least 2 appointments held), without those below both at the start."
            ),
            group="outcomes",
            kinds=("treatment",),
            code="M195",
        ),
        Figure(
            key="tt_improvement",
            name=_("Reliable improvement"),
            counted=_("PHQ-9 or GAD-7 fell reliably, and neither rose reliably."),
            of=_("All finished courses of treatment, also those without two scores of both questionnaires."),
            group="outcomes",
            kinds=("treatment",),
            code="M186",
        ),
        Figure(
            key="tt_improvement_paired",
            name=_("Reliable improvement, of those with both scores"),
            counted=_("PHQ-9 or GAD-7 fell reliably, and neither rose reliably."),
            of=_("Finished courses of treatment with a first and a last score of both questionnaires."),
            group="outcomes",
            kinds=("treatment",),
        ),
        Figure(
            key="tt_deterioration",
            name=_("Reliable deterioration"),
            counted=_("PHQ-9 or GAD-7 rose reliably, and neither fell reliably."),
            of=_("All finished courses of treatment, also those without two scores of both questionnaires."),
            group="outcomes",
            more_is_better=False,
            kinds=("treatment",),
            code="M1010",
        ),
    )
}
TODAY = ("agreement", "met_lately", "prepared", "suggested_review", "ended_well", "protected")
"""The six a lead sees each day."""
