"""The tasks of goals that come round again and again: importing them puts them among the worker's."""

from .safety.passing_on import pass_on_notices

__all__ = ["pass_on_notices"]
