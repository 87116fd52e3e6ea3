"""Measuring along a journey: forms filled in, lines from then to now, what is on track, a service's own instruments."""
