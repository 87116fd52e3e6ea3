"""How PostgreSQL is spoken to: named in `DATABASES`. See decision 66."""
