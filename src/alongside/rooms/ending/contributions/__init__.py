"""What the two contribute: how it has gone, what is taken along, the support that goes on, and what helped."""
