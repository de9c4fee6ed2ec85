"""A worker that is killed while it reads: the article is read by the next one, and only once."""

import datetime as dt

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles import ingest, tasks
from articles.models import Article
from tests.config.processes import eventually
from tests.worker import WARM, worker
from timeline.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = (
    "PARIS, July 4 (Meridian Wire) - French President Emmanuel Macron spoke by phone with Russian "
    "President Vladimir Putin on Thursday. Ukrainian President Volodymyr Zelensky met Polish Prime "
    "Minister Donald Tusk in Warsaw on Wednesday."
)
LONG = "\n\n".join(
    (
        HEAD,
        *(
            f"Room {number} of the museum of clocks was painted green, and a new lamp that nobody "
            "needs hangs over the table near the window, where the sparrows like to sit."
            for number in range(500)
        ),
    )
)
"""Seventy thousand characters: some seconds of reading, two events."""


def test_an_article_whose_reader_is_killed_is_read_once_by_the_next() -> None:
    article = tasks.submit(text=LONG, published=dt.date(2025, 7, 4))

    with worker() as first:
        assert eventually(lambda: _state(article) == "reading", WARM)
        first.process.kill()
        first.process.wait()
    assert eventually(lambda: not ingest.busy())
    assert _state(article) == "reading" and not article.mentions.exists()
    held = DBTaskResult.objects.get()
    assert held.status == TaskResultStatus.RUNNING  # the queue will not give it to anybody else

    with worker():
        assert eventually(lambda: _state(article) == "done", WARM)
    told = article.mentions.order_by("start").values_list("type", "earliest", "latest")
    assert list(told) == [
        ("call", dt.date(2025, 7, 3), dt.date(2025, 7, 3)),
        ("meeting", dt.date(2025, 7, 2), dt.date(2025, 7, 2)),
    ]
    assert sorted(Event.objects.values_list("type", "article_count")) == [
        ("call", 1),
        ("meeting", 1),
    ]
    assert DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).count() == 1


def _state(article: Article) -> str:
    article.refresh_from_db(fields=["state"])
    return article.state
