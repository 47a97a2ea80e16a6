"""The audience of the site, for everybody to see."""
