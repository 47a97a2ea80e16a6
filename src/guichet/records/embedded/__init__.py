"""The embedded PostgreSQL, for who sets no DATABASE_URL: `server` runs it, `base` is Django's door to it."""
