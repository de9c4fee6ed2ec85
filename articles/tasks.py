"""The work that waits for a worker, and the verbs that leave some: each stores and enqueues in one
transaction, so that neither is there without the other. Pages, commands and the demo call these.
"""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.tasks import task
from django_tasks_db.models import DBTaskResult

from . import ingest
from .models import Article


@task
def read_article(article_id: int) -> None:
    """Reads an article into the record, unless it was read or is being read."""
    ingest.read(article_id)


def submit(**fields: Any) -> Article:
    """`ingest.receive`, with the article enqueued to be read. Raises an ingest.Refused."""
    with transaction.atomic():
        return _enqueued(ingest.receive(**fields))


def answer(article: Article, published: dt.date, by: User | None = None) -> Article:
    """Gives a waiting article its publication day and enqueues it. Raises ingest.FutureDay."""
    with transaction.atomic():
        return _enqueued(ingest.answer(article, published, by))


def retry(article: Article) -> Article:
    """Has an article that failed, or was read already, read once more."""
    with transaction.atomic():
        return _enqueued(ingest.once_more(article))


def sweep() -> int:
    """Enqueues the articles that nobody reads and no task waits for; returns how many.

    The queue never takes up again what a killed worker held: the article's row is the truth.
    """
    ready = DBTaskResult.objects.ready().filter(task_path=read_article.module_path)
    waiting = {args["args"][0] for args in ready.values_list("args_kwargs", flat=True)}
    left = Article.objects.unfinished().exclude(pk__in=waiting | ingest.busy()).order_by("pk")
    ids = list(left.values_list("pk", flat=True))
    for article_id in ids:
        read_article.enqueue(article_id)
    return len(ids)


def _enqueued(article: Article) -> Article:
    if article.state == "received":
        read_article.enqueue(article.pk)
    return article
