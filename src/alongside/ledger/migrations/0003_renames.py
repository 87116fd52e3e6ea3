"""A login session is called so. The column is renamed in place: a table made anew would lose what guards the ledger."""

from django.db import migrations, models

FIELDS = ("journey_id", "person_id", "login_session", "subject_id", "subject_kind")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveConstraint(model_name="opening", name="ledger_opening_once")],
        ),
        migrations.RenameField(model_name="opening", old_name="sitting", new_name="login_session"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name="opening",
                    constraint=models.UniqueConstraint(fields=FIELDS, name="ledger_opening_once"),
                ),
            ],
        ),
    ]
