"""What the page of a meeting and the page of all meetings show, as plain facts. They ask no question of their own."""
