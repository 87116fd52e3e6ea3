"""The figures: what each counts, in words, in plain Python and as SQL compiled from one expression."""
