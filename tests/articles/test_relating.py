"""What two events that are not one have to do with one another."""

import datetime as dt
from typing import Any

import pytest

from articles.relating import duplicate, outcome
from articles.weighing import Evidence, Party
from timeline.dates import UNDATED, DateValue

TRUMP = Party("Donald Trump", "United States")
PUTIN = Party("Vladimir Putin", "Russia")
RUSSIA, UKRAINE = Party("Russia"), Party("Ukraine")
SOON = DateValue.since(dt.date(2025, 7, 4))
LATE_JULY = DateValue.part_of_month(2025, 7, "late")
YEAR = DateValue.year(2025)


def on(day: int, month: int = 7) -> DateValue:
    return DateValue.day(dt.date(2025, month, day))


def told(article: str = "a", **fields: Any) -> Evidence:
    defaults: dict[str, Any] = {"type": "call", "parties": (TRUMP, PUTIN), "date": on(4)}
    given = {**defaults, **fields}
    return Evidence(key=f"{article}{given}", article=article, dates=(given.pop("date"),), **given)


DUPLICATES: dict[str, tuple[dict[str, Any], bool]] = {
    "the next day": ({"date": on(5)}, True),
    "three days later": ({"date": on(7)}, False),
    "a meeting on that day": ({"type": "meeting"}, True),
    "vague days that hold it": ({"date": DateValue.month(2025, 7)}, True),
    "a year that holds it": ({"date": YEAR}, False),
    "other people": ({"parties": (PUTIN, UKRAINE)}, False),
    "another person of the same side": (
        {"parties": (Party("Marco Rubio", "United States"), PUTIN)},
        False,
    ),
    "no date": ({"date": UNDATED}, False),
    "told by the same article": ({"article": "a", "date": on(5)}, False),
    "planned, not done": ({"status": "planned"}, False),
}


@pytest.mark.parametrize(("fields", "likely"), DUPLICATES.values(), ids=list(DUPLICATES))
def test_possible_duplicates(fields: dict[str, Any], likely: bool) -> None:
    assert bool(duplicate([told()], [told(**{"article": "b", **fields})])) is likely


def test_the_sharpest_dates_tell_how_far_apart_two_events_are() -> None:
    raid: dict[str, Any] = {"type": "strike", "parties": (RUSSIA, UKRAINE)}
    first = [told(**raid, date=on(3)), told("b", **raid, date=DateValue.until(dt.date(2025, 7, 9)))]
    assert duplicate(first, [told("c", **raid, date=on(9))]) is None


OUTCOMES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "on the day": ({}, {}, True),
    "hoped for and held": ({"status": "proposed"}, {}, True),
    "planned and cancelled": ({}, {"status": "cancelled"}, True),
    "planned and denied": ({}, {"status": "denied"}, True),
    "a day late": ({}, {"date": on(5)}, True),
    "a week late": ({}, {"date": on(11)}, False),
    "the day before": ({}, {"date": on(3)}, False),
    "soon, three weeks later": ({"date": SOON}, {"date": on(25)}, True),
    "soon, two months later": ({"date": SOON}, {"date": on(3, month=9)}, False),
    "in late July": ({"date": LATE_JULY}, {"date": on(25)}, True),
    "talks planned, a meeting held": ({"type": "talks"}, {"type": "meeting"}, True),
    "a meeting planned, a call held": ({"type": "meeting"}, {}, False),
    "with others": ({}, {"parties": (TRUMP, UKRAINE)}, False),
    "for no day": ({"date": UNDATED}, {}, False),
}


@pytest.mark.parametrize(("plan", "result", "came"), OUTCOMES.values(), ids=list(OUTCOMES))
def test_what_became_of_a_plan(plan: dict[str, Any], result: dict[str, Any], came: bool) -> None:
    """Both may be told by one article, and the plan after the day: "was to meet"."""
    assert bool(outcome([told(**{"status": "planned", **plan})], [told(**result)])) is came


def test_the_sentence_says_that_it_came_late() -> None:
    like = outcome([told(status="planned")], [told(date=on(6))])
    assert like and like.sentence.endswith("; but it came 2 days late.")
