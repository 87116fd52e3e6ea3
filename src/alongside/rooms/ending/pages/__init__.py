"""What the templates of the ending are given: frozen facts and sentences, and acts with their verdicts."""

from .closing import closing_page
from .entries import support_page, taking_page
from .keepsake import keepsake_page
from .looking_back import looking_back_page
from .room import room_page
from .small import early_page, entry_page, go_on_page, rest_page, today_page, withdraw_page
from .then_and_now import then_and_now_page

__all__ = [
    "closing_page",
    "early_page",
    "entry_page",
    "go_on_page",
    "keepsake_page",
    "looking_back_page",
    "rest_page",
    "room_page",
    "support_page",
    "taking_page",
    "then_and_now_page",
    "today_page",
    "withdraw_page",
]
