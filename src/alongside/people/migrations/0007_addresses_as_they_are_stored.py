"""Addresses carry nothing invisible, and their domains are in ASCII letters; none is longer than its column.

Whoever was invited at an address with a sign nobody sees could not sign in by typing it. Where two sign-ins come to one
address, the older rows stay as they are: which of them is meant is not for a machine to say.
"""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from alongside.kernel.email_addresses import LONGEST, normal_address

BATCH = 1_000


def mend(apps, schema_editor):
    for label in ("people.Person", "people.Invitation", "people.Organisation"):
        _mend_rows(apps.get_model(label))
    taken = set(apps.get_model("people.User").objects.values_list("email", flat=True))
    _mend_rows(apps.get_model("people.User"), taken)
    known = set(apps.get_model("account.EmailAddress").objects.values_list("email", flat=True))
    _mend_rows(apps.get_model("account.EmailAddress"), known)


def _mend_rows(model, taken=None):
    changed = []
    for row in model.objects.exclude(email="").only("id", "email").iterator(BATCH):
        # nothing was ever delivered to a longer one, which only SQLite took
        email = normal_address(row.email)[:LONGEST]
        if email == row.email or (taken is not None and email in taken):
            continue
        if taken is not None:
            taken.add(email)
        row.email = email
        changed.append(row)
    model.objects.bulk_update(changed, ["email"], batch_size=BATCH)


def no_longer_than_its_column(model):
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.CheckConstraint(
            condition=django.db.models.lookups.LessThanOrEqual(
                django.db.models.functions.text.Length("email"), 254
            ),
            name=f"people_{model}_email_length",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_names_on_one_line"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop, elidable=True),
        no_longer_than_its_column("user"),
        no_longer_than_its_column("organisation"),
        no_longer_than_its_column("person"),
        no_longer_than_its_column("invitation"),
    ]
