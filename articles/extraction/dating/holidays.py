"""Holidays: what day each falls on in a year, by data/dates.toml."""

import datetime as dt
import re
from functools import lru_cache

from dateutil.easter import (  # type: ignore[import-untyped]  # it carries no types of its own
    EASTER_ORTHODOX,
    EASTER_WESTERN,
    easter,
)

from articles.extraction.dating import units
from articles.extraction.dating.meanings import UNKNOWN, Asked, Meaning
from articles.extraction.dating.month_words import by_tense
from articles.extraction.dating.rules import data
from articles.extraction.dating.words import Anchor
from timeline.dates import DAY, Basis, DateValue, last_of_month

_EASTER = re.compile(r"(orthodox )?easter(?: ([+-]\d+))?")
_NTHS = "fstf"
_NTH = re.compile(r"(\d\d) (\w{3}) (\d|last)(?: ([+-]\d+))?")


@lru_cache(maxsize=1024)
def day_of(name: str, year: int) -> dt.date:
    """The day of a holiday in a year; Easter by dateutil, which has it right from 1583 on.

    Raises KeyError for a name that is not in the table.
    """
    rule: str = data()["holidays"][name]
    if m := _EASTER.fullmatch(rule):
        sunday: dt.date = easter(year, EASTER_ORTHODOX if m[1] else EASTER_WESTERN)
        return sunday + int(m[2] or 0) * DAY
    if m := _NTH.fullmatch(rule):
        return _nth(year, int(m[1]), units.weekday_number(m[2]), m[3]) + int(m[4] or 0) * DAY
    return dt.date.fromisoformat(f"{year:04}-{rule}")


def _nth(year: int, month: int, weekday: int, nth: str) -> dt.date:
    first = dt.date(year, month, 1)
    if nth == "last":
        last = last_of_month(first)
        return last - (last.isoweekday() - weekday) % 7 * DAY
    return first + ((weekday - first.isoweekday()) % 7 + 7 * (int(nth) - 1)) * DAY


def holiday(asked: Asked) -> Meaning:
    """A holiday, or the weekend at it: of the year named, else of the year that the tense asks for."""
    name = _key(asked.parts["holiday"])
    now = asked.frame.now
    about = day_of(name, now.day.year if now else 2000)
    year = int(asked.parts.get("year", 0)) or asked.year_told(about.month, about.day)
    if year is not None:
        return _held(asked, name, day_of(name, year))
    if now is None:
        return UNKNOWN
    if asked.habit:
        return Meaning(f"XXXX-{about.month:02}-{about.day:02}")
    days = tuple(day_of(name, now.day.year + step) for step in (-1, 0, 1))
    chosen = by_tense(asked.tense, now.day, days)
    if "within" in asked.parts and abs(chosen.day - now.day).days > int(asked.parts["within"]):
        return UNKNOWN
    meaning = _held(asked, name, chosen.day, now, chosen.how)
    if meaning.unit != "day":
        return meaning
    meaning.past, meaning.coming = (
        DateValue.day(d) if d else None for d in (chosen.before, chosen.after)
    )
    return meaning


def nth_weekday(asked: Asked) -> Meaning:
    """the first Monday in June, the last Thursday of June 2024."""
    month = units.month_number(asked.parts["month"])
    weekday = units.weekday_number(asked.parts["weekday"])
    nth = asked.parts["nth"].lower()
    which = "last" if nth in ("last", "final") else str(_NTHS.index(nth[0]) + 1)
    now = asked.frame.now
    year = int(asked.parts.get("year", 0)) or asked.year_told(month, 15)
    if year is not None:
        return _held(asked, "", _nth(year, month, weekday, which))
    if now is None:
        return UNKNOWN
    days = tuple(_nth(now.day.year + step, month, weekday, which) for step in (-1, 0, 1))
    chosen = by_tense(asked.tense, now.day, days)
    return _held(asked, "", chosen.day, now, chosen.how)


def _key(words: str) -> str:
    bare = re.sub(r"[’']", "’", re.sub(r"\s+", " ", words.lower()))
    known = data()["holidays"]
    return bare if bare in known else bare.removesuffix(" day")


def _held(
    asked: Asked, name: str, day: dt.date, now: Anchor | None = None, how: str = ""
) -> Meaning:
    because = f"“{asked.text}” {how} {now}" if now else f"“{asked.text}” of {day.year}"
    basis = Basis.EXPLICIT if not now or "year" in asked.parts else Basis.RELATIVE
    if "weekend" not in asked.parts:
        date = DateValue.day(day)
        return Meaning(day.isoformat(), date, basis, because, unit="day", explicit=now is None)
    saturday = day + ((5 - day.weekday() + 3) % 7 - 3) * DAY
    a, b = min(saturday, day), max(saturday + DAY, day)
    if "easter" in name:
        a, b = day - 2 * DAY, day + DAY
    value = f"{units.named('weekend', saturday)[0]}"
    return Meaning(value, DateValue.range(a, b), basis, because, unit="week")
