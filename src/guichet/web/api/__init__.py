"""The JSON API: what the site answers, to programs."""
