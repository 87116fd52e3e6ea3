"""What parts have in common when they show something: how a day and a meeting are said, and small lines."""
