"""What one more article costs as the record grows. The record is made up; the joining is real."""

import datetime as dt
import random
import statistics
import time

import pytest
from django.db import connection, transaction

from articles import cast, finding, ingest, joining
from articles.extraction import Draft, Span, load_lexicon
from articles.models import Article, BlockingKey, Mention, Participant
from articles.weighing import Evidence, Party
from tests.bench.conftest import Note
from timeline.dates import Basis, DateValue
from timeline.models import Actor, Event

pytestmark = pytest.mark.django_db

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
"""One event in twenty is of these two."""
SYLLABLES = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
PROBES, BATCH = 40, 2_000


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


def fill(upto: int, articles: list[Article], actors: dict[str, Actor]) -> None:
    """Events with one mention each, until there are so many."""
    chance = random.Random(upto)  # noqa: S311  (a repeatable choice, no secret)
    for there in range(Event.objects.count(), upto, BATCH):
        rows = [
            (chance.choice(TYPES), pair(chance), date(chance))
            for _ in range(min(BATCH, upto - there))
        ]
        events = [Event(type=kind, title="Made up") for kind, _, _ in rows]
        mentions = []
        for event, (_, _, when) in zip(events, rows, strict=True):
            event.date = when
            mention = Mention(
                event=event,
                article=chance.choice(articles),
                type=event.type,
                status="occurred",
                start=chance.randrange(10**6),
                end=10**7,
                evidence=said(chance),
                trigger_start=0,
                trigger_end=1,
                confidence=0.5,
            )
            mention.date = when
            mentions.append(mention)
        Event.objects.bulk_create(events)
        Mention.objects.bulk_create(mentions)
        Participant.objects.bulk_create(
            Participant(mention=mention, actor=actors[name], position=place)
            for mention, (_, names, _) in zip(mentions, rows, strict=True)
            for place, name in enumerate(names)
        )
        BlockingKey.objects.bulk_create(
            key
            for mention, (kind, names, when) in zip(mentions, rows, strict=True)
            for key in finding.keys_of(mention, evidence(kind, names, when))
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def said(chance: random.Random) -> str:
    """No two of these have much in common."""
    return " ".join(f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}" for _ in range(12))


def evidence(kind: str, names: tuple[str, str], when: DateValue) -> Evidence:
    return Evidence("", "", kind, tuple(map(Party, names)), (when,))


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


def cost(probes: list[Article]) -> float:
    """Seconds, the median of the probes; each is taken out of the record again."""
    chance = random.Random(7)  # noqa: S311  (a repeatable choice, no secret)
    took = []
    for article in probes:
        told = drafts(chance)
        with transaction.atomic():
            start = time.perf_counter()
            joining.join(article, told, load_lexicon(), "read")
            took.append(time.perf_counter() - start)
            transaction.set_rollback(True)
    return statistics.median(took)


def received(name: str, number: int) -> list[Article]:
    return [ingest.receive(text=f"{name} {n} " * 60, published=FIRST) for n in range(number)]


def test_one_more_article_costs_the_same_in_a_large_record(note: Note, one_core: None) -> None:
    actors = cast.rows_for(STATES, load_lexicon())
    articles, probes = received("Article", 200), received("Probe", PROBES)
    fill(SMALL, articles, actors)
    cost(probes)
    small = cost(probes)
    fill(LARGE, articles, actors)
    cost(probes)
    large = cost(probes)
    note(
        f"matching, one article beside {SMALL:,} and {LARGE:,} events",
        f"{small * 1000:.0f} and {large * 1000:.0f} ms, {large / small:.2f} times",
    )
    assert large <= MOST * small
