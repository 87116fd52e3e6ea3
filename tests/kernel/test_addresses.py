"""Addresses filled in are the addresses Django works out."""

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from alongside.kernel.addresses import address


@pytest.mark.parametrize("door", ["overview:journey", "first_meeting:room", "ending:room"])
def test_a_door_of_a_journey(door):
    one, other = uuid4(), uuid4()
    assert address(door, one) == reverse(door, args=[one])
    assert address(door, other) == reverse(door, args=[other])


def test_parts_go_where_they_belong():
    one, other = uuid4(), uuid4()
    for parts in ((one, other), (other, one), (one, one)):
        assert address("first_meeting:target", *parts) == reverse("first_meeting:target", args=parts)
    for number in (2, 31):
        assert address("sessions:meeting", one, number) == reverse("sessions:meeting", args=[one, number])


def test_a_text_belongs_to_the_pattern():
    one = uuid4()
    for box in ("private", "summary"):
        assert address("sessions:write", one, 3, box) == reverse("sessions:write", args=[one, 3, box])


def test_a_door_without_parts_and_one_that_is_not_there():
    assert address("overview:today") == "/"
    with pytest.raises(NoReverseMatch):
        address("overview:nowhere", uuid4())


def test_under_a_prefix_and_after_it_addresses_are_right():
    """A rehearsal is answered under an address of its own, by the process that answers everybody else."""
    one = uuid4()
    door = "first_meeting:agreement"
    for prefix in ("/rehearsals/x/guide/", "/", "/elsewhere/", "/"):
        set_script_prefix(prefix)
        try:
            assert address(door, one) == reverse(door, args=[one])
            assert address(door, one).startswith(f"{prefix}journeys/")
        finally:
            set_script_prefix("/")
