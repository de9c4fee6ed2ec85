"""How many events each choice in the filter rail would find, its own facet's selection left out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, F, Func

from .census import COLUMNS, Census, Row
from .models import Participation
from .outlets import Outlet
from .sampling import Sample

STEPS = (2, 3, 5)
"""Numbers of independent sources that are offered."""
MOST_ACTORS = 8
"""Actors that are offered beside those already chosen."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """An actor or outlet and its number of events, which may be an estimate."""

    slug: str
    name: str
    count: int
    about: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """`columns`: parameter → value → events; for `sources` the value is "at least so many"."""

    columns: dict[str, Counter[str]]
    actors: list[Tallied]
    outlets: list[Tallied]


def facets(census: Census) -> Facets:
    """Three queries, and a count of what is left where the choice of actors or outlets is left out."""
    return Facets(_columns(census), _actors(census), _outlets(census))


def _columns(census: Census) -> dict[str, Counter[str]]:
    steps = {*STEPS, census.filters.cleaned_data["sources"] or 1}
    counts: dict[str, Counter[str]] = {name: Counter() for name in COLUMNS}
    for row in census.rows:
        refusing = census.refusing(row)
        for name in COLUMNS if not refusing else refusing if len(refusing) == 1 else ():
            for value in _values(row, name, steps):
                counts[name][value] += row["n"]
    return counts


def _values(row: Row, name: str, steps: Iterable[int]) -> list[str]:
    """The choices that find the events of this row."""
    if name == "sources":
        return [str(step) for step in steps if row["sources"] >= step]
    if name == "differs":
        return ["1"] if row["differs"] else []
    return [row[name]]


def _actors(census: Census) -> list[Tallied]:
    """Those who take part most often. Where all chosen actors must take part, another one narrows
    the result; where any of them suffices, it adds to it, so the choice is left out."""
    filters = census.filters
    chosen = filters.cleaned_data["actor"]
    left_out = ("actor",) if chosen and filters.cleaned_data["match"] == "any" else ()
    sample = _sample(census, left_out)
    rows = Participation.objects.filter(event__in=sample.events.values("pk"))
    counted = rows.exclude(actor__slug__in=chosen).values_list("actor__slug", "actor__name")
    most = counted.annotate(n=Count("pk")).order_by("-n", "actor__sort_name")[:MOST_ACTORS]
    return [Tallied(slug, name, sample.standing_for(n), sample.is_part) for slug, name, n in most]


def _outlets(census: Census) -> list[Tallied]:
    """By name; those chosen are there even where they print nothing of this."""
    chosen = census.filters.outlets
    sample = _sample(census, ("outlet",) if chosen else ())
    outlet = Func(F("outlets"), function="unnest", output_field=BigIntegerField())
    rows = sample.events.annotate(outlet=outlet).values_list("outlet").order_by()
    counts = dict(rows.annotate(n=Count("pk")))
    return [
        Tallied(o.slug, o.name, sample.standing_for(counts.get(o.id, 0)), sample.is_part)
        for o in sorted({*Outlet.numbered(counts), *chosen}, key=lambda o: o.name.casefold())
    ]


def _sample(census: Census, without: tuple[str, ...]) -> Sample:
    """Of what the filter finds, some of its parameters left out."""
    events = census.filters.apply(census.events, without=without)
    return Sample.of(events, None if without else census.count)
