"""The page of a meeting, before it, while it is open and after: composed of what the other parts offer."""
