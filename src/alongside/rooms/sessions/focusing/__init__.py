"""Progressive focusing: five levels from the wide view to one step, each of them optional."""
