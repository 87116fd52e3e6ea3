"""Reading meetings again: one as text, paper or a page to print, for the record kept elsewhere; all of them as one story."""
