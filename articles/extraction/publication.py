"""The publication day that an article's own text shows, with the reason for the uploader.

A year that the text does not give is never taken from the clock: it is asked for.
"""

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass

from articles.extraction.dating.reading import find_dates
from articles.extraction.dating.units import month_number, weekday_number
from articles.extraction.dating.words import DateWord
from articles.extraction.text import Layout
from timeline.dates import MONTHS, Basis, Precision

YEARS_BACK = 40
"""How far back years are looked for that fit a weekday: seven of them fit in forty."""
CANDIDATES = 4
SHOWN = 3
"""How many of the date words that tell a year the reason quotes."""
_PUBLISHED = re.compile(r"publish|posted|issued|released|created|date\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?\s?:\s?/\s?/\S{1,300}?/(20\d\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})(?=[/\s-])"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`day` is None if the text does not settle it; `because` is one sentence for the uploader.

    `candidates` are days to confirm, the likeliest first.
    """

    day: dt.date | None
    because: str
    candidates: tuple[dt.date, ...] = ()


def propose(layout: Layout, *, today_latest: dt.date) -> Proposal:
    """The publication day by dateline, stamp or address, else days to confirm.

    `today_latest` is the latest day that is today anywhere: nothing after it is proposed.
    """
    words = [w for w in find_dates(layout, published=None) if w.date]
    full = [w for w in words if _names_its_year(w) and _day(w) <= today_latest]
    for proposal in (_from_dateline(full), _from_stamp(layout, full), _from_address(layout)):
        if proposal and proposal.day and proposal.day <= today_latest:
            return proposal
    return _to_confirm(layout, full, today_latest)


def _day(word: DateWord) -> dt.date:
    """The day, or the first one of all if the words are not one day."""
    date = word.date
    if date is None or date.precision is not Precision.DAY or not date.earliest:
        return dt.date.min
    return date.earliest


def _start(word: DateWord) -> int:
    return word.start


def _names_its_year(word: DateWord) -> bool:
    return "year" in dict(word.parts) and _day(word) > dt.date.min


def _from_dateline(full: list[DateWord]) -> Proposal | None:
    word = next((w for w in full if w.basis is Basis.DATELINE), None)
    if not word:
        return None
    return Proposal(_day(word), f"The dateline says “{word.text}”.", (_day(word),))


def _from_stamp(layout: Layout, full: list[DateWord]) -> Proposal | None:
    stamps = [
        (layout.text[s.start : s.end], w)
        for s in layout.stamps
        for w in full[bisect_left(full, s.start, key=_start) : bisect_left(full, s.end, key=_start)]
    ]
    stamps.sort(key=lambda pair: not _PUBLISHED.search(pair[0]))
    if not stamps:
        return None
    line, word = stamps[0]
    days = tuple(dict.fromkeys(_day(w) for _, w in stamps))
    return Proposal(_day(word), f"The page says “{line}”.", days)


def _from_address(layout: Layout) -> Proposal | None:
    for m in _ADDRESS.finditer(layout.text.lower()):
        month = int(m[2]) if m[2].isdigit() else _month(m[2])
        try:
            day = dt.date(int(m[1]), month, int(m[3]))
        except ValueError:
            continue
        return Proposal(day, f"The address in the text has /{m[1]}/{m[2]}/{m[3]}.", (day,))
    return None


def _month(name: str) -> int:
    try:
        return month_number(name)
    except ValueError:
        return 0


def _to_confirm(layout: Layout, full: list[DateWord], today_latest: dt.date) -> Proposal:
    days = sorted({_day(w) for w in full}, reverse=True)
    line = layout.dateline
    written = layout.text[line.day.start : line.day.end] if line and line.day else ""
    month_day = _month_day(written)
    if not month_day:
        if not days:
            return Proposal(None, "The text names no full date.")
        return Proposal(
            None,
            f"The latest full date in the text is {_said(days[0])}; it may not be the day"
            " of publication.",
            tuple(days[:CANDIDATES]),
        )
    near = [d for d in (_near(*month_day, day) for day in days) if d and d <= today_latest]
    if near:
        because = f"The dateline says “{written}” without a year; the text names {days[0].year}."
        return Proposal(None, because, tuple(dict.fromkeys(near))[:CANDIDATES])
    return _by_weekdays(layout, written, month_day, today_latest)


def _by_weekdays(
    layout: Layout, written: str, month_day: tuple[int, int], today_latest: dt.date
) -> Proposal:
    """The years in which the weekdays of the text fall on the dates it gives with them."""
    pairs = _pairs(layout)
    asks = f"The dateline says “{written}” without a year"
    if not pairs:
        return Proposal(None, f"{asks}, and nothing in the text tells it.")
    month, day = month_day
    found = []
    for year in range(today_latest.year, today_latest.year - YEARS_BACK, -1):
        one = _safe(year, month, day)
        if one and one <= today_latest and all(_fits(pair, one) for pair in pairs):
            found.append(one)
    shown = ", ".join(dict.fromkeys(f"“{pair.text}”" for pair in pairs[:SHOWN]))
    if not found:
        return Proposal(None, f"{asks}; no year fits {shown}.")
    years = ", ".join(str(d.year) for d in found[:CANDIDATES])
    return Proposal(None, f"{asks}; {shown} fits {years}.", tuple(found[:CANDIDATES]))


def _pairs(layout: Layout) -> list[DateWord]:
    """Date words that give a weekday with a month and a day, without a year."""
    words = find_dates(layout, published=dt.date(2000, 7, 1))  # any: only the pieces are read
    return [
        w
        for w in words
        if {"weekday", "month", "day"} <= dict(w.parts).keys() and "year" not in dict(w.parts)
    ]


def _fits(pair: DateWord, published: dt.date) -> bool:
    """Whether the pair's weekday is right in the year that puts it nearest to `published`."""
    parts = dict(pair.parts)
    day = _near(month_number(parts["month"]), int(parts["day"]), published)
    return day is not None and day.isoweekday() == weekday_number(parts["weekday"])


def _near(month: int, day: int, anchor: dt.date) -> dt.date | None:
    days = [d for y in (-1, 0, 1) if (d := _safe(anchor.year + y, month, day))]
    return min(days, key=lambda d: abs((d - anchor).days), default=None)


def _safe(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_day(written: str) -> tuple[int, int] | None:
    """ "July 4" or "4 July" as numbers."""
    day = re.search(r"\d{1,2}(?!\d)", written)
    name = re.search(r"\b(?!(?:mon|tue|wed|thu|fri|sat|sun))[a-z]{3}", written, re.IGNORECASE)
    if not day or not name or not (month := _month(name[0])):
        return None
    return month, int(day[0])


def _said(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
