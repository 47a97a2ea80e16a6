"""What every page says of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    return {
        **{"site_name": settings.SITE_NAME, "is_demonstration": settings.IS_DEMONSTRATION, "theme": settings.THEME},
        "language": get_language(),
        "route": request.resolver_match.route if request.resolver_match else "",
    }
