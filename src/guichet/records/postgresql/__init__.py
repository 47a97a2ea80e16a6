"""`base` is Django's door to PostgreSQL, wherever the server is."""
