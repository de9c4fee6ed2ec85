"""How well the open corpora, the seeds and our episodes are read: figures, and no bars.

    uv run pytest -n 0 tests/bench

prints these and those of speed in one table.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from dateparser.search import search_dates

from articles.extraction import NotEnglish, extract, load_lexicon
from articles.extraction.dating import find_dates, timexes
from articles.extraction.text import lay_out
from tests.bench import samples
from tests.bench.conftest import Note
from tests.bench.samples import Row, day, halves, rows, scorer, shared
from timeline.dates import edtf


def ours(row: Row) -> list[Row]:
    return [dict(found) for found in timexes(find_dates(lay_out(row["text"]), published=day(row)))]


def theirs(row: Row) -> list[Row]:
    """What `search_dates` finds in the whole text, placed where its words stand next."""
    base = dt.datetime.combine(day(row) or dt.date(2000, 1, 1), dt.time())
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    return list(_placed(row["text"], search_dates(row["text"], ["en"], settings) or []))


def _placed(text: str, found: list[tuple[str, dt.datetime]]) -> Iterator[Row]:
    at = 0
    for words, when in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            value = when.date().isoformat()
            yield {"start": start, "end": at, "type": "DATE", "value": value}


@cache
def events(folder: str) -> dict[str, list[Row]]:
    """What is read in the articles of a folder, in the shape of `manage.py extract`."""
    return {row["id"]: read(row) for row in rows(shared_or_ours(folder) / "articles.jsonl")}


def shared_or_ours(folder: str) -> Path:
    return shared("seeds") if folder == "seeds" else samples.ROOT / "seeds" / folder


def read(row: Row) -> list[Row]:
    try:
        drafts = extract(row["text"], published=day(row), lexicon=load_lexicon())
    except NotEnglish:
        return []
    return [
        {
            "type": draft.type,
            "status": draft.status,
            "date": edtf(draft.date),
            "actors": list(draft.actors),
            "evidence": {
                "start": draft.evidence.start,
                "end": draft.evidence.end,
                "text": draft.evidence.text,
            },
        }
        for draft in drafts
    ]


@pytest.mark.parametrize("corpus", samples.CORPORA)
def test_dates(corpus: str, note: Note) -> None:
    for name, half in halves(rows(shared(f"corpora/{corpus}.jsonl"))):
        gold = {row["id"]: row for row in half}
        for tagger, find in (("ours", ours), ("search_dates", theirs)):
            found = {row["id"]: {"dates": find(row)} for row in half}
            score = scorer("score_dates").score(gold, found)
            said = "  ".join(
                f"{part} F1 {100 * score[part]['f1']:5.1f}" for part in ("relaxed", "value", "day")
            )
            accuracy = 100 * score["day"]["acc"]
            note(
                f"dates, {corpus}, {name} half, {tagger}",
                f"{said}  right of days found {accuracy:5.1f} %",
            )


def test_types(note: Note) -> None:
    scorer_ = scorer("score_types")
    for name, half in halves(rows(shared("corpora/events_plover_gsr.jsonl"))):
        gold = [
            row | {"root": scorer_.FOLD.get(root, root)}
            for row in half
            for root in [row["events"][0]["plover"]]
        ]
        score, _ = scorer_.score(gold, {row["id"]: read(row) for row in half})
        note(f"types, PLOVER records, {name} half", "  ".join(f"{k} {v}" for k, v in score.items()))


@pytest.mark.parametrize(
    "folder", ["seeds", *sorted(p.parent.name for p in samples.ROOT.glob("seeds/*/expected.jsonl"))]
)
def test_events(folder: str, note: Note) -> None:
    path = shared_or_ours(folder) / ("gold.jsonl" if folder == "seeds" else "expected.jsonl")
    gold = {row["id"]: row["events"] for row in rows(path)}
    score, _, _ = scorer("score_events").evaluate(gold, events(folder))
    note(
        f"events, {folder}",
        f"date F1 {score['date all']['F1']}  type and date F1 {score['type+date all']['F1']}"
        f"  main {score['date main']['F1']}, {score['type+date main']['F1']}"
        f"  actors {score['actor recall all']}  status {score['status accuracy all']}"
        f"  false occurred {score['false occurred all']['rate']}",
    )
