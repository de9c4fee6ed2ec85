"""What words without a full date are reckoned from, kept while the text is read in order."""

import datetime as dt
import re
from dataclasses import dataclass, field

from articles.extraction.dating.spots import Spot
from articles.extraction.dating.units import month_number
from articles.extraction.dating.words import Anchor
from timeline.dates import DateValue, Precision

NEAR = 240
"""Characters within which a year named before still governs a month-day, beside a known anchor."""

HEAD = 60
"""Characters into its sentence within which a date may stand at its head."""
_OPENING = re.compile(
    r"(?:\W|(?:in|by|during|since|until|from|of|the|and|but|then|early|late|mid|end|start|year"
    r"|beginning|middle|autumn|spring|summer|winter|only|later|finally|throughout|meanwhile)\b)*",
    re.IGNORECASE,
)
"""What may stand before a year that opens a stretch of a story: "By the end of 1964, …"."""
_HEADING = re.compile(r"[)\]]?(?:\s?[:,–—-].*(?<![.!?]))?")
"""What may follow the year that opens a heading."""
FAR_DATES = 6
"""Dates of other years that make a text a history, if there are hardly any of this one.

Twenty-two histories read with a much later publication day: day F1 .54 without this, .89 with it.
"""
HARDLY = 10
"""Dates of other years for each that speaks from these days, or more, in a history of our times."""
_DEICTIC = frozenset(("near", "weekday", "overnight", "unit"))
A_YEAR = 366
RECENT = 8
"""Days on either side of `now` within which a month-day is taken for one of these days."""
AHEAD = 3
"""Years that a story may skip in passing."""
TURN = 8
"""Months back that mean the next year: January told after November."""


@dataclass
class Frame:
    """The anchors at one point of the text.

    `now` is the day the text speaks from (dateline, else publication), None if neither is known;
    `last` is the first day of what was dated last, with its unit, and `at` where its words start.
    `done` is the last single day that was not told as to come, `ahead` says that `last` was.
    `back` says that the last whole date lies more than a year back, with none of these days since.
    `told` is the last date with a month, `named` the last bare year since; `narrated` says that
    the text is a history, in which a date without a year belongs to the year told of; `opened`
    that the last date with its year was a bare year at the head of a sentence, `headed` that the
    passage is one, under a heading that names its year; `days` are the days told last, by month.
    """

    text: str
    now: Anchor | None
    narrated: bool = False
    last: Anchor | None = None
    unit: str = ""
    at: int = -1
    done: Anchor | None = None
    ahead: bool = False
    back: bool = False
    told: dt.date | None = None
    named: int | None = None
    year_at: int = -NEAR
    year_paragraph: int = -1
    opened: bool = False
    headed: bool = False
    days: dict[int, dt.date] = field(default_factory=dict)

    def saw(
        self, spot: Spot, value: DateValue | None, unit: str, *, explicit: bool, tense: str = ""
    ) -> None:
        """Take note of a date that was just read; lengths of time and vague words have no unit."""
        if value is None or value.earliest is None or unit in ("", "decade", "century"):
            return
        day = value.earliest
        self.last, self.unit, self.at = Anchor(day, f"“{spot.text}” before it"), unit, spot.start
        self.ahead = tense == "future" and bool(self.now and day > self.now.day)
        if value.precision is Precision.DAY:
            self.done = self.done if self.ahead else self.last
            self.days[day.month] = day
        if explicit or spot.rule.yields in _DEICTIC:
            self.headed = self.headed and explicit
            self._turns(day, whole=unit == "day" and explicit)
        if unit in ("day", "month"):
            self.told, self.named = day, None
        elif unit in ("year", "season") and self._leads(spot, day.year, tense):
            self.named = day.year
            self.headed = self.headed or (explicit and self._heads(spot))
        if explicit:
            self.year_at, self.year_paragraph = spot.end, spot.paragraph
            self.opened = unit == "year" and self.opens(spot)

    def _turns(self, day: dt.date, *, whole: bool) -> None:
        """Only a whole date turns a text back; any date of these days turns it round again."""
        if self.now:
            far = (self.now.day - day).days > A_YEAR
            self.back = far and (whole or self.back)

    def looks_back(self, month: int, day: int, tense: str) -> bool:
        """Whether a month(-day) belongs to the years told of, and not to the days around `now`.

        What is told as past is none of the days to come.
        """
        if not (self.back and self.now and day):
            return False
        return not is_near(self.now.day, month, day, 1 if tense == "past" else RECENT)

    def before(self, tense: str) -> Anchor | None:
        """What "the same day" or "two days later" is reckoned from: what is told as past is not
        reckoned from what was told as to come."""
        if self.unit != "day":
            return self.last
        return self.done if self.ahead and tense != "future" and self.done else self.last

    def _leads(self, spot: Spot, year: int, tense: str) -> bool:
        """Whether a bare year moves the story on, and does not merely look aside from it.

        It does at the head of its sentence ("In 1964, …"), and elsewhere if it is at or after
        the date told last, by no more than a few years, and not told as to come.
        """
        if spot.place == "headline" or self.opens(spot) or self.told is None:
            return True
        return 0 <= year - self.told.year <= AHEAD and tense != "future"

    def _heads(self, spot: Spot) -> bool:
        """Whether the words stand at the start of a heading: "2015", "2015: The talks"."""
        a, b = spot.sentence
        if spot.start > a + 1 or b - a > HEAD or spot.place != "prose":
            return False
        alone = self.text[a - 1 : a] in ("", "\n") and self.text[b : b + 1] in ("", "\n")
        return alone and bool(_HEADING.fullmatch(self.text, spot.end, b))

    def opens(self, spot: Spot) -> bool:
        """Whether nothing but a preposition or its like stands before the words."""
        start = spot.sentence[0]
        near = spot.start - start <= HEAD
        return near and bool(_OPENING.fullmatch(self.text, start, spot.start))

    def story_year(self, month: int) -> int | None:
        """The year of a month named without one, in a story told in order."""
        if self.named is not None:
            return self.named
        if self.told is None:
            return None
        return self.told.year + (self.told.month - month >= TURN)

    def governing_year(self, spot: Spot) -> int | None:
        """The year named shortly before, in the same paragraph, or the next: January told after
        December."""
        near = spot.start - self.year_at <= NEAR and self.year_paragraph == spot.paragraph
        if not (near and self.last):
            return None
        year = self.last.day.year
        told = self.told and self.named is None and self.told.year == year
        if not (told and "month" in spot.parts):
            return year
        return self.story_year(month_number(spot.parts["month"]))


def is_narrated(found: list[Spot], now: dt.date | None) -> bool:
    """Whether a text tells of years gone by, and hardly of the days around `now`.

    One that comes down to these days is still a history if it hardly ever speaks from them.
    """
    if now is None:
        return True
    years = [int(s.parts["year"]) for s in found if s.parts.get("year", "").isdigit()]
    far = sum(abs(year - now.year) > 1 for year in years)
    if far < FAR_DATES:
        return False
    spoken = sum(s.rule.yields in _DEICTIC or _is_recent(s, now) for s in found)
    near = len(years) - far + spoken
    return far >= 3 * near or far >= HARDLY * spoken


def _is_recent(spot: Spot, now: dt.date) -> bool:
    """Whether it is a day of a month without a year, and one of the days around `now`."""
    parts = spot.parts
    if "year" in parts or not {"month", "day"} <= parts.keys():
        return False
    return is_near(now, month_number(parts["month"]), int(parts["day"]))


def is_near(now: dt.date, month: int, day: int, ahead: int = RECENT) -> bool:
    """Whether a day of a month lies around `now`, and no more than so many days after it; the 29th
    of February in a leap year only."""
    days = [_day(now.year + step, month, day) for step in (-1, 0, 1)]
    return any(-RECENT <= (d - now).days <= ahead for d in days if d)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
