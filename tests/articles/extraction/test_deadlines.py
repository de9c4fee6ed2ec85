"""Until when what is demanded is to be done; every rule of the data file is held to its example."""

import datetime as dt

import pytest

from articles.extraction import Draft, extract, load_lexicon
from articles.extraction.deadlines import ULTIMATUMS, Deed, Rule, rules
from timeline.dates import DateValue, edtf

DAY = dt.date(2025, 7, 4)
BUSH = (
    "Bush issued an ultimatum to Iraq on Tuesday, as his spokesman told reporters in the capital."
)


def read(text: str) -> list[Draft]:
    return extract(text, published=DAY, lexicon=load_lexicon())


def ultimatum(text: str) -> Draft:
    return next(draft for draft in read(text) if draft.type in ULTIMATUMS)


@pytest.mark.parametrize("rule", rules().deadlines, ids=lambda rule: rule.name)
def test_a_rule_finds_the_deadline_of_its_example(rule: Rule) -> None:
    deadline = ultimatum(rule.example).deadline
    assert deadline and edtf(deadline.date) == rule.day
    assert f"rule “{rule.name}”" in deadline.because


@pytest.mark.parametrize("deed", rules().demanded, ids=lambda deed: deed.example)
def test_what_is_demanded(deed: Deed) -> None:
    deadline = ultimatum(deed.example).deadline
    assert deadline and deed.type in deadline.demands


@pytest.mark.parametrize("deed", rules().threatened, ids=lambda deed: deed.example)
def test_what_is_threatened(deed: Deed) -> None:
    deadline = ultimatum(deed.example).deadline
    assert deadline and deed.type in deadline.threatens


@pytest.mark.parametrize(
    ("text", "spoken", "deadline"),
    [
        ("Austria demanded on 1 July that Serbia answer by 6 p.m. on 8 July.", "1", "2025-07-08"),
        ("Trump gave Russia ten or twelve days on Tuesday to end the war.", "1", "2025-07-11/2025-07-13"),
        ("Turkey gave Syria 36 hours on Tuesday to leave the town.", "1", "2025-07-02/2025-07-03"),
        ("Trump gave Russia a month on Tuesday to end the war.", "1", "2025-08-01~"),
        ("Kyiv urged Moscow on Tuesday to leave the plant before 1 August.", "1", "2025-07-31"),
        ("Nato gave Serbia on Tuesday until the end of the month to leave.", "1", "2025-07-31"),
        ("Nato said on Tuesday that Serbia had until Sunday to withdraw.", "1", "2025-07-06"),
        (f"{BUSH} Baghdad has until Sunday evening to comply.", "1", "2025-07-06"),
        (f"{BUSH} The deadline expires on Sunday.", "1", "2025-07-06"),
    ],
)  # fmt: skip
def test_a_deadline_is_not_the_day_it_was_spoken(text: str, spoken: str, deadline: str) -> None:
    draft = ultimatum(text)
    assert draft.date == DateValue.day(dt.date(2025, 7, int(spoken)))
    assert draft.deadline and edtf(draft.deadline.date) == deadline


def test_what_set_a_past_deadline_was_said_by_then() -> None:
    draft = ultimatum("Iraq was given a deadline of 15 January 1991 to withdraw from Kuwait.")
    assert draft.date == DateValue.until(dt.date(1991, 1, 15))
    assert draft.deadline and edtf(draft.deadline.date) == "1991-01-15"


def test_of_whom_it_is_demanded_takes_part_and_what_is_threatened_is_no_event() -> None:
    drafts = read(
        "Netanyahu said on Tuesday that Hamas must free the hostages or face attack by Sunday."
    )
    assert "Hamas" in drafts[0].actors
    assert "strike" not in {draft.type for draft in drafts}


@pytest.mark.parametrize(
    "text",
    [
        "The farmers of Poland threatened on Tuesday a general strike unless Warsaw replied by Friday.",
        "Nigeria warned on Tuesday that it would pull out its force unless Chad replied by Friday.",
    ],
    ids=["a strike of workers", "a force of soldiers"],
)
def test_what_threatens_no_attack(text: str) -> None:
    deadline = ultimatum(text).deadline
    assert deadline and deadline.threatens == ()


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv proposed on Tuesday to meet by the end of August.",
        "Putin said on Tuesday that Russia must win the war by May.",
        "Trump threatened Russia with tariffs on Tuesday.",
        "Washington warned Tehran on Tuesday against any delay.",
        "Serbia rejected the demand on Tuesday, two days before the deadline of Thursday.",
    ],
    ids=["a wish", "of nobody else", "a threat without one", "a warning", "a rejection"],
)
def test_no_deadline(text: str) -> None:
    assert not any(draft.deadline for draft in read(text))
