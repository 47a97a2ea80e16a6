"""The door of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402

from guichet.web import door, urls  # noqa: E402, F401 (the rooms: the first visitor does not wait for them)
from guichet.web.access_log import AccessLog  # noqa: E402

_django.request_class = door.Request
application = door.behind_proxies(AccessLog(door.Door(_django)), settings.TRUSTED_PROXIES)
