"""What comes round in this room."""
