"""The meeting's record: review, direction, issues, plan, notes, and how it is closed. What all other parts stand on."""
