"""The home page, and the pages about the site."""
