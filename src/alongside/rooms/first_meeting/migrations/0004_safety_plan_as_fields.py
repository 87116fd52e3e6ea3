"""A safety plan was one text; it becomes the first of its fields, so that nothing of it is lost.

What an organisation lets its agreements begin with goes where a text may still be taken over.
"""

from django.db import migrations

ONE_TEXT, FIRST_FIELD, TO_BEGIN_WITH = "safety_plan", "safety_signs", "safety_emergency"
PLACES = ("agreement", "agreement_late")


def text_becomes_the_first_field(apps, schema_editor):
    words = apps.get_model("journeys", "Words").objects.filter(place__in=PLACES, box=ONE_TEXT)
    words.update(box=FIRST_FIELD)
    texts = apps.get_model("room_first_meeting", "AgreementText").objects.filter(section=ONE_TEXT)
    texts.update(section=TO_BEGIN_WITH)


def fields_become_one_text(apps, schema_editor):
    words = apps.get_model("journeys", "Words").objects.filter(place__in=PLACES, box=FIRST_FIELD)
    words.update(box=ONE_TEXT)
    texts = apps.get_model("room_first_meeting", "AgreementText").objects.filter(section=TO_BEGIN_WITH)
    texts.update(section=ONE_TEXT)


class Migration(migrations.Migration):
    dependencies = [
        ("journeys", "0005_known_in"),
        ("room_first_meeting", "0003_texts_of_an_organisation"),
    ]

    operations = [migrations.RunPython(text_becomes_the_first_field, fields_become_one_text)]
