"""The parser is held to what a careful reader notes in the sample dispatches."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from articles.extraction import Draft, extract, load_lexicon
from tests.scoring import F1, score

SEEDS = Path(__file__).parents[3] / "seeds"
EPISODES = sorted(path.parent.name for path in SEEDS.glob("*/expected.jsonl"))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


@cache
def read(episode: str) -> dict[str, list[Draft]]:
    lexicon = load_lexicon()
    return {
        row["id"]: extract(
            row["text"], published=dt.date.fromisoformat(row["published"]), lexicon=lexicon
        )
        for row in lines(SEEDS / episode / "articles.jsonl")
    }


def figures(*, same_type: bool) -> F1:
    total = F1(0, 0, 0)
    for episode in EPISODES:
        for row in lines(SEEDS / episode / "expected.jsonl"):
            total += score(row["events"], read(episode)[row["id"]], same_type=same_type)
    return total


def test_there_are_enough_dispatches_and_events() -> None:
    rows = [row for e in EPISODES for row in lines(SEEDS / e / "expected.jsonl")]
    assert len(EPISODES) == 4
    assert len(rows) >= 40
    assert sum(len(row["events"]) for row in rows) >= 100


@pytest.mark.parametrize("episode", EPISODES)
def test_evidence_is_cut_from_the_very_text(episode: str) -> None:
    texts = {row["id"]: row["text"] for row in lines(SEEDS / episode / "articles.jsonl")}
    for row in lines(SEEDS / episode / "expected.jsonl"):
        for event in row["events"]:
            span = event["evidence"]
            assert texts[row["id"]][span["start"] : span["end"]] == span["text"]
    for key, drafts in read(episode).items():
        for draft in drafts:
            for piece in (draft.evidence, draft.trigger, draft.date_words):
                assert piece is None or texts[key][piece.start : piece.end] == piece.text


def test_dates_of_events() -> None:
    assert figures(same_type=False).value >= 0.92


def test_types_and_dates_of_events() -> None:
    assert figures(same_type=True).value >= 0.80
