"""The active filters in words, each with the query that leaves it out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .dates import words
from .filters import PRECISIONS, REVIEWS, FilterForm
from .types import FAMILIES, STATUSES, TYPES


@dataclass(frozen=True, slots=True)
class Chip:
    """`query` is the query string without this filter; `icon` and `family` are keys or ""."""

    label: str
    query: str
    icon: str = ""
    family: str = ""


LABELS: dict[str, Callable[[FilterForm, str], str]] = {
    "q": lambda _, value: f"“{value}”",
    "from": lambda form, _: f"from {words(form.cleaned_data['from_'])}",
    "to": lambda form, _: f"to {words(form.cleaned_data['to'])}",
    "actor": lambda form, value: next(a.name for a in form.actors if a.slug == value),
    "status": lambda _, value: STATUSES[value],
    "outlet": lambda form, value: next(o.name for o in form.outlets if o.slug == value),
    "precision": lambda _, value: f"Date: {PRECISIONS[value].lower()}",
    "sources": lambda _, value: "1 source or more" if value == "1" else f"{value} sources or more",
    "review": lambda _, value: REVIEWS[value],
    "differs": lambda _form, _value: "Accounts differ",
}


def chips(filters: FilterForm) -> list[Chip]:
    """Types first, a family whose types are all chosen as one; then the others as they were given."""
    rest = [(name, value) for name, value in filters.pairs() if name in LABELS]
    return [
        *_type_chips(filters),
        *(Chip(LABELS[name](filters, value), filters.link((name, value))) for name, value in rest),
    ]


def _type_chips(filters: FilterForm) -> Iterator[Chip]:
    chosen = filters.cleaned_data["type"]
    for family in FAMILIES:
        keys = [t.key for t in family.types if t.key in chosen]
        if len(keys) == len(family.types):
            query = filters.link(*(("type", key) for key in keys))
            yield Chip(f"{family.label}: all", query, keys[0], family.key)
            continue
        for key in keys:
            yield Chip(TYPES[key].label, filters.link(("type", key)), key, family.key)
