"""In whatever order articles come in, the record is the same: the real joining, the real database.

The dispatches of the episodes are read once; what is read in them depends on no order.
"""

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from articles import cast, ingest, joining
from articles.extraction import Draft, extract, load_lexicon
from articles.matching import group
from articles.models import Article
from articles.stored import known_mentions
from timeline.models import Event, Relation

THOROUGH = hypothesis_settings.get_current_profile_name() == "thorough"
"""Whether pytest was told `--hypothesis-profile thorough`: 200 orders, not 60."""
SAMPLES, SIZE = 10 if THOROUGH else 3, 12
TIMES, ENDS, LAST = 4, 5, 3
"""Each sample is begun in so many orders, and each of these is ended in so many, of so many
dispatches."""

pytestmark = pytest.mark.django_db

Dispatch = tuple[dict[str, Any], list[Draft]]


@cache
def episodes() -> list[list[Dispatch]]:
    found = []
    for path in sorted(settings.BASE_DIR.glob("seeds/*/articles.jsonl")):
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found.append([(row, _read(row)) for row in rows])
    return found


def _read(row: dict[str, Any]) -> list[Draft]:
    day = dt.date.fromisoformat(row["published"])
    return extract(row["text"], published=day, lexicon=load_lexicon())


def sample(number: int) -> list[Dispatch]:
    """Of one episode, most of whose dispatches tell of the same days; the last two of all."""
    chance = random.Random(number)  # noqa: S311  (a repeatable choice, no secret)
    pool = [d for e in episodes() for d in e] if number >= SAMPLES - 2 else episodes()[number % 4]
    return chance.sample(pool, SIZE)


@contextmanager
def ingested(dispatches: Iterable[Dispatch]) -> Iterator[None]:
    """One by one into the record, out of which what they tell is gone at the end."""
    with transaction.atomic():
        for row, drafts in dispatches:
            joining.join(Article.objects.get(key=row["id"]), drafts, load_lexicon(), "read")
        yield
        transaction.set_rollback(True)


Record = tuple[Counter[Any], Counter[Any]]


def record_of_all() -> Record:
    """The events with what they rest on and what readers see of them, and their relations, without
    any number that the database gave."""
    rests: dict[int, list[str]] = {}
    for known in known_mentions(Q()):
        rests.setdefault(known.event, []).append(known.evidence.key)
    keys = {event: tuple(sorted(mentions)) for event, mentions in rests.items()}
    shown = {e.pk: seen(e) for e in Event.objects.shown().prefetch_related("participations__actor")}
    assert shown.keys() == keys.keys()
    relations = Counter(
        (r.kind, *_ordered(r, keys), r.score, r.because) for r in Relation.objects.all()
    )
    return Counter((keys[pk], what) for pk, what in shown.items()), relations


def _ordered(r: Relation, keys: dict[int, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Of a duplicate the numbers say which comes first."""
    pair = [keys[r.event_id], keys[r.other_id]]
    return sorted(pair) if r.kind == "duplicate" else pair


def seen(e: Event) -> tuple[Any, ...]:
    names = tuple(p.actor.name for p in e.participations.all())
    said = (e.type, e.status, e.title, e.date, e.basis, e.because, names, tuple(e.places))
    limit = (e.deadline, e.deadline_basis, e.deadline_because)
    return (*said, *limit, e.differs, e.article_count, e.source_count, e.confidence, e.reported)


@pytest.fixture(scope="module")
def _everything(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Articles and actors stay from one order to the next: only what was joined goes."""
    with django_db_blocker.unblock(), transaction.atomic():
        for row, drafts in (dispatch for episode in episodes() for dispatch in episode):
            day = dt.date.fromisoformat(row["published"])
            ingest.receive(text=row["text"], published=day, outlet=row["outlet"], key=row["id"])
            cast.rows_for((name for d in drafts for name in d.actors), load_lexicon())
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("number", range(SAMPLES))
@pytest.mark.usefixtures("_everything")
def test_the_order_of_arrival_changes_nothing(number: int) -> None:
    dispatches = sample(number)
    with ingested(dispatches):
        expected = record_of_all()
        everything = known_mentions(Q())
    grouped = sorted(keys for keys, _ in expected[0])
    assert grouped == sorted(tuple(sorted(g)) for g in group(k.evidence for k in everything))

    @hypothesis_settings(max_examples=TIMES, database=None)
    @given(st.permutations(dispatches), st.randoms(use_true_random=False))
    def in_any_order(order: list[Dispatch], chance: random.Random) -> None:
        begin, end = order[:-LAST], order[-LAST:]
        with ingested(begin):
            for _ in range(ENDS):
                with ingested(chance.sample(end, LAST)):
                    assert record_of_all() == expected

    in_any_order()
