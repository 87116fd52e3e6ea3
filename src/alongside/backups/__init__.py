"""Backup, restore, and the drill that proves the one by the other. See the README."""
