"""Calendar arithmetic by unit: the span that holds a day, its neighbours, its TIMEX3 value."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

from timeline.dates import DAY, SEASONS, DateValue, last_of_month

Named = tuple[str, DateValue]
"""A TIMEX3 value and the days it denotes."""

NUMBERS = {
    name: number
    for number, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "a couple of": 2,
    "a couple": 2,
}
MANY = {"hundred": 100, "thousand": 1000, "score": 20}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
ORDINALS = [
    *_ORDINALS,
    *"tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth".split(),
    *"eighteenth nineteenth twentieth".split(),
    *(f"twenty-{ordinal}" for ordinal in _ORDINALS),
    "thirtieth",
    "thirty-first",
]
"""The days of a month in words."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WEEKDAYS = "mon tue wed thu fri sat sun".split()
SEASON_CODES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
SEASON_NUMBERS = {name: code for code, name in SEASONS.items()} | {"fall": 23}
DAYPARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
LETTERS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "fortnight": "W",
}


@lru_cache(maxsize=256)
def month_number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def day_number(parts: Mapping[str, str]) -> int:
    """The day of the month that the pieces of the words name; 0 if they name none."""
    if "dayword" in parts:
        return ORDINALS.index(parts["dayword"].lower()) + 1
    return int(parts.get("day", 0))


@lru_cache(maxsize=256)
def weekday_number(name: str) -> int:
    """Monday is 1."""
    return WEEKDAYS.index(name[:3].lower()) + 1


@lru_cache(maxsize=1024)
def number(text: str) -> int | None:
    """The number that the words name; None for "several" and its like."""
    bare = re.sub(r"[,\s]+", lambda m: "" if m[0] == "," else " ", text.lower())
    if m := re.fullmatch(r"(\w+) (hundred|thousand|score)(?: and (.+))?", bare):
        return NUMBERS[m[1]] * MANY[m[2]] + ((number(m[3]) or 0) if m[3] else 0)
    if m := re.fullmatch(r"(\w+ty)[- ](\w+)", bare):
        return NUMBERS[m[1]] + NUMBERS[m[2]]
    return int(bare) if bare.isdigit() else NUMBERS.get(bare)


@lru_cache(maxsize=256)
def singular(unit: str) -> str:
    bare = unit.lower().removesuffix("s")
    return {"centurie": "century"}.get(bare, bare)


def add_months(day: dt.date, months: int) -> dt.date:
    """Raises ValueError or OverflowError outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    first = dt.date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, last_of_month(first).day))


def shifted(unit: str, day: dt.date, n: int) -> dt.date:
    """The day `n` units after `day`."""
    match unit:
        case "month" | "quarter" | "year" | "decade" | "century":
            per = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
            return add_months(day, n * per)
        case "week" | "weekend":
            return day + 7 * n * DAY
        case "fortnight":
            return day + 14 * n * DAY
        case "hour" | "minute" | "second":
            hours = {"hour": 1, "minute": 60, "second": 3600}[unit]
            return day + round(n / hours / 24) * DAY
    return day + n * DAY


def named(unit: str, day: dt.date) -> Named:
    """The calendar unit that holds `day`."""
    year = day.year
    match unit:
        case "week" | "fortnight":
            return f"{day.isocalendar().year}-W{day.isocalendar().week:02}", DateValue.week(day)
        case "weekend":
            saturday = day + (6 - day.isoweekday()) * DAY
            value = f"{day.isocalendar().year}-W{day.isocalendar().week:02}-WE"
            return value, DateValue.range(saturday, saturday + DAY)
        case "month":
            return f"{year:04}-{day.month:02}", DateValue.month(year, day.month)
        case "quarter":
            quarter = (day.month + 2) // 3
            return f"{year:04}-Q{quarter}", DateValue.quarter(year, quarter)
        case "half":
            half = 1 if day.month < 7 else 2
            return f"{year:04}-H{half}", months(year, 6 * half - 5, 6 * half)
        case "year":
            return f"{year:04}", DateValue.year(year)
        case "decade":
            return f"{year // 10:03}X", DateValue.decade(year)
        case "century":
            first = year - year % 100
            span = DateValue.range(dt.date(first, 1, 1), dt.date(first + 99, 12, 31))
            return f"{year // 100:02}XX", span
    return day.isoformat(), DateValue.day(day)


def season(year: int, number: int) -> Named:
    """number: 21 (spring) to 24 (winter), which starts in `year`."""
    return f"{year:04}-{SEASON_CODES[number]}", DateValue.season(year, number)


def months(year: int, first: int, last: int) -> DateValue:
    """From the first day of month `first` to the last of month `last`."""
    return DateValue.range(dt.date(year, first, 1), last_of_month(dt.date(year, last, 1)))


@lru_cache(maxsize=256)
def side(words: str) -> str:
    """early, mid or late; first or second (half); 1 to 4 or last (week); "" for the whole."""
    bare = words.lower()
    if m := re.search(r"(first|second|third|fourth|last|final) week", bare):
        return {"first": "1", "second": "2", "third": "3", "fourth": "4"}.get(m[1], "last")
    if "half" in bare:
        return "second" if "second" in bare or "latter" in bare else "first"
    if m := re.search(r"(first|last) (?:two|three|few) weeks", bare):
        return {"first": "first", "last": "second"}[m[1]]
    for name, pattern in (
        ("early", r"early|beginning|start|first|opening"),
        ("mid", r"mid"),
        ("late", r"late\b|later\b|latter|end\b|close|closing|final|last"),
    ):
        if re.search(pattern, bare):
            return name
    return ""


def part_of(whole: DateValue, part: str) -> DateValue:
    """The early, mid or late third, or the half, of a month or a year."""
    a, b = whole.earliest, whole.latest
    if not part or a is None or b is None:
        return whole
    if whole.precision == "month":
        if part in ("early", "mid", "late"):
            return DateValue.part_of_month(a.year, a.month, part)
        days = {"first": (1, 15), "second": (16, b.day), "last": (b.day - 6, b.day)}
        days |= {str(week): (7 * week - 6, 7 * week) for week in (1, 2, 3, 4)}
        return DateValue.range(*(a.replace(day=d) for d in days[part]))
    if whole.precision == "year" and not (part == "last" or part.isdigit()):
        return months(
            a.year,
            *{"early": (1, 3), "mid": (5, 8), "late": (10, 12), "first": (1, 6), "second": (7, 12)}[
                part
            ],
        )
    return DateValue(a, b, whole.precision, approximate=True)
