"""Taken to supervision: a case without identity goes from a journey one guides to the journey in which one is supervised."""
