"""What a page costs as the record grows, next to counting its events once. The record is made up.

Whatever is counted exactly is gone through, so a page may cost a few such passes and no more: never
a join over everything found, which cost forty.
"""

import statistics
import time

import pytest
from django.db import connection
from django.test import Client

from tests.bench import many_events
from tests.bench.conftest import Note

pytestmark = pytest.mark.django_db

SMALL, LARGE = 10_000, 100_000
GROWTH = LARGE / SMALL
PAGES = {
    "the first page": "/",
    "a year": "/?from=2020&to=2020",
    "a type": "/?type=call",
    "a frequent actor": "/?actor=actor-1",
    "two actors": "/?actor=actor-1&actor=actor-2",
    "any of two actors": "/?actor=actor-1&actor=actor-2&match=any",
    "a large outlet": "/?outlet=outlet-1",
    "a frequent word": "/?q=grain",
    "a rare word": "/?q=corridor",
    "by actor": "/?view=actors",
    "by pair": "/?view=pairs",
    "who with whom": "/?view=relations",
    "the page of an actor": "/actors/actor-1/",
    "the index of actors": "/actors/",
    "the articles": "/articles/",
}


def cost(client: Client, address: str) -> float:
    """Seconds, the median of five."""
    took = []
    for _ in range(5):
        start = time.perf_counter()
        assert client.get(address).status_code == 200
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def fill(first: int, last: int) -> None:
    many_events.fill(first, last)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_no_page_grows_faster_than_the_record(client: Client, note: Note, one_core: None) -> None:
    fill(1, SMALL)
    small = {name: cost(client, address) for name, address in PAGES.items()}
    fill(SMALL + 1, LARGE)
    slow = []
    for name, address in PAGES.items():
        large = cost(client, address)
        note(
            f"{name}, of {SMALL:,} and {LARGE:,} events",
            f"{small[name] * 1000:.0f} and {large * 1000:.0f} ms, {large / small[name]:.1f} times",
        )
        if large > GROWTH * small[name]:
            slow.append(name)
    assert not slow
