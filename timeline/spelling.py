"""What a reader may have meant: words and names of the record that are spelt nearly so.

The words of all events are kept in a table of their own, so that a misspelt word is compared with
words and not with events. What is wrong by one letter in four is forgiven.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import partial

from django.db import connection, transaction
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .models import Actor, Event, Word

SHORTEST = 4
"""Letters of a word that is looked up; shorter ones are near to too many others."""
LONGEST = 40
LIKENESS = 0.75
"""Least share of letters that stand right; two that changed places count as one mistake."""
_UNKNOWN = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE numnode(plainto_tsquery('english', word)) > 0 AND NOT EXISTS (
        SELECT 1 FROM timeline_event WHERE search @@ plainto_tsquery('english', word)
    )
"""


def folded(text: str) -> str:
    """Without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(text: str) -> set[str]:
    return {
        word
        for word in re.findall(r"[^\W\d_]+", text.casefold())
        if SHORTEST <= len(word) <= LONGEST
    }


# ---------- the table


def remember(event: Event) -> None:
    """Keeps the words of an event once its transaction is through.

    In a transaction of their own and in order: two that add the same words wait, and never for
    each other.
    """
    transaction.on_commit(partial(_add, words(event.words)))


def _add(found: Iterable[str]) -> None:
    Word.objects.bulk_create((Word(word=w) for w in sorted(found)), ignore_conflicts=True)


# ---------- corrections


def corrected(query: str) -> dict[str, str]:
    """Words of a query that no event has → the nearest that one has. What is quoted stays."""
    asked = {w for w in words(re.sub(r'"[^"]*"|-\S+', " ", query)) if w not in ("and", "or")}
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_UNKNOWN, [sorted(asked)])
        unknown = [row[0] for row in cursor.fetchall()]
    near = {word: _nearest(word, _of_like_length(word)) for word in unknown}
    return {word: other for word, other in near.items() if other}


def _of_like_length(word: str) -> list[str]:
    slack = int(len(word) * (1 - LIKENESS)) or 1
    rows = Word.objects.filter(length__range=(len(word) - slack, len(word) + slack))
    return list(rows.order_by("word").values_list("word", flat=True))


def _nearest(text: str, choices: Iterable[str]) -> str:
    """The first of the nearest; "" if none is near."""
    best = process.extractOne(
        text, choices, scorer=OSA.normalized_similarity, processor=folded, score_cutoff=LIKENESS
    )
    return str(best[0]) if best else ""


def nearest_actors(text: str, most: int) -> list[Actor]:
    """Those one of whose names is spelt nearly so, the nearest first."""
    wanted = text.strip()[:LONGEST]
    if len(wanted) < SHORTEST:
        return []
    names = {
        name: slug
        for slug, own, aliases in Actor.objects.order_by("pk").values_list(
            "slug", "name", "aliases"
        )
        for name in (own, *aliases)
    }
    found = process.extract(
        wanted,
        names.keys(),
        scorer=OSA.normalized_similarity,
        processor=folded,
        score_cutoff=LIKENESS,
        limit=most * 3,
    )
    slugs = list(dict.fromkeys(names[name] for name, *_ in found))[:most]
    rows = {actor.slug: actor for actor in Actor.objects.filter(slug__in=slugs)}
    return [rows[slug] for slug in slugs]
