"""What a page shows of events: plain values, read in four queries however long the page is.

Rows are read as tuples, not as models: rendering a page of cards is then twice as fast.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from django.db.models import Q

from .dates import Basis, DateValue, Precision, words
from .differences import Standing, Version, accounts_by_field
from .models import Event, Participation, Relation
from .querysets import Clock
from .settling import Reading, Settled, machine
from .types import STATUSES, TYPES, EventType

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
    dating: Dating
    reading: Reading
    type_because: str
    attributed_to: str

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

    label: str
    versions: tuple[Told, ...]
    together: str = ""
    decided: str = ""

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

    @property
    def differing(self) -> list[Differing]:
        """The fields that the accounts do not all give alike, and who says what."""
        readings = [account.reading for account in self.accounts]
        found = accounts_by_field(readings)
        return [
            Differing(
                label,
                tuple(self._told(field, version) for version in found[field]),
                **self._shown(field, machine(readings)),
            )
            for field, label in _DIFFERING.items()
            if field in found
        ]

    def _told(self, field: str, version: Version) -> Told:
        by = tuple(self.accounts[number] for number in version.told_by)
        dating = Dating(version.value) if field == "date" else None
        return Told(_said(field, version.value), version.standing, by, dating)

    def _shown(self, field: str, articles: Settled) -> dict[str, str]:
        """What stands in no account: a date that several leave together, an editor's word."""
        value = {"date": self.dating.value, "status": self.status, "type": self.type.key}.get(field)
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


_DIFFERING = {"date": "Date", "status": "Status", "type": "Type", "places": "Where"}
_DATE = ("earliest", "latest", "precision", "lasting", "approximate", "uncertain", "because")
_EVENT = (
    *("pk", "title", "type", "status", "reported", "places", "article_count", "source_count"),
    *("corrected", "differs", "lost_at", "review", "version"),
    *_DATE,
)
_MENTION = (
    *("pk", "article_id", "article__headline", "article__url", "article__digest"),
    *("article__outlet__name", "article__published", "evidence", "start", "date_start"),
    *("date_end", "type", "status", "places", "basis", "confidence", "type_because"),
    *("attributed_to", *_DATE),
)
_LINK = ("pk", "title", "type", "status", *_DATE)


def cards(ids: Sequence[int]) -> list[Card]:
    """The events with these ids, in that order."""
    rows = {row[0]: row for row in Event.objects.filter(pk__in=ids).values_list(*_EVENT)}
    actors, names = _actors(ids)
    accounts = _accounts(ids, names)
    outcomes, plans = _chains(ids)
    return [
        replace(
            _card(rows[pk]),
            actors=tuple(actors[pk]),
            accounts=tuple(accounts[pk]),
            outcomes=tuple(outcomes[pk]),
            plans=tuple(plans[pk]),
        )
        for pk in ids
        if pk in rows
    ]


def link(row: Sequence[Any]) -> Link:
    """row: the columns of _LINK."""
    pk, title, type_, status, *date = row
    return Link(pk, title, TYPES[type_], status, _dating(date))


def linked(prefix: str) -> list[str]:
    """The columns of a Link, reached through a relation."""
    return [f"{prefix}__{column}" for column in _LINK]


def _dating(row: Sequence[Any]) -> Dating:
    """row: the columns of _DATE."""
    a, b, precision, lasting, approximate, uncertain, because = row
    flags = {"lasting": lasting, "approximate": approximate, "uncertain": uncertain}
    return Dating(DateValue(a, b, Precision(precision), **flags), because)


def _card(row: Sequence[Any]) -> Card:
    pk, title, type_, status, reported, places, articles, sources = row[:8]
    corrected, differs, lost_at, review, version = row[8:13]
    return Card(
        id=pk,
        title=title,
        type=TYPES[type_],
        status=status,
        dating=_dating(row[13:]),
        reported=reported,
        places=tuple(places),
        articles=articles,
        sources=sources,
        corrected=corrected,
        differs=differs,
        lost=lost_at is not None,
        review=review,
        version=version,
    )


def _actors(ids: Sequence[int]) -> tuple[dict[int, list[Named]], dict[int, list[str]]]:
    """By event: its actors in order, and all that they are called."""
    actors: dict[int, list[Named]] = defaultdict(list)
    names: dict[int, list[str]] = defaultdict(list)
    rows = Participation.objects.filter(event__in=ids).order_by("event", "position")
    for event, name, slug, aliases in rows.values_list(
        "event_id", "actor__name", "actor__slug", "actor__aliases"
    ):
        actors[event].append(Named(name, slug))
        names[event] += [name, *aliases]
    return actors, names


def _accounts(ids: Sequence[int], names: dict[int, list[str]]) -> dict[int, list[Account]]:
    accounts: dict[int, list[Account]] = defaultdict(list)
    rows = (
        Event.objects.filter(pk__in=ids, mentions__isnull=False)
        .order_by("mentions__article__published", "mentions__article_id", "mentions__start")
        .values_list("pk", *(f"mentions__{column}" for column in _MENTION))
    )
    for event, mention, article, headline, url, digest, outlet, published, *said in rows:
        evidence, start, date_start, date_end, type_, status, places, basis, *rest = said
        confidence, type_because, attributed_to, *date = rest
        span = None if date_start is None else (date_start - start, (date_end or 0) - start)
        dating = _dating(date)
        accounts[event].append(
            Account(
                mention=mention,
                article=article,
                headline=headline,
                url=url,
                outlet=outlet or "",
                published=published,
                evidence=tuple(marked(evidence, names[event], span)),
                dating=dating,
                reading=Reading(
                    article=digest,
                    type=type_,
                    status=status,
                    evidence=evidence,
                    date=dating.value,
                    basis=Basis(basis),
                    places=tuple(places),
                    outlet=outlet or "",
                    published=published,
                    confidence=confidence,
                ),
                type_because=type_because,
                attributed_to=attributed_to,
            )
        )
    return accounts


def _chains(ids: Sequence[int]) -> tuple[dict[int, list[Link]], dict[int, list[Link]]]:
    """By event: what became of it, and what it came of."""
    outcomes: dict[int, list[Link]] = defaultdict(list)
    plans: dict[int, list[Link]] = defaultdict(list)
    rows = Relation.objects.shown().filter(Q(event__in=ids) | Q(other__in=ids), kind="outcome")
    width = len(_LINK)
    for row in rows.values_list(*linked("event"), *linked("other")):
        plan, outcome = link(row[:width]), link(row[width:])
        outcomes[plan.id].append(outcome)
        plans[outcome.id].append(plan)
    return outcomes, plans


def _said(field: str, value: Any) -> str:
    match field:
        case "date":
            return words(value)
        case "status":
            return STATUSES[value]
        case "type":
            return TYPES[value].label
    return ", ".join(value)


def marked(text: str, names: Iterable[str], date: tuple[int, int] | None = None) -> Iterator[Piece]:
    """The sentence cut at the names and at the date words (offsets into it), which it may lack."""
    longest = sorted(filter(None, set(names)), key=lambda name: (-len(name), name))
    pattern = "|".join(map(re.escape, longest)) or r"(?!)"
    spans: list[tuple[int, int, Literal["actor", "date"]]] = [
        (m.start(), m.end(), "actor") for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)
    ]
    if date and 0 <= date[0] < date[1] <= len(text):
        spans = [s for s in spans if s[1] <= date[0] or s[0] >= date[1]] + [(*date, "date")]
    end = 0
    for start, stop, kind in sorted(spans):
        if end < start:
            yield Piece(text[end:start])
        yield Piece(text[start:stop], kind)
        end = stop
    if end < len(text):
        yield Piece(text[end:])


def grouped(page: Iterable[Card], clock: Clock, before: Card | None = None) -> list[Group]:
    """Under one heading each: the cards of a day, and those whose dates are said alike.

    Among events that sort on the same day, those dated to that very day come first. `before` is
    the last card of the page before.
    """
    dated = [(_heading(card, clock), card) for card in page]
    groups: list[Group] = []
    for _, same_day in groupby(dated, lambda pair: pair[0].value.latest or pair[0].value.earliest):
        tidy = sorted(same_day, key=lambda pair: (pair[0].html == "", pair[0].mark, pair[0].words))
        for heading, pairs in groupby(tidy, lambda pair: pair[0]):
            reported = clock == "reported"
            groups.append(Group(heading, reported, [card for _, card in pairs]))
    if before and groups and groups[0].dating == _heading(before, clock):
        groups[0] = replace(groups[0], continued=True)
    return groups


def _heading(card: Card, clock: Clock) -> Dating:
    if clock == "happened":
        return Dating(card.dating.value)
    if card.reported is None:
        return Dating(DateValue(None, None, Precision.NONE))
    return Dating(DateValue.day(card.reported))
