"""How many events each choice in the filter rail would find, its own facet's selection left out.

The columns of the events are counted by one query: their combinations are few, and each facet is
added up from those that the other selections allow. Actors and outlets take one query each.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F

from .filters import FilterForm
from .models import Event
from .querysets import EventQuerySet

COLUMNS = ("type", "status", "precision", "review")
STEPS = (2, 3, 5)
"""Numbers of independent sources that are offered."""
MOST_ACTORS = 8
"""Actors that are offered beside those already chosen."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """An actor or outlet and its number of events."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """`columns`: parameter → value → events; for `sources` the value is "at least so many"."""

    columns: dict[str, Counter[str]]
    actors: list[Tallied]
    outlets: list[Tallied]


def facets(filters: FilterForm, events: EventQuerySet) -> Facets:
    """Three queries over what the filter leaves of `events`."""
    return Facets(_columns(filters, events), _actors(filters, events), _outlets(filters, events))


def _columns(filters: FilterForm, events: EventQuerySet) -> dict[str, Counter[str]]:
    names = (*COLUMNS, "differs", "sources")
    steps = {*STEPS, filters.cleaned_data["sources"] or 1}
    found = filters.apply(events, without=names).annotate(sources=F("source_count"))
    rows = list(found.values(*names).annotate(n=Count("pk")).order_by())
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for row in rows:
        refused = [name for name in names if not _allowed(row, name, filters)]
        for name in names if not refused else refused if len(refused) == 1 else ():
            for value in _values(row, name, steps):
                counts[name][value] += row["n"]
    return counts


def _allowed(row: dict[str, Any], name: str, filters: FilterForm) -> bool:
    chosen = filters.cleaned_data[name]
    if not chosen:
        return True
    if name == "sources":
        return bool(row["sources"] >= chosen)
    return bool(row["differs"]) if name == "differs" else row[name] in chosen


def _values(row: dict[str, Any], name: str, steps: Iterable[int]) -> list[str]:
    """The choices that find the events of this row."""
    if name == "sources":
        return [str(step) for step in steps if row["sources"] >= step]
    if name == "differs":
        return ["1"] if row["differs"] else []
    return [row[name]]


def _actors(filters: FilterForm, events: EventQuerySet) -> list[Tallied]:
    """Those who take part most often. Where all chosen actors must take part, another one narrows
    the result; where any of them suffices, it adds to it, so the choice is left out."""
    any_of_them = filters.cleaned_data["match"] == "any"
    found = filters.apply(events, without=("actor",) if any_of_them else ())
    chosen = set(filters.cleaned_data["actor"])
    rows = _tallied(found, "participations__actor__", "sort_name", MOST_ACTORS + len(chosen))
    return [row for row in rows if row.slug not in chosen][:MOST_ACTORS]


def _outlets(filters: FilterForm, events: EventQuerySet) -> list[Tallied]:
    """By name; those chosen are there even where they print nothing of this."""
    rows = _tallied(
        filters.apply(events, without=("outlet",)), "mentions__article__outlet__", "name"
    )
    silent = set(filters.cleaned_data["outlet"]) - {row.slug for row in rows}
    rows += [Tallied(slug, name, 0) for slug, name in filters.outlets if slug in silent]
    return sorted(rows, key=lambda row: row.name.casefold())


def _tallied(
    events: EventQuerySet, path: str, order: str, most: int | None = None
) -> list[Tallied]:
    """What lies at the end of a relation, with the most events first."""
    slug, name = f"{path}slug", f"{path}name"
    # By a subquery: a join that a filter made must not be used again to count.
    rows = Event.objects.filter(pk__in=events.values("pk"), **{f"{slug}__isnull": False})
    counted = rows.values(slug, name).annotate(n=Count("pk", distinct=True))
    return [
        Tallied(*row)
        for row in counted.order_by("-n", f"{path}{order}").values_list(slug, name, "n")[:most]
    ]
