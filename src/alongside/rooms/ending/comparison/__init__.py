"""Then and now: how it was at the start beside how it is today."""
