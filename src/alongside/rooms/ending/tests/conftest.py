"""An ending that was begun, with one entry and one target."""

import pytest

from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.states import Sort

from .furniture import begun, chain, done_step


@pytest.fixture
def journey(cast):
    return begun(cast)


@pytest.fixture
def target(cast, journey):
    return chain(cast, journey)[0][1]


@pytest.fixture
def entry(cast, journey):
    content = contributions_actions.Content(what="Ask for help")
    return contributions_actions.add_entry(
        sort=Sort.KEY_POINT, content=content, by=cast.seat(cast.guide, journey)
    )


@pytest.fixture
def helped(cast, journey):
    """A step that was done."""
    return done_step(cast, journey)
