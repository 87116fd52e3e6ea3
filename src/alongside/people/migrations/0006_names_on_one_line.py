"""The name of a person or an organisation is one line."""

from django.db import migrations, models

import alongside.kernel.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_hours_of_reading"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="name",
            field=alongside.kernel.encryption.SealedLineField(blank=True, default=b""),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name__contains", "\n"), _negated=True),
                    models.Q(("name__contains", "\r"), _negated=True),
                ),
                name="people_organisation_name_one_line",
            ),
        ),
    ]
