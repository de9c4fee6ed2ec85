"""The picture above the list: bars over time, rows by actor, pair or type, or who met whom."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Model,
    Q,
    Value,
    When,
)
from django.db.models.functions import Trunc

from . import histogram, lanes
from .filters import VIEWS, FilterForm
from .histogram import Histogram, Scale, Tally
from .lanes import Lane, Lanes
from .models import Actor, Event, Participation, Role
from .querysets import Clock, EventQuerySet
from .relations import Party, Relations, matrix
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
    """One of the three; none of them if the events that were found have no day."""

    views: list[View]
    histogram: Histogram | None = None
    lanes: Lanes | None = None
    relations: Relations | None = None

    @property
    def families(self) -> list[Family]:
        """Those whose colours the picture has."""
        drawn = self.histogram.families if self.histogram else set[str]()
        if self.lanes:
            drawn = {mark.family for lane in self.lanes.lanes for mark in lane.marks}
        return [family for family in FAMILIES if family.key in drawn]


def figure(
    filters: FilterForm, found: EventQuerySet, first: dt.date | None, last: dt.date | None
) -> Figure:
    """`first` and `last` are the outer days of what was `found`; None if nothing is dated.

    A dozen queries at most, however many events there are.
    """
    chosen = filters.cleaned_data["view"] or "bars"
    views = [
        View(key, label, filters.link(view=key), key == chosen) for key, label in VIEWS.items()
    ]
    if chosen == "relations":
        return Figure(views, relations=_relations(filters, found))
    if not first or not last:
        return Figure(views)
    first, last = max(first, filters.first or first), min(last, filters.last or last)
    if chosen == "bars":
        return Figure(views, histogram=_histogram(filters, found, first, max(first, last)))
    scale = Scale.over(first, max(first, last), lanes.MOST_BINS)
    return Figure(views, lanes=_lanes(chosen, filters, found.dated(filters.by_clock), scale))


# ---------- bars


def _histogram(
    filters: FilterForm, found: EventQuerySet, first: dt.date, last: dt.date
) -> Histogram:
    scale = Scale.over(first, last)
    return histogram.draw(
        scale,
        tallies(found.dated(filters.by_clock), scale.unit.trunc, filters.by_clock),
        _coverage(scale),
        lambda a, b: filters.link(without=("from", "to"), from_=a, to=b),
    )


def tallies(events: EventQuerySet, trunc: str, clock: Clock) -> Iterator[Tally]:
    first: F = F("reported")
    last: F | ExpressionWrapper[Any] = first
    if clock == "happened":
        first = F("span__startswith")
        last = ExpressionWrapper(F("span__endswith") - Value(1), output_field=DateField())
    rows = events.annotate(
        a=Trunc(first, trunc, output_field=DateField()),
        b=Trunc(last, trunc, output_field=DateField()),
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
        yield Tally(a, b, TYPES[type_].family, ahead, open_, n)


def _coverage(scale: Scale) -> list[tuple[dt.date, int]]:
    """How many articles that were read were published in each bin, whatever they tell of."""
    mention = Event._meta.get_field("mentions").related_model  # noqa: SLF001  (a documented API)
    article = cast(type[Model], mention._meta.get_field("article").related_model)  # noqa: SLF001
    days = scale.days(0, len(scale) - 1)
    articles = article._default_manager  # noqa: SLF001
    rows = articles.filter(published__range=days, state="done").order_by()
    start = Trunc("published", scale.unit.trunc, output_field=DateField())
    return list(rows.annotate(start=start).values_list("start").annotate(n=Count("pk")))


# ---------- rows


def _lanes(kind: str, filters: FilterForm, found: EventQuerySet, scale: Scale) -> Lanes:
    rows = list(_ROWS[kind](filters, found))
    return lanes.draw(
        scale,
        [_drawn(row, filters, scale) for row in rows[: lanes.MOST_LANES]],
        [row.lane for row in rows[lanes.MOST_LANES :]],
    )


def _drawn(row: "_Row", filters: FilterForm, scale: Scale) -> Lane:
    names = {"from", "to", *(name for name, _ in row.pairs)}
    return replace(
        row.lane,
        marks=lanes.marks(
            scale,
            tallies(row.events, scale.unit.trunc, filters.by_clock),
            lambda a, b: filters.link(without=names, plus=row.pairs, from_=a, to=b),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row before it is drawn: its events, and the parameters that ask for them."""

    lane: Lane
    events: EventQuerySet
    pairs: tuple[tuple[str, str], ...]


def _by_type(filters: FilterForm, found: EventQuerySet) -> Iterator[_Row]:
    counted = found.values("type").annotate(n=Count("pk")).order_by("-n", "type")
    for key, n in counted.values_list("type", "n"):
        pairs = (("type", key),)
        query = filters.link(without=["type"], plus=pairs)
        lane = Lane(TYPES[key].label, query, n, icon=key, family=TYPES[key].family)
        yield _Row(lane, found.filter(type=key), pairs)


def _by_actor(filters: FilterForm, found: EventQuerySet) -> Iterator[_Row]:
    for party in _busiest(found, MOST_LISTED):
        yield _row(filters, found, [party], party.count)


def _by_pair(filters: FilterForm, found: EventQuerySet) -> Iterator[_Row]:
    parties = {party.id: party for party in _busiest(found, MOST_BUSY)}
    own = _own(parties)
    counted = _together(found, parties)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], sorted(item[0])))
    for pair, n in [item for item in ranked if item[0] not in own][:MOST_LISTED]:
        two = sorted((parties[pk] for pk in pair), key=lambda p: (-p.count, p.name))
        yield _row(filters, found, two, n)


_ROWS = {"types": _by_type, "actors": _by_actor, "pairs": _by_pair}


def _row(filters: FilterForm, found: EventQuerySet, parties: Sequence[Party], count: int) -> _Row:
    """The events in which all of these take part, beside those who must take part anyway."""
    wanted = [] if filters.cleaned_data["match"] == "any" else filters.cleaned_data["actor"]
    slugs = dict.fromkeys([*wanted, *(party.slug for party in parties)])
    pairs = tuple(("actor", slug) for slug in slugs)
    query = filters.link(without=["actor", "match"], plus=pairs)
    label = " – ".join(party.name for party in parties)
    events = found.with_actors([party.slug for party in parties], "all")
    return _Row(Lane(label, query, count), events, pairs)


# ---------- who with whom


def _relations(filters: FilterForm, found: EventQuerySet) -> Relations:
    parties = _busiest(found, MOST_PARTIES)
    ids = {party.id for party in parties}
    return matrix(
        parties,
        _together(found, ids),
        _own(ids),
        lambda *slugs: filters.link(
            without=["actor", "match", "view"], plus=[("actor", slug) for slug in slugs]
        ),
    )


def _busiest(found: EventQuerySet, most: int) -> list[Party]:
    rows = (
        Actor.objects.filter(participations__event__in=found.values("pk"))
        .annotate(n=Count("participations"))
        .order_by("-n", "sort_name", "pk")
    )
    return [Party(*row) for row in rows.values_list("pk", "slug", "name", "n")[:most]]


def _together(found: EventQuerySet, ids: Iterable[int]) -> dict[frozenset[int], int]:
    """How many events each two of these actors have in common."""
    wanted = list(ids)
    rows = (
        Participation.objects.filter(
            event__in=found.values("pk"),
            actor__in=wanted,
            event__participations__actor__in=wanted,
            event__participations__actor__gt=F("actor"),
        )
        .values_list("actor", "event__participations__actor")
        .annotate(n=Count("event"))
        .order_by()
    )
    return {frozenset((a, b)): n for a, b, n in rows}


def _own(ids: Iterable[int]) -> frozenset[frozenset[int]]:
    """Persons with the side they act for, or acted for once."""
    wanted = list(ids)
    rows = Role.objects.filter(person__in=wanted, side__in=wanted)
    return frozenset(frozenset(pair) for pair in rows.values_list("person", "side"))
