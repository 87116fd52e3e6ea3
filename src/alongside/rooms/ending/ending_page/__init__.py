"""The page of the room, composed of all its parts."""
