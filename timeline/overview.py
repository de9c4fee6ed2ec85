"""The whole result of a filter at a glance: how many events, from when to when, and a picture."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    F,
    Max,
    Min,
    Q,
    Value,
)

from .dates import MONTHS, DateValue, words
from .figures import Figure, figure
from .filters import FilterForm
from .querysets import Clock, EventQuerySet
from .undated import Undated, undated

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
    undated: Undated
    sentence: str
    narrowed: bool
    """Whether from or to is set."""
    all_dates_query: str
    """The query without them."""
    figure: Figure


def overview(filters: FilterForm, events: EventQuerySet) -> Overview:
    """A fixed number of queries over everything that the filter finds among `events`."""
    clock = filters.by_clock
    found = filters.apply(events)
    ends = found.aggregate(count=Count("pk"), **_ends(clock))
    no_day = undated(filters, events)
    narrowed = bool(filters.first or filters.last)
    return Overview(
        count=ends["count"],
        undated=no_day,
        sentence=_sentence(ends, 0 if narrowed else no_day.count, clock),
        narrowed=narrowed,
        all_dates_query=filters.link(without=("from", "to")),
        figure=figure(filters, found, ends["first"], ends["last"]),
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
