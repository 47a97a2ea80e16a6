"""What the pages of the site say, as data: benefits, forms, pages, simulators. No figure of the law is written here."""
