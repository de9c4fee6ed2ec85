"""Texts that mislead a machine (traps.toml), each held to what a careful editor notes of it.

Every expected event is found: type, status and date exactly as they stand there. Beyond them no event
of a listed type may have another status or date, and none may be what `never` names.
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from articles.extraction import Draft, NotEnglish, extract, load_lexicon
from articles.extraction.dating import find_dates
from articles.extraction.text import lay_out
from timeline.dates import edtf, parse_edtf
from timeline.types import STATUSES, TYPES

Trap = dict[str, Any]
TRAPS: list[Trap] = tomllib.loads(
    Path(__file__).with_name("traps.toml").read_text(encoding="utf-8")
)["trap"]
KEYS = set("family text published events only none never dates refused known_limit".split())
EVENT_KEYS = set("type status date actors with places attributed_to optional".split())
DAY = dt.date(2025, 7, 4)


def one_of(answer: str | list[str]) -> list[str]:
    return [answer] if isinstance(answer, str) else answer


def table() -> list[Any]:
    """The rows as pytest's parameters: numbered in their family, the known limits expected to fail."""
    numbers: dict[str, int] = {}
    rows = []
    for trap in TRAPS:
        family = trap["family"]
        numbers[family] = numbers.get(family, 0) + 1
        limit = trap.get("known_limit")
        marks = [pytest.mark.xfail(reason=limit, strict=True)] if limit else []
        rows.append(pytest.param(trap, id=f"{family} {numbers[family]}", marks=marks))
    return rows


def without_sides(draft: Draft) -> set[str]:
    """Those who took part, without the states and organisations that persons act for."""
    return set(draft.actors) - (set(draft.acting.values()) - set(draft.acting))


def is_as_expected(draft: Draft, event: Trap) -> bool:
    return (
        draft.type in one_of(event["type"])
        and draft.status in one_of(event.get("status", "occurred"))
        and ("date" not in event or edtf(draft.date) in one_of(event["date"]))
        and ("actors" not in event or without_sides(draft) == set(event["actors"]))
        and set(event.get("with", ())) <= set(draft.actors)
        and set(event.get("places", ())) <= set(draft.places)
        and event.get("attributed_to", draft.attributed_to) == draft.attributed_to
    )


def told(draft: Draft) -> str:
    """The draft in one line, for the message of a test that fails."""
    words = [draft.type, draft.status, edtf(draft.date) or "undated", *draft.actors]
    if draft.attributed_to:
        words.append(f"according to {draft.attributed_to}")
    return f"{', '.join(words)} (“{draft.trigger.text}”; {draft.because})"


def faults(trap: Trap, drafts: list[Draft]) -> list[str]:
    """What is missing, and what ought not to be there."""
    expected = trap.get("events", [])
    left = list(drafts)
    found = []
    for event in expected:
        draft = next((draft for draft in left if is_as_expected(draft, event)), None)
        if draft:
            left.remove(draft)
        elif not event.get("optional"):
            found.append(f"missing: {event}")
    listed = {name for event in expected for name in one_of(event["type"])}
    for draft in left:
        same = any(is_as_expected(draft, event) for event in expected)
        if trap.get("only") or trap.get("none") or (draft.type in listed and not same):
            found.append(f"read beside: {told(draft)}")
    for draft in drafts:
        said = {draft.type, draft.status, edtf(draft.date), f"{draft.type} {draft.status}"}
        found += [f"never {name}: {told(draft)}" for name in said & set(trap.get("never", ()))]
    return found


def date_faults(trap: Trap) -> list[str]:
    words = find_dates(lay_out(trap["text"]), published=trap.get("published", DAY))
    read = [(word.text, edtf(word.date)) for word in words if word.date]
    expected = [(words, one_of(days)) for words, days in trap["dates"]]
    fits = len(read) == len(expected) and all(
        (text in wanted or wanted in text) and value in days
        for (text, value), (wanted, days) in zip(read, expected, strict=True)
    )
    return [] if fits else [f"date words: {read}"]


@pytest.mark.parametrize("trap", table())
def test_a_trap_is_seen_through(trap: Trap) -> None:
    lexicon, published = load_lexicon(), trap.get("published", DAY)
    if trap.get("refused"):
        with pytest.raises(NotEnglish):
            extract(trap["text"], published=published, lexicon=lexicon)
        return
    found = date_faults(trap) if "dates" in trap else []
    if trap.keys() & {"events", "none", "never"}:
        drafts = extract(trap["text"], published=published, lexicon=lexicon)
        found += faults(trap, drafts)
        if found:
            found += [f"all that was read: {[told(draft) for draft in drafts]}"]
    assert found == []


def test_the_table_is_sound() -> None:
    """A misspelt key would expect nothing and never fail."""
    assert len(TRAPS) >= 170
    for trap in TRAPS:
        assert trap.keys() <= KEYS, trap
        assert trap.keys() & {"events", "none", "never", "dates", "refused"}, trap
        for event in trap.get("events", ()):
            assert event.keys() <= EVENT_KEYS, trap
            assert set(one_of(event["type"])) <= set(TYPES), trap
            assert set(one_of(event.get("status", "occurred"))) <= set(STATUSES), trap
            assert all(edtf(parse_edtf(d)) == d for d in one_of(event.get("date", []))), trap


def test_every_type_is_tried_twice() -> None:
    tried = [t for trap in TRAPS for e in trap.get("events", ()) for t in one_of(e["type"])]
    assert [t for t in TYPES if t != "other" and tried.count(t) < 2] == []


def test_known_limits_are_few() -> None:
    assert sum("known_limit" in trap for trap in TRAPS) <= 10
