"""Being reminded, on days of one's own choice, of what one took along."""
