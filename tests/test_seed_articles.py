"""Two articles on the same days, as they were printed: what both tell of is one event."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from articles import ingest
from articles.models import Article, Mention
from timeline.models import Event, Revision

SEEDS = settings.BASE_DIR.parent / "shared" / "seeds" / "articles.jsonl"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEEDS.exists(), reason="The two articles are not beside this checkout."),
]


def read(*, backwards: bool = False) -> list[Article]:
    """Both, received and read one after the other."""
    receipts = list(ingest.receive_jsonl(SEEDS))
    assert [receipt.refused for receipt in receipts] == ["", ""]
    articles = [receipt.article for receipt in receipts if receipt.article]
    for article in reversed(articles) if backwards else articles:
        ingest.read(article.pk)
        article.refresh_from_db()
        assert article.state == "done", article.failure
    return articles


def of(type_: str, *actors: str) -> list[Event]:
    """The events of a type that these persons and nobody else take part in, for whatever sides."""
    events = Event.objects.shown().filter(type=type_)
    return [
        event
        for event in events
        if {a.name for a in event.actors.filter(kind="person")} == set(actors)
    ]


def rolled_back[T](work: Callable[[], T]) -> T:
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def told() -> Counter[tuple[Any, ...]]:
    """Every event without its number, and how many mentions it rests on."""
    return Counter(
        (event.type, event.status, event.title, event.date, event.mentions.count())
        for event in Event.objects.shown()
    )


def test_the_call_that_both_tell_of_is_one_event_on_its_day() -> None:
    articles = read()
    (call,) = of("call", "Donald Trump", "Vladimir Putin")
    assert (call.earliest, call.latest, call.precision, call.status) == (
        dt.date(2025, 7, 3),
        dt.date(2025, 7, 3),
        "day",
        "occurred",
    )
    assert call.title == "Donald Trump and Vladimir Putin speak by phone"
    assert {a.name for a in call.actors.exclude(kind="person")} == {"Russia", "United States"}
    assert {m.article_id for m in call.mentions.all()} == {article.pk for article in articles}
    assert call.article_count == 2


def test_the_meeting_that_was_dismissed_is_shown_as_denied(client: Client) -> None:
    read()
    (meeting,) = of("meeting", "Donald Trump", "Vladimir Putin")
    assert meeting.status == "denied"
    for address in ("/?type=meeting&actor=putin&actor=trump", meeting.get_absolute_url()):
        html = client.get(address).content.decode()
        assert meeting.title in html
        assert '<span class="badge badge--denied">Denied</span>' in html


def test_receiving_and_reading_both_again_changes_nothing() -> None:
    def everything() -> tuple[Any, ...]:
        return (
            list(Event.objects.order_by("pk").values_list("pk", "version", "title", "earliest")),
            told(),
            Mention.objects.count(),
            Revision.objects.count(),
        )

    first = read()
    before = everything()
    again = read()
    assert again == first and everything() == before
    for article in again:
        ingest.once_more(article)
        ingest.read(article.pk)
        article.refresh_from_db()
        assert article.summary["unchanged"] == article.summary["events"] > 0
    assert everything() == before


def test_the_order_of_arrival_does_not_matter() -> None:
    def outcome(*, backwards: bool) -> Counter[tuple[Any, ...]]:
        read(backwards=backwards)
        return told()

    forwards = rolled_back(lambda: outcome(backwards=False))
    assert forwards.total() > 10
    assert rolled_back(lambda: outcome(backwards=True)) == forwards
