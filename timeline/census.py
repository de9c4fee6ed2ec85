"""All that a filter finds, counted in one pass: how many, from when to when, and of what kinds.

The columns of events have few combinations. What the choices of one facet would find, its own
selection left out, is added up from those that all other selections allow.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Aggregate, Count, F, Max, Min

from .dates import DAY
from .filters import FilterForm
from .querysets import EventQuerySet

COLUMNS = ("type", "status", "precision", "review", "differs", "sources")
"""The parameters that ask for the value of a column."""
Row = dict[str, Any]


class Census:
    """One query, over what the other parameters leave of `events`."""

    def __init__(self, filters: FilterForm, events: EventQuerySet) -> None:
        self.filters, self.events = filters, events
        found = filters.apply(events, without=COLUMNS).annotate(sources=F("source_count"))
        counted = found.values(*COLUMNS).annotate(n=Count("pk"), **self._ends())
        self.rows: list[Row] = list(counted.order_by())

    def _ends(self) -> dict[str, Aggregate]:
        if self.filters.by_clock == "reported":
            return {"first": Min("reported"), "last": Max("reported")}
        return {
            "first": Min("span__startswith"),
            "after": Max("span__endswith"),
            "first_earliest": Min("earliest"),
            "last_earliest": Max("earliest"),
            "first_latest": Min("latest"),
            "last_latest": Max("latest"),
        }

    @cached_property
    def found(self) -> list[Row]:
        """The combinations that all selections allow."""
        return [row for row in self.rows if not self.refusing(row)]

    @cached_property
    def count(self) -> int:
        return sum(row["n"] for row in self.found)

    @property
    def first(self) -> dt.date | None:
        """The first day of all; None if nothing is dated."""
        return self.outermost(min, "first")

    @property
    def last(self) -> dt.date | None:
        if self.filters.by_clock == "reported":
            return self.outermost(max, "last")
        after = self.outermost(max, "after")
        return after and after - DAY

    def outermost(
        self,
        outer: Callable[[Iterable[dt.date]], dt.date],
        name: str,
        precisions: Sequence[str] = (),
    ) -> dt.date | None:
        """Of the column `name`, over the dates of some precisions or of all."""
        rows = (row for row in self.found if not precisions or row["precision"] in precisions)
        days = [row[name] for row in rows if row[name]]
        return outer(days) if days else None

    def refusing(self, row: Row) -> list[str]:
        """The parameters whose selection leaves this combination out."""
        return [name for name in COLUMNS if not self._allowed(row, name)]

    def _allowed(self, row: Row, name: str) -> bool:
        chosen = self.filters.cleaned_data[name]
        if not chosen:
            return True
        if name == "sources":
            return bool(row["sources"] >= chosen)
        return bool(row["differs"]) if name == "differs" else row[name] in chosen
