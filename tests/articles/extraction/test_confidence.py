"""How sure a draft is: between 0 and 1, and more so the better its grounds are."""

import datetime as dt
import tomllib
from itertools import pairwise

import pytest

from articles.extraction import extract, load_lexicon
from articles.extraction.confidence import FACTORS, NUMBERS, confidence, likely, numbers

DAY = dt.date(2025, 7, 4)
GROUNDS = {
    "trigger": "verb",
    "actors": "2",
    "clause": "main",
    "lead": "no",
    "narrated": "yes",
    "basis": "explicit",
    "grain": "day",
}


def grounds(**other: str) -> tuple[str, ...]:
    return tuple(f"{group}: {level}" for group, level in {**GROUNDS, **other}.items())


ORDERED = [
    ({}, {"basis": "publication", "grain": "bound"}),
    ({}, {"basis": "context", "grain": "bound"}),  # words that date the telling alone
    ({"basis": "weekday"}, {"basis": "context"}),
    ({}, {"actors": "0"}),
    ({"actors": "1"}, {"actors": "0"}),
    ({}, {"clause": "other"}),
    ({"lead": "yes"}, {}),
    ({}, {"narrated": "no"}),
    ({}, {"trigger": "other"}),
    ({}, {"trigger": "noun"}),
]
RANKED = {
    "actors": "0 1 2",
    "clause": "other main",
    "lead": "no yes",
    "narrated": "no yes",
    "basis": "none publication context dateline relative weekday explicit",
    "grain": "none bound wide days day",
}
STEPS = [(group, *step) for group, levels in RANKED.items() for step in pairwise(levels.split())]


@pytest.mark.parametrize(("better", "worse"), ORDERED, ids=[str(worse) for _, worse in ORDERED])
def test_better_grounds_are_worth_more(better: dict[str, str], worse: dict[str, str]) -> None:
    assert confidence(grounds(**better)) > confidence(grounds(**worse))


@pytest.mark.parametrize(("group", "poor", "good"), STEPS, ids=["-".join(s) for s in STEPS])
def test_no_ground_is_out_of_order(group: str, poor: str, good: str) -> None:
    assert confidence(grounds(**{group: poor})) < confidence(grounds(**{group: good}))


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
        for part, whole in (("right", "cases"), ("agree", "open")):
            assert all(0 <= row[part] <= row[whole] for row in rows)
            assert sum(row[whole] for row in rows) > 400
