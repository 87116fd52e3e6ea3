"""Who may say where somebody is written to, once they have come: they themselves, or three people and three days.

See the decision *who may speak for a person's address*.
"""
