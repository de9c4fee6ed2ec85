"""Near-copies among the articles: which stored ones a text is like, and what is decided about it.

A newer version and the same wire text in another outlet count as one source with the article that
they are like; a different article counts for itself. The sender decides, or an editor, or a rule.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection

from .likeness import ALIKE, bands, likeness, sentences_without, sketch
from .models import Article, Outlet, Sketch

COMING = 0x44454D43
"""The advisory lock of those who store an article: "DEMC"."""
MOST = 100
"""Articles that one is noted to be like, those most alike first."""
NOTED = ("copy_of", "similarity", "likeness", "likeness_by", "alike")


@dataclass(frozen=True, slots=True)
class Match:
    """A stored article that a text is like, and how much (from ALIKE to 1)."""

    article: Article
    similarity: float

    @property
    def hundredths(self) -> int:
        return round(100 * self.similarity)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a text and the article that it is like say each for itself: whole sentences."""

    ours: list[str]
    theirs: list[str]

    @classmethod
    def between(cls, text: str, article: Article) -> "Difference":
        other = article.text
        return cls(sentences_without(text, other), sentences_without(other, text))


def matches(sketched: bytes, besides: Article | None = None) -> list[Match]:
    """The stored articles that are alike, the most alike first, then the earliest."""
    if not sketched:
        return []
    near = _with_a_band_of(sketched) - ({besides.pk} if besides else set())
    rows = Sketch.objects.filter(article__in=near).values_list("article", "slots")
    like = [(likeness(sketched, bytes(slots)), pk) for pk, slots in rows]
    best = sorted((s for s in like if s[0] >= ALIKE), key=lambda s: (-s[0], s[1]))[:MOST]
    shown = Article.objects.select_related("outlet").defer("summary")
    articles = shown.in_bulk([pk for _, pk in best])
    return [Match(articles[pk], similarity) for similarity, pk in best]


def _with_a_band_of(sketched: bytes) -> set[int]:
    """The articles whose sketches have a band in common with this one.

    Bands are looked up one by one. Asked for all at once (&&), PostgreSQL, which keeps no statistics
    of numbers so rare, expects a quarter of all rows and reads the whole table: 3 seconds for
    100,000 articles instead of 1 millisecond.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT near.article_id FROM unnest(%s::integer[]) AS band CROSS JOIN LATERAL"
            " (SELECT article_id FROM articles_sketch WHERE bands @> ARRAY[band] OFFSET 0) AS near",
            [bands(sketched)],
        )
        return {pk for (pk,) in cursor.fetchall()}


def nearest(text: str) -> Match | None:
    """The stored article that the text is most like."""
    return next(iter(matches(sketch(text))), None)


def by_rule(match: Match, outlet: Outlet | None) -> str:
    """What it is taken for where nobody is asked: of the same outlet a version, else a copy."""
    return "version" if outlet and match.article.outlet == outlet else "copy"


def note(article: Article, decided: str = "", by: User | None = None) -> None:
    """Keeps the article's sketch, and what it is like; `decided` is the sender's answer.

    Must run in the transaction in which the article is stored: of two that come at one time, the
    second waits, so that it sees the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COMING])
    sketched = sketch(article.text)
    Sketch.objects.update_or_create(
        article=article, defaults={"slots": sketched, "bands": bands(sketched)}
    )
    if found := matches(sketched, besides=article):
        article.copy_of, article.similarity = found[0].article, found[0].similarity
        article.likeness = decided or by_rule(found[0], article.outlet)
        article.likeness_by = by if decided else None
        article.alike = [match.article.digest for match in found]
        article.save(update_fields=NOTED)


def decide(article: Article, by: User) -> None:
    """Completes what an editor said of the article, which may be like one that nobody found."""
    assert article.copy_of
    slots = Sketch.objects.filter(article__in=[article, article.copy_of]).values_list("slots")
    both = [bytes(row) for (row,) in slots]
    article.similarity = likeness(*both) if len(both) == 2 else None
    article.likeness_by = by
    if article.copy_of.digest not in article.alike:
        article.alike = [*article.alike, article.copy_of.digest]
    article.save(update_fields=NOTED)
