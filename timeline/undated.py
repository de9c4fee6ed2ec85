"""Events of which no source says when: a lane of their own, on no day of the picture."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from .census import Census
from .filters import FilterForm
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


def undated(census: Census) -> Undated:
    """Those that match all of the filter but from and to, which they cannot match; by the days of
    first reports they can."""
    filters = census.filters
    counts: Counter[str] = Counter()
    for key, n in _by_type(census):
        counts[TYPES[key].family] += n
    gone = ("precision",) if filters.by_clock == "reported" else ("from", "to", "precision")
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


def _by_type(census: Census) -> Iterable[tuple[str, int]]:
    narrowed = census.filters.first or census.filters.last
    if not narrowed or census.filters.by_clock == "reported":
        return [(row["type"], row["n"]) for row in census.found if row["precision"] == "none"]
    rows = census.filters.apply(census.events, without=("from", "to")).undated()
    return rows.values_list("type").annotate(n=Count("pk")).order_by()


def _asked(family: Family, filters: FilterForm) -> list[tuple[str, str]]:
    """The types of the family that the filter lets through."""
    chosen = filters.cleaned_data["type"]
    return [("type", t.key) for t in family.types if not chosen or t.key in chosen]
