"""The date words of texts, on standard output; nothing is stored and no database is asked."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles import lines
from articles.extraction.dating import find_dates, timexes
from articles.extraction.text import lay_out


class Command(BaseCommand):
    help = "Read texts and write their date words as lines of JSON."
    requires_system_checks: list[str] = []  # noqa: RUF012  (they would import every page)

    def add_arguments(self, parser: ArgumentParser) -> None:
        lines.add_arguments(parser)

    def handle(self, *, files: Any, jsonl: Any, published: Any, **options: Any) -> None:
        for answer in lines.answers(lines.lines(files, jsonl, published), "dates", _dates):
            self.stdout.write(answer, ending="")


def _dates(line: lines.Line) -> list[dict[str, Any]]:
    words = find_dates(lay_out(line.text), published=line.published)
    return [dict(timex) for timex in timexes(words)]
