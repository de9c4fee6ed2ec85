"""What the parser reads, on standard output; nothing is stored and no database is asked."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from articles import lines
from articles.extraction import Draft, extract, load_lexicon
from timeline.dates import edtf


class Command(BaseCommand):
    help = "Read texts and write their events as lines of JSON."
    requires_system_checks: list[str] = []  # noqa: RUF012  (they would import every page)

    def add_arguments(self, parser: ArgumentParser) -> None:
        lines.add_arguments(parser)

    def handle(self, *, files: Any, jsonl: Any, published: Any, **options: Any) -> None:
        for answer in lines.answers(lines.lines(files, jsonl, published), "events", _events):
            self.stdout.write(answer, ending="")


def _events(line: lines.Line) -> list[dict[str, Any]]:
    drafts = extract(
        line.text,
        published=line.published,
        lexicon=load_lexicon(),
        pipeline=settings.SPACY_PIPELINE,
    )
    return [_event(draft) for draft in drafts]


def _event(draft: Draft) -> dict[str, Any]:
    return {
        "type": draft.type,
        "status": draft.status,
        "date": edtf(draft.date),
        "precision": draft.date.precision.value,
        "lasting": draft.date.lasting,
        "basis": draft.basis.value,
        "because": draft.because,
        "type_because": draft.type_because,
        "deadline": edtf(draft.deadline.date) if draft.deadline else "",
        "deadline_because": draft.deadline.because if draft.deadline else "",
        "actors": list(draft.actors),
        "places": list(draft.places),
        "attributed_to": draft.attributed_to,
        "evidence": asdict(draft.evidence),
        "further": [asdict(span) for span in draft.further],
        "confidence": draft.confidence,
    }
