"""What the record of an ending speaks of before it closes, as its kind says; and how long it is kept."""
