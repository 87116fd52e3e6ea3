"""What the template of the room is given."""
