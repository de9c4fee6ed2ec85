"""What a page shows of events: plain values, read in three queries however long the page is.

Rows are read as tuples, not as models: rendering a page of cards is then twice as fast.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from .dates import DateValue, Precision, words
from .models import Event, Participation
from .querysets import Clock
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
    """What one sentence of one article says of an event."""

    article: int
    headline: str
    url: str
    outlet: str
    published: dt.date | None
    evidence: tuple[Piece, ...]
    dating: Dating
    type: str
    status: str
    type_because: str
    attributed_to: str


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
    actors: tuple[Named, ...] = ()
    accounts: tuple[Account, ...] = ()

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


_DATE = ("earliest", "latest", "precision", "lasting", "approximate", "uncertain", "because")
_EVENT = (
    *("pk", "title", "type", "status", "reported", "places", "article_count", "source_count"),
    *("corrected", "differs", "lost_at", "review"),
    *_DATE,
)
_MENTION = (
    *("mentions__article_id", "mentions__article__headline", "mentions__article__url"),
    *("mentions__article__outlet__name", "mentions__article__published"),
    *("mentions__evidence", "mentions__start", "mentions__date_start", "mentions__date_end"),
    *("mentions__type", "mentions__status", "mentions__type_because", "mentions__attributed_to"),
    *(f"mentions__{name}" for name in _DATE),
)


def cards(ids: Sequence[int]) -> list[Card]:
    """The events with these ids, in that order."""
    rows = {row[0]: row for row in Event.objects.filter(pk__in=ids).values_list(*_EVENT)}
    actors, names = _actors(ids)
    accounts = _accounts(ids, names)
    return [_card(rows[pk], actors[pk], accounts[pk]) for pk in ids if pk in rows]


def _dating(row: Sequence[Any]) -> Dating:
    """row: the columns of _DATE."""
    a, b, precision, lasting, approximate, uncertain, because = row
    flags = {"lasting": lasting, "approximate": approximate, "uncertain": uncertain}
    return Dating(DateValue(a, b, Precision(precision), **flags), because)


def _card(row: Sequence[Any], actors: list[Named], accounts: list[Account]) -> Card:
    pk, title, type_, status, reported, places, articles, sources = row[:8]
    corrected, differs, lost_at, review = row[8:12]
    return Card(
        id=pk,
        title=title,
        type=TYPES[type_],
        status=status,
        dating=_dating(row[12:]),
        reported=reported,
        places=tuple(places),
        articles=articles,
        sources=sources,
        corrected=corrected,
        differs=differs,
        lost=lost_at is not None,
        review=review,
        actors=tuple(actors),
        accounts=tuple(accounts),
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
        .values_list("pk", *_MENTION)
    )
    for event, article, headline, url, outlet, published, evidence, start, *rest in rows:
        date_start, date_end, type_, status, type_because, attributed_to, *date = rest
        span = None if date_start is None else (date_start - start, (date_end or 0) - start)
        accounts[event].append(
            Account(
                article=article,
                headline=headline,
                url=url,
                outlet=outlet or "",
                published=published,
                evidence=tuple(marked(evidence, names[event], span)),
                dating=_dating(date),
                type=type_,
                status="" if status == "occurred" else STATUSES[status],
                type_because=type_because,
                attributed_to=attributed_to,
            )
        )
    return accounts


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
