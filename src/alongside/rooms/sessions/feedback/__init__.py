"""How the meetings were for the participant: the four questions after each, over time."""
