"""The natural date box: what a person types for a date, read into a `DateValue`.

`read("early July 2025", today=…)` knows EDTF, days, weeks, months and their thirds, quarters,
seasons, years, decades, bounds, ranges, "about …", "last week" and "unknown". It reads back every
string that `dates.words` prints. It refuses rather than guesses: a missing year is asked for.
Years have four digits. Plain Python: nothing here imports Django.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import dateparser

from .dates import DAY, MONTHS, ORDINALS, SEASONS, UNDATED, DateError, DateValue, parse_edtf


class DateBoxError(DateError):
    """This date cannot be used."""

    def __str__(self) -> str:
        return type(self).__doc__ or ""


class UnreadableError(DateBoxError):
    """No date was understood: try “3 July 2025”, “early July 2025”, “before 3 July 2025”."""


class EmptyError(DateBoxError):
    """Write a date, or “unknown” if the sources give none."""


class NoYearError(DateBoxError):
    """Add the year: without it, this could be any year."""


class NoSuchDayError(DateBoxError):
    """There is no such day in the calendar."""


class NumbersAloneError(DateBoxError):
    """Write the month as a word, as in “3 July 2025”: numbers alone can be read two ways."""


class WrongWeekdayError(DateBoxError):
    """That day falls on another weekday: check the day, or leave the weekday out."""


class ReversedError(DateBoxError):
    """The last day comes before the first."""


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NUMBERS = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}
_SEASON_NUMBERS = {name: n for n, name in SEASONS.items()} | {"fall": 23}
_QUARTERS = {
    word: n
    for n, words in enumerate(zip(ORDINALS, ("1st", "2nd", "3rd", "4th"), "1234", strict=True), 1)
    for word in words
}
_M = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_Y = r"(?P<year>\d{4})"
_TO = r" ?[–-] ?"


def _month(m: re.Match[str]) -> int:
    return _MONTH_NUMBERS[m["month"]]


def _day(m: re.Match[str]) -> DateValue:
    return DateValue.day(dt.date(int(m["year"]), _month(m), int(m["day"])))


def _season(m: re.Match[str]) -> DateValue:
    season, year = _SEASON_NUMBERS[m["season"]], int(m["year"])
    if m["next"] and (season != 24 or int(m["next"]) % 100 != (year + 1) % 100):
        raise UnreadableError
    return DateValue.season(year, season)


@dataclass(frozen=True, slots=True)
class Rule:
    """One wording of a date whose ends are both known."""

    name: str
    pattern: str
    build: Callable[[re.Match[str]], DateValue]
    example: str


RULES = (
    Rule("year", _Y, lambda m: DateValue.year(int(m["year"])), "2025"),
    Rule(
        "decade",
        r"(?:the )?(?P<year>\d{3}0)'?s",
        lambda m: DateValue.decade(int(m["year"])),
        "the 1960s",
    ),
    Rule(
        "quarter",
        rf"(?:q|the )?(?P<quarter>{'|'.join(_QUARTERS)})(?: quarter)?(?: of|,)? ?{_Y}",
        lambda m: DateValue.quarter(int(m["year"]), _QUARTERS[m["quarter"]]),
        "Q3 2025",
    ),
    Rule(
        "year and quarter",
        rf"{_Y}[ -]?q(?P<quarter>[1-4])",
        lambda m: DateValue.quarter(int(m["year"]), int(m["quarter"])),
        "2025 Q3",
    ),
    Rule(
        "season",
        rf"(?:the )?(?P<season>{'|'.join(_SEASON_NUMBERS)})(?: of)? {_Y}"
        r"(?:[–/-](?P<next>\d{2}|\d{4}))?",
        _season,
        "summer 2025",
    ),
    Rule(
        "part of a month",
        rf"(?P<part>early|mid|late)(?: in|-| -)? ?{_M},? {_Y}",
        lambda m: DateValue.part_of_month(int(m["year"]), _month(m), m["part"]),
        "mid-July 2025",
    ),
    Rule(
        "month",
        rf"{_M}(?: of|,)? {_Y}",
        lambda m: DateValue.month(int(m["year"]), _month(m)),
        "July 2025",
    ),
    Rule(
        "year first",
        rf"{_Y}([/.-])(?P<number>\d{{1,2}})\2{_D}",
        lambda m: DateValue.day(dt.date(int(m["year"]), int(m["number"]), int(m["day"]))),
        "2025/7/3",
    ),
    Rule("day first", rf"(?:the )?{_D}(?: of)? {_M},? {_Y}", _day, "3 July 2025"),
    Rule("month first", rf"{_M} {_D},? {_Y}", _day, "July 3, 2025"),
)
_RULES = tuple((re.compile(rule.pattern), rule.build) for rule in RULES)

_RELATIVE: dict[str, Callable[[dt.date], DateValue]] = {
    "today": DateValue.day,
    "yesterday": lambda today: DateValue.day(today - DAY),
    "tomorrow": lambda today: DateValue.day(today + DAY),
    "this week": DateValue.week,
    "last week": lambda today: DateValue.week(today - 7 * DAY),
    "next week": lambda today: DateValue.week(today + 7 * DAY),
    "this month": lambda today: DateValue.month(today.year, today.month),
    "last month": lambda today: _month_of(today.replace(day=1) - DAY),
    "next month": lambda today: _month_of(today.replace(day=28) + 4 * DAY),
    "this year": lambda today: DateValue.year(today.year),
    "last year": lambda today: DateValue.year(today.year - 1),
    "next year": lambda today: DateValue.year(today.year + 1),
}
_UNDATED = {"unknown", "undated", "no date", "not known"}
_ABOUT = re.compile(r"(?:about|around|circa|approximately|ca?\.) ?(?=\S)")
_UNCERTAIN = re.compile(r" ?(?:\?|\(uncertain\)|\(\?\))$")
_BOUNDS: tuple[tuple[str, bool, Callable[[DateValue], DateValue]], ...] = (
    # wording, whether it lasted, how the bound follows from the date named
    (r"(?:on or before|no later than|not after|by)", False, lambda v: DateValue.until(_last(v))),
    (r"(?:until|till|up to)", True, lambda v: DateValue.until(_last(v))),
    (r"before", False, lambda v: DateValue.until(_first(v) - DAY)),
    (r"(?:on or after|no earlier than|not before)", False, lambda v: DateValue.since(_first(v))),
    (r"since", True, lambda v: DateValue.since(_first(v))),
    (r"after", False, lambda v: DateValue.since(_last(v) + DAY)),
)
_RANGES = (
    # wording, whether it lasted
    (re.compile(r"between (?P<a>.+) and (?P<b>.+)"), False),
    (re.compile(r"from (?P<a>.+) (?:to|until|till) (?P<b>.+)"), True),
    (re.compile(rf"(?P<a>{_M} \d{{1,2}}){_TO}(?P<b>{_D},? {_Y})"), True),
    (re.compile(rf"(?P<a>.+?)(?:{_TO}| to )(?P<b>.+)"), True),
)
_WANTS_YEAR = re.compile(
    re.sub(
        r"\?P<\w+>",  # names cannot be used twice in one pattern
        "?:",
        rf"(?:(?:early|mid|late)[ -]+)?(?:{_M}|{_M} {_D}|{_D}(?: of)? {_M})",
    )
)


def read(text: str, *, today: dt.date) -> DateValue:
    """The date that `text` says; `today` is what "last week" counts from. Raises DateBoxError."""
    try:
        return _read(_fold(text), today)
    except DateBoxError:
        raise
    except (DateError, OverflowError, ValueError) as error:
        raise UnreadableError from error


def _fold(text: str) -> str:
    bare = " ".join(text.replace("—", "–").replace("−", "–").split()).lower().rstrip(",;")
    return bare.removeprefix("on ") if not bare.startswith("on or ") else bare


def _read(text: str, today: dt.date) -> DateValue:
    if not text:
        raise EmptyError
    if (mark := _UNCERTAIN.search(text)) and text != "?":
        return replace(_read(text[: mark.start()], today), uncertain=True)
    if about := _ABOUT.match(text):
        return replace(_read(text[about.end() :], today), approximate=True)
    if text.endswith("~"):
        return replace(_read(text[:-1], today), approximate=True)
    if text in _UNDATED:
        return UNDATED
    return _week(text, today) or _bound(text, today) or _range(text, today) or _closed(text, today)


def _week(text: str, today: dt.date) -> DateValue | None:
    m = re.fullmatch(r"(?:the )?week (?:of|beginning|starting)(?: on)? (.+)", text)
    return DateValue.week(_first(_closed(m[1], today))) if m else None


def _bound(text: str, today: dt.date) -> DateValue | None:
    for wording, lasting, build in _BOUNDS:
        if m := re.match(rf"{wording} ", text):
            return replace(build(_closed(text[m.end() :], today)), lasting=lasting)
    return None


def _range(text: str, today: dt.date) -> DateValue | None:
    if _simple(text):
        return None
    for pattern, lasting in _RANGES:
        if m := pattern.fullmatch(text):
            first, last = _complete(m["a"], m["b"])
            a, b = _first(_closed(first, today)), _last(_closed(last, today))
            if b < a:
                raise ReversedError
            return DateValue.range(a, b, lasting=lasting)
    return None


def _complete(first: str, last: str) -> tuple[str, str]:
    """Both ends in full: "3" and "5 May 2025" give "3 May 2025" and "5 May 2025"."""
    if (end := re.fullmatch(rf"{_D},? {_Y}", last)) and (start := re.match(_M, first)):
        last = f"{end['day']} {start['month']} {end['year']}"
    year = re.search(r"\d{4}$", last)
    if re.fullmatch(_D, first) and (month := re.search(_M, last)) and year:
        return f"{first} {month['month']} {year[0]}", last
    if year and not re.search(r"\d{4}", first) and _WANTS_YEAR.fullmatch(first):
        return f"{first} {year[0]}", last
    return first, last


def _simple(text: str) -> DateValue | None:
    """One of the RULES, or an EDTF date."""
    for pattern, build in _RULES:
        if m := pattern.fullmatch(text):
            try:
                return build(m)
            except ValueError as error:
                raise error if isinstance(error, DateError) else NoSuchDayError from error
    if re.fullmatch(r"\d{1,4}([/.])\d{1,2}\1\d{1,4}|\d{1,2}-\d{1,2}-\d{4}", text):
        raise NumbersAloneError
    if re.fullmatch(r"(?:\d{3}[\dx]|\.\.)[\dx/.~-]*", text) and not re.match(r"\d{4}-\d{4}", text):
        return _edtf(text)
    return None


def _edtf(text: str) -> DateValue:
    try:
        return parse_edtf(text.upper())
    except DateError as error:
        if isinstance(error.__cause__, ValueError):
            raise NoSuchDayError from error
        if "range" in str(error):
            raise ReversedError from error
        raise UnreadableError from error


def _closed(text: str, today: dt.date) -> DateValue:
    """A date with both ends, in words, in EDTF, or counted from today."""
    if text in _RELATIVE:
        return _RELATIVE[text](today)
    if m := re.fullmatch(rf"({'|'.join(WEEKDAYS)}),? (.*\d.*)", text):
        value = _closed(m[2], today)
        if value.earliest != value.latest or _first(value).weekday() != WEEKDAYS.index(m[1]):
            raise WrongWeekdayError
        return value
    if simple := _simple(text):
        return simple
    if _WANTS_YEAR.fullmatch(text):
        raise NoYearError
    return DateValue.day(_any_other_day(text, today))


def _any_other_day(text: str, today: dt.date) -> dt.date:
    """A day in a wording of dateparser's: "2025 July 3", "three days ago", "last Tuesday"."""
    relative = re.search(rf"\b(?:days?|{'|'.join(WEEKDAYS)})\b", text)
    if not relative and not re.search(r"\b\d{4}\b", text):
        raise UnreadableError
    found: dt.datetime | None = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
            "PREFER_DATES_FROM": "past",
            # Without these, "the spring of 2025" and the like get today's day and month.
            "REQUIRE_PARTS": [] if relative else ["day", "month", "year"],
        },
    )
    if not found or not (relative or f"{found.year}" in text):
        raise UnreadableError
    return found.date()


def _month_of(day: dt.date) -> DateValue:
    return DateValue.month(day.year, day.month)


def _first(value: DateValue) -> dt.date:
    if not value.earliest:
        raise UnreadableError
    return value.earliest


def _last(value: DateValue) -> dt.date:
    if not value.latest:
        raise UnreadableError
    return value.latest
