from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from . import reviewing, views
from .sitemaps import SITEMAPS

urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("events/<int:pk>/", views.event, name="event"),
    path("events.json", views.events_json, name="events_json"),
    path("events.csv", views.events_csv, name="events_csv"),
    path("actors/", views.actors, name="actors"),
    path("actors/<slug:slug>/", views.actor, name="actor"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("events/<int:pk>/split/", reviewing.split, name="split"),
    path("events/<int:pk>/unmerge/", reviewing.unmerge, name="unmerge"),
    path("review/duplicates/", reviewing.duplicates, name="duplicates"),
    path("review/conflicts/", reviewing.conflicts, name="conflicts"),
    path("review/compare/", reviewing.compare, name="compare"),
    path("review/merge/", reviewing.merge, name="merge"),
    path("review/apart/", reviewing.keep_apart, name="keep_apart"),
    path("review/undo/", reviewing.undo, name="undo"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", views.healthz, name="healthz"),
]
