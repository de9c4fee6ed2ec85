"""Files into the record, read in this process: no worker is needed."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import ingest
from articles.lines import day
from articles.models import Article


class Command(BaseCommand):
    help = "Take in files or folders (text, Markdown, HTML, .jsonl) and read them into the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path)
        parser.add_argument("--published", type=day, help="the day, where the file gives none")
        parser.add_argument("--outlet", default="", help="the outlet, where the file gives none")

    def handle(self, *, paths: list[Path], published: Any, outlet: str, **options: Any) -> None:
        if missing := [str(path) for path in paths if not path.exists()]:
            raise CommandError(f"There is no {', '.join(missing)}.")
        receipts = [
            receipt
            for path in paths
            for receipt in ingest.receive_path(path, published=published, outlet=outlet)
        ]
        for receipt in receipts:
            if receipt.refused:
                self.stderr.write(f"{receipt.name}: {receipt.refused}")
            elif said := _likeness(receipt.article):
                self.stderr.write(f"{receipt.name}: {said}")
        ids = list(dict.fromkeys(r.article.pk for r in receipts if r.article))
        read = self.read(ids)
        refused = sum(bool(receipt.refused) for receipt in receipts)
        failed = self.report(ids, read, refused)
        if failed or refused:
            raise CommandError("Not every article could be read.")

    def read(self, ids: list[int]) -> list[int]:
        """Reads those that nobody has read yet; returns their ids."""
        unread = list(Article.objects.unfinished().filter(pk__in=ids).values_list("pk", flat=True))
        bar = tqdm(unread, "Reading", unit="article", file=sys.stderr, disable=not unread)
        for article_id in bar:
            try:
                ingest.read(article_id)
            except Exception as error:
                self.stderr.write(f"Article {article_id}: {error!r}")
        return unread

    def report(self, ids: list[int], read: list[int], refused: int) -> int:
        """Says what came of it on standard error; returns how many failed."""
        rows = Article.objects.filter(pk__in=ids).values_list(
            "pk", "state", "failure", "summary", "likeness"
        )
        states: Counter[str] = Counter()
        events: Counter[str] = Counter()
        for article_id, state, failure, summary, likeness in rows:
            states.update([state, likeness])
            if state == "failed":
                self.stderr.write(f"Article {article_id}: {failure}")
            if article_id in read:
                events.update({k: n for k, n in summary.items() if isinstance(n, int)})
        self.stderr.write(_sentence(len(ids), len(read), refused, states, events))
        return states["failed"]


def _likeness(article: Article | None) -> str:
    """What was taken for a near-copy, of what, and how much alike."""
    if article is None or article.copy_of is None:
        return ""
    other = f"article {article.copy_of_id}, “{article.copy_of}”"
    return f"{article.likeness_words.lower()} {other} ({article.hundredths_alike} % alike)."


def _sentence(
    taken: int, read: int, refused: int, states: Counter[str], events: Counter[str]
) -> str:
    said = [f"{taken} articles are stored, {read} were read now"]
    said += [f"{states['failed']} could not be read"] if states["failed"] else []
    said += [f"{states['waiting']} wait for their publication day"] if states["waiting"] else []
    said += [f"{refused} were refused"] if refused else []
    said += [f"{states['version']} taken for another version"] if states["version"] else []
    said += [f"{states['copy']} taken for the same wire text"] if states["copy"] else []
    told = (
        f"{events['new']} new events, {events['corroborate']} corroborated, "
        f"{events['sharpened']} sharpened"
    )
    return f"{', '.join(said)}. {told}."
