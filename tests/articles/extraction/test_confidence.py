"""How sure a draft is: between 0 and 1, and more so the better its grounds are."""

import datetime as dt
import tomllib

import pytest

from articles.extraction import extract, load_lexicon
from articles.extraction.confidence import FACTORS, NUMBERS, confidence, likely, numbers

DAY = dt.date(2025, 7, 4)
GROUNDS = {
    "trigger": "verb",
    "actors": "2",
    "clause": "main",
    "lead": "no",
    "quoted": "no",
    "happened": "yes",
    "basis": "explicit",
    "grain": "day",
    "words": "own",
}


def grounds(**other: str) -> tuple[str, ...]:
    return tuple(f"{group}: {level}" for group, level in {**GROUNDS, **other}.items())


BOUND = {"basis": "publication", "grain": "bound", "words": "none"}
ORDERED = [
    ({}, BOUND),
    ({"basis": "weekday"}, {"basis": "context", "words": "none"}),
    ({}, {"actors": "0"}),
    ({"actors": "1"}, {"actors": "0"}),
    ({}, {"clause": "other"}),
    ({"lead": "yes"}, {}),
    ({}, {"trigger": "other"}),
    ({}, {"words": "telling"}),
]


@pytest.mark.parametrize(("better", "worse"), ORDERED, ids=[str(worse) for _, worse in ORDERED])
def test_better_grounds_are_worth_more(better: dict[str, str], worse: dict[str, str]) -> None:
    assert confidence(grounds(**better)) > confidence(grounds(**worse))


def test_it_is_a_probability() -> None:
    levels: dict[str, set[str]] = {group: {level} for group, level in GROUNDS.items()}
    for factor in FACTORS:
        for ground in numbers()[factor].weights:
            group, level = ground.split(": ")
            levels[group].add(level)
    for group, known in levels.items():
        for level in known | {"unheard of"}:
            told = grounds(**{group: level})
            assert all(0 < likely(factor, told) <= 1 for factor in FACTORS)
            assert 0 <= confidence(told) <= 1


def test_an_event_with_its_day_is_surer_than_one_without() -> None:
    dated, undated = (
        max(d.confidence for d in extract(text, published=DAY, lexicon=load_lexicon()))
        for text in (
            "Rubio met Lavrov in the capital of Malaysia on 3 July 2025, an aide said.",
            "Rubio has met Lavrov in the capital of Malaysia before, an aide said.",
        )
    )
    assert undated + 0.1 < dated


def test_every_number_says_how_it_was_measured() -> None:
    data = tomllib.loads(NUMBERS.read_text(encoding="utf-8"))
    for factor in FACTORS:
        rows = data[factor]["grounds"].values()
        assert all(0 <= row["right"] <= row["cases"] for row in rows)
        assert sum(row["cases"] for row in rows) > 1000
    for row in data["date"]["words"].values():
        assert 0 <= row["agree"] <= row["cases"] and 0 < row["right"] <= 1
