"""What the templates of the contributions are given."""
