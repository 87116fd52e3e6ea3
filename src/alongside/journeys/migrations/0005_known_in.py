"""Whoever has no sign-in yet is known in one journey, whose guide speaks for their address."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def know(apps, schema_editor):
    Person = apps.get_model("people", "Person")
    JourneyMember = apps.get_model("journeys", "JourneyMember")
    seats = JourneyMember.objects.filter(person=OuterRef("pk")).order_by(
        F("left_at").asc(nulls_first=True), "-created_at"
    )
    without = Person.objects.filter(user=None, known_in=None, id__in=JourneyMember.objects.values("person"))
    without.update(known_in=Subquery(seats.values("journey_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("journeys", "0004_version_visibility"), ("people", "0004_known_in")]
    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
