"""Events over time as bars: whole bins from a day to decades, at most sixty. Pure functions.

An event counts in a bin only if all days it may have happened on lie in that bin. Any other is
drawn across its days in a lane of its own, so that no bar stands on a day nobody reported.
Widths are percentages of the plot, heights are pixels: the drawing stretches, its words do not.
"""

import datetime as dt
import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from .dates import DAY, MONTHS, DateValue, words
from .types import FAMILIES

MOST_BARS = 60
MOST_LANES = 6
MOST_TICKS = 8
WIDEST_LABEL = 0.8
"""Where a label must begin to end on a telephone's screen."""
PLOT = 132
"""Height of the tallest bar."""
LOWEST_TOP = 4
"""The axis counts at least so far: one event is no tower."""
LANE = 9
"""Height of a lane and the space under it."""
TOP, AXIS, STRIP = 14, 24, 8
_RANK = {family.key: rank for rank, family in enumerate(FAMILIES)}


@dataclass(frozen=True, slots=True)
class Unit:
    """A width of bins: so many days, or so many months. `trunc` is what the database rounds to."""

    trunc: str
    days: int = 0
    months: int = 0

    def start(self, day: dt.date) -> dt.date:
        """The first day of the bin that holds `day`."""
        if self.days:
            return day - (day.weekday() * DAY if self.days == 7 else 0 * DAY)
        months = day.year * 12 + day.month - 1
        months -= months % self.months
        return dt.date(max(months // 12, 1), months % 12 + 1, 1)

    def next(self, start: dt.date) -> dt.date:
        try:
            if self.days:
                return start + self.days * DAY
            months = start.year * 12 + start.month - 1
            months += self.months - months % self.months
            return dt.date(months // 12, months % 12 + 1, 1)
        except (OverflowError, ValueError):
            return dt.date.max


_YEARS = (1, 5, 10, 50, 100, 200, 1000)
UNITS = (
    Unit("day", days=1),
    Unit("week", days=7),
    Unit("month", months=1),
    Unit("quarter", months=3),
    *(Unit("year", months=12 * years) for years in _YEARS),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Bins side by side: bin i holds the days from `edges[i]` to the day before `edges[i + 1]`."""

    unit: Unit
    edges: tuple[dt.date, ...]

    @classmethod
    def over(cls, first: dt.date, last: dt.date, most: int = MOST_BARS) -> "Scale":
        """The finest scale that needs at most `most` bins from the one with `first` to the one
        with `last`."""
        for unit in UNITS:
            edges = [unit.start(first)]
            while edges[-1] <= last and edges[-1] < dt.date.max and len(edges) <= most + 1:
                edges.append(unit.next(edges[-1]))
            if len(edges) <= most + 1:
                return cls(unit, tuple(edges))
        raise AssertionError("Bins of a thousand years hold every date in ten.")

    def __len__(self) -> int:
        return len(self.edges) - 1

    def bin(self, day: dt.date) -> int:
        """Which bin holds `day`; days outside count for the nearest."""
        return min(max(bisect_right(self.edges, day) - 1, 0), len(self) - 1)

    def edge(self, number: int) -> dt.date:
        """The first day of a bin, counted from 1; of 0, a day that comes before all bins."""
        return self.edges[number - 1] if number else max(self.edges[0], dt.date.min + DAY) - DAY

    def days(self, first: int, last: int) -> tuple[dt.date, dt.date]:
        """First and last day of the bins `first` to `last`."""
        end = self.edges[last + 1]
        return self.edges[first], end if end == dt.date.max else end - DAY

    def ends(self, first: int, last: int) -> tuple[str, str]:
        """The same days as short as a date box takes them: 2025-07 for a month, 2025 for a year."""
        size = 4 if self.unit.trunc == "year" else 10 if self.unit.days else 7
        a, b = self.days(first, last)
        return a.isoformat()[:size], b.isoformat()[:size]

    def words(self, first: int, last: int) -> str:
        a, b = self.days(first, last)
        shapes = (DateValue.day, DateValue.week, _month, _quarter, _year, _decade)
        values = (shape(a) for shape in shapes)
        exact = next((v for v in values if (v.earliest, v.latest) == (a, b)), None)
        return words(exact or DateValue.range(a, b, lasting=True))


def _month(day: dt.date) -> DateValue:
    return DateValue.month(day.year, day.month)


def _quarter(day: dt.date) -> DateValue:
    return DateValue.quarter(day.year, (day.month + 2) // 3)


def _year(day: dt.date) -> DateValue:
    return DateValue.year(day.year)


def _decade(day: dt.date) -> DateValue:
    return DateValue.decade(max(day.year, 10))


@dataclass(frozen=True, slots=True)
class Tally:
    """So many events of one family that lie between two days; `ahead` is planned or proposed.

    The days may be rounded down to the start of their bins. `open` is "until" or "since" for
    events of which only the last or the first day is known.
    """

    first: dt.date
    last: dt.date
    family: str
    ahead: bool
    open: str
    count: int


@dataclass(frozen=True, slots=True)
class Segment:
    family: str
    ahead: bool
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bin: x and width in percent, for the whole bin (the link) and for what is drawn in it.

    `first` and `last` are its ends as a date box takes them.
    """

    label: str
    first: str
    last: str
    query: str
    x: str
    width: str
    left: str
    breadth: str
    count: int
    ahead: int
    articles: int
    level: int
    """0 to 4: how many articles, next to the fullest bin."""
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LaneBar:
    """Events that may have happened on the days of several bins."""

    label: str
    query: str
    x: str
    width: str
    y: int
    open: str
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    x: str
    minor: bool
    """Left out where the page is narrow."""


@dataclass(frozen=True, slots=True)
class Histogram:
    bars: tuple[Bar, ...]
    wide: tuple[LaneBar, ...]
    ticks: tuple[Tick, ...]
    most: int
    """How many events the top of the plot stands for; 0 if no bar is drawn."""
    unit: str
    crowded_out: int
    """Events with several bins for which there was no lane left; the table has them."""
    undrawn: tuple[LaneBar, ...]
    lanes_top: int
    strip_top: int
    height: int
    top: int = TOP
    base: int = TOP + PLOT
    strip: int = STRIP

    @property
    def has_ahead(self) -> bool:
        return any(bar.ahead for bar in self.bars)

    @property
    def families(self) -> set[str]:
        """Keys of the families that have bars."""
        return {segment.family for bar in self.bars for segment in bar.segments}

    @property
    def spans(self) -> tuple[LaneBar, ...]:
        """All that no single bin holds, for the table."""
        return self.wide + self.undrawn


Link = Callable[[str, str], str]
"""The query for the days between two ends, each as a date box takes it."""


def draw(
    scale: Scale, tallies: Iterable[Tally], coverage: Iterable[tuple[dt.date, int]], link: Link
) -> Histogram:
    """`coverage`: days (or starts of bins) and how many articles were published then."""
    narrow: list[Counter[tuple[str, bool]]] = [Counter() for _ in range(len(scale))]
    wide: Counter[tuple[int, int, str]] = Counter()
    for t in tallies:
        if scale.unit.start(t.first) == scale.unit.start(t.last):
            narrow[scale.bin(t.first)][t.family, t.ahead] += t.count
        else:
            wide[scale.bin(t.first), scale.bin(t.last), t.open] += t.count
    articles = [0] * len(scale)
    for day, count in coverage:
        articles[scale.bin(day)] += count
    fullest = max((counts.total() for counts in narrow), default=0)
    most = max(fullest, LOWEST_TOP)
    lanes, undrawn = _lanes(scale, wide, link)
    rows = 1 + max((bar.y for bar in lanes), default=-LANE) // LANE
    lanes_top = TOP + PLOT + AXIS
    strip_top = lanes_top + rows * LANE + (4 if rows else 0)
    return Histogram(
        bars=tuple(_bars(scale, narrow, articles, most, link)),
        wide=lanes,
        ticks=tuple(ticks(scale)),
        most=most if fullest else 0,
        unit=unit_name(scale.unit),
        crowded_out=sum(bar.count for bar in undrawn),
        undrawn=undrawn,
        lanes_top=lanes_top,
        strip_top=strip_top,
        height=strip_top + STRIP + 2,
    )


def unit_name(unit: Unit) -> str:
    years = unit.months // 12
    if unit.trunc != "year" or years == 1:
        return unit.trunc
    return "decade" if years == 10 else f"span of {years} years"


def percent(part: float, whole: int) -> str:
    return f"{100 * part / whole:.3f}%"


def _bars(
    scale: Scale,
    narrow: Sequence[Counter[tuple[str, bool]]],
    articles: Sequence[int],
    most: int,
    link: Link,
) -> Iterable[Bar]:
    n, fullest = len(scale), max(articles, default=0)
    gap = 0.08 if n > 1 else 0.3
    for i, counts in enumerate(narrow):
        first, last = scale.ends(i, i)
        yield Bar(
            label=scale.words(i, i),
            first=first,
            last=last,
            query=link(first, last),
            x=percent(i, n),
            width=percent(1, n),
            left=percent(i + gap, n),
            breadth=percent(1 - 2 * gap, n),
            count=counts.total(),
            ahead=sum(count for (_, ahead), count in counts.items() if ahead),
            articles=articles[i],
            level=ceil(4 * articles[i] / fullest) if fullest else 0,
            segments=tuple(_stack(counts, most)),
        )


def _stack(counts: Counter[tuple[str, bool]], most: int) -> Iterable[Segment]:
    """What happened stands on the base line, families in order; what is ahead stands on top."""
    y = float(TOP + PLOT)
    for (family, ahead), count in sorted(
        counts.items(), key=lambda item: (item[0][1], _RANK[item[0][0]])
    ):
        height = PLOT * count / most
        y -= height
        yield Segment(family, ahead, round(y, 2), round(height, 2))


def _lanes(
    scale: Scale, wide: Counter[tuple[int, int, str]], link: Link
) -> tuple[tuple[LaneBar, ...], tuple[LaneBar, ...]]:
    """Bars in the first lane that has room for them; those for which none has come second."""
    taken: list[int] = []
    drawn, undrawn = [], []
    for (a, b, edge), count in sorted(wide.items(), key=lambda item: (item[0][0], -item[0][1])):
        lane = next((i for i, last in enumerate(taken) if last < a), len(taken))
        bar = LaneBar(
            label=scale.words(a, b),
            query=link(*scale.ends(a, b)),
            x=percent(a + 0.08, len(scale)),
            width=percent(b - a + 0.84, len(scale)),
            y=lane * LANE,
            open=edge,
            count=count,
        )
        if lane == MOST_LANES:
            undrawn.append(bar)
            continue
        taken[lane : lane + 1] = [b]
        drawn.append(bar)
    return tuple(drawn), tuple(undrawn)


def ticks(scale: Scale) -> Iterable[Tick]:
    """At most eight, at round places, none so near the right edge that it would be cut."""
    number = [_tick_number(scale.unit, edge) for edge in scale.edges[:-1]]
    for step in itertools.chain((1, 2, 3, 4, 6), (12 * k for k in itertools.count(1))):
        places = [i for i, n in enumerate(number) if n % step == 0]
        if len(places) <= MOST_TICKS:
            break
    places = [i for i in places or [0] if i == 0 or i / len(scale) < 0.93]
    year = 0
    for nth, i in enumerate(places):
        start = scale.edges[i]
        yield Tick(
            _tick_label(scale.unit, start, start.year != year),
            percent(i, len(scale)),
            nth % 2 == 1 or i / len(scale) > WIDEST_LABEL,
        )
        year = start.year


def _tick_number(unit: Unit, start: dt.date) -> int:
    if unit.days:
        return start.toordinal() // unit.days
    return (start.year * 12 + start.month - 1) // unit.months


def _tick_label(unit: Unit, start: dt.date, new_year: bool) -> str:
    month = MONTHS[start.month - 1][:3]
    if unit.trunc == "year":
        return str(start.year)
    label = f"{start.day} {month}" if unit.days else month
    return f"{label} {start.year}" if new_year else label
