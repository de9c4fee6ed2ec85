"""The picture above the list: bars over time, rows by actor, pair or type, or who met whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Model,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from . import histogram, lanes
from .census import Census
from .dates import OPEN_END
from .filters import VIEWS, FilterForm
from .histogram import Histogram, Scale, Tally
from .lanes import Lane, Lanes
from .models import Event, Participation, Role
from .querysets import Clock, EventQuerySet
from .relations import Party, Relations, matrix
from .sampling import Sample
from .types import FAMILIES, TYPES, Family

MOST_PARTIES = 12
"""Rows and columns of the table of relations."""
MOST_BUSY = 24
"""Actors among whom pairs are looked for, those with the most events first."""
MOST_LISTED = 40
"""Rows that are named, drawn or not."""


@dataclass(frozen=True, slots=True)
class View:
    """A way of drawing the result, and the query that asks for it."""

    key: str
    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the three; none of them if the events that were found have no day.

    `estimated`: its numbers are "about", from a part of the events.
    """

    views: list[View]
    histogram: Histogram | None = None
    lanes: Lanes | None = None
    relations: Relations | None = None
    estimated: bool = False

    @property
    def families(self) -> list[Family]:
        """Those whose colours the picture has."""
        drawn = self.histogram.families if self.histogram else set[str]()
        if self.lanes:
            drawn = {mark.family for lane in self.lanes.lanes for mark in lane.marks}
        return [family for family in FAMILIES if family.key in drawn]


def figure(census: Census) -> Figure:
    """A dozen queries at most, however many events there are."""
    filters = census.filters
    found = filters.apply(census.events)
    chosen = filters.cleaned_data["view"] or "bars"
    views = [
        View(key, label, filters.link(view=key), key == chosen) for key, label in VIEWS.items()
    ]
    if chosen == "relations":
        sample = Sample.of(found, census.count)
        return Figure(views, relations=_relations(filters, sample), estimated=sample.is_part)
    first, last = census.first, census.last
    if not first or not last:
        return Figure(views)
    first, last = max(first, filters.first or first), min(last, filters.last or last)
    found = found.dated(filters.by_clock)
    if chosen == "bars":
        return Figure(views, histogram=_histogram(filters, found, first, max(first, last)))
    scale = Scale.over(first, max(first, last), lanes.MOST_BINS)
    sample = Sample.of(found, census.count)
    return Figure(views, lanes=_lanes(chosen, filters, sample, scale), estimated=sample.is_part)


# ---------- bars


def _histogram(
    filters: FilterForm, dated: EventQuerySet, first: dt.date, last: dt.date
) -> Histogram:
    scale = Scale.over(first, last)
    return histogram.draw(
        scale,
        tallies(dated, scale, filters.by_clock),
        _coverage(scale),
        lambda a, b: filters.link(without=("from", "to"), from_=a, to=b),
    )


def tallies(dated: EventQuerySet, scale: Scale, clock: Clock) -> Iterator[Tally]:
    first: Any = F("reported")
    last: Any = first
    if clock == "happened":
        first = Coalesce("earliest", _days_after("latest", -OPEN_END.days))
        last = Coalesce("latest", _days_after("earliest", OPEN_END.days))
    rows = dated.annotate(
        a=_bin(first, scale),
        b=_bin(last, scale),
        ahead=ExpressionWrapper(Q(status__in=("planned", "proposed")), output_field=BooleanField()),
        open=Case(
            When(precision="bound", earliest=None, then=Value("until")),
            When(precision="bound", then=Value("since")),
            default=Value(""),
            output_field=CharField(),
        ),
    )
    counts = rows.values("a", "b", "type", "ahead", "open").annotate(n=Count("pk")).order_by()
    for a, b, type_, ahead, open_, n in counts.values_list("a", "b", "type", "ahead", "open", "n"):
        yield Tally(scale.edge(a), scale.edge(b), TYPES[type_].family, ahead, open_, n)


def _days_after(column: str, days: int) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(F(column) + Value(days), output_field=DateField())


def _bin(day: Any, scale: Scale) -> Func:
    """The number of the bin's edge from 1 on, 0 before all of them. By edges it takes half the time
    of rounding the days to months, which asks for the time zone of each."""
    edges = Value(list(scale.edges), output_field=ArrayField(DateField()))
    return Func(day, edges, function="width_bucket", output_field=IntegerField())


def _coverage(scale: Scale) -> list[tuple[dt.date, int]]:
    """How many articles that were read were published in each bin, whatever they tell of."""
    mention = Event._meta.get_field("mentions").related_model  # noqa: SLF001  (a documented API)
    article = cast(type[Model], mention._meta.get_field("article").related_model)  # noqa: SLF001
    days = scale.days(0, len(scale) - 1)
    articles = article._default_manager  # noqa: SLF001
    rows = articles.filter(published__range=days, state="done").order_by()
    counted = rows.annotate(edge=_bin(F("published"), scale)).values_list("edge")
    return [(scale.edge(edge), n) for edge, n in counted.annotate(n=Count("pk"))]


# ---------- rows


def _lanes(kind: str, filters: FilterForm, sample: Sample, scale: Scale) -> Lanes:
    rows = list(_ROWS[kind](filters, sample))
    return lanes.draw(
        scale,
        [_drawn(row, filters, sample, scale) for row in rows[: lanes.MOST_LANES]],
        [row.lane for row in rows[lanes.MOST_LANES :]],
    )


def _drawn(row: "_Row", filters: FilterForm, sample: Sample, scale: Scale) -> Lane:
    names = {"from", "to", *(name for name, _ in row.pairs)}
    return replace(
        row.lane,
        marks=lanes.marks(
            scale,
            tallies(row.events, scale, filters.by_clock),
            lambda a, b: filters.link(without=names, plus=row.pairs, from_=a, to=b),
            sample.standing_for,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row before it is drawn: its events, and the parameters that ask for them."""

    lane: Lane
    events: EventQuerySet
    pairs: tuple[tuple[str, str], ...]


def _by_type(filters: FilterForm, sample: Sample) -> Iterator[_Row]:
    counted = sample.events.values("type").annotate(n=Count("pk")).order_by("-n", "type")
    for key, n in counted.values_list("type", "n"):
        pairs = (("type", key),)
        query = filters.link(without=["type"], plus=pairs)
        label, family = TYPES[key].label, TYPES[key].family
        lane = Lane(label, query, sample.standing_for(n), icon=key, family=family)
        yield _Row(lane, sample.events.filter(type=key), pairs)


def _by_actor(filters: FilterForm, sample: Sample) -> Iterator[_Row]:
    for party in _busiest(sample, MOST_LISTED):
        yield _row(filters, sample, [party], party.count)


def _by_pair(filters: FilterForm, sample: Sample) -> Iterator[_Row]:
    parties = {party.id: party for party in _busiest(sample, MOST_BUSY)}
    own = _own(parties)
    counted = _together(sample, parties)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], sorted(item[0])))
    for pair, n in [item for item in ranked if item[0] not in own][:MOST_LISTED]:
        two = sorted((parties[pk] for pk in pair), key=lambda p: (-p.count, p.name))
        yield _row(filters, sample, two, n)


_ROWS = {"types": _by_type, "actors": _by_actor, "pairs": _by_pair}


def _row(filters: FilterForm, sample: Sample, parties: Sequence[Party], count: int) -> _Row:
    """The events in which all of these take part, beside those who must take part anyway."""
    wanted = [] if filters.cleaned_data["match"] == "any" else filters.cleaned_data["actor"]
    slugs = dict.fromkeys([*wanted, *(party.slug for party in parties)])
    pairs = tuple(("actor", slug) for slug in slugs)
    query = filters.link(without=["actor", "match"], plus=pairs)
    label = " – ".join(party.name for party in parties)
    events = sample.events.with_actors([party.id for party in parties], "all")
    return _Row(Lane(label, query, count), events, pairs)


# ---------- who with whom


def _relations(filters: FilterForm, sample: Sample) -> Relations:
    parties = _busiest(sample, MOST_PARTIES)
    ids = {party.id for party in parties}
    return matrix(
        parties,
        _together(sample, ids),
        _own(ids),
        lambda *slugs: filters.link(
            without=["actor", "match", "view"], plus=[("actor", slug) for slug in slugs]
        ),
    )


def _busiest(sample: Sample, most: int) -> list[Party]:
    rows = (
        Participation.objects.filter(event__in=sample.events.values("pk"))
        .values("actor", "actor__slug", "actor__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "actor__sort_name", "actor")
    )
    counted = rows.values_list("actor", "actor__slug", "actor__name", "n")[:most]
    return [Party(pk, slug, name, sample.standing_for(n)) for pk, slug, name, n in counted]


def _together(sample: Sample, ids: Iterable[int]) -> dict[frozenset[int], int]:
    """How many events each two of these actors have in common."""
    wanted = list(ids)
    rows = (
        Participation.objects.filter(
            event__in=sample.events.values("pk"),
            actor__in=wanted,
            event__participations__actor__in=wanted,
            event__participations__actor__gt=F("actor"),
        )
        .values_list("actor", "event__participations__actor")
        .annotate(n=Count("event"))
        .order_by()
    )
    return {frozenset((a, b)): sample.standing_for(n) for a, b, n in rows}


def _own(ids: Iterable[int]) -> frozenset[frozenset[int]]:
    """Persons with the side they act for, or acted for once."""
    wanted = list(ids)
    rows = Role.objects.filter(person__in=wanted, side__in=wanted)
    return frozenset(frozenset(pair) for pair in rows.values_list("person", "side"))
