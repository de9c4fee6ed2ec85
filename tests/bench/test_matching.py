"""What one more article costs as the record grows. The records are made up; the joining is real.

Both lie over the same ten years, so that the large one is a hundred times as dense, as a record of
the same years is that takes in more outlets: one that grew by years alone would cost no more, for
what is compared lies within days. What the same pair did in the same year, month or week must then
be compared, and does become more; what merely shares a side or a type must not cost.
"""

import datetime as dt
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles import cast, finding, ingest, joining
from articles.extraction import Draft, Span, load_lexicon
from articles.models import Article, BlockingKey, Mention, Participant
from articles.weighing import Evidence, Party
from tests.bench.conftest import Note
from timeline.dates import Basis, DateValue
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

SMALL, LARGE = 1_000, 100_000
MOST = 1.5
"""Times what an article costs in the small record, at most."""
FIRST = dt.date(2015, 1, 1)
SPAN = 3_650
"""Days over which the events lie, whatever their number."""
STATES = sorted(
    """
    Algeria Argentina Armenia Australia Austria Azerbaijan Belarus Belgium Brazil Bulgaria Canada
    Chile China Colombia Croatia Cuba Cyprus Denmark Egypt Estonia Ethiopia Finland France Georgia
    Germany Greece Hungary India Indonesia Iran Iraq Ireland Israel Italy Japan Jordan Kazakhstan
    Kenya Kuwait Latvia Lebanon Libya Lithuania Mexico Moldova Morocco Nigeria Norway Pakistan
    """.split()
)
TYPES = ("call", "meeting", "visit", "talks", "strike", "sanctions", "agreement", "aid")
HOT = ("Israel", "Iran")
"""One event in twenty is of these two: in the large record, more than one a day."""
SYLLABLES = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
ARTICLES, PROBES, ROUNDS = 200, 40, 5


def pair(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.05:
        return HOT
    one, other = chance.sample(STATES, 2)
    return one, other


def date(chance: random.Random) -> DateValue:
    day = FIRST + dt.timedelta(days=chance.randrange(SPAN))
    kinds = [DateValue.day(day)] * 7 + [
        DateValue.until(day),
        DateValue.month(day.year, day.month),
        DateValue.year(day.year),
    ]
    return chance.choice(kinds)


def said(chance: random.Random) -> str:
    """No two of these have much in common."""
    return " ".join(f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}" for _ in range(12))


def fill(events: int) -> list[Article]:
    """Puts so many events with one mention each into an empty record; returns the probes, articles
    of which nothing was read yet."""
    chance = random.Random(events)  # noqa: S311  (a repeatable choice, no secret)
    actors = cast.rows_for(STATES, load_lexicon())
    articles, probes = received("Article", ARTICLES), received("Probe", PROBES)
    rows: dict[type[models.Model], list[models.Model]] = {
        model: [] for model in (Event, Mention, Participant, BlockingKey)
    }
    for number in range(1, events + 1):
        kind, names, when = chance.choice(TYPES), pair(chance), date(chance)
        event = Event(pk=number, type=kind, title="Made up")
        mention = Mention(
            pk=number,
            event=event,
            article=chance.choice(articles),
            type=kind,
            status="occurred",
            start=chance.randrange(10**6),
            end=10**7,
            evidence=said(chance),
            trigger_start=0,
            trigger_end=1,
            confidence=0.5,
        )
        event.date = mention.date = when
        taking = enumerate(actors[name] for name in names)
        evidence = Evidence("", "", kind, tuple(map(Party, names)), (when,))
        rows[Event].append(event)
        rows[Mention].append(mention)
        rows[Participant] += [Participant(mention=mention, actor=a, position=n) for n, a in taking]
        rows[BlockingKey] += finding.keys_of(mention, evidence)
    for model, made in rows.items():
        copy(model, made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return probes


def received(name: str, number: int) -> list[Article]:
    return [ingest.receive(text=f"{name} {n} " * 60, published=FIRST) for n in range(number)]


def copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Into the table, numbered from 1, by COPY."""
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as table:
            for number, row in enumerate(rows, 1):
                row.pk = number
                table.write_row([_stored(f, row) for f in fields])
        for reset in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(reset)


def _stored(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


@dataclass
class Record:
    """A database with so many events, and articles that are still to be read."""

    database: BaseDatabaseWrapper
    probes: list[Article]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """All that asks for the connection gets the one to this database."""
        usual = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self.database
        try:
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = usual


@pytest.fixture
def records(transactional_db: None) -> Iterator[list[Record]]:
    """A small and a large one, beside each other."""
    usual = connections[DEFAULT_DB_ALIAS]
    usual.close()  # for a database is only copied when nobody uses it
    usual.creation.clone_test_db("large", verbosity=0)
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    other.settings_dict = usual.creation.get_test_db_clone_settings("large")
    found = []
    for database, events in ((usual, SMALL), (other, LARGE)):
        record = Record(database, [])
        with record.opened():
            record.probes = fill(events)
        found.append(record)
    yield found
    other.close()
    usual.creation.destroy_test_db(suffix="large", verbosity=0)


def drafts(chance: random.Random) -> list[Draft]:
    """Six, as an article of usual length yields."""
    found = []
    for number in range(6):
        span = Span(number * 100, number * 100 + 50, said(chance))
        found.append(
            Draft(
                type=chance.choice(TYPES),
                status="occurred",
                evidence=span,
                trigger=span,
                date=date(chance),
                basis=Basis.EXPLICIT,
                actors=pair(chance),
            )
        )
    return found


def cost(record: Record, number: int, told: Sequence[Draft]) -> float:
    """Seconds; what the probe tells is taken out of the record again."""
    with record.opened(), transaction.atomic():
        start = time.perf_counter()
        joining.join(record.probes[number], told, load_lexicon(), "read")
        took = time.perf_counter() - start
        transaction.set_rollback(True)
    return took


def test_one_more_article_costs_the_same_in_a_large_record(
    records: list[Record], note: Note, one_core: None
) -> None:
    """The same texts in both, in turn; of each the fastest of some rounds."""
    chance = random.Random(7)  # noqa: S311  (a repeatable choice, no secret)
    told = [drafts(chance) for _ in range(PROBES)]
    took = [[[cost(r, n, told[n]) for r in records] for n in range(PROBES)] for _ in range(ROUNDS)]
    small, large = ([min(r[n][which] for r in took) for n in range(PROBES)] for which in (0, 1))
    figures = {
        "mean": (statistics.mean(small), statistics.mean(large)),
        "median": (statistics.median(small), statistics.median(large)),
    }
    for name, (a, b) in figures.items():
        note(
            f"matching, one article beside {SMALL:,} and {LARGE:,} events, {name}",
            f"{a * 1000:.0f} and {b * 1000:.0f} ms, {b / a:.2f} times",
        )
    assert all(b <= MOST * a for a, b in figures.values())
