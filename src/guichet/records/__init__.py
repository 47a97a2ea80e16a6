"""What we remember: the Django models and their queries, on PostgreSQL."""
