"""Reading when somebody is busy from a calendar kept elsewhere, and keeping nothing else of it."""
