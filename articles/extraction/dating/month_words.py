"""Months and days of months, with or without their year."""

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from articles.extraction.dating import units
from articles.extraction.dating.meanings import UNKNOWN, Asked, Meaning
from articles.extraction.dating.near_words import with_daypart
from articles.extraction.dating.verbs import Tense
from articles.extraction.dating.words import Anchor
from timeline.dates import Basis, DateValue

SOON = 30
"""Days ahead within which a date without a year is not taken for last year's."""
LATELY = 60
"""Days back within which a date without a year is not taken for next year's."""


def calendar(asked: Asked) -> Meaning:
    """A month, a day of a month, or a day of the month spoken of; with or without a year."""
    parts = asked.parts
    day = units.day_number(parts)
    if "month" in parts:
        month = units.month_number(parts["month"])
    elif "m" in parts:
        month = int(parts["m"])
    elif asked.frame.last and asked.frame.unit in ("day", "month"):
        month = asked.frame.last.day.month
        return _year_known(asked, asked.frame.last.day.year, month, day, asked.frame.last)
    else:
        return UNKNOWN
    if "year" in parts:
        return _year_known(asked, int(parts["year"]), month, day, None)
    if "yearwords" in parts:
        return _year_known(asked, _year_in_words(parts["yearwords"]), month, day, None)
    if "whose" in parts:
        return _year_of_phrase(asked, month, day)
    if "which" in parts:
        return _which_month(asked, month, day)
    return _year_open(asked, month, day)


def few_digits(asked: Asked) -> Meaning:
    """ "5 June 754"; "4 June ’98", which is of the last hundred years."""
    parts = dict(asked.parts)
    parts["month"] = parts.get("month") or parts["month2"]
    parts["day"] = parts.get("day") or parts["day2"]
    if "yy" in parts:
        parts["year"] = str(asked.year_of_two_digits())
    return calendar(replace(asked, parts=parts))


def _year_in_words(text: str) -> int:
    """ "two thousand twenty-five", "nineteen hundred and ninety"."""
    century, rest = re.split(r"(?<=thousand|.hundred)\b", text.lower(), maxsplit=1)
    hundreds = units.NUMBERS[century.split()[0]] * (1000 if "thousand" in century else 100)
    few = re.sub(r"[\s,]+|\band\b", " ", rest).strip()
    return hundreds + (units.number(few) or 0)


@lru_cache(maxsize=4096)
def _dated(year: int, month: int, day: int, part: str = "") -> units.Named | None:
    try:
        first = dt.date(year, month, day or 1)
    except ValueError:
        return None
    value, whole = units.named("day" if day else "month", first)
    return value, units.part_of(whole, units.side(part)) if part else whole


def _year_known(asked: Asked, year: int, month: int, day: int, anchor: Anchor | None) -> Meaning:
    found = _dated(year, month, day, asked.parts.get("part", ""))
    if not found:
        return UNKNOWN
    value, date = found
    unit = "day" if day else "month"
    if anchor is None:
        because = f"“{asked.text}” as written"
        return Meaning(value, date, Basis.EXPLICIT, because, unit=unit, explicit=True)
    because = f"“{asked.text}” from {anchor}"
    return Meaning(value, date, Basis.CONTEXT, because, unit=unit)


def _year_of_phrase(asked: Asked, month: int, day: int) -> Meaning:
    """ "May last year", "25 July of that year"."""
    whose = asked.parts["whose"].lower()
    anaphoric = whose not in ("this", "last", "next")
    anchor = asked.frame.last if anaphoric or not asked.frame.now else asked.frame.now
    if not anchor:
        return UNKNOWN
    step = {"last": -1, "next": 1, "the following": 1, "the previous": -1}.get(whose, 0)
    return _year_known(asked, anchor.day.year + step, month, day, anchor)


def _which_month(asked: Asked, month: int, day: int) -> Meaning:
    which = asked.parts["which"].lower()
    frame = asked.frame
    anaphoric = which in ("the following", "the previous", "that")
    if asked.text.lower().endswith(which):  # "the 3rd of June last", in an old letter
        anaphoric = frame.narrated or (frame.back and asked.close)
    anchor = (frame.last if anaphoric else frame.now) or frame.last or frame.now
    if not anchor:
        return UNKNOWN
    year = anchor.day.year
    told = (anchor.day.month, anchor.day.day if day else 0)
    if which in ("last", "this past", "the previous"):
        year -= (month, day) >= told
    elif which in ("next", "this coming", "the following"):
        year += (month, day) <= told
    return _year_known(asked, year, month, day, anchor)


def day_told(asked: Asked) -> Meaning:
    """ "that July night": the last day told in that month."""
    day = asked.frame.days.get(units.month_number(asked.parts["month"]))
    if not day:
        return UNKNOWN
    because = f"“{asked.text}”, the day named before it"
    meaning = Meaning(day.isoformat(), DateValue.day(day), Basis.CONTEXT, because, unit="day")
    return with_daypart(asked, meaning)


def fixed(asked: Asked) -> Meaning:
    """A day that goes by a name of its own, which the rule gives: 9/11."""
    day, now = dt.date.fromisoformat(asked.parts["date"]), asked.frame.now
    if now and now.day < day:
        return UNKNOWN
    because = f"“{asked.text}” was {day.day} {day:%B %Y}"
    return Meaning(
        day.isoformat(), DateValue.day(day), Basis.EXPLICIT, because, unit="day", explicit=True
    )


def _year_open(asked: Asked, month: int, day: int) -> Meaning:
    now, part = asked.frame.now, asked.parts.get("part", "")
    if asked.habit:
        return Meaning(f"XXXX-{month:02}" + (f"-{day:02}" if day else ""))
    year = asked.year_told(month, day)
    if year is not None:
        return _narrated(asked, year, month, day)
    if now is None:
        return Meaning(f"XXXX-{month:02}" + (f"-{day:02}" if day else ""))
    days = _days_around(now.day.year, month, day, asked.parts.get("weekday", ""))
    chosen = by_tense(asked.tense, now.day, days, whole=bool(day))
    value, date = _dated(chosen.day.year, month, day, part) or ("", None)
    past, coming = [
        (_dated(d.year, month, day, part) or ("", None))[1] if d else None
        for d in (chosen.before, chosen.after)
    ]
    because = f"“{asked.text}” {chosen.how} {now}"
    unit = "day" if day else "month"
    return Meaning(value, date, Basis.EXPLICIT, because, past, coming, unit)


@lru_cache(maxsize=1024)
def _days_around(year: int, month: int, day: int, weekday: str) -> tuple[dt.date, ...]:
    """A day of a month, or the first of the month, in the years around one; of those next to it
    only the days that fall on the weekday, if some do."""
    wide = 8 if (month, day) == (2, 29) or weekday else 1
    years = [y for y in range(year - wide, year + wide + 1) if _dated(y, month, day)]
    if weekday and day:
        wanted = units.weekday_number(weekday)
        fits = [y for y in years if dt.date(y, month, day).isoweekday() == wanted]
        years = [y for y in fits if abs(y - year) <= 1] or years
    return tuple(dt.date(y, month, day or 1) for y in years)


class Chosen(NamedTuple):
    """One of several days by the tense, and those nearest to the anchor on its two sides."""

    day: dt.date
    how: str
    before: dt.date | None
    after: dt.date | None


@lru_cache(maxsize=1024)
def by_tense(
    tense: Tense, now: dt.date, days: tuple[dt.date, ...], *, whole: bool = True
) -> Chosen:
    """The day among those of several years, in order, that the words mean; not `whole`: days stand
    for their months."""
    edge = now if whole else now.replace(day=1)
    i = bisect_right(days, edge)
    before = days[i - 1] if i else None
    after = edge if before == edge else days[i] if i < len(days) else None
    chosen, how = min(days, key=lambda d: (abs(d - edge), d)), "nearest to"
    if tense == "past" and before and not (after and (after - edge).days <= SOON):
        chosen, how = before, "before"
    elif tense == "future" and after and not (before and (edge - before).days <= LATELY):
        chosen, how = after, "after"
    if chosen == edge:
        how = "on" if whole else "in the month of"
    return Chosen(chosen, how, before, after)


def _narrated(asked: Asked, year: int, month: int, day: int) -> Meaning:
    """A month(-day) in a story told in order: the year named last."""
    found = _dated(year, month, day, asked.parts.get("part", ""))
    if not found:
        return UNKNOWN
    because = f"“{asked.text}” in {year}, the year named before it"
    return Meaning(found[0], found[1], Basis.CONTEXT, because, unit="day" if day else "month")


def numeric(asked: Asked) -> Meaning:
    """3/7/2025: month first or day first, by what is possible, else by what is nearer."""
    a, b, year = (int(asked.parts[k]) for k in ("a", "b", "year"))
    if year < 100:
        year += 2000 if year < 70 else 1900
    readings = [d for m, n in ((a, b), (b, a)) if m <= 12 and (d := _dated(year, m, n))]
    if not readings:
        return UNKNOWN
    now = asked.frame.now
    if now and len(readings) == 2:
        readings.sort(key=lambda r: abs(((r[1].earliest or now.day) - now.day).days))
    value, date = readings[0]
    because = f"“{asked.text}” as written"
    return Meaning(value, date, Basis.EXPLICIT, because, unit="day", explicit=True)


def pair(asked: Asked) -> Meaning:
    """Two days of one month: "July 29–30", "3 and 4 July"."""
    one = calendar(asked)
    two = calendar(replace(asked, parts={**asked.parts, "day": asked.parts["day2"]}))
    if not (one.date and two.date and one.date.earliest and two.date.latest):
        return UNKNOWN
    a, b = one.date.earliest, two.date.latest
    if a > b:
        return UNKNOWN
    lasting = asked.parts.get("how", "").lower() != "between" and "or" not in asked.parts["sep"]
    date = DateValue.range(a, b, lasting=lasting)
    value = f"{one.value}/{two.value}"
    return replace(one, value=value, date=date, past=None, coming=None, ends=(one, two))
