from typing import Any

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from timeline.signals import mentions_moved

        mentions_moved.connect(_regroup, dispatch_uid="articles.regroup")


def _regroup(sender: Any, events: set[int], **_: Any) -> None:
    """What lies around mentions that an editor moved may be one with something else now."""
    from .joining import regroup

    regroup(events)
