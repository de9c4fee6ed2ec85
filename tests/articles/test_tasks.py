"""What is enqueued with what, and what a worker makes of it. The queue and the worker are real."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from articles import ingest, tasks
from articles.models import Article

pytestmark = pytest.mark.django_db
JULY_4 = dt.date(2025, 7, 4)
TEXT = (
    "WASHINGTON, July 4 (Meridian Wire) - President Donald Trump spoke by phone with Russian "
    "President Vladimir Putin on Thursday. They discussed the war in Ukraine for about an hour."
)


def submitted(published: dt.date | None = JULY_4) -> Article:
    return tasks.submit(text=TEXT, published=published)


def queued() -> list[int]:
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return [row.args_kwargs["args"][0] for row in rows]


def work() -> None:
    """A worker of its own would be another process; this one runs here until the queue is empty."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_a_submitted_article_is_enqueued() -> None:
    article = submitted()
    assert (article.state, queued()) == ("received", [article.pk])


def test_article_and_task_are_stored_together_or_not_at_all() -> None:
    with transaction.atomic():
        submitted()
        transaction.set_rollback(True)
    assert queued() == [] and not Article.objects.exists()


def test_an_article_that_waits_for_its_day_is_enqueued_with_the_answer() -> None:
    article = submitted(published=None)
    assert queued() == []
    tasks.answer(article, JULY_4)
    assert queued() == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_a_worker_reads_what_is_enqueued() -> None:
    article = submitted()
    work()
    article.refresh_from_db()
    assert (article.state, queued()) == ("done", [])
    assert article.mentions.filter(type="call").exists()


@pytest.mark.django_db(transaction=True)
def test_an_article_enqueued_twice_is_read_once() -> None:
    article = submitted()
    tasks.read_article.enqueue(article.pk)
    work()
    article.refresh_from_db()
    assert article.mentions.filter(type="call").count() == 1
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists()


def test_a_failed_article_can_be_read_once_more() -> None:
    article = submitted()
    Article.objects.update(state="failed", failure="It failed.")
    DBTaskResult.objects.all().delete()
    article = tasks.retry(article)
    assert (article.state, article.failure, queued()) == ("received", "", [article.pk])


@pytest.mark.django_db(transaction=True)
def test_an_error_is_kept_with_the_task_and_said_with_the_article(
    settings: Settings,
) -> None:
    article = submitted()
    settings.SPACY_PIPELINE = "no_such_pipeline"
    work()
    article.refresh_from_db()
    assert (article.state, article.failure) == ("failed", ingest.BROKEN)
    assert "no_such_pipeline" in DBTaskResult.objects.get().traceback


@pytest.mark.parametrize(
    ("state", "count"),
    [("received", 1), ("reading", 1), ("matching", 1), ("done", 0), ("waiting", 0)],
)
def test_the_sweep_takes_up_what_a_killed_worker_left(state: str, count: int) -> None:
    article = submitted()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Article.objects.update(state=state)
    assert tasks.sweep() == count
    assert queued() == [article.pk] * count


def test_the_sweep_leaves_what_waits_in_the_queue() -> None:
    submitted()
    assert tasks.sweep() == 0


def test_the_sweep_leaves_what_is_being_read() -> None:
    article = submitted()
    DBTaskResult.objects.all().delete()
    with ingest.alone(article.pk) as mine:
        assert mine and tasks.sweep() == 0
    assert tasks.sweep() == 1
