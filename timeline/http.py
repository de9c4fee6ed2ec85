"""Requests as the middleware leaves them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """`htmx` is true when htmx asks for a part of a page."""

    htmx: HtmxDetails
