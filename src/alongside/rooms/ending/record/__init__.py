"""The record of an ending: what all the other parts stand on."""
