"""How an article comes in: what is refused and why, what is stored already, what waits for its day."""

import datetime as dt
import hashlib
import re
from inspect import getdoc
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from . import copies
from .models import Article, Outlet

MAX_CHARS = 1_000_000
"""Characters of one text; the longest articles have some 200,000."""
LAST_ZONE = dt.timezone(dt.timedelta(hours=14))
"""Where a day begins first on earth: what is later than today there has not been printed."""
ASKED = "When was this article printed? Its date words cannot be placed without that day."
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


class Refused(Exception):
    """This article was not taken."""

    def __init__(self, article: Article | None = None) -> None:
        super().__init__(article)
        self.article = article
        """The article that is stored already, if that is why."""

    def __str__(self) -> str:
        return " ".join((getdoc(type(self)) or "").split())


class Empty(Refused):
    """There is no text in it."""


class TooLong(Refused):
    """The text is longer than a million characters. Send the text of one article."""


class NotText(Refused):
    """There are characters in it that no text has: it looks like the contents of some other file."""


class FutureDay(Refused):
    """The publication day lies in the future."""


class NotAnAddress(Refused):
    """The address of the article must begin with http:// or https://."""


class TooLongName(Refused):
    """The key or the outlet's name is longer than 200 characters, or the address than 1,000."""


class SameText(Refused):
    """This text is stored already."""


class KeyTaken(Refused):
    """An article with this key is stored already, and its text is another."""


def receive(
    *,
    text: str,
    published: dt.date | None,
    outlet: str = "",
    url: str = "",
    headline: str = "",
    key: str | None = None,
    by: User | None = None,
    published_because: str = "",
    likeness: str = "",
) -> Article:
    """Stores an article to be read; its state says whether it waits for its publication day.

    `likeness` is what the sender says it is to the stored article that it is most like, if it is
    like any (`Article.LIKENESSES`); where nobody was asked, a rule says so. The same key with the same text gives the article that is stored (and, if that waits for its
    day, the day). Raises a Refused.
    """
    fields = {"text": text, "outlet": outlet.strip(), "url": url.strip(), "headline": headline}
    _check(**fields, key=key, published=published)
    digest = digest_of(text)
    if stored := _stored(key, digest):
        return _day_given(stored, published, published_because)
    try:
        with transaction.atomic():
            article = Article.objects.create(
                text=text,
                digest=digest,
                key=key or None,
                outlet=_outlet(fields["outlet"]),
                url=fields["url"],
                headline=" ".join(headline.split())[:500],
                published=published,
                published_because=published_because,
                uploaded_by=by,
                state="received" if published else "waiting",
                failure="" if published else ASKED,
            )
            copies.note(article, likeness, by)
            return article
    except IntegrityError:
        if stored := _stored(key, digest):
            return stored
        raise


def digest_of(text: str) -> str:
    """SHA-256 of the text with white space folded."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def answer(article: Article, published: dt.date, by: User | None = None) -> Article:
    """Gives a waiting article its publication day; it can be read then. Raises FutureDay."""
    _check_day(published)
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        if article.state == "waiting":
            article.published = published
            who = f"by {by.get_username()}" if by else "by the sender"
            article.published_because = f"The day was given {who}."
            article.state, article.failure = "received", ""
            article.save(update_fields=["published", "published_because", "state", "failure"])
    return article


def once_more(article: Article) -> Article:
    """Marks an article that was read, or failed, to be read once more."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        if article.state in ("done", "failed"):
            article.state, article.failure = "received", ""
            article.save(update_fields=["state", "failure"])
    return article


def _day_given(stored: Article, published: dt.date | None, because: str) -> Article:
    if stored.state != "waiting" or published is None:
        return stored
    article = answer(stored, published)
    if because:
        article.published_because = because
        article.save(update_fields=["published_because"])
    return article


def _stored(key: str | None, digest: str) -> Article | None:
    """The article of this key, if its text is the same. Raises KeyTaken, SameText."""
    if key and (known := Article.objects.filter(key=key).first()):
        if known.digest != digest:
            raise KeyTaken(known)
        return known
    if known := Article.objects.filter(digest=digest).first():
        raise SameText(known)
    return None


def _check(
    *,
    text: str,
    outlet: str,
    url: str,
    headline: str,
    key: str | None,
    published: dt.date | None,
) -> None:
    if not text.strip():
        raise Empty
    if len(text) > MAX_CHARS:
        raise TooLong
    if any(UNPRINTABLE.search(value) for value in (text, outlet, url, headline, key or "")):
        raise NotText
    if max(len(outlet), len(key or "")) > 200 or len(url) > 1000:
        raise TooLongName
    if url and not _is_address(url):
        raise NotAnAddress
    if published:
        _check_day(published)


def _check_day(published: dt.date) -> None:
    if published > today_latest():
        raise FutureDay


def today_latest() -> dt.date:
    """The latest day that it is anywhere."""
    return dt.datetime.now(LAST_ZONE).date()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _outlet(name: str) -> Outlet | None:
    """The outlet of this name, made on first use; its address is its name with a number if taken."""
    if not name:
        return None
    stem = slugify(name)[:100] or "outlet"
    taken = set(Outlet.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slugs = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2)))
    slug = next(slug for slug in slugs if slug not in taken)
    return Outlet.objects.get_or_create(name=name, defaults={"slug": slug})[0]
