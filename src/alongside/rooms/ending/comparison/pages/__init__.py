"""What the templates of then and now are given."""
