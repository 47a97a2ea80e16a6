"""Numbers in, SVG out: charts that need no script, take the colours of the page, and can be read aloud."""
