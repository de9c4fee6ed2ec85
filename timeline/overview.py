"""The whole result of a filter at a glance: how many events, from when to when, and a picture."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .census import Census
from .dates import MONTHS, DateValue, words
from .figures import Figure, figure
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


def overview(census: Census) -> Overview:
    """A fixed number of queries over everything that the filter finds."""
    filters = census.filters
    no_day = undated(census)
    narrowed = bool(filters.first or filters.last)
    return Overview(
        count=census.count,
        undated=no_day,
        sentence=_sentence(census, 0 if narrowed else no_day.count),
        narrowed=narrowed,
        all_dates_query=filters.link(without=("from", "to")),
        figure=figure(census),
    )


# ---------- the sentence


def _ends(census: Census) -> dict[str, dt.date | None]:
    """The outer days of the events of each grain in the result."""
    if census.filters.by_clock == "reported":
        return {"first_day": census.first, "last_day": census.last}
    ends = {
        "first_open": census.outermost(min, "first_latest", ("bound",)),
        "last_open": census.outermost(max, "last_earliest", ("bound",)),
    }
    for grain, precisions in GRAINS.items():
        ends[f"first_{grain}"] = census.outermost(min, "first_earliest", precisions)
        ends[f"last_{grain}"] = census.outermost(max, "last_latest", precisions)
    return ends


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _sentence(census: Census, undated: int) -> str:
    """ "37 events, 3 undated, from 14 October to 20 November 1962"; no end is said too finely."""
    parts = [counted(census.count, "event")]
    if undated and census.count:
        parts.append(f"{undated:,} undated")
    text = ", ".join(parts)
    ends = _ends(census)
    first = _end(ends, "first", min, DateValue.until)
    last = _end(ends, "last", max, DateValue.since)
    if not first or not last:
        return text
    comma = "," if len(parts) > 1 else ""
    reported = " first reported" if census.filters.by_clock == "reported" else ""
    return f"{text}{comma}{reported} {period(first, last)}"


def _end(
    ends: dict[str, dt.date | None], which: str, outer: Any, bound: Callable[[dt.date], DateValue]
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
