"""A way back in: a wish, offered to the former guide, or where that one is gone to those who look after the service."""
