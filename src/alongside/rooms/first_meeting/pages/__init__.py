"""What the pages of the first meeting show: frozen, ready to read. One module for each page."""
