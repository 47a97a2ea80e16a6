"""The letters of the caisse: data, written once, kept as they were sent, then printed or shown."""
