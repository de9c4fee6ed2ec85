"""What words without a full date are reckoned from, kept while the text is read in order."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from articles.extraction.dating.rules import Spot, data
from articles.extraction.dating.words import Anchor
from timeline.dates import DateValue

Tense = Literal["past", "future", ""]
NEAR = 240
"""Characters within which a year named before still governs a month-day, beside a known anchor."""

_OPENING = re.compile(
    r"(?:\W|(?:in|by|during|since|until|from|of|the|and|but|then|early|late|mid|end|start|year"
    r"|beginning|middle|autumn|spring|summer|winter|only|later|finally|throughout|meanwhile)\b)*",
    re.IGNORECASE,
)
"""What may stand before a year that opens a stretch of a story: "By the end of 1964, …"."""
FAR_DATES = 6
"""Dates of other years that make a text a history, if there are hardly any of this one.

Twenty-two histories read with a much later publication day: day F1 .54 without this, .89 with it.
"""
_DEICTIC = frozenset(("near", "weekday", "overnight", "unit"))
AHEAD = 3
"""Years that a story may skip in passing."""
TURN = 9
"""Months back that mean the next year: January told after November."""


@dataclass
class Frame:
    """The anchors at one point of the text.

    `now` is the day the text speaks from (dateline, else publication), None if neither is known;
    `last` is the first day of what was dated last, with its unit, and `at` where its words start.
    `told` is the last date with a month, `named` the last bare year since; `narrated` says that
    the text is a history, in which a date without a year belongs to the year told of.
    """

    text: str
    now: Anchor | None
    narrated: bool = False
    last: Anchor | None = None
    unit: str = ""
    at: int = -1
    told: dt.date | None = None
    named: int | None = None
    year_at: int = -NEAR
    year_paragraph: int = -1

    def saw(self, spot: Spot, value: DateValue | None, unit: str, *, explicit: bool) -> None:
        """Take note of a date that was just read."""
        if value is None or value.earliest is None or unit in ("decade", "century"):
            return
        day = value.earliest
        self.last, self.unit, self.at = Anchor(day, f"“{spot.text}” before it"), unit, spot.start
        if unit in ("day", "month"):
            self.told, self.named = day, None
        elif unit == "year" and self._leads(spot, day.year):
            self.named = day.year
        if explicit:
            self.year_at, self.year_paragraph = spot.end, spot.paragraph

    def _leads(self, spot: Spot, year: int) -> bool:
        """Whether a bare year moves the story on, and does not merely look aside from it.

        It does at the head of its sentence ("In 1964, …"), and elsewhere if it is at or after
        the date told last, by no more than a few years.
        """
        before = self.text[spot.sentence[0] : spot.start]
        head = spot.place == "headline" or bool(_OPENING.fullmatch(before))
        return head or self.told is None or 0 <= year - self.told.year <= AHEAD

    def story_year(self, month: int) -> int | None:
        """The year of a month named without one, in a story told in order."""
        if self.named is not None:
            return self.named
        if self.told is None:
            return None
        return self.told.year + (self.told.month - month >= TURN)

    def governing_year(self, spot: Spot) -> int | None:
        """The year named shortly before, in the same paragraph."""
        near = spot.start - self.year_at <= NEAR and self.year_paragraph == spot.paragraph
        return self.last.day.year if near and self.last else None


def is_narrated(found: list[Spot], now: dt.date | None) -> bool:
    """Whether a text tells of years gone by, and hardly of the days around `now`."""
    if now is None:
        return True
    years = [int(s.parts["year"]) for s in found if s.parts.get("year", "").isdigit()]
    far = sum(abs(year - now.year) > 1 for year in years)
    near = len(years) - far + sum(s.rule.yields in _DEICTIC for s in found)
    return far >= FAR_DATES and far >= 3 * near


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    cues = {name: pattern.strip() for name, pattern in data()["cues"].items()}
    cues["planned"] = f"{cues['future']}|{cues['present']}"
    return {
        name: re.compile(
            rf"(?<!\w)(?:{words}){'$' if name == 'lead' else r'(?!\w)'}", re.IGNORECASE
        )
        for name, words in cues.items()
    }


def tense(text: str, spot: Spot) -> Tense:
    """Whether the clause around the words speaks of what was or of what is to come."""
    a, b = spot.sentence
    before = text[max(a, spot.start - 90) : spot.start]
    cues = _cues()
    if _LEADING.sub("", before) and cues["lead"].search(_LEADING.sub("", before)[-24:]):
        return "future"
    clause = _CLAUSE.split(before)[-1]
    future = max((m.start() for m in _coming(spot).finditer(clause)), default=-1)
    past = max(_finite(cues, clause), default=-1)
    if max(future, past) >= 0:
        return "future" if future > past else "past"
    after = _CLAUSE.split(text[spot.end : min(b, spot.end + 90)])[0]
    coming, gone = _coming(spot).search(after), min(_finite(cues, after), default=None)
    if coming and (gone is None or coming.start() < gone):
        return "future"
    return "" if gone is None else "past"


def nowadays(text: str, spot: Spot) -> bool:
    """Whether "today" stands in the present for these times, and not for a day."""
    a, b = spot.sentence
    around = text[max(a, spot.start - 60) : min(b, spot.end + 40)]
    return bool(_cues()["nowadays"].search(around)) and tense(text, spot) == ""


def _coming(spot: Spot) -> re.Pattern[str]:
    """Headlines tell in the present what has happened; elsewhere it may be a plan."""
    return _cues()["future" if spot.place == "headline" else "planned"]


_LEADING = re.compile(r"(?:\s(?:on|the|at))?\s$")
_CLAUSE = re.compile(r"[;:]|[,—–] (?:and|but|while|which|who|where|as|after)\b")
_ATTRIBUTE = re.compile(
    r"\b(?:(?:be|been|being|is|are)(?:\s(?:still|now|also|not|\w+ly))?"
    r"|the|an?|his|her|its|their|this|that|any|no|new)\s$",
    re.IGNORECASE,
)


def _finite(cues: dict[str, re.Pattern[str]], clause: str) -> list[int]:
    """Where verbs of telling and verbs in the past stand, participles after "be" left out."""
    future = [m.span() for m in cues["future"].finditer(clause)]
    return [
        m.start()
        for name in ("report", "past")
        for m in cues[name].finditer(clause)
        if not _ATTRIBUTE.search(clause[: m.start()][-24:])
        and not m[0][0].isupper()
        and not any(a <= m.start() < b for a, b in future)
    ]
