"""Two workers, and two editors beside them, at one record at the same time: real connections."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import combinations

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from articles import ingest, joining
from articles.extraction import load_lexicon
from articles.models import Article, Mention
from tests.articles.test_any_order import (
    SAMPLES,
    Dispatch,
    episodes,
    ingested,
    record_of_all,
    sample,
)
from timeline import record
from timeline.models import Decision, Event, Override

pytestmark = pytest.mark.django_db(transaction=True)


def stored(dispatches: list[Dispatch]) -> list[Dispatch]:
    for row, _ in dispatches:
        day = dt.date.fromisoformat(row["published"])
        ingest.receive(text=row["text"], published=day, outlet=row["outlet"], key=row["id"])
    return dispatches


def work(dispatches: list[Dispatch]) -> None:
    for row, drafts in dispatches:
        with transaction.atomic():
            joining.join(Article.objects.get(key=row["id"]), drafts, load_lexicon(), "read")


def at_once(*tasks: Callable[[], object]) -> None:
    """All begin at the same moment; what any of them raises fails the test."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> None:
        try:
            start.wait()
            task()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


@pytest.mark.parametrize("number", range(SAMPLES))
def test_two_workers_at_once_give_what_one_would(number: int) -> None:
    dispatches = stored(sample(number))
    with ingested(dispatches):
        expected = record_of_all()
    at_once(lambda: work(dispatches[::2]), lambda: work(dispatches[1::2]))
    assert record_of_all() == expected


def test_two_editors_beside_two_workers_lose_nothing() -> None:
    dispatches = stored(episodes()[-1])
    work(dispatches[:4])
    there = list(Event.objects.shown().order_by("pk"))
    anna, bo = User.objects.create_user("anna"), User.objects.create_user("bo")
    corrected, merged = list[int](), list[int]()

    def correct() -> None:
        for event in there[::2]:
            with suppress(record.RecordError):
                record.correct(event, "title", f"Title {event.pk}", anna)
                corrected.append(event.pk)

    def merge() -> None:
        for event, into in list(combinations(there[1::2], 2))[:8]:
            with suppress(record.RecordError):
                record.merge(event, into, bo)
                merged.append(event.pk)

    at_once(correct, merge, lambda: work(dispatches[4::2]), lambda: work(dispatches[5::2]))
    assert corrected and merged
    assert Override.objects.count() == len(corrected)
    assert Decision.objects.count() == len(merged)
    assert not Mention.objects.filter(event__in=merged).exists()
    assert Mention.objects.count() == sum(len(drafts) for _, drafts in dispatches)
    for event in Event.objects.filter(pk__in=corrected):
        assert event.title == f"Title {event.pk}"
    assert record.resettle(Event.objects.values_list("pk", flat=True), "again") == []
