"""Measures: instruments, scoring and change, as data with sources and pure functions. No journey in sight."""
