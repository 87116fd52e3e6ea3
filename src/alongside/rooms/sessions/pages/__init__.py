"""The pages of this room as plain facts: what the templates are given. They ask no question of their own."""
