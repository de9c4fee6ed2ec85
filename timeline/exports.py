"""The record on its way out: one object an event, streamed as JSON, as lines of JSON, or as CSV.

Each writer takes the events that a filter left and yields text piece by piece. The ids are taken
first, so that the count is that of the events that follow whatever happens meanwhile.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db.models import F

from .dates import edtf
from .models import Event
from .querysets import ANSWERS, EventQuerySet

BATCH = 500
"""Events that are fetched, and written, at a time."""
COLUMNS = (
    "id",
    "date",
    "precision",
    "lasting",
    "basis",
    "because",
    "type",
    "status",
    "title",
    "actors",
    "deadline",
    "answers",
    "articles",
    "evidence",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula."""


def objects(events: EventQuerySet) -> Iterator[dict[str, Any]]:
    """The public shape of each event, oldest first, undated ones last."""
    return _objects(_ids(events))


def ndjson(events: EventQuerySet) -> Iterator[str]:
    """One event a line."""
    for event in objects(events):
        yield _dumped(event) + "\n"


def document(events: EventQuerySet) -> Iterator[str]:
    """{"count": …, "events": [the objects]}."""
    ids = _ids(events)
    yield f'{{"count": {len(ids)}, "events": ['
    for number, event in enumerate(_objects(ids)):
        yield (",\n" if number else "\n") + _dumped(event)
    yield "\n]}\n"


def table(events: EventQuerySet) -> Iterator[str]:
    """CSV with a heading; several actors, answers or articles in one cell stand apart by "; "."""
    yield _line(COLUMNS)
    for event in objects(events):
        cells = {
            **event,
            "actors": "; ".join(event["actors"]),
            "answers": "; ".join(f"{a['kind']} {a['event']}" for a in event["answers"]),
            "articles": "; ".join(dict.fromkeys(str(m["article"]) for m in event["mentions"])),
            "evidence": next((m["text"] for m in event["mentions"]), ""),
        }
        yield _line([cells[column] for column in COLUMNS])


FORMATS: Mapping[str, Callable[[EventQuerySet], Iterator[str]]] = {
    "ndjson": ndjson,
    "json": document,
    "csv": table,
}


def event_object(event: Event) -> dict[str, Any]:
    """One event in the public shape: dates in EDTF, offsets in characters of the article.

    `deadline` is "" for what sets none; `answers` are the events that likely answer it, and how.
    """
    return {
        "id": event.pk,
        "date": edtf(event.date),
        "precision": event.precision,
        "lasting": event.lasting,
        "basis": event.basis,
        "because": event.because,
        "type": event.type,
        "status": event.status,
        "title": event.title,
        "actors": [p.actor.name for p in event.participations.all()],
        "deadline": edtf(event.deadline),
        "deadline_because": event.deadline_because,
        "answers": [
            {"kind": r.kind, "event": r.other_id, "because": r.because}
            for r in event.relations.all()
            if r.kind in ANSWERS
        ],
        "mentions": [place for mention in event.mentions.all() for place in _places(mention)],
    }


def _places(mention: Any) -> Iterator[dict[str, Any]]:
    """Every place of the article that speaks of the event, its evidence first; what the article
    says of the date stands with each."""
    places = [(mention.start, mention.end, mention.evidence)]
    places += [(p.start, p.end, p.text) for p in mention.passages.all()]
    for start, end, text in places:
        yield {
            "article": mention.article.key or str(mention.article_id),
            "start": start,
            "end": end,
            "text": text,
            "date": edtf(mention.date),
            "because": mention.because,
            "deadline": edtf(mention.deadline),
            "type_because": mention.type_because,
        }


def _ids(events: EventQuerySet) -> list[int]:
    ordered = events.order_by(F("sort_day").asc(nulls_last=True), "pk")
    return list(ordered.values_list("pk", flat=True))


def _objects(ids: list[int]) -> Iterator[dict[str, Any]]:
    for some in batched(ids, BATCH):
        rows = Event.objects.filter(pk__in=some).with_mentions().with_answers().in_bulk()
        yield from (event_object(rows[pk]) for pk in some if pk in rows)


def _dumped(event: dict[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False)


def _line(cells: list[Any] | tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return line.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
