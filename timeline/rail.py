"""What the filter rail offers: each choice, whether it is made, and how many events it would find."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from .census import Census
from .facets import STEPS, Facets, facets
from .filters import CLOCKS, ORDERS, PRECISIONS, REVIEWS, FilterForm
from .models import Event
from .types import FAMILIES, STATUSES, TYPES, Family


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a parameter. `count` is None where it is not counted; `about`: it is estimated."""

    name: str
    value: str
    label: str
    chosen: bool
    count: int | None = None
    covers: str = ""
    """What a type covers."""
    about: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}-{self.value or 'any'}"


@dataclass(frozen=True, slots=True)
class FamilyChoice:
    """`query` chooses all types of the family, or none if all are chosen; `action` says which."""

    key: str
    label: str
    types: tuple[Choice, ...]
    query: str

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in self.types)

    @property
    def count(self) -> int:
        return sum(choice.count or 0 for choice in self.types)

    @property
    def action(self) -> str:
        return "None of these" if self.chosen == len(self.types) else "All of these"


@dataclass(frozen=True, slots=True)
class Preset:
    """A question that is often asked, as a query that keeps all else that was chosen."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Rail:
    presets: list[Preset]
    families: list[FamilyChoice]
    statuses: list[Choice]
    precisions: list[Choice]
    reviews: list[Choice]
    differs: Choice
    sources: list[Choice]
    actors: list[Choice]
    """Those chosen, then those who take part most often in what was found."""
    outlets: list[Choice]
    more_open: bool
    orders = ORDERS
    clocks = CLOCKS

    @property
    def counted(self) -> Iterator[Choice]:
        """Every choice that has a number, but for the actors, who are drawn anew."""
        for family in self.families:
            yield from family.types
        yield from (*self.statuses, *self.precisions, *self.reviews, self.differs)
        yield from (*self.sources[1:], *self.outlets)


def rail(census: Census) -> Rail:
    filters, found = census.filters, facets(census)
    data = filters.cleaned_data
    columns = found.columns
    return Rail(
        presets=list(_presets(filters)),
        families=[_family(family, filters, columns["type"]) for family in FAMILIES],
        statuses=_choices("status", STATUSES, filters, columns["status"]),
        precisions=_choices("precision", PRECISIONS, filters, columns["precision"]),
        reviews=_choices("review", REVIEWS, filters, columns["review"]),
        differs=Choice(
            "differs", "1", "Accounts differ", bool(data["differs"]), columns["differs"]["1"]
        ),
        sources=_sources(data["sources"], columns["sources"]),
        actors=_actors(filters, found),
        outlets=[
            Choice("outlet", o.slug, o.name, o.slug in data["outlet"], o.count, about=o.about)
            for o in found.outlets
        ],
        more_open=any(
            data[name] for name in ("precision", "outlet", "sources", "review", "differs")
        ),
    )


def _choices(
    name: str, labels: Mapping[str, str], filters: FilterForm, counts: Mapping[str, int]
) -> list[Choice]:
    chosen = filters.cleaned_data[name]
    return [Choice(name, key, label, key in chosen, counts[key]) for key, label in labels.items()]


def _family(family: Family, filters: FilterForm, counts: Mapping[str, int]) -> FamilyChoice:
    chosen = set(filters.cleaned_data["type"])
    types = tuple(
        Choice("type", t.key, t.label, t.key in chosen, counts[t.key], t.covers)
        for t in family.types
    )
    pairs = [("type", t.key) for t in family.types]
    add = [] if all(choice.chosen for choice in types) else pairs
    return FamilyChoice(family.key, family.label, types, filters.link(*pairs, plus=add))


def _sources(least: int | None, counts: Mapping[str, int]) -> list[Choice]:
    steps = sorted({*STEPS, least or STEPS[0]})
    return [
        Choice("sources", "", "any number", not least),
        *(Choice("sources", str(n), f"{n} or more", n == least, counts[str(n)]) for n in steps),
    ]


def _actors(filters: FilterForm, found: Facets) -> list[Choice]:
    return [
        *(Choice("actor", a.slug, a.name, True) for a in filters.actors),
        *(Choice("actor", a.slug, a.name, False, a.count, about=a.about) for a in found.actors),
    ]


# ---------- presets


def _presets(filters: FilterForm) -> Iterator[Preset]:
    contacts = [t.key for t in TYPES.values() if t.family == "contacts"]
    today = timezone.now().date()
    yield from (
        _preset(filters, "Latest week", latest_week(today)),
        _preset(
            filters, "Coming up", [("from", "today"), *_all("status", ("planned", "proposed"))]
        ),
        _preset(filters, "Calls and meetings", _all("type", contacts)),
        _preset(filters, "Two sources or more", [("sources", "2")]),
        _preset(filters, "Accounts differ", [("differs", "1")]),
    )


def _all(name: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, value) for value in values]


def _preset(filters: FilterForm, label: str, pairs: list[tuple[str, str]]) -> Preset:
    """Chosen again, a preset goes away."""
    names = {name for name, _ in pairs}
    if names & {"from", "to"}:
        names |= {"from", "to"}
    chosen = sorted(pair for pair in filters.pairs() if pair[0] in names) == sorted(pairs)
    return Preset(label, filters.link(without=names, plus=[] if chosen else pairs), chosen)


def latest_week(today: dt.date) -> list[tuple[str, str]]:
    """The seven days that end with the last day on which something happened, as `from` and `to`."""
    past = Event.objects.shown().filter(sort_day__lte=today, status="occurred", precision="day")
    last = past.order_by("-sort_day").values_list("sort_day", flat=True).first()
    if last is None:
        return [("to", today.isoformat())]
    return [("from", (last - dt.timedelta(days=6)).isoformat()), ("to", last.isoformat())]
