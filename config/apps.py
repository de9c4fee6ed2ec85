from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site as a whole: the commands that put the apps together."""

    name = "config"
    label = "site"
