"""For whom somebody acts on a day, by the offices held. Pure functions."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class Office(NamedTuple):
    """The side that a person acts for in a period, open where an end is not known."""

    side: str
    since: dt.date | None
    until: dt.date | None

    def covers(self, day: dt.date | None) -> bool:
        """Whether it was held on that day; no day is in every office."""
        return day is None or (
            (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )


def side_on(offices: Iterable[Office], day: dt.date | None) -> str:
    """The side acted for on that day, "" if none is known; of several the first.

    Without a day, the side that all offices have in common.
    """
    sides = [office.side for office in offices if office.covers(day)]
    return sides[0] if (day and sides) or len(set(sides)) == 1 else ""
