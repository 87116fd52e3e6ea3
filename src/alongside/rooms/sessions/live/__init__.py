"""The meeting page while both have it open: what has changed since it was drawn, and who is here."""
