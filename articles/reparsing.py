"""Every article again with this parser, or what that would change."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from timeline import record
from timeline.models import Event

from . import ingest
from .models import Article

KINDS = ("kept", "lost", "improved", "unchanged")
"""What may become of an event. When several articles tell of it, the first of these holds."""


def reparse(article_id: int, *, dry_run: bool = False) -> dict[int, str]:
    """Reads an article again; what became of each event that it told of or tells of now.

    `unchanged`, `improved` (other than it was, or new), `kept` (an editor decided otherwise, and
    that stays), `lost` (no article tells of it now). A dry run stores nothing.
    """
    with transaction.atomic():
        before = _versions(article_id)
        article = Article.objects.get(pk=article_id)
        ingest.once_more(article)
        ingest.read(article_id, "reparse")
        after = _versions(article_id)
        rows = Event.objects.filter(pk__in=before.keys() | after.keys()).with_readings()
        found = {event.pk: _kind(event, before) for event in rows}
        transaction.set_rollback(dry_run)
    return found


def counts(found: Iterable[dict[int, str]]) -> dict[str, int]:
    """How many events there are of each of KINDS."""
    kinds: dict[int, str] = {}
    for article in found:
        for event, kind in article.items():
            kinds[event] = min(kind, kinds.get(event, kind), key=KINDS.index)
    number = Counter(kinds.values())
    return {kind: number[kind] for kind in reversed(KINDS)}


def _versions(article_id: int) -> dict[int, int]:
    events = Event.objects.filter(mentions__article=article_id)
    return dict(events.values_list("pk", "version").distinct())


def _kind(event: Event, before: dict[int, int]) -> str:
    if record.proposals(event):
        return "kept"
    if not event.mentions.all():
        return "lost"
    return "unchanged" if before.get(event.pk) == event.version else "improved"
