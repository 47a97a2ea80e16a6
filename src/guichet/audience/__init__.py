"""How a site is used: access logs in, exact figures out. Knows nothing of the rest of the house.

`measure` reads logs at once, `Store` keeps what later periods need, both answer `Figures`. The definitions (page, visit,
visitor) are those of docs/audience.md.
"""
