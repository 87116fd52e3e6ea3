"""A meeting as a chapter, and that chapter as plain text and on paper."""
