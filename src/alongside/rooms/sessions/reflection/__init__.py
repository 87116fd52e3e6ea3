"""After a meeting: how it was for the participant, over time; and the guide's own look at how they helped."""
