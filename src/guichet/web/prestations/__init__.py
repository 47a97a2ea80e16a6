"""The benefits: a list, and a page for each at any month."""
