"""What search engines are told of: events that readers see, actors, and the pages above them."""

from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from .models import Actor, Event

if TYPE_CHECKING:
    EventSitemap = Sitemap[Event]
    ActorSitemap = Sitemap[Actor]
    PageSitemap = Sitemap[str]
else:
    EventSitemap = ActorSitemap = PageSitemap = Sitemap  # takes no parameter at run time

PER_FILE = 10_000
"""Addresses in a file; the protocol allows five times as many (https://www.sitemaps.org)."""


class Pages(PageSitemap):
    def items(self) -> list[str]:
        return ["timeline", "actors", "articles"]

    def location(self, item: str) -> str:
        return reverse(item)


class Events(EventSitemap):
    limit = PER_FILE

    def items(self) -> Any:
        rows = Event.objects.shown().order_by("pk").only("pk")
        return rows.annotate(changed=Max("revisions__at"))

    def lastmod(self, item: Any) -> Any:
        return item.changed


class Actors(ActorSitemap):
    limit = PER_FILE

    def items(self) -> Any:
        return Actor.objects.order_by("pk").only("pk", "slug")


SITEMAPS = {"pages": Pages, "events": Events, "actors": Actors}
