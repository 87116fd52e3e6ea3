"""What the first meeting leaves behind: the two preparations, the pictures, the agreement in its versions.

What the two write in boxes (answers, sections of the agreement, notes) lies in `journeys.Words`; here are
the facts.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.goals.models import Need
from alongside.journeys.models import Journey
from alongside.journeys.states import AfterMissed
from alongside.kernel.clock import now
from alongside.kernel.encryption import SealedTextField
from alongside.kernel.models import Row
from alongside.people.models import Organisation, Person

from .states import AgreementState, Moment, Side


class Preparation(Row):
    """One person's preparation, from when it was sent: before that there are only words of theirs alone."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "person"], name="room_first_meeting_preparation_once")
        ]


class Picture(Row):
    """How things are with each need, in own words and from 0 to 10. One start; later ones are added."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=5, choices=Moment.choices)
    taken_at = models.DateTimeField(default=now)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=models.Q(moment="start"), name="room_first_meeting_one_start"
            )
        ]
        indexes = [models.Index(fields=["journey", "taken_at"], name="room_first_meeting_pictures")]


class PictureEntry(Row):
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="entries")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField()
    words = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["picture", "need"], name="room_first_meeting_entry_once"),
            models.CheckConstraint(
                condition=models.Q(rating__lte=10), name="room_first_meeting_rating_0_to_10"
            ),
        ]


class WithoutPicture(Row):
    """The two go on without a whole starting picture, and said why."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class AgreementVersion(Row):
    """One version of the agreement. Its sections are words; once proposed, a change is the next version.

    Without `notice_hours` a meeting is cancelled online at any time; without `after_missed` nothing was agreed about
    missed ones. `made_elsewhere_on` marks an agreement the two had made before their journey was begun here.
    """

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    meeting_minutes = models.PositiveSmallIntegerField()
    every_days = models.PositiveSmallIntegerField()
    planned_meetings = models.PositiveSmallIntegerField(null=True)
    planned_end = models.DateField(null=True)
    notice_hours = models.PositiveSmallIntegerField(null=True)
    after_missed = models.CharField(max_length=7, choices=AfterMissed.choices, null=True)
    made_elsewhere_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["journey", "number"], name="room_first_meeting_version_once"),
        ]


class AgreementStateRecord(Row):
    """An appended state. The latest is the version's state."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="state_records")
    state = models.CharField(max_length=16, choices=AgreementState.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["version", "-created_at", "-id"], name="room_first_meeting_state")]


class How(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    IN_THE_ROOM = "in_the_room", _("in the room")


class Acceptance(Row):
    """A yes to one version: whose, how, and the name as typed. In the room somebody is witness to it."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="acceptances")
    side = models.CharField(max_length=12, choices=Side.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=How.choices)
    typed_name = SealedTextField(are_words=False)
    witness = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="room_first_meeting_acceptance_once"),
            models.CheckConstraint(
                condition=models.Q(how="signed_in", witness__isnull=True)
                | models.Q(how="in_the_room", witness__isnull=False),
                name="room_first_meeting_room_has_witness",
            ),
        ]


class AgreementText(Row):
    """What an organisation wants a section to begin with, in one of its templates. Appended; the newest holds.

    Empty gives the section back to the text Alongside came with. What was agreed with an earlier text keeps its words.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    template = models.CharField(max_length=60)
    section = models.CharField(max_length=40)
    text = SealedTextField(are_words=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "kind", "template"], name="room_first_meeting_texts")]


class Reminded(models.TextChoices):
    PREPARATION = "preparation", _("to prepare")
    REVIEW = "review", _("to look at the agreement again")
    PROPOSAL = "proposal", _("to answer a proposal")


class Reminder(Row):
    """A letter that reminds one person of one meeting's preparation, of one version's review, of one proposal. Once each."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    of = models.CharField(max_length=12, choices=Reminded.choices)
    subject_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "of", "subject_id"], name="room_first_meeting_reminded_once"
            )
        ]
