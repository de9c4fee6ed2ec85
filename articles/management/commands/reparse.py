"""Every article again with this parser; what editors decided stays."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import reparsing
from articles.models import Article


class Command(BaseCommand):
    help = "Read every article again, and say what became of the events."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        ids = Article.objects.filter(state__in=["done", "failed"]).values_list("pk", flat=True)
        found: list[dict[int, str]] = []
        broken = 0
        for article_id in tqdm(list(ids.order_by("pk")), unit="article", file=sys.stderr):
            try:
                found.append(reparsing.reparse(article_id, dry_run=dry_run))
            except Exception as error:
                broken += 1
                self.stderr.write(f"Article {article_id}: {error!r}")
        counts = reparsing.counts(found)
        self.stdout.write(json.dumps(counts))
        would = "would be" if dry_run else "are"
        self.stderr.write(
            f"{counts['unchanged']} events {would} unchanged, {counts['improved']} improved, "
            f"{counts['kept']} differ from an editor's decision (kept), "
            f"{counts['lost']} {would} no longer found."
        )
        if broken:
            raise CommandError(f"{broken} articles could not be read again.")
