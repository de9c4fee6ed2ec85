"""What a page shows of an event: plain values, with what is said of them in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from .dates import UNDATED, DateValue, Precision, words
from .differences import Standing, Version, accounts_by_field
from .quoting import quoting
from .settling import Reading, Settled, machine
from .types import STATUSES, TYPES, EventType

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIFFERING = {
    "date": "Date",
    "deadline": "Deadline",
    "status": "Status",
    "type": "Type",
    "places": "Where",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence: plain, an actor's name, or date words."""

    text: str
    kind: Literal["", "actor", "date"] = ""


@dataclass(frozen=True, slots=True)
class Dating:
    """A date for a page. `html` is for <time datetime>: "" where HTML could only say too much."""

    value: DateValue
    because: str = ""

    @property
    def words(self) -> str:
        return words(self.value)

    @property
    def html(self) -> str:
        v, exact = self.value, not (self.value.approximate or self.value.uncertain)
        size = {"day": 10, "month": 7, "year": 4}.get(v.precision)
        return v.earliest.isoformat()[:size] if size and exact and v.earliest else ""

    @property
    def weekday(self) -> str:
        v = self.value
        sure = v.precision is Precision.DAY and not v.approximate
        return WEEKDAYS[v.earliest.weekday()] if sure and v.earliest else ""

    @property
    def mark(self) -> str:
        """The symbol that shows how precise it is."""
        v = self.value
        if v.precision is Precision.BOUND:
            return "until" if v.latest else "since"
        return v.precision.value

    @property
    def hatched(self) -> bool:
        return self.value.approximate or self.value.uncertain


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Account:
    """What one sentence of one article says of an event. `reading` is what it says of the fields in
    which accounts may differ; who took part is not in it."""

    mention: int
    article: int
    headline: str
    url: str
    outlet: str
    published: dt.date | None
    evidence: tuple[Piece, ...]
    further: tuple[tuple[Piece, ...], ...]
    """Other sentences of the article that speak of the event."""
    dating: Dating
    deadline: Dating
    reading: Reading
    type_because: str
    attributed_to: str

    @property
    def quoted(self) -> str:
        """The address of the article's source, at this very sentence."""
        return quoting(self.url, self.reading.evidence)

    @property
    def type(self) -> str:
        return self.reading.type

    @property
    def status(self) -> str:
        """Said only where the event did not simply occur."""
        return "" if self.reading.status == "occurred" else STATUSES[self.reading.status]


@dataclass(frozen=True, slots=True)
class Told:
    """A value of a field in words, and the accounts that give it. `dating` is that of a date."""

    words: str
    standing: Standing
    accounts: tuple[Account, ...]
    dating: Dating | None = None


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that accounts give in several versions, and what is shown where that is none of them:
    what they leave together, or what an editor decided."""

    field: str
    versions: tuple[Told, ...]
    together: str = ""
    decided: str = ""

    @property
    def label(self) -> str:
        return _DIFFERING[self.field]

    @property
    def one(self) -> bool:
        """Whether one value is shown; of places all are."""
        return self.field != "places"

    @property
    def against(self) -> str:
        """What is said of a value that cannot stand beside the one shown. It makes accounts differ
        only in what would be false of the event, not in what it is called or where it was."""
        return "contradicts" if self.field in ("date", "status") else "differs"

    @property
    def rows(self) -> int:
        return len(self.versions) + bool(self.together) + bool(self.decided)


@dataclass(frozen=True, slots=True)
class Link:
    """Another event, by what a line of text needs of it."""

    id: int
    title: str
    type: EventType
    status: str
    dating: Dating

    @property
    def status_label(self) -> str:
        return "" if self.status == "occurred" else STATUSES[self.status]


@dataclass(frozen=True, slots=True)
class Answer:
    """An event that likely answers an ultimatum, or the ultimatum: `because` says why."""

    link: Link
    because: str


@dataclass(frozen=True, slots=True)
class Card:
    id: int
    title: str
    type: EventType
    status: str
    dating: Dating
    reported: dt.date | None
    places: tuple[str, ...]
    articles: int
    sources: int
    corrected: bool
    differs: bool
    lost: bool
    review: str
    version: int
    actors: tuple[Named, ...] = ()
    accounts: tuple[Account, ...] = ()
    outcomes: tuple[Link, ...] = ()
    """What became of it."""
    plans: tuple[Link, ...] = ()
    """What it came of."""
    deadline: Dating = Dating(UNDATED)
    """Until when what it threatens or demands is to be met."""
    is_over: bool = False
    """Whether that has passed."""
    answers: tuple[Answer, ...] = ()
    """What likely answers it."""
    ultimatums: tuple[Answer, ...] = ()
    """What it likely answers."""

    @property
    def limited(self) -> bool:
        return self.deadline.value != UNDATED

    @property
    def is_chained(self) -> bool:
        """Whether something is said of what came before or after."""
        return bool(self.outcomes or self.plans or self.limited or self.answers or self.ultimatums)

    @property
    def lead(self) -> Account | None:
        """The first account of those that agree best with what is shown."""
        shown = (self.status, self.type.key, self.dating.value)

        def agreement(account: Account) -> tuple[bool, ...]:
            said = (account.reading.status, account.type, account.dating.value)
            return tuple(a == b for a, b in zip(said, shown, strict=True))

        return max(self.accounts, key=agreement, default=None)

    @property
    def differing(self) -> list[Differing]:
        """The fields that the accounts do not all give alike, and who says what."""
        readings = [account.reading for account in self.accounts]
        found = accounts_by_field(readings)
        if not found:
            return []
        articles = machine(readings)
        return [
            Differing(
                field,
                tuple(self._told(field, version) for version in found[field]),
                **self._shown(field, articles),
            )
            for field in _DIFFERING
            if field in found
        ]

    def _told(self, field: str, version: Version) -> Told:
        by = tuple(self.accounts[number] for number in version.told_by)
        dating = Dating(version.value) if field in ("date", "deadline") else None
        return Told(_said(field, version.value), version.standing, by, dating)

    def _shown(self, field: str, articles: Settled) -> dict[str, str]:
        """What stands in no account: a date that several leave together, an editor's word."""
        shown = {"date": self.dating.value, "deadline": self.deadline.value}
        value = (shown | {"status": self.status, "type": self.type.key}).get(field)
        if value is None:
            return {}
        if value != getattr(articles, field):
            return {"decided": _said(field, value)}
        told = value in (getattr(account.reading, field) for account in self.accounts)
        return {} if told else {"together": _said(field, value)}

    @property
    def status_label(self) -> str:
        """Said only where the event did not simply occur."""
        return "" if self.status == "occurred" else STATUSES[self.status]

    @property
    def ahead(self) -> bool:
        return self.status in ("planned", "proposed")

    @property
    def struck(self) -> bool:
        return self.status in ("denied", "cancelled")


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that share a day, or the words for their date."""

    dating: Dating
    reported: bool
    cards: list[Card]
    continued: bool = False
    """Its heading stands at the end of the page before."""


def _said(field: str, value: Any) -> str:
    match field:
        case "date" | "deadline":
            return words(value)
        case "status":
            return STATUSES[value]
        case "type":
            return TYPES[value].label
    return ", ".join(value)
