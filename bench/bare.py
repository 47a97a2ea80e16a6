"""A bare Django page: what the framework and the server cost, without anything of ours."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    SECRET_KEY="a measure",
    LOGGING_CONFIG=None,
)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>A bare page</title><p>Nothing.</p>")


urlpatterns = [path("", page)]
application = get_wsgi_application()
