"""From texts to the record: `receive` stores an article, `read` brings its events in.

Queues are not known here: `tasks` puts the two together (`tasks.submit` stores and enqueues in one
transaction), and commands that read in their own process call `receive` and `read` themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from . import cast, copies, extraction, joining
from .deliveries import Receipt, receive_file, receive_jsonl, receive_path
from .extraction import Draft, Unreadable
from .extraction.agencies import agency_of
from .extraction.text import lay_out
from .models import Article, Sketch
from .receiving import (
    MAX_CHARS,
    Empty,
    FutureDay,
    KeyTaken,
    NotAnAddress,
    NotText,
    Refused,
    SameText,
    TooLong,
    TooLongName,
    answer,
    digest_of,
    once_more,
    receive,
    today_latest,
)
from .summary import summarise

__all__ = [
    "MAX_CHARS",
    "Empty",
    "FutureDay",
    "KeyTaken",
    "NotAnAddress",
    "NotText",
    "Receipt",
    "Refused",
    "SameText",
    "TooLong",
    "TooLongName",
    "answer",
    "busy",
    "digest_of",
    "drafts_of",
    "once_more",
    "read",
    "receive",
    "receive_file",
    "receive_jsonl",
    "receive_path",
    "today_latest",
    "warm_up",
]

READING = 0x44454D42
"""The advisory locks of those who read, one an article: "DEMB" and the article's number."""
BROKEN = "Something went wrong here while this article was read. It can be read again."


def warm_up() -> None:
    """Loads the language model (about seven seconds) before the first article needs it."""
    extraction.warm_up(cast.lexicon(), settings.SPACY_PIPELINE)


def read(article_id: int, cause: str = "read") -> None:
    """Reads an unfinished article into the record. Does nothing if another process is at it.

    What the text does to the parser ends as the article's failure, in a sentence; what should not
    happen at all does so too, and is raised again. Either way nothing half-read is stored.
    """
    with alone(article_id) as mine:
        article = Article.objects.filter(pk=article_id).unfinished().first() if mine else None
        if article is None:
            return
        try:
            _read(article, cause)
        except Unreadable as error:
            _fail(article, str(error))
        except Exception:
            _fail(article, BROKEN)
            raise


@contextmanager
def alone(article_id: int) -> Iterator[bool]:
    """Holds the article's lock, which ends with the connection that took it; False if it is taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [READING, article_id])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [READING, article_id])


def busy() -> set[int]:
    """The articles that some process reads at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2"
            " AND classid = %s AND database = (SELECT oid FROM pg_database"
            " WHERE datname = current_database())",
            [READING],
        )
        return {row[0] for row in cursor.fetchall()}


def drafts_of(article: Article) -> list[Draft]:
    """What the parser finds in the article now. Raises Unreadable."""
    return extraction.extract(
        article.text,
        published=article.published,
        lexicon=cast.lexicon(),
        pipeline=settings.SPACY_PIPELINE,
    )


def _read(article: Article, cause: str) -> None:
    _enter(article, "reading")
    drafts = drafts_of(article)
    _enter(article, "matching")
    with transaction.atomic():
        article.language, article.agency = "en", agency_of(lay_out(article.text))[:200]
        article.save(update_fields=["language", "agency"])
        if not Sketch.objects.filter(article=article).exists():
            copies.note(article)  # it came in before likeness was looked at
        outcome = joining.join(article, drafts, cast.lexicon(), cause)
        article.summary = summarise(outcome)
        article.parser_version, article.read_at = extraction.VERSION, timezone.now()
        article.state, article.failure = "done", ""
        article.save()


def _enter(article: Article, state: str) -> None:
    article.state = state
    article.save(update_fields=["state"])


def _fail(article: Article, sentence: str) -> None:
    article.state, article.failure = "failed", sentence
    article.save(update_fields=["state", "failure"])
