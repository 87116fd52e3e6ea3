"""A closed record names the next meeting as it was agreed when it was closed; for those closed before, as it is now."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_what_stands(apps, schema_editor):
    record = apps.get_model("room_sessions", "MeetingRecord")
    states = apps.get_model("room_sessions", "MeetingRecordStateRecord")
    meeting = apps.get_model("room_environment", "Meeting")
    latest = states.objects.filter(record=OuterRef("pk")).order_by("-created_at", "-id")
    following = meeting.objects.filter(journey=OuterRef("journey"), number=OuterRef("number") + 1)
    closed = record.objects.annotate(state=Subquery(latest.values("state")[:1])).filter(state="closed")
    record.objects.filter(id__in=list(closed.values_list("id", flat=True))).update(
        next_agreed_at=Subquery(following.values("starts_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("room_sessions", "0007_plain_labels")]

    operations = [
        migrations.AddField("meetingrecord", "next_agreed_at", models.DateTimeField(null=True)),
        migrations.RunPython(take_what_stands, migrations.RunPython.noop),
    ]
