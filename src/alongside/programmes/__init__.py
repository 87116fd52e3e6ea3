"""Figures of programmes: over many journeys, never about one person. See the README."""
