"""What the pages of focusing show: the list, one card at a time, the path, and what has been understood."""
