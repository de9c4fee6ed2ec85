"""Spans away from an anchor, lengths of time, repetition, vague words, times of day."""

import re
from dataclasses import replace

from articles.extraction.dating import units
from articles.extraction.dating.meanings import UNKNOWN, Asked, Meaning
from articles.extraction.dating.near_words import weekday_by_tense, with_daypart
from articles.extraction.dating.words import Anchor
from timeline.dates import DAY, Basis, DateValue

_AWAY = {"ago": -1, "back": -1, "earlier": -1, "before": -1, "previously": -1, "prior": -1}


def offset(asked: Asked) -> Meaning:
    """three days ago (from now), two days later (from the date before)."""
    word = asked.parts["dir"].lower()
    frame = asked.frame
    told = frame.before(asked.tense) or frame.now
    anchor = frame.now if word in ("ago", "back", "from now", "hence") else told
    sign = _AWAY.get(word, 1)
    vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
    anchor = anchor or frame.last
    unit = units.singular(asked.parts["unit"])
    part = units.DAYPARTS.get(unit)
    unit = "day" if part else unit
    count = units.number(asked.parts.get("n", "1"))
    if not anchor or count is None:
        return _vague_from(asked, anchor, vague)
    try:
        day = units.shifted(unit, anchor.day, sign * count)
    except (ValueError, OverflowError):
        return Meaning(vague)
    grain = unit if unit in ("week", "month", "year", "decade", "century", "quarter") else "day"
    if grain == "week" and frame.unit == "day":
        grain = "day"
    rank = ("day", "week", "month", "quarter", "season", "year", "decade", "century")
    if anchor is not frame.now and frame.unit in rank:
        grain = max(grain, frame.unit, key=rank.index)
    value, date = units.named("day" if grain == "week" else grain, day)
    if unit != "day" and anchor is frame.now:
        date = replace(date, approximate=True)
    basis = Basis.RELATIVE if anchor is frame.now else Basis.CONTEXT
    meaning = Meaning(value, date, basis, f"“{asked.text}” from {anchor}", unit=grain)
    if part and grain == "day":
        meaning.value, meaning.type = f"{value}T{part}", "TIME"
    return meaning


_FROM = {"tomorrow": 1, "yesterday": -1}


def anniversary(asked: Asked) -> Meaning:
    """ "fifty years ago today", "a year ago Thursday", "ten years ago this week"."""
    now = asked.frame.now
    count = units.number(asked.parts["n"])
    if not now or count is None:
        return _vague_from(asked, now, "PAST_REF")
    base = asked.parts.get("from", "").lower()
    grain = base.removeprefix("this ") if base in ("this week", "this month") else "day"
    day = now.day + _FROM.get(base, 0) * DAY
    if "weekday" in asked.parts:
        day = weekday_by_tense(asked, now.day)
    then = units.shifted(units.singular(asked.parts["unit"]), day, -count)
    value, date = units.named(grain, then)
    meaning = Meaning(value, date, Basis.RELATIVE, f"“{asked.text}” from {now}", unit=grain)
    return with_daypart(asked, meaning)


def ahead(asked: Asked) -> Meaning:
    """ "they will meet in two weeks"; but "they did it in two weeks" is a length of time."""
    return offset(asked) if asked.tense == "future" and asked.frame.now else duration(asked)


def _vague_from(asked: Asked, anchor: Anchor | None, value: str) -> Meaning:
    if not anchor or value == "PRESENT_REF":
        return Meaning(value)
    past = value == "PAST_REF"
    date = DateValue.until(anchor.day) if past else DateValue.since(anchor.day)
    return Meaning(value, date, Basis.RELATIVE, f"“{asked.text}” from {anchor}")


def vague(asked: Asked) -> Meaning:
    """recently, soon, now."""
    return _vague_from(asked, asked.frame.now, asked.parts["value"])


def stretch(asked: Asked) -> Meaning:
    """the past three days, recent weeks, the next few months."""
    unit = units.singular(asked.parts["unit"])
    count = units.number(asked.parts.get("n", ""))
    value = _length(unit, count)
    anchor = asked.frame.now
    which = asked.parts["which"].lower()
    if which in ("previous", "preceding", "following"):
        anchor = asked.frame.last
    if not anchor or unit == "hour":
        return Meaning(value, type="DURATION")
    ahead = which in ("next", "coming", "following")
    reach = count or {"day": 7, "week": 5, "month": 6, "year": 5, "decade": 3}.get(unit, 3)
    try:
        far = units.shifted(unit, anchor.day, reach if ahead else -reach)
    except (ValueError, OverflowError):
        return Meaning(value, type="DURATION")
    exact = unit == "day" and count is not None
    if exact:
        far += DAY if far < anchor.day else -DAY
    elif not ahead and not count and unit == "day":
        far += DAY
    a, b = sorted((far, anchor.day))
    date = DateValue.range(a, b, lasting=bool(count))
    if not exact:
        date = replace(date, approximate=True)
    because = f"“{asked.text}” from {anchor}"
    return Meaning(value, date, Basis.RELATIVE, because, type="DURATION")


def _length(unit: str, count: int | None) -> str:
    letters = units.LETTERS[unit]
    shown = str(count * (2 if unit == "fortnight" else 1)) if count is not None else "X"
    return f"PT{shown}{letters[1:]}" if letters[0] == "T" else f"P{shown}{letters}"


def duration(asked: Asked) -> Meaning:
    unit = units.singular(asked.parts["unit"])
    return Meaning(_length(unit, units.number(asked.parts["n"])), type="DURATION")


def of_a_life(asked: Asked) -> Meaning:
    """ "two days before his death": a length of time until the death is known (lives.py)."""
    return duration(asked) if "n" in asked.parts else UNKNOWN


def hours(asked: Asked) -> Meaning:
    """ "hours later", "within hours": of no number, so of no day of its own."""
    return Meaning("", type="TIME")


def set_(asked: Asked) -> Meaning:
    return Meaning(asked.parts["value"], type="SET")


def clock(asked: Asked) -> Meaning:
    """A time of day: on the day spoken of last in the sentence, else the day spoken from."""
    frame = asked.frame
    told = frame.last if frame.unit == "day" else None
    anchor = told if told and (frame.now is None or asked.close) else frame.now
    time = time_of_day(asked.parts["clock"])
    if not anchor or not (asked.tense or asked.close):
        return Meaning(f"T{time}", type="TIME")
    because = f"“{asked.text}” on {anchor}"
    value = f"{anchor.day.isoformat()}T{time}"
    date = DateValue.day(anchor.day)
    return Meaning(value, date, Basis.CONTEXT, because, unit="day", type="TIME")


def time_of_day(text: str) -> str:
    """HH:MM."""
    bare = text.lower()
    if bare in ("noon", "midnight"):
        return "12:00" if bare == "noon" else "00:00"
    numbers = re.findall(r"\d\d(?=\d\d)|\d+", bare)
    hour, minute = int(numbers[0]), numbers[1] if len(numbers) > 1 else "00"
    if re.search(r"p\.?\s?m", bare):
        hour = hour % 12 + 12
    elif re.search(r"a\.?\s?m", bare):
        hour %= 12
    return f"{hour:02}:{minute}"
