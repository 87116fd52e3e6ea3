"""What helped on the way, offered to be taken along: steps that were done, and what was understood in a focusing."""
