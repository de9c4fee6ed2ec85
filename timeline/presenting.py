"""Reads what a page shows of events: four queries, however long the page is.

Rows are read as tuples, not as models: rendering a page of cards is then twice as fast.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal

from django.db.models import Q
from django.utils import timezone

from .card import Account, Answer, Card, Dating, Group, Link, Named, Piece
from .dates import Basis, DateValue, Precision
from .models import Event, Participation, Relation
from .querysets import Clock
from .settling import Reading
from .types import TYPES

_DATE = ("earliest", "latest", "precision", "lasting", "approximate", "uncertain", "because")
_LIMIT = tuple(
    f"deadline_{name}"
    for name in ("earliest", "latest", "precision", "approximate", "uncertain", "because")
)
_EVENT = (
    *("pk", "title", "type", "status", "reported", "places", "article_count", "source_count"),
    *("corrected", "differs", "lost_at", "review", "version"),
    *_DATE,
    *_LIMIT,
)
_MENTION = (
    *("pk", "article_id", "article__headline", "article__url", "article__digest"),
    *("article__outlet__name", "article__published", "evidence", "start", "date_start"),
    *("date_end", "type", "status", "places", "basis", "confidence", "type_because"),
    *("attributed_to", "deadline_basis", *_DATE, *_LIMIT),
)
_LINK = ("pk", "title", "type", "status", *_DATE)


def cards(ids: Sequence[int]) -> list[Card]:
    """The events with these ids, in that order."""
    rows = {row[0]: row for row in Event.objects.filter(pk__in=ids).values_list(*_EVENT)}
    actors, names = _actors(ids)
    accounts = _accounts(ids, names)
    chains = _chains(ids)
    return [
        replace(
            _card(rows[pk]),
            actors=tuple(actors[pk]),
            accounts=tuple(accounts[pk]),
            outcomes=tuple(chains[pk].outcomes),
            plans=tuple(chains[pk].plans),
            answers=tuple(chains[pk].answers),
            ultimatums=tuple(chains[pk].ultimatums),
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


def _deadline(row: Sequence[Any]) -> Dating:
    """row: the columns of _LIMIT."""
    a, b, precision, approximate, uncertain, because = row
    flags = {"approximate": approximate, "uncertain": uncertain}
    return Dating(DateValue(a, b, Precision(precision), **flags), because)


def _is_over(latest: dt.date | None) -> bool:
    """Whether a deadline with this last day has passed; one without an end never has."""
    return latest is not None and latest < timezone.now().date()


def _card(row: Sequence[Any]) -> Card:
    pk, title, type_, status, reported, places, articles, sources = row[:8]
    corrected, differs, lost_at, review, version = row[8:13]
    return Card(
        id=pk,
        title=title,
        type=TYPES[type_],
        status=status,
        dating=_dating(row[13:20]),
        deadline=_deadline(row[20:]),
        is_over=_is_over(row[21]),
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
    further = _further(ids)
    rows = (
        Event.objects.filter(pk__in=ids, mentions__isnull=False)
        .order_by("mentions__article__published", "mentions__article_id", "mentions__start")
        .values_list("pk", *(f"mentions__{column}" for column in _MENTION))
    )
    for event, mention, article, headline, url, digest, outlet, published, *said in rows:
        evidence, start, date_start, date_end, type_, status, places, basis, *rest = said
        confidence, type_because, attributed_to, limit_basis, *date = rest
        date, limit = date[: len(_DATE)], _deadline(date[len(_DATE) :])
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
                further=tuple(tuple(marked(text, names[event], None)) for text in further[mention]),
                dating=dating,
                deadline=limit,
                reading=Reading(
                    article=digest,
                    type=type_,
                    status=status,
                    evidence=evidence,
                    date=dating.value,
                    basis=Basis(basis),
                    deadline=limit.value,
                    deadline_basis=Basis(limit_basis),
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


def _further(ids: Sequence[int]) -> dict[int, list[str]]:
    """By mention: the passages that speak of its event beside its evidence."""
    further: dict[int, list[str]] = defaultdict(list)
    rows = Event.objects.filter(pk__in=ids, mentions__passages__isnull=False)
    rows = rows.order_by("mentions__passages__start")
    for mention, text in rows.values_list("mentions", "mentions__passages__text"):
        further[mention].append(text)
    return further


@dataclass
class _Chain:
    """What came before an event and after it: as its card has them."""

    outcomes: list[Link] = field(default_factory=list)
    plans: list[Link] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ultimatums: list[Answer] = field(default_factory=list)


def _chains(ids: Sequence[int]) -> dict[int, _Chain]:
    found: dict[int, _Chain] = defaultdict(_Chain)
    rows = Relation.objects.shown().filter(Q(event__in=ids) | Q(other__in=ids))
    rows = rows.exclude(kind="duplicate")
    rows = rows.order_by("other__sort_day", "event__sort_day", "-score", "pk")
    width = len(_LINK)
    for row in rows.values_list(*linked("event"), *linked("other"), "kind", "because"):
        first, then, kind, because = link(row[:width]), link(row[width:-2]), row[-2], row[-1]
        if kind == "outcome":
            found[first.id].outcomes.append(then)
            found[then.id].plans.append(first)
        else:
            found[first.id].answers.append(Answer(then, because))
            found[then.id].ultimatums.append(Answer(first, because))
    return found


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
