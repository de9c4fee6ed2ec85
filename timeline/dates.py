"""Dates as precise as their sources allow: values, words and EDTF.

A `DateValue` is a set of calendar days an event may fall on (or, if `lasting`, the days it
lasted), with the precision the sources used. Days are the sources' own; no time zone is involved.

Words are for readers ("on or before 3 July 2025"); EDTF (ISO 8601-2, level 1) is for machines.
Both say no more than the value does. Plain Python: nothing here imports Django.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
ORDINALS = ("first", "second", "third", "fourth")
OPEN_END = dt.timedelta(days=6)
"""An open end counts as the seven days next to the known one, that day included."""
DAY = dt.timedelta(days=1)


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"
    BOUND = "bound"
    NONE = "none"


class Basis(StrEnum):
    """What a date rests on, from the sources' own words to nothing at all."""

    EXPLICIT = "explicit"
    WEEKDAY = "weekday"
    RELATIVE = "relative"
    DATELINE = "dateline"
    CONTEXT = "context"
    PUBLICATION = "publication"
    CORROBORATED = "corroborated"
    EDITOR = "editor"
    NONE = "none"


class DateError(ValueError):
    """This is not a date that the record can hold."""


def last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _whole_months(a: dt.date, b: dt.date) -> int:
    """How many whole calendar months a..b is; 0 if it is not made of whole months."""
    if a.day != 1 or b != last_of_month(b):
        return 0
    return (b.year - a.year) * 12 + b.month - a.month + 1


_SHAPES: dict[Precision, Callable[[dt.date, dt.date], bool]] = {
    Precision.DAY: lambda a, b: a == b,
    Precision.WEEK: lambda a, b: a.isoweekday() == 1 and (b - a).days == 6,
    Precision.MONTH: lambda a, b: _whole_months(a, b) == 1,
    Precision.QUARTER: lambda a, b: a.month in (1, 4, 7, 10) and _whole_months(a, b) == 3,
    Precision.SEASON: lambda a, b: a.month in (3, 6, 9, 12) and _whole_months(a, b) == 3,
    Precision.YEAR: lambda a, b: a.month == 1 and _whole_months(a, b) == 12,
    Precision.DECADE: lambda a, b: a.year % 10 == 0 and a.month == 1 and _whole_months(a, b) == 120,
    Precision.RANGE: lambda a, b: a <= b,
}


@dataclass(frozen=True, slots=True)
class DateValue:
    """The days from `earliest` to `latest`, both inclusive; None is an open end.

    Raises DateError when the ends do not have the shape that `precision` names.
    """

    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    lasting: bool = False
    approximate: bool = False
    uncertain: bool = False

    def __post_init__(self) -> None:
        a, b = self.earliest, self.latest
        if self.precision is Precision.NONE:
            fits = a is None and b is None and not (self.lasting or self.approximate)
        elif self.precision is Precision.BOUND:
            fits = (a is None) != (b is None)
        else:
            fits = a is not None and b is not None and _SHAPES[self.precision](a, b)
        if not fits:
            raise DateError(f"{a} to {b} is not a {self.precision} date.")
        if self.approximate and self.uncertain:
            raise DateError("A date is approximate or uncertain, not both.")

    @staticmethod
    @lru_cache(maxsize=4096)
    def day(day: dt.date) -> "DateValue":
        return DateValue(day, day, Precision.DAY)

    @classmethod
    def week(cls, day: dt.date) -> "DateValue":
        """The ISO week (Monday to Sunday) that holds `day`."""
        monday = day - (day.isoweekday() - 1) * DAY
        return cls(monday, monday + 6 * DAY, Precision.WEEK)

    @classmethod
    def month(cls, year: int, month: int) -> "DateValue":
        first = dt.date(year, month, 1)
        return cls(first, last_of_month(first), Precision.MONTH)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "DateValue":
        """quarter: 1 to 4."""
        first = dt.date(year, 3 * quarter - 2, 1)
        return cls(first, last_of_month(dt.date(year, 3 * quarter, 1)), Precision.QUARTER)

    @classmethod
    def season(cls, year: int, season: int) -> "DateValue":
        """season: EDTF's 21 (spring) to 24 (winter), of the northern half; winter starts in `year`."""
        if season not in SEASONS:
            raise DateError(f"{season} is not a season: 21 to 24.")
        first = dt.date(year, 3 * (season - 20), 1)
        last = dt.date(year + 1, 2, 1) if season == 24 else dt.date(year, first.month + 2, 1)
        return cls(first, last_of_month(last), Precision.SEASON)

    @classmethod
    def year(cls, year: int) -> "DateValue":
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR)

    @classmethod
    def decade(cls, year: int) -> "DateValue":
        """The ten years that hold `year`: 1960 to 1969 for 1962."""
        start = year - year % 10
        return cls(dt.date(start, 1, 1), dt.date(start + 9, 12, 31), Precision.DECADE)

    @classmethod
    def range(cls, a: dt.date, b: dt.date, *, lasting: bool = False) -> "DateValue":
        return cls(a, b, Precision.RANGE, lasting=lasting)

    @classmethod
    def part_of_month(cls, year: int, month: int, part: str) -> "DateValue":
        """part: early (1–10), mid (11–20) or late (21–end): thirds of about ten days."""
        first = dt.date(year, month, 1)
        a, b = {"early": (1, 10), "mid": (11, 20), "late": (21, last_of_month(first).day)}[part]
        return cls(first.replace(day=a), first.replace(day=b), Precision.RANGE)

    @classmethod
    def until(cls, day: dt.date) -> "DateValue":
        return cls(None, day, Precision.BOUND)

    @classmethod
    def since(cls, day: dt.date) -> "DateValue":
        return cls(day, None, Precision.BOUND)

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """The days that filters and matching use: an open end counts as seven days; None if undated."""
        if self.earliest and self.latest:
            return self.earliest, self.latest
        if self.latest:
            return max(self.latest, dt.date.min + OPEN_END) - OPEN_END, self.latest
        if self.earliest:
            return self.earliest, min(self.earliest, dt.date.max - OPEN_END) + OPEN_END
        return None

    def as_dict(self) -> dict[str, str | bool | None]:
        """The value in JSON's own types; `from_dict` is the inverse."""
        return {
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "precision": self.precision.value,
            "lasting": self.lasting,
            "approximate": self.approximate,
            "uncertain": self.uncertain,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "DateValue":
        """Raises DateError for a shape that is not a date's, KeyError for a missing end."""
        a, b = data["earliest"], data["latest"]
        return cls(
            a and dt.date.fromisoformat(a),
            b and dt.date.fromisoformat(b),
            Precision(data["precision"]),
            lasting=data.get("lasting", False),
            approximate=data.get("approximate", False),
            uncertain=data.get("uncertain", False),
        )

    def __str__(self) -> str:
        return words(self)


UNDATED = DateValue(None, None, Precision.NONE)


# ---------- words


def _day(d: dt.date) -> str:
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def _month(d: dt.date) -> str:
    return f"{MONTHS[d.month - 1]} {d.year}"


def _season(v: DateValue) -> str:
    assert v.earliest
    season = SEASONS[20 + v.earliest.month // 3]
    year = v.earliest.year
    return f"{season} {year}–{(year + 1) % 100:02}" if season == "winter" else f"{season} {year}"


def _part_of_month(a: dt.date, b: dt.date) -> str:
    if (a.year, a.month) != (b.year, b.month):
        return ""
    parts = {(1, 10): "early", (11, 20): "mid-", (21, last_of_month(a).day): "late"}
    part = parts.get((a.day, b.day), "")
    return f"{part}{'' if part.endswith('-') else ' '}{_month(a)}" if part else ""


def _range(v: DateValue) -> str:
    a, b = v.earliest, v.latest
    assert a and b
    if not v.lasting and (part := _part_of_month(a, b)):
        return part
    months = _whole_months(a, b)
    if months and months % 12 == 0 and a.month == 1 and months > 12:
        x, y, tail = str(a.year), str(b.year), ""
    elif months > 1 and a.year == b.year:
        x, y, tail = MONTHS[a.month - 1], MONTHS[b.month - 1], f" {b.year}"
    elif months > 1:
        x, y, tail = _month(a), _month(b), ""
    elif (a.year, a.month) == (b.year, b.month):
        x, y, tail = str(a.day), str(b.day), f" {_month(b)}"
    elif a.year == b.year:
        x, y = f"{a.day} {MONTHS[a.month - 1]}", f"{b.day} {MONTHS[b.month - 1]}"
        tail = f" {b.year}"
    else:
        x, y, tail = _day(a), _day(b), ""
    if not v.lasting:
        return f"between {x} and {y}{tail}"
    return f"{x}–{y}{tail}" if " " not in x + y else f"{x} – {y}{tail}"


def _bound(v: DateValue) -> str:
    if v.latest:
        return f"{'until' if v.lasting else 'on or before'} {_day(v.latest)}"
    assert v.earliest
    return f"{'since' if v.lasting else 'on or after'} {_day(v.earliest)}"


_WORDS: dict[Precision, Callable[[DateValue], str]] = {
    Precision.DAY: lambda v: _day(v.earliest or dt.date.min),
    Precision.WEEK: lambda v: f"week of {_day(v.earliest or dt.date.min)}",
    Precision.MONTH: lambda v: _month(v.earliest or dt.date.min),
    Precision.QUARTER: lambda v: (
        f"{ORDINALS[((v.earliest or dt.date.min).month - 1) // 3]} quarter of "
        f"{(v.earliest or dt.date.min).year}"
    ),
    Precision.SEASON: _season,
    Precision.YEAR: lambda v: str((v.earliest or dt.date.min).year),
    Precision.DECADE: lambda v: f"the {(v.earliest or dt.date.min).year}s",
    Precision.RANGE: _range,
    Precision.BOUND: _bound,
    Precision.NONE: lambda _: "undated",
}


def words(value: DateValue) -> str:
    """The date as a reader says it: "early July 2025", "on or before 3 July 2025", "undated"."""
    text = _WORDS[value.precision](value)
    if value.approximate:
        return f"about {text}"
    return f"{text} (uncertain)" if value.uncertain else text


# ---------- EDTF


def _edge(d: dt.date, grain: str) -> str:
    """grain: Y, M or D."""
    return d.isoformat()[: {"Y": 4, "M": 7, "D": 10}[grain]]


def _interval(v: DateValue) -> tuple[str, str]:
    a, b = v.earliest, v.latest
    if a and b:
        months = _whole_months(a, b)
        grain = "M" if months > 1 else "D"
        if months > 12 and months % 12 == 0 and a.month == 1:
            grain = "Y"
        return _edge(a, grain), _edge(b, grain)
    return (a.isoformat() if a else "..", b.isoformat() if b else "..")


def edtf(value: DateValue) -> str:
    """The date in EDTF level 1: 2025-07-03, 2025-07, 2025-22, 196X, a/b, ../b, a/.., or ""."""
    mark = "~" if value.approximate else "?" if value.uncertain else ""
    a = value.earliest
    match value.precision:
        case Precision.NONE:
            return ""
        case Precision.DAY | Precision.MONTH | Precision.YEAR:
            assert a
            return _edge(a, {"day": "D", "month": "M", "year": "Y"}[value.precision]) + mark
        case Precision.DECADE:
            assert a
            return f"{a.year // 10:03}X{mark}"
        case Precision.SEASON:
            assert a
            return f"{a.year:04}-{20 + a.month // 3}{mark}"
    return "/".join(end if end == ".." else end + mark for end in _interval(value))


def _point(text: str) -> DateValue:
    """One end of an interval, or a date that stands alone."""
    if m := re.fullmatch(r"(\d{3})X", text):
        return DateValue.decade(int(m[1]) * 10)
    if m := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text):
        year, month, day = (int(x) if x else 0 for x in m.groups())
        if m[3]:
            return DateValue.day(dt.date(year, month, day))
        if not m[2]:
            return DateValue.year(year)
        return DateValue.season(year, month) if month > 12 else DateValue.month(year, month)
    raise DateError(f"“{text}” is not an EDTF date that this record uses.")


def _span(a: dt.date, b: dt.date) -> DateValue:
    """a..b under the name of its shape: a week, a quarter, else a range."""
    for precision in (Precision.WEEK, Precision.QUARTER):
        if _SHAPES[precision](a, b):
            return DateValue(a, b, precision)
    return DateValue.range(a, b)


def parse_edtf(text: str) -> DateValue:
    """The inverse of `edtf` (but for `lasting`, which EDTF cannot say). Raises DateError."""
    bare = text.strip()
    approximate, uncertain = "~" in bare, "?" in bare
    bare = re.sub(r"[~?](?=/|$)", "", bare)
    if not bare:
        return UNDATED
    try:
        start, slash, end = bare.partition("/")
        if not slash:
            value = _point(bare)
        elif start == "..":
            value = DateValue(None, _point(end).latest, Precision.BOUND)
        elif end == "..":
            value = DateValue(_point(start).earliest, None, Precision.BOUND)
        else:
            a, b = _point(start).earliest, _point(end).latest
            assert a and b
            value = _span(a, b)
        return replace(value, approximate=approximate, uncertain=uncertain)
    except DateError:
        raise
    except ValueError as error:
        raise DateError(f"“{text}” is not a date: {error}.") from error
