"""What comes round in this room."""

from .follow_up.tasks import follow_up

__all__ = ["follow_up"]
