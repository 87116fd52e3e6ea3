"""Ready templates, one module per kind."""
