"""What the shipped lexicon knows: who led a state, who spoke for it abroad, on every day since 2001."""

import datetime as dt

import pytest

from articles.extraction import load_lexicon

FIRST, LAST = dt.date(2001, 1, 1), dt.date(2025, 12, 31)
LEADERS = frozenset(
    "president, prime minister, chancellor, supreme leader, king, emir, crown prince, sultan, "
    "leader, party leader, pope".split(", ")
)
MINISTERS = frozenset(("foreign minister", "secretary of state"))
STATES = (
    """
Argentina; Australia; Brazil; Canada; China; France; Germany; India; Indonesia; Italy; Japan; Mexico;
Russia; Saudi Arabia; South Africa; South Korea; Turkey; United Kingdom; United States; Ukraine; Israel;
Iran; Egypt; Qatar; United Arab Emirates; Syria; North Korea; Pakistan; Poland; Hungary; Belarus;
Venezuela; Cuba; Ethiopia; Oman; Jordan; Spain; Netherlands; Norway; Sweden; Azerbaijan
""".replace("\n", " ")
    .strip()
    .split("; ")
)
UNLED = {"Argentina": 12, "Pakistan": 8}
"""Days between two governments that nobody is listed for."""
UNSPOKEN = {
    "Argentina": 14,
    "Australia": 19,
    "Azerbaijan": 1187,
    "Belarus": 16,
    "Brazil": 41,
    "Canada": 5,
    "Egypt": 8,
    "France": 10,
    "India": 1,
    "Indonesia": 23,
    "Israel": 13,
    "Italy": 4,
    "Japan": 2,
    "Jordan": 1180,
    "Mexico": 18,
    "Netherlands": 376,
    "North Korea": 118,
    "Norway": 291,
    "Pakistan": 670,
    "Russia": 13,
    "South Korea": 80,
    "Spain": 43,
    "Sweden": 227,
    "Syria": 17,
    "Ukraine": 16,
    "United States": 41,
    "Venezuela": 31,
}
"""Days without a foreign minister: vacancies, acting ministers, and terms that we do not know."""
HEADS = [
    ("United Nations", "secretary-general", 0),
    ("NATO", "secretary-general", 18),
    ("European Commission", "president", 0),
    ("European Union", "high representative", 0),
    ("International Atomic Energy Agency", "director-general", 6),
    ("International Criminal Court", "prosecutor", 896),
]


def days_without(side: str, offices: frozenset[str]) -> int:
    """How many days of the period no listed term of these offices covers."""
    terms = [
        (role.since or dt.date.min, role.until or dt.date.max)
        for entry in load_lexicon().entries.values()
        for role in entry.roles
        if role.side == side and role.office in offices and (role.since or role.until)
    ]
    missing, day = 0, FIRST
    for since, until in sorted(terms):
        if since > day:
            missing += (min(since, LAST + dt.timedelta(days=1)) - day).days
        if until >= LAST:
            return missing
        day = max(day, until + dt.timedelta(days=1))
    return missing + (LAST - day).days + 1


@pytest.mark.parametrize("state", STATES)
def test_somebody_leads_a_state_on_every_day(state: str) -> None:
    assert days_without(state, LEADERS) <= UNLED.get(state, 0)


@pytest.mark.parametrize("state", STATES)
def test_somebody_is_foreign_minister_on_every_day(state: str) -> None:
    assert days_without(state, MINISTERS) <= UNSPOKEN.get(state, 0)


@pytest.mark.parametrize(("body", "office", "gap"), HEADS, ids=[b for b, *_ in HEADS])
def test_somebody_heads_an_organisation(body: str, office: str, gap: int) -> None:
    assert days_without(body, frozenset((office,))) <= gap


def test_every_side_is_an_actor() -> None:
    entries = load_lexicon().entries
    sides = {r.side for e in entries.values() for r in e.roles}
    assert sides | {e.side for e in entries.values() if e.side} <= entries.keys()


def test_a_town_has_one_state() -> None:
    senses = load_lexicon().senses
    towns = {word: s for word, s in senses.items() if any(x.via == "town" for x in s)}
    assert {word for word, s in towns.items() if len(s) > 1} == set()


ERAS = [
    ("Zaire", dt.date(1980, 1, 1), "Zaire"),
    ("Rhodesia", dt.date(1975, 1, 1), "Rhodesia"),
    ("Prague", dt.date(1968, 8, 21), "Czechoslovakia"),
    ("Prague", dt.date(2020, 1, 1), "Czech Republic"),
    ("Belgrade", dt.date(1975, 1, 1), "Yugoslavia"),
    ("Bonn", dt.date(1985, 1, 1), "West Germany"),
    ("Kinshasa", dt.date(1980, 1, 1), "Zaire"),
    ("Saigon", dt.date(1968, 1, 1), "South Vietnam"),
    ("Soviets", dt.date(1980, 1, 1), "Soviet Union"),
    ("Burma", dt.date(1990, 1, 1), "Myanmar"),
    ("Warsaw Pact", dt.date(1980, 1, 1), "Warsaw Pact"),
]


@pytest.mark.parametrize(("word", "day", "state"), ERAS, ids=[f"{w} {d.year}" for w, d, _ in ERAS])
def test_a_name_means_the_state_of_its_time(word: str, day: dt.date, state: str) -> None:
    sense = load_lexicon().sense(word, day)
    assert sense is not None and sense.entry == state
