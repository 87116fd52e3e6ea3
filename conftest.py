"""What every test may ask for, wherever it lies."""

import pytest

from tests.cast import Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()
