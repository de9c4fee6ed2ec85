"""Events of which no source says when: a lane of their own, on no day of the picture."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from .filters import FilterForm
from .querysets import EventQuerySet
from .types import FAMILIES, TYPES, Family


@dataclass(frozen=True, slots=True)
class Part:
    """The undated events of one family, and the query that asks for them."""

    family: Family
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Undated:
    count: int
    query: str
    parts: tuple[Part, ...]


def undated(filters: FilterForm, events: EventQuerySet) -> Undated:
    """Those that match all of the filter but from and to, which they cannot match. One query."""
    rows = filters.apply(events, without=("from", "to")).undated()
    counted = rows.values_list("type").annotate(n=Count("pk")).order_by()
    counts: Counter[str] = Counter()
    for key, n in counted:
        counts[TYPES[key].family] += n
    gone = ("from", "to", "precision")
    return Undated(
        counts.total(),
        filters.link(without=gone, precision="none"),
        tuple(
            Part(
                family,
                counts[family.key],
                filters.link(
                    without=("type", *gone), plus=_asked(family, filters), precision="none"
                ),
            )
            for family in FAMILIES
            if counts[family.key]
        ),
    )


def _asked(family: Family, filters: FilterForm) -> list[tuple[str, str]]:
    """The types of the family that the filter lets through."""
    chosen = filters.cleaned_data["type"]
    return [("type", t.key) for t in family.types if not chosen or t.key in chosen]
