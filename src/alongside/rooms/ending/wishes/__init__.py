"""Other ways on: resting, going on longer, ending early, withdrawing."""
