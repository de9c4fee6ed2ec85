"""What the filter rail offers, and what of it is chosen."""

from dataclasses import dataclass

from .filters import CLOCKS, ORDERS, PRECISIONS, REVIEWS, FilterForm
from .models import Event
from .types import FAMILIES, STATUSES, EventType


@dataclass(frozen=True, slots=True)
class FamilyChoice:
    """`query` chooses all types of the family, or none if all are chosen; `action` says which."""

    key: str
    label: str
    types: tuple[EventType, ...]
    chosen: int
    query: str

    @property
    def action(self) -> str:
        return "None of these" if self.chosen == len(self.types) else "All of these"


@dataclass(frozen=True, slots=True)
class Rail:
    families: list[FamilyChoice]
    outlets: list[tuple[str, str]]
    more_open: bool
    statuses = STATUSES
    precisions = PRECISIONS
    reviews = REVIEWS
    orders = ORDERS
    clocks = CLOCKS


def rail(filters: FilterForm) -> Rail:
    data = filters.cleaned_data
    return Rail(
        families=_families(filters),
        outlets=list(Event.objects.outlets()),
        more_open=any(
            data[name] for name in ("precision", "outlet", "sources", "review", "differs")
        ),
    )


def _families(filters: FilterForm) -> list[FamilyChoice]:
    chosen = set(filters.cleaned_data["type"])
    choices = []
    for family in FAMILIES:
        keys = [t.key for t in family.types]
        count = len(chosen & set(keys))
        add = [] if count == len(keys) else [("type", key) for key in keys]
        query = filters.link(*(("type", key) for key in keys), plus=add)
        choices.append(FamilyChoice(family.key, family.label, family.types, count, query))
    return choices
