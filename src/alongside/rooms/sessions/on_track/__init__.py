"""What is not on track, on the page of a meeting: for the guide alone, with its numbers and what can be decided."""
