"""The keepsake as something to take away: two PDFs, and one file that opens anywhere."""
