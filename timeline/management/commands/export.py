"""The record on standard output, through the same filter as the pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.http import QueryDict

from timeline.exports import FORMATS
from timeline.filters import FilterForm
from timeline.models import Event


class Command(BaseCommand):
    help = 'Write events to standard output: export --format csv "type=call&from=2025-07".'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", default="", help="as in a page's address, after ?")
        parser.add_argument("--format", choices=FORMATS, default="ndjson")

    def handle(self, *, query: str, format: str, **options: Any) -> None:
        form = FilterForm(QueryDict(query.removeprefix("?")))
        for note in form.notes:
            self.stderr.write(str(note))
        for piece in FORMATS[format](form.apply(Event.objects.shown())):
            self.stdout.write(piece, ending="")
