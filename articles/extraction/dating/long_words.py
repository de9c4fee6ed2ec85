"""Years and longer, seasons, quarters and halves."""

import datetime as dt
import re
from dataclasses import replace

from articles.extraction.dating import units
from articles.extraction.dating.meanings import UNKNOWN, Asked, Meaning
from articles.extraction.dating.verbs import Tense
from articles.extraction.dating.words import Anchor
from timeline.dates import Basis, DateValue


def year(asked: Asked) -> Meaning:
    whole = DateValue.year(int(asked.parts["year"]))
    date = units.part_of(whole, units.side(asked.parts.get("part", "")))
    because = f"“{asked.text}” as written"
    value = f"{int(asked.parts['year']):04}"
    return Meaning(value, date, Basis.EXPLICIT, because, unit="year", explicit=True)


def short_year(asked: Asked) -> Meaning:
    """ "in ’94", which is of the last hundred years."""
    return year(replace(asked, parts={**asked.parts, "year": str(asked.year_of_two_digits())}))


def years(asked: Asked) -> Meaning:
    first = asked.parts["year"]
    last = asked.parts["year2"]
    last = first[:2] + last if len(last) == 2 else last
    if int(last) <= int(first):
        return UNKNOWN
    date = DateValue.range(dt.date(int(first), 1, 1), dt.date(int(last), 12, 31), lasting=True)
    because = f"“{asked.text}” as written"
    whole = Meaning(
        first, DateValue.year(int(first)), Basis.EXPLICIT, because, unit="year", explicit=True
    )
    final = replace(whole, value=last, date=DateValue.year(int(last)))
    return replace(whole, value=f"{first}/{last}", date=date, ends=(whole, final))


def bc(asked: Asked) -> Meaning:
    return Meaning(f"BC{int(asked.parts['year']):04}")


def decade(asked: Asked) -> Meaning:
    if "year" in asked.parts:
        start = int(asked.parts["year"])
    else:
        anchor = asked.frame.now or asked.frame.last
        base = anchor.day.year if anchor else 2000
        tens = _TENS.index(asked.parts["tens"].lower()) * 10 + 20 if "tens" in asked.parts else 0
        start = base - base % 100 + (tens or int(asked.parts["yy"]))
        start -= 100 if start > base + 9 else 0
    value, date = units.named("decade", dt.date(start, 1, 1))
    if "part" in asked.parts:
        date = replace(date, approximate=True)
    because = f"“{asked.text}” as written"
    return Meaning(value, date, Basis.EXPLICIT, because, unit="decade", explicit=True)


def fiscal(asked: Asked) -> Meaning:
    """A budget's year, which begins and ends on days that the words do not tell."""
    year = int(asked.parts["year"])
    date = replace(DateValue.year(year), approximate=True)
    because = f"“{asked.text}” as written"
    return Meaning(f"FY{year}", date, Basis.EXPLICIT, because, unit="year", explicit=True)


_TENS = "twenties thirties forties fifties sixties seventies eighties nineties".split()
_CENTURIES = (
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()


def century(asked: Asked) -> Meaning:
    name = asked.parts["century"].lower()
    number = _CENTURIES.index(name) + 15 if name in _CENTURIES else int(re.sub(r"\D", "", name))
    if "era" in asked.parts or number < 2:
        return Meaning("")
    value, date = units.named("century", dt.date(100 * (number - 1), 1, 1))
    because = f"“{asked.text}” as written"
    return Meaning(value, date, Basis.EXPLICIT, because, unit="century", explicit=True)


def _asked_year(asked: Asked) -> tuple[int, Anchor | None] | None:
    """The year in the words, or that of "this year", "that year"."""
    if year := asked.parts.get("year") or asked.parts.get("year2"):
        return int(year), None
    which = asked.parts.get("which", asked.parts.get("whose", "this")).lower()
    anaphoric = which not in ("this", "last", "next")
    anchor = asked.frame.last if anaphoric or not asked.frame.now else asked.frame.now
    anchor = anchor or asked.frame.now
    if not anchor:
        return None
    step = {"last": -1, "the previous": -1, "next": 1, "the following": 1}.get(which, 0)
    return anchor.day.year + step, anchor


def _in_year(asked: Asked, unit: str, month: int) -> Meaning:
    found = _asked_year(asked)
    if not found:
        return UNKNOWN
    year, anchor = found
    value, date = units.named(unit, dt.date(year, month, 1))
    because = f"“{asked.text}” from {anchor}" if anchor else f"“{asked.text}” as written"
    basis = Basis.RELATIVE if anchor else Basis.EXPLICIT
    return Meaning(value, date, basis, because, unit=unit, explicit=anchor is None)


def quarter(asked: Asked) -> Meaning:
    ordinal = asked.parts.get("ord", "").lower()
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
    number = names.get(ordinal) or int(asked.parts.get("q") or asked.parts["q2"])
    return _in_year(asked, "quarter", 3 * number - 2)


def half(asked: Asked) -> Meaning:
    return _in_year(asked, "half", 1 if asked.parts["ord"].lower() == "first" else 7)


def season(asked: Asked) -> Meaning:
    number = units.SEASON_NUMBERS[asked.parts["season"].lower()]
    if "year" in asked.parts:
        year, anchor = int(asked.parts["year"]), None
    elif "whose" in asked.parts:
        found = _asked_year(asked)
        if not found:
            return UNKNOWN
        year, anchor = found
    else:
        which = asked.parts.get("which", "").lower()
        near = which in ("this", "last", "next", "this past", "this coming")
        anchor = (asked.frame.now if near or asked.frame.now else None) or asked.frame.last
        if asked.governing and not near:
            anchor = asked.frame.last
        if not anchor:
            return UNKNOWN
        year = _season_year(
            number, which, anchor.day, asked.tense, told=anchor is not asked.frame.now
        )
    value, date = units.season(year, number)
    if "part" in asked.parts:
        date = replace(date, approximate=True)
    because = f"“{asked.text}” from {anchor}" if anchor else f"“{asked.text}” as written"
    basis = Basis.RELATIVE if anchor else Basis.EXPLICIT
    return Meaning(value, date, basis, because, unit="season", explicit=anchor is None)


def _season_year(number: int, which: str, day: dt.date, tense: Tense, *, told: bool) -> int:
    start = dt.date(day.year, 3 * (number - 20), 1)
    if which in ("last", "this past", "the previous"):
        end = DateValue.season(day.year, number).latest or start
        return day.year if end < day else day.year - 1
    if which in ("next", "this coming", "the following"):
        return day.year if start > day else day.year + 1
    if told or which:
        return day.year
    if tense == "future":
        return (
            day.year
            if (DateValue.season(day.year, number).latest or start) >= day
            else day.year + 1
        )
    return day.year if start <= day else day.year - 1
