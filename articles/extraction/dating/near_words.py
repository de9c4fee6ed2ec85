"""Weekdays, today and its neighbours, this week and last month, the following day."""

import datetime as dt
from functools import lru_cache

from articles.extraction.dating import units
from articles.extraction.dating.meanings import UNKNOWN, Asked, Meaning
from articles.extraction.dating.words import Anchor
from timeline.dates import DAY, Basis, DateValue


def weekday(asked: Asked) -> Meaning:
    """A weekday alone (most recent, or coming by tense), or with last, next, that week…"""
    parts = asked.parts
    which = parts["which"].lower() if "which" in parts else ""
    week = parts["week"].lower() if "week" in parts else ""
    wanted = units.weekday_number(parts["weekday"])
    if which in ("every", "each"):
        return Meaning(f"XXXX-WXX-{wanted}", type="SET")
    if which in ("a", "on a"):
        return UNKNOWN
    frame = asked.frame
    told = which in _TOLD or week in ("that", "the same")
    told = told or (frame.narrated and asked.close and frame.unit == "day" and not which)
    anchor = (frame.last or frame.now) if told else frame.now
    if anchor is None and frame.last and (frame.unit == "day" or week):
        anchor, which = frame.last, which or "that"  # a story runs forward
    gone_by = frame.narrated and frame.back and not (told or which or week)
    if anchor is None or asked.habit or gone_by:
        return Meaning(f"XXXX-WXX-{wanted}")
    if which or week:
        return _weekday_at(asked, anchor, _weekday_which(which, week, anchor.day, wanted))
    past, coming = _around(anchor.day, wanted)
    meaning = _weekday_at(asked, anchor, coming if asked.tense == "future" else past)
    meaning.past, meaning.coming = DateValue.day(past), DateValue.day(coming)
    return meaning


@lru_cache(maxsize=256)
def _around(day: dt.date, wanted: int) -> tuple[dt.date, dt.date]:
    """The weekday on or before a day, and that on or after it."""
    back = (day.isoweekday() - wanted) % 7
    return day - back * DAY, day + -back % 7 * DAY


def weekday_by_tense(asked: Asked, day: dt.date) -> dt.date:
    past, coming = _around(day, units.weekday_number(asked.parts["weekday"]))
    return coming if asked.tense == "future" else past


_TOLD = ("the following", "the next", "the previous", "that")


def _weekday_which(which: str, week: str, day: dt.date, wanted: int) -> dt.date:
    """The weekday of "last Friday", "next Friday", "Friday of that week", reckoned from `day`."""
    in_week = day + (wanted - day.isoweekday()) * DAY
    back = (day.isoweekday() - wanted) % 7
    coming = day + (wanted - day.isoweekday()) % 7 * DAY
    if week:
        return in_week + {"last": -7, "next": 7}.get(week, 0) * DAY
    if which in ("last", "this past", "past", "the previous"):
        return day - (back or 7) * DAY
    if which == "next":
        return coming if coming > in_week else in_week + 7 * DAY
    if which in ("this coming", "coming", "the following", "the next"):
        return coming if coming > day else coming + 7 * DAY
    return in_week if which == "this" else coming


def _weekday_at(asked: Asked, anchor: Anchor, day: dt.date) -> Meaning:
    how = "on" if day == anchor.day else "before" if day < anchor.day else "after"
    because = f"“{asked.text}” {how} {anchor}"
    if "into" in asked.parts:
        night = DateValue.range(day - DAY, day)
        return Meaning(f"{day}TNI", night, Basis.WEEKDAY, because, unit="day", type="TIME")
    return with_daypart(
        asked, Meaning(day.isoformat(), DateValue.day(day), Basis.WEEKDAY, because, unit="day")
    )


def with_daypart(asked: Asked, meaning: Meaning) -> Meaning:
    """The meaning just made, of that part of the day which the words name."""
    if "daypart" in asked.parts and meaning.value:
        part = units.DAYPARTS[asked.parts["daypart"].lower()]
        meaning.value, meaning.type = f"{meaning.value}T{part}", "TIME"
    return meaning


def near(asked: Asked) -> Meaning:
    """today, yesterday, tomorrow, tonight, this morning."""
    anchor = asked.frame.now
    if not anchor or asked.nowadays:
        return Meaning("PRESENT_REF" if asked.parts["shift"] == "0" else "")
    day = anchor.day + int(asked.parts["shift"]) * DAY
    how = "on" if day == anchor.day else "before" if day < anchor.day else "after"
    because = f"“{asked.text}” {how} {anchor}"
    meaning = Meaning(day.isoformat(), DateValue.day(day), Basis.RELATIVE, because, unit="day")
    return with_daypart(asked, meaning)


def this_day(asked: Asked) -> Meaning:
    """ "on this day": the day told just before, else the day spoken from."""
    frame = asked.frame
    if not (asked.close and frame.unit == "day" and frame.last):
        return near(asked)
    because = f"“{asked.text}” from {frame.last}"
    day = frame.last.day
    return Meaning(day.isoformat(), DateValue.day(day), Basis.CONTEXT, because, unit="day")


def overnight(asked: Asked) -> Meaning:
    anchor = asked.frame.now
    if not anchor or asked.habit:
        return Meaning("", type="TIME")
    date = DateValue.range(anchor.day - DAY, anchor.day)
    because = f"“{asked.text}” into {anchor}"
    value = f"{anchor.day.isoformat()}TNI"
    return Meaning(value, date, Basis.RELATIVE, because, unit="day", type="TIME")


def daypart(asked: Asked) -> Meaning:
    """ "In the evening, …": of the day told just before, or nothing."""
    told = asked.frame.before(asked.tense)
    return _unit_from(asked, told) if asked.close and asked.frame.unit == "day" else UNKNOWN


_THAT = ("that", "the same", "the very same")
_STEPS = {
    "last": -1,
    "past": -1,
    "this past": -1,
    "next": 1,
    "this coming": 1,
    "the coming": 1,
    "the following": 1,
    "the next": 1,
    "the very next": 1,
    "the ensuing": 1,
    "the succeeding": 1,
    "the previous": -1,
    "the preceding": -1,
}


def unit(asked: Asked) -> Meaning:
    """this week, last month, next year, the weekend: reckoned from the day the text speaks from."""
    return _unit_from(asked, asked.frame.now or asked.frame.last)


def context_unit(asked: Asked) -> Meaning:
    """the following day, that month, later in the year: reckoned from the date before."""
    frame = asked.frame
    if asked.lost and asked.parts.get("which", "").lower().startswith(_THAT):
        return UNKNOWN
    told = asked.parts["unit"].lower() in ("day", "date") and frame.unit == "day" and asked.close
    if "which" not in asked.parts and frame.now and not asked.governing and not told:
        return _unit_from(asked, frame.now)
    return _unit_from(asked, frame.before(asked.tense))


def _unit_from(asked: Asked, anchor: Anchor | None) -> Meaning:
    if not anchor:
        return UNKNOWN
    name = asked.parts.get("unit", "weekend").lower().replace("date", "day")
    which = asked.parts.get("which", "this").lower()
    part = units.DAYPARTS.get(name)
    step = _STEPS.get(which, 0)
    grain = "day" if part else name
    if name == "weekend" and "unit" not in asked.parts and anchor.day.isoweekday() < 6:
        step = 0 if asked.tense == "future" else -1
    if name == "weekend" and which == "last" and anchor.day.isoweekday() == 7:
        step = -1
    if (
        grain == "day"
        and asked.frame.unit in ("month", "year", "decade")
        and anchor is not asked.frame.now
    ):
        return Meaning("")
    value, date = units.named(grain, units.shifted(grain, anchor.day, step))
    if side := asked.parts.get("side", "").lower():
        date = _sided(date, side, anchor.day)
    basis = Basis.RELATIVE if anchor is asked.frame.now else Basis.CONTEXT
    because = f"“{asked.text}” from {anchor}"
    meaning = Meaning(value, date, basis, because, unit=grain)
    if part:
        meaning.value, meaning.type = f"{value}T{part}", "TIME"
    return meaning


def _sided(whole: DateValue, side: str, now: dt.date) -> DateValue:
    """earlier this week: up to `now`; later this week: from `now`; else the part named."""
    a, b = whole.earliest, whole.latest
    if not a or not b:
        return whole
    inside = a <= now <= b
    if side.startswith(("earlier", "so far")) and inside:
        return DateValue.range(a, now) if a < now else DateValue.day(now)
    if side.startswith(("later", "the rest")) and inside:
        return DateValue.range(now, b) if now < b else DateValue.day(now)
    if side.startswith("by"):
        return DateValue.until(b)
    return units.part_of(whole, units.side(side))
