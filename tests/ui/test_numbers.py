"""Numbers as people type them: a decimal comma is never dropped, in no box of any form."""

from decimal import Decimal as D

import pytest
from django import forms

pytestmark = pytest.mark.one_database


class Numbers(forms.Form):
    part = forms.DecimalField(min_value=0, max_value=100)
    whole = forms.IntegerField(min_value=0, max_value=100)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("3,5", D("3.5")), ("3.5", D("3.5")), ("0,64", D("0.64")), ("1,000.5", None), ("1,2,3", None)],
)
def test_decimal_comma_is_read_as_one_or_refused(typed, read):
    form = Numbers({"part": typed, "whole": "1"})
    assert form.is_valid() is (read is not None)
    assert form.cleaned_data.get("part") == read


def test_part_of_a_number_is_no_whole_number():
    form = Numbers({"part": "1", "whole": "3,5"})
    assert list(form.errors) == ["whole"]
    assert 'value="3.5"' in str(form["whole"]) or 'value="3,5"' in str(form["whole"])


def test_box_keeps_every_sign_and_brings_up_the_keys_for_numbers():
    form = Numbers()
    assert 'type="text"' in str(form["part"]) and 'inputmode="decimal"' in str(form["part"])
    assert 'type="text"' in str(form["whole"]) and 'inputmode="numeric"' in str(form["whole"])
