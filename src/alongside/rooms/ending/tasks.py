"""What comes round in this room."""

from .follow_up.tasks import follow_up
from .keepsake_reminders.tasks import keepsake_reminders

__all__ = ["follow_up", "keepsake_reminders"]
