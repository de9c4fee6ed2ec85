"""The whole result of a filter at a glance: how many events, from when to when, and their histogram."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Model,
    Q,
    Value,
    When,
)
from django.db.models.functions import Trunc

from .dates import MONTHS, DateValue, words
from .filters import FilterForm
from .histogram import Histogram, Scale, Tally, draw
from .models import Event
from .querysets import Clock, EventQuerySet
from .types import FAMILIES, TYPES, Family

GRAINS = {
    "day": ("day", "week", "range", "bound"),
    "month": ("month", "quarter", "season"),
    "year": ("year", "decade"),
}
"""How finely the ends of a date of some precision may be said."""
_NAMING: dict[str, Callable[[dt.date], DateValue]] = {
    "day": DateValue.day,
    "month": lambda day: DateValue.month(day.year, day.month),
    "year": lambda day: DateValue.year(day.year),
}


@dataclass(frozen=True, slots=True)
class Overview:
    count: int
    undated: int
    """Undated events that match all of the filter but from and to."""
    sentence: str
    undated_query: str
    narrowed: bool
    """Whether from or to is set."""
    all_dates_query: str
    """The query without them."""
    histogram: Histogram | None

    @property
    def families(self) -> list[Family]:
        """Those that the histogram has bars of."""
        drawn = self.histogram.families if self.histogram else ()
        return [family for family in FAMILIES if family.key in drawn]


def overview(filters: FilterForm, events: EventQuerySet) -> Overview:
    """Four queries over everything that the filter finds among `events`."""
    clock = filters.by_clock
    found = filters.apply(events)
    ends = found.aggregate(count=Count("pk"), **_ends(clock))
    undated = filters.apply_but_dates(events).undated().count()
    narrowed = bool(filters.first or filters.last)
    return Overview(
        count=ends["count"],
        undated=undated,
        sentence=_sentence(ends, 0 if narrowed else undated, clock),
        undated_query=filters.link(without=("from", "to"), precision="none"),
        narrowed=narrowed,
        all_dates_query=filters.link(without=("from", "to")),
        histogram=_histogram(filters, found, ends["first"], ends["last"]),
    )


# ---------- the sentence


def _ends(clock: Clock) -> dict[str, Aggregate]:
    """The outer days of the result, and of the events of each grain in it."""
    if clock == "reported":
        first, last = Min("reported"), Max("reported")
        return {"first": first, "last": last, "first_day": first, "last_day": last}
    ends: dict[str, Aggregate] = {
        "first": Min(F("span__startswith")),
        "last": Max(F("span__endswith") - Value(1), output_field=DateField()),
    }
    for grain, precisions in GRAINS.items():
        only = Q(precision__in=precisions)
        ends[f"first_{grain}"] = Min("earliest", filter=only)
        ends[f"last_{grain}"] = Max("latest", filter=only)
    ends["first_open"] = Min("latest", filter=Q(precision="bound", earliest=None))
    ends["last_open"] = Max("earliest", filter=Q(precision="bound", latest=None))
    return ends


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _sentence(ends: dict[str, Any], undated: int, clock: Clock) -> str:
    """ "37 events, 3 undated, from 14 October to 20 November 1962"; no end is said too finely."""
    parts = [counted(ends["count"], "event")]
    if undated and ends["count"]:
        parts.append(f"{undated:,} undated")
    text = ", ".join(parts)
    first = _end(ends, "first", min, DateValue.until)
    last = _end(ends, "last", max, DateValue.since)
    if not first or not last:
        return text
    comma = "," if len(parts) > 1 else ""
    reported = " first reported" if clock == "reported" else ""
    return f"{text}{comma}{reported} {period(first, last)}"


def _end(
    ends: dict[str, Any], which: str, outer: Any, bound: Callable[[dt.date], DateValue]
) -> DateValue | None:
    """The outermost day of any grain: a bound if one reaches beyond it, else said in its grain."""
    naming = {"open": bound, **_NAMING}
    days = {grain: ends.get(f"{which}_{grain}") for grain in naming}
    known = {grain: day for grain, day in days.items() if day}
    if not known:
        return None
    edge = outer(known.values())
    return next(naming[grain](day) for grain, day in known.items() if day == edge)


def period(first: DateValue, last: DateValue) -> str:
    """ "from 14 October to 20 November 1962", "on 3 July 2025", "in 2025": two ends as one phrase."""
    a, b = first.earliest, last.earliest
    if not a or not last.latest:
        return _open_period(first, last)
    assert b
    if first == last:
        return f"{'on' if first.precision == 'day' else 'in'} {words(first)}"
    start = words(first)
    if a.year == b.year and first.precision != "year" and last.precision != "year":
        start = start.removesuffix(f" {a.year}")
        if first.precision == last.precision == "day" and a.month == b.month:
            start = start.removesuffix(f" {MONTHS[a.month - 1]}")
    return f"from {start} to {words(last)}"


def _open_period(first: DateValue, last: DateValue) -> str:
    """ "on or before 4 July 2025", "from 4 July 2025 or earlier to 20 July 2025": no end is known."""
    a, b = first.earliest or first.latest, last.latest or last.earliest
    assert a and b
    bounds = [end for end in (first, last) if end.precision == "bound"]
    if a == b and len(bounds) == 1:
        return words(bounds[0])
    start = words(first) if first.earliest else f"{words(DateValue.day(a))} or earlier"
    end = words(last) if last.latest else f"{words(DateValue.day(b))} or later"
    return f"from {start} to {end}"


# ---------- the histogram


def _histogram(
    filters: FilterForm, found: EventQuerySet, first: dt.date | None, last: dt.date | None
) -> Histogram | None:
    """Over the days of the result, cut to what was asked for; None if nothing is dated."""
    if not first or not last:
        return None
    first, last = max(first, filters.first or first), min(last, filters.last or last)
    scale = Scale.over(first, max(first, last))
    return draw(
        scale,
        _tallies(found.dated(filters.by_clock), scale.unit.trunc, filters.by_clock),
        _coverage(scale),
        lambda a, b: filters.link(without=("from", "to"), from_=a, to=b),
    )


def _tallies(events: EventQuerySet, trunc: str, clock: Clock) -> Iterator[Tally]:
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
