"""Closing: both acknowledge how it ended, and the journey is over."""
