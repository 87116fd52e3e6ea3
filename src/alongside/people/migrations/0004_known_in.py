"""Whoever has no sign-in yet is known in one journey; whoever was tied to somebody stays behind, closed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_contact_details"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="known_in",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="tied_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(known_in__isnull=True, tied_to__isnull=True),
                name="people_person_proven_or_known_in_one",
            ),
        ),
    ]
