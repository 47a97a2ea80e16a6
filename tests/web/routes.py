"""Every address of the site."""

import re

from django.urls import URLResolver

from guichet.web.urls import urlpatterns


def routes(patterns, prefix="", namespace=""):
    """The name and the route of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, f"{prefix}{pattern.pattern}", inside)
        else:
            yield f"{namespace}{pattern.name}", f"{prefix}{pattern.pattern}"


def addresses(link, **keys):
    """Every address, its `<parts>` filled with those of a draft, and `keys`."""
    _, _, genre, token = link.split("/")
    parts = {"genre": genre, "autre": genre, "lien": token, "nom": "loyer", "slug": "rsa", "insee": "35238"}
    parts |= {"lettre": "a", "question": "a", "sujet": "logement", "jour": "2026-12-04"} | keys
    for name, route in routes(urlpatterns):
        of_route = parts | ({"slug": "simulations-par-genre"} if route.startswith("statistiques") else {})
        yield name, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part, of_route=of_route: of_route[part[1]], route)
