"""Who prints articles, as far as the record knows of it: a number, an address, a name."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from .models import Event


class Outlet(NamedTuple):
    id: int
    slug: str
    name: str

    @classmethod
    def numbered(cls, ids: Iterable[int]) -> list[Self]:
        return cls._found(pk__in=list(ids))

    @classmethod
    def called(cls, slugs: Iterable[str]) -> list[Self]:
        """Those of these addresses, by name, that an event rests on."""
        found = cls._found(slug__in=list(slugs))
        return [o for o in found if Event.objects.told_by([o.id]).exists()]

    @classmethod
    def _found(cls, **asked: Any) -> list[Self]:
        mention: Any = Event.mentions.rel.related_model
        outlet = mention.article.field.related_model.outlet.field.related_model
        rows = outlet.objects.filter(**asked).order_by("name")
        return [cls(*row) for row in rows.values_list("pk", "slug", "name")]
