"""Events over time in rows, one for an actor, a pair of actors or a type. Pure functions.

A row shows what the histogram adds up: each bin as a dot, or as a number where several events fall
into it; what no bin holds whole is drawn across its days. Widths are percentages of the row.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .histogram import Scale, Tally, Tick, percent, ticks, unit_name

MOST_LANES = 8
"""Rows that are drawn; the others are listed."""
MOST_BINS = 24
"""So that two numbers side by side do not touch on a telephone's screen (14 pixels each)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`x` is the middle of a bin, or where a span begins; `width` is "" unless it is a span.

    `family` is "" where several meet; `ahead`: how many are planned or proposed.
    """

    label: str
    query: str
    x: str
    width: str
    count: int
    family: str
    ahead: int

    @property
    def all_ahead(self) -> bool:
        return self.ahead == self.count

    @property
    def short(self) -> str:
        """The count as it fits into a dot: three characters."""
        if self.count < 1_000:
            return str(self.count)
        return f"{self.count // 1_000}k" if self.count < 100_000 else "…"


@dataclass(frozen=True, slots=True)
class Lane:
    """`query` asks for the events of this row; `icon` is a type's key or ""."""

    label: str
    query: str
    count: int
    marks: tuple[Mark, ...] = ()
    icon: str = ""
    family: str = ""

    @property
    def spans(self) -> list[Mark]:
        """Drawn first, so that dots lie over them."""
        return [mark for mark in self.marks if mark.width]

    @property
    def dots(self) -> list[Mark]:
        return [mark for mark in self.marks if not mark.width]


@dataclass(frozen=True, slots=True)
class Lanes:
    lanes: tuple[Lane, ...]
    rest: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    unit: str


def draw(scale: Scale, lanes: Sequence[Lane], rest: Sequence[Lane]) -> Lanes:
    return Lanes(tuple(lanes), tuple(rest), tuple(ticks(scale)), unit_name(scale.unit))


def marks(
    scale: Scale,
    tallies: Iterable[Tally],
    link: Callable[[str, str], str],
    standing_for: Callable[[int], int] = int,
) -> tuple[Mark, ...]:
    """What one row shows, in the order of its days. `standing_for` gives what a number of the events
    that are tallied stands for."""
    cells: dict[tuple[int, int], Counter[tuple[str, bool]]] = defaultdict(Counter)
    for t in tallies:
        cells[scale.bin(t.first), scale.bin(t.last)][t.family, t.ahead] += t.count
    return tuple(
        _mark(scale, a, b, counts, link, standing_for=standing_for)
        for (a, b), counts in sorted(cells.items())
    )


def _mark(
    scale: Scale,
    first: int,
    last: int,
    counts: Counter[tuple[str, bool]],
    link: Callable[[str, str], str],
    *,
    standing_for: Callable[[int], int],
) -> Mark:
    families = {family for family, _ in counts}
    span = first != last
    return Mark(
        label=scale.words(first, last),
        query=link(*scale.ends(first, last)),
        x=percent(first + (0.1 if span else 0.5), len(scale)),
        width=percent(last - first + 0.8, len(scale)) if span else "",
        count=standing_for(counts.total()),
        family=families.pop() if len(families) == 1 else "",
        ahead=standing_for(sum(n for (_, ahead), n in counts.items() if ahead)),
    )
