"""The editors' pages of the record, in the stock Django admin."""

from django.contrib import admin

from . import actors, events

__all__ = ["actors", "events"]

admin.site.site_header = "Demarche"
admin.site.site_title = "Demarche"
admin.site.enable_nav_sidebar = False  # a few models; the evidence needs the width
admin.site.index_title = "The editors’ desk"
