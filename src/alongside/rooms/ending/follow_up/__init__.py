"""After the end: asked again on agreed days, by a link that needs no account; what is not answered stays unanswered."""
