"""Small numbers: the published vectors, and an attacker who adds up everything that is shown."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.programmes.disclosure import RULES, SMALL, Published, publish, publish_rate

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


def test_each_count_by_itself():
    counts = (0, 1, 7, 8, 12, 13, 17, 18, 22, 23)
    assert [publish([count]).cells[0] for count in counts] == [0, None, None, 10, 10, 15, 15, 20, 20, 25]


def test_a_total_is_the_sum_of_what_is_shown():
    assert publish([3, 8, 16, 23]) == Published(cells=(None, 10, 15, 25), total=50)
    assert publish([18, 23, 31, 44]) == Published(cells=(20, 25, 30, 45), total=120)
    assert publish([]) == Published(cells=(), total=0)


def test_where_everything_is_hidden_there_is_no_total_rather_than_0():
    assert publish([3]) == Published(cells=(None,), total=None)
    assert publish([0, 2]) == Published(cells=(0, None), total=None)
    assert publish([0, 0]) == Published(cells=(0, 0), total=0)


def test_a_second_cell_is_hidden_where_the_total_would_give_the_first_away():
    assert publish([4, 30, 50], rule="cms") == Published(cells=(None, None, 50), total=84)
    assert publish([11, 30], rule="cms") == Published(cells=(11, 30), total=41)
    assert publish([1, 1, 40], rule="cms") == Published(cells=(None, None, None), total=42)
    assert publish([0, 4], rule="cms") == Published(cells=(0, None), total=None)


def test_rates_come_from_rounded_numbers():
    assert publish_rate(8, 23) == 10 / 25
    assert publish_rate(7, 100) is None
    assert publish_rate(3, 6) is None
    assert publish_rate(0, 40) is None and publish_rate(40, 40) is None and publish_rate(0, 0) is None
    assert publish_rate(20, 50, rule="cms") == 0.4
    assert publish_rate(45, 50, rule="cms") is None and publish_rate(5, 50, rule="cms") is None


@pytest.mark.parametrize("rule", RULES)
def test_what_cannot_be_is_refused(rule):
    with pytest.raises(ValueError, match="never below 0"):
        publish([3, -1], rule)
    with pytest.raises(ValueError, match="part never more than its whole"):
        publish_rate(5, 4, rule)


def test_a_rule_that_does_not_exist_is_no_rule():
    with pytest.raises(ValueError, match="opensafely and cms"):
        publish([3], rule="none")


@given(COUNTS, st.sampled_from(RULES))
def test_no_small_number_is_ever_shown(counts, rule):
    shown = publish(counts, rule)
    assert all(cell == 0 or cell > SMALL[rule] for cell in shown.cells if cell is not None)


@given(st.lists(st.integers(0, 24), min_size=1, max_size=4), st.sampled_from(RULES))
def test_nobody_who_knows_the_rule_can_work_out_a_small_number(counts, rule):
    """Every table that would be shown alike is tried: a small cell must be able to be something else in one of them."""
    shown = publish(counts, rule)
    alike = [
        other
        for other in itertools.product(*(_could_be(cell, rule) for cell in shown.cells))
        if _agrees(other, shown, rule)
    ]
    for place, count in enumerate(counts):
        if 1 <= count <= SMALL[rule]:
            assert len({other[place] for other in alike}) > 1, (counts, shown)


def _could_be(cell, rule):
    if cell is None:
        return range(1, 26)
    return range(max(0, cell - 2), cell + 3) if rule == "opensafely" else [cell]


def _agrees(counts, shown, rule):
    """By the total alone: whoever adds up does not know in which order cells were hidden."""
    if rule == "cms":
        return shown.total is None or sum(counts) == shown.total
    return publish(counts, rule) == shown
