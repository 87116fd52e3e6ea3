"""Noting what became of a backup, and asking for one."""
