"""Each field of each table has a class of data, and each name in the list is a field that needs one."""

from django.db import models

from alongside.config.data_classes import NAMED, WORDS, class_of, fields
from alongside.kernel.encryption import SealedTextField


def test_every_field_has_a_class():
    without = [f"{field.model._meta.label}.{field.name}" for field in fields() if class_of(field) is None]
    assert not without, "say in config/data_classes.py what these are"


def test_every_name_in_the_list_is_a_field_named_once():
    known = {(field.model._meta.label, field.name) for field in fields()}
    named = [
        (table, name)
        for tables in NAMED.values()
        for table, names in tables.items()
        for name in names.split()
    ]
    assert not set(named) - known and len(named) == len(set(named))


def test_what_is_sealed_is_words_and_nothing_else_is():
    for field in fields():
        assert (class_of(field) is WORDS) == isinstance(field, SealedTextField), field


def test_a_new_number_or_text_has_none_until_somebody_says():
    for made in (
        models.CharField(max_length=9),
        models.IntegerField(),
        models.BooleanField(),
        models.JSONField(),
    ):
        made.name = "new"
        made.model = fields()[0].model
        assert class_of(made) is None
