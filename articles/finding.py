"""Asks the database for the mentions that share a blocking key and whose days meet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from . import blocking
from .answering import expected, generous
from .models import BlockingKey, Mention
from .weighing import LONG, Evidence

EVER = 10**6
"""Days: more than any date allows."""
COMMA = "\x1f"
"""Between the names of sides, of which none contains it."""
Window = tuple[dt.date, dt.date]
Span = tuple[str, dt.date, dt.date]
"""Some company, and the days from the one to the other."""


@dataclass(frozen=True, slots=True)
class Met:
    """A stored mention, by its number, that meets another: as much as its blocking key tells."""

    asked: int
    """Which of the looks found it."""
    mention: int
    company: str
    first: dt.date
    last: dt.date

    @property
    def span(self) -> Span:
        return self.company, self.first, self.last


def keys_of(mention: Mention, evidence: Evidence) -> list[BlockingKey]:
    """What is to be stored beside a mention; nothing for an undated one, which nothing meets, but
    for an ultimatum also what its answers look like."""
    found = {}
    for one in expected(evidence, generous(mention.deadline)):
        for name in blocking.answer_keys(one.answer):
            ((first, last),) = one.answer.windows
            found[name, first, last] = _key(mention, name, one.answer, (first, last))
    window = mention.date.window
    if window is None:
        return [*found.values()]
    names = blocking.keys(evidence)
    if window[0] == window[1]:
        names.append(blocking.company(evidence))
    return [*(_key(mention, name, evidence, window) for name in names), *found.values()]


def _key(mention: Mention, name: str, evidence: Evidence, window: Window) -> BlockingKey:
    return BlockingKey(
        mention=mention,
        key=name,
        sides=sorted(evidence.sides),
        first=window[0],
        last=window[1],
        vague=(window[1] - window[0]).days > LONG,
    )


# OFFSET 0 keeps the planner from joining all looks to all keys at once, for which its guess at how
# many keys meet some days, one in nine, would have it read the whole table.
MEETING = """
WITH asked AS (
    SELECT n, key, a, b, partly, days, string_to_array(sides, %(comma)s)::varchar[] AS sides
    FROM unnest(%(n)s::int[], %(key)s::text[], %(a)s::date[], %(b)s::date[], %(sides)s::text[],
        %(partly)s::daterange[], %(days)s::int[]) AS asked(n, key, a, b, sides, partly, days)
), corrected AS MATERIALIZED (
    SELECT m.id, e.span FROM timeline_event e JOIN articles_mention m ON m.event_id = e.id
    WHERE e.basis = 'editor' AND e.span && ANY(%(spans)s::daterange[])
)
SELECT asked.n, k.mention_id, k.sides, k.first, k.last FROM asked CROSS JOIN LATERAL (
    SELECT * FROM articles_blockingkey WHERE key = asked.key AND NOT vague
        AND first BETWEEN asked.a - %(long)s AND asked.b AND last >= asked.a
        AND (sides <@ asked.sides OR sides @> asked.sides
            OR daterange(first, last, '[]') <@ asked.partly) OFFSET 0
) AS k
UNION ALL
SELECT asked.n, k.mention_id, k.sides, k.first, k.last FROM asked CROSS JOIN LATERAL (
    SELECT * FROM articles_blockingkey WHERE key = asked.key AND vague
        AND first BETWEEN asked.a - asked.days AND asked.b AND last >= asked.a
        AND last - first < asked.days
        AND (sides <@ asked.sides OR sides @> asked.sides
            OR daterange(first, last, '[]') <@ asked.partly) OFFSET 0
) AS k
UNION ALL
SELECT asked.n, k.mention_id, k.sides, k.first, k.last
    FROM corrected c JOIN articles_blockingkey k ON k.mention_id = c.id
    JOIN asked ON asked.key = k.key AND c.span && daterange(asked.a, asked.b, '[]')
"""
CROWDED = """
SELECT asked.n, day.mention_id
FROM unnest(%(n)s::int[], %(key)s::text[], %(a)s::date[], %(b)s::date[]) AS asked(n, key, a, b)
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (k.first) k.mention_id FROM articles_blockingkey k
    WHERE k.key = asked.key AND NOT k.vague AND k.first BETWEEN asked.a AND asked.b
        AND k.mention_id <> ALL(%(without)s)
    ORDER BY k.first LIMIT %(most)s
) AS day
"""


@dataclass(frozen=True, slots=True)
class Look:
    """For what may be one event with a mention: under a key, from one day to another."""

    evidence: Evidence
    key: str
    first: dt.date
    last: dt.date
    partly: Window | None
    """Within which days the dates of those must lie that share but some of its sides; None: such
    are not looked for."""
    widest: int = EVER
    """How many days their dates allow at most, unless an editor set them."""


def met(frontier: Sequence[Evidence]) -> list[Met]:
    """Those that meet one of the frontier and that it is comparable with, not sorted."""
    return look(
        [
            Look(e, key, *window, partly=same_day(e, window))
            for e in frontier
            for key in blocking.keys(e)
            for window in e.windows
        ]
    )


def same_day(m: Evidence, window: Window) -> Window | None:
    """The days on which those may be one event with it that share but some of its sides."""
    return window if m.kind not in blocking.WHOLE and window[0] == window[1] else None


def look(asked: Sequence[Look]) -> list[Met]:
    """What is found, as far as it is comparable, not sorted."""
    if not asked:
        return []
    found = _rows(
        MEETING,
        [(n, one.key, one.first, one.last) for n, one in enumerate(asked)],
        sides=[COMMA.join(sorted(one.evidence.sides)) for one in asked],
        partly=[one.partly and _range(*one.partly) for one in asked],
        days=[one.widest for one in asked],
        spans=[_range(one.first, one.last) for one in asked],
        comma=COMMA,
        long=LONG,
    )
    return [
        Met(n, mention, blocking.company(asked[n].evidence, frozenset(sides)), first, last)
        for n, mention, sides, first, last in found
        if blocking.comparable(asked[n].evidence, frozenset(sides))
    ]


def _range(first: dt.date, last: dt.date) -> str:
    return f"[{first},{last}]"


def crowded(asked: Collection[Span], most: int, without: Collection[int]) -> dict[Span, list[int]]:
    """Of those asked for, those with mentions precise to the day on more than `most`
    days: with one such mention of each of the first days, enough to see that."""
    named = list(asked)
    if not named:
        return {}
    rows = _rows(
        CROWDED,
        [(n, *one) for n, one in enumerate(named)],
        most=most + 1,
        without=list(without),
    )
    found: dict[Span, list[int]] = defaultdict(list)
    for n, mention in rows:
        found[named[n]].append(mention)
    return {one: mentions for one, mentions in found.items() if len(mentions) > most}


def _rows(
    query: str, asked: Iterable[tuple[int, str, dt.date, dt.date]], **values: Any
) -> list[tuple[Any, ...]]:
    n, key, a, b = (list(column) for column in zip(*asked, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(query, {"n": n, "key": key, "a": a, "b": b, **values})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
