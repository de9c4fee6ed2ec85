"""Who dealt with whom, and how often: a table of pairs of actors. Pure functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, by its number in the record."""

    id: int
    slug: str
    name: str
    count: int
    """Events that the filter finds of it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` is None where the two are one side: a person and whom it acts for.

    `level` is 0 to 4, next to the pair that met most often.
    """

    party: Party
    count: int | None
    query: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    party: Party
    query: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    parties: tuple[Party, ...]
    rows: tuple[Row, ...]


Pairs = Mapping[frozenset[int], int]


def matrix(
    parties: Sequence[Party],
    together: Pairs,
    own: frozenset[frozenset[int]],
    link: Callable[..., str],
) -> Relations:
    """`together`: how many events two actors have in common; `own`: those who are one side.

    `link` gives the query that asks for the events of the actors whose slugs it is given.
    """
    most = max((n for pair, n in together.items() if pair not in own), default=0)

    def cell(a: Party, b: Party) -> Cell:
        pair = frozenset((a.id, b.id))
        if a.id == b.id or pair in own:
            return Cell(b, None)
        count = together.get(pair, 0)
        return Cell(b, count, link(a.slug, b.slug), ceil(LEVELS * count / most) if most else 0)

    rows = (Row(a, link(a.slug), tuple(cell(a, b) for b in parties)) for a in parties)
    return Relations(tuple(parties), tuple(rows))
