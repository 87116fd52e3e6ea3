"""Putting a finding of the on-track rules on the agenda of the next meeting."""
