"""How much of the same a run tries: a sample each time, far more in `make test-long`."""

import os

LONG = os.environ.get("ALONGSIDE_TEST_LONG") == "1"


def many(usually: int, in_a_long_run: int) -> int:
    """So many turns, examples, windows: the code that is run is the same."""
    return in_a_long_run if LONG else usually
