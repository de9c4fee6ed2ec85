"""Questions asked of what came in, in the domain's words."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from timeline.models import Event

if TYPE_CHECKING:
    from .models import Article  # noqa: F401  (for the type parameter alone)


class ArticleQuerySet(models.QuerySet["Article"]):
    def unfinished(self) -> "ArticleQuerySet":
        """Those that a worker has still to read; articles that wait for an answer are not."""
        return self.filter(state__in=self.model.UNFINISHED)

    def listed(self) -> "ArticleQuerySet":
        """What a list shows: the outlet and `event_count`, but not the text."""
        told = Event.objects.shown().filter(mentions__article=OuterRef("pk")).order_by()
        count = told.values("mentions__article").annotate(n=Count("pk", distinct=True)).values("n")
        return (
            self.select_related("outlet")
            .defer("text", "summary")
            .annotate(event_count=Coalesce(Subquery(count), 0))
        )
