"""What the doors of all parts do alike."""

WRITES = ("GET", "POST")
