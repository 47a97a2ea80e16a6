"""The door of the web server."""

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402

from guichet.web import urls  # noqa: E402, F401 (the rooms: the first visitor does not wait for them)
from guichet.web.access_log import AccessLog  # noqa: E402

# From a trusted proxy only, the address of the visitor and whether the visitor came by HTTPS.
application: Callable[..., Any] = wrap_wsgi_with_proxy_headers(AccessLog(_django), trusted_hosts=settings.TRUSTED_PROXIES)
