"""Login sessions lie under the hash of their key, and secrets of second factors are sealed. Everyone signs in once more."""

import alongside.kernel.clock
import alongside.kernel.encryption
import alongside.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from alongside.people.factor_secrets import FACTOR_SECRETS


def seal_what_lay_open(apps, schema_editor):
    for one in apps.get_model("mfa", "Authenticator").objects.all():
        sealed = FACTOR_SECRETS.changed(one.data, FACTOR_SECRETS.seal)
        if sealed != one.data:
            one.data = sealed
            one.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0007_addresses_as_they_are_stored"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name='LoginSession',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=alongside.kernel.clock.now, editable=False)),
                ('key_digest', models.CharField(max_length=64, unique=True)),
                ('data', alongside.kernel.encryption.SealedTextField(blank=True, default=b'')),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(seal_what_lay_open, migrations.RunPython.noop),
        # the keys of those who were signed in lay in it as they are
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
