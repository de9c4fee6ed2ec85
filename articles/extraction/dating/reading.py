"""Reading a layout for its date words, in order, each from its own anchor."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from articles.extraction.dating import away_words, holidays, long_words, month_words, near_words
from articles.extraction.dating.frame import Frame, is_narrated
from articles.extraction.dating.interview import asked_from
from articles.extraction.dating.joining import bounded, joined
from articles.extraction.dating.lives import placed
from articles.extraction.dating.meanings import CLOSE, FAR, UNKNOWN, Asked, Meaning
from articles.extraction.dating.rules import Rule, named_rules
from articles.extraction.dating.spots import Spot, spaced, spots
from articles.extraction.dating.tense import Tenses
from articles.extraction.dating.verbs import Tense
from articles.extraction.dating.walk import Words
from articles.extraction.dating.words import Anchor, DateWord
from articles.extraction.text import Layout
from timeline.dates import Basis

_MEANINGS: dict[str, Callable[[Asked], Meaning]] = {
    "calendar": month_words.calendar,
    "numeric": month_words.numeric,
    "pair": month_words.pair,
    "few_digits": month_words.few_digits,
    "holiday": holidays.holiday,
    "nth_weekday": holidays.nth_weekday,
    "day_told": month_words.day_told,
    "fixed": month_words.fixed,
    "year": long_words.year,
    "years": long_words.years,
    "short_year": long_words.short_year,
    "bc": long_words.bc,
    "decade": long_words.decade,
    "century": long_words.century,
    "quarter": long_words.quarter,
    "fiscal": long_words.fiscal,
    "half": long_words.half,
    "season": long_words.season,
    "weekday": near_words.weekday,
    "near": near_words.near,
    "this_day": near_words.this_day,
    "overnight": near_words.overnight,
    "daypart": near_words.daypart,
    "unit": near_words.unit,
    "context_unit": near_words.context_unit,
    "offset": away_words.offset,
    "anniversary": away_words.anniversary,
    "ahead": away_words.ahead,
    "stretch": away_words.stretch,
    "vague": away_words.vague,
    "duration": away_words.duration,
    "of_a_life": away_words.of_a_life,
    "hours": away_words.hours,
    "set": away_words.set_,
    "clock": away_words.clock,
}
_TENSED = frozenset(
    "calendar weekday season unit holiday nth_weekday pair clock ahead overnight anniversary".split()
)
_HABITS = frozenset("calendar weekday season holiday pair overnight".split())
_CHAINED = frozenset(("offset", "context_unit", "daypart", "year"))
_TOLD = frozenset(("year", "which", "whose", "week"))
"""Pieces of words that need no tense."""
REACH = 6
"""Characters between "a day before" and the date that it is reckoned from."""


def find_dates(layout: Layout, *, published: dt.date | None) -> list[DateWord]:
    """The date words of an article, in text order, none overlapping another.

    Words are reckoned from the dateline's day if it has one, else from `published`. Without
    either, full dates still resolve, and a month-day takes the year of the date before it.
    """
    now = Anchor(published, "publication day") if published else None
    said = Words(layout.text)
    found = spots(layout, said)
    frame = Frame(layout.text, now, narrated=is_narrated(found, published))
    words = list(_read(layout, found, frame, Tenses(layout.text, said, asked_from(layout))))
    together = placed(layout.text, joined(layout.text, words))
    before = [None, *together]
    return [
        word
        if last and last.rule == "reckoned" and word.start - last.end < REACH
        else bounded(layout.text, said, word)
        for last, word in zip(before, together, strict=False)
    ]


def _read(layout: Layout, found: list[Spot], frame: Frame, tenses: Tenses) -> Iterator[DateWord]:
    for spot in found:
        asked = _asked(spot, frame, tenses)
        meaning = _safely(spot.rule, asked)
        if spot.rule.yields == "daypart" and not meaning.value:
            continue
        word = _word(layout, spot, meaning)
        if spot.place == "dateline" and meaning.date and meaning.unit == "day":
            word = word._replace(basis=Basis.DATELINE)
            if meaning.date.earliest:
                frame.now = Anchor(meaning.date.earliest, "dateline")
        if spot.place in ("prose", "headline") or frame.now is None:
            frame.saw(
                spot, meaning.date, meaning.unit, explicit=meaning.explicit, tense=asked.tense
            )
        yield word


def _asked(spot: Spot, frame: Frame, tenses: Tenses) -> Asked:
    yields = spot.rule.yields
    tensed = yields in _CHAINED or (yields in _TENSED and _TOLD.isdisjoint(spot.parts))
    told = _tense(spot, tenses) if tensed and spot.place != "dateline" else ""
    return Asked(
        spaced(spot.text),
        spot.given,
        frame,
        told,
        frame.governing_year(spot),
        spot.rule.name == "today" and tenses.nowadays(spot, narrated=frame.narrated),
        tensed and yields in _HABITS and _is_habit(spot, told, tenses),
        spot.start - frame.at if frame.at >= 0 else FAR,
    )


def _tense(spot: Spot, tenses: Tenses) -> Tense:
    if spot.rule.yields == "ahead" and tenses.is_measured(spot):
        return ""
    return tenses.of(spot)


def _is_habit(spot: Spot, told: Tense, tenses: Tenses) -> bool:
    """Whether a month or a weekday is that of any year or week, or a day that of any year."""
    if "day" in spot.parts or spot.rule.yields == "holiday":
        return tenses.yearly(spot, told)
    return tenses.habit(spot, told)


def _safely(rule: Rule, asked: Asked) -> Meaning:
    """The meaning, or none if it falls outside the calendar ("3,000 years ago")."""
    try:
        return _MEANINGS[rule.yields](asked)
    except (ValueError, OverflowError):
        return UNKNOWN


def _word(layout: Layout, spot: Spot, meaning: Meaning) -> DateWord:
    return DateWord(
        spot.start,
        spot.end,
        spot.text,
        meaning.type,
        meaning.value,
        meaning.date,
        meaning.basis,
        meaning.because,
        spot.rule.name,
        spot.place,
        layout.quoted(spot.start) is not None,
        meaning.past,
        meaning.coming,
        "",
        meaning.date is not None and meaning.date.lasting,
        tuple(_ends(layout, spot, meaning)) if meaning.ends else (),
        spot.pieces,
    )


def _ends(layout: Layout, spot: Spot, meaning: Meaning) -> Iterator[DateWord]:
    """The two ends of "July 29–30", each with its own words."""
    if not spot.joint:
        return
    spans = ((spot.start, spot.joint[0]), (spot.joint[1], spot.end))
    for (a, b), one in zip(spans, meaning.ends, strict=True):
        end = replace(spot, start=a, end=b, text=layout.text[a:b], joint=None)
        yield _word(layout, end, one)


def reanchor(word: DateWord, anchor: dt.date, why: str) -> DateWord:
    """The same words reckoned from another day; `why` names that day's kind for the reader.

    Words that name their own year, and words that were joined from two, stay as they are.
    """
    rule = named_rules().get(word.rule)
    if rule is None or word.ends or (word.basis is Basis.EXPLICIT and not word.past):
        return word
    day = Anchor(anchor, why)
    frame = Frame(word.text, day, last=day, unit="day", told=anchor)
    asked = Asked(word.text, {**rule.extra, **dict(word.parts)}, frame, "", None, away=CLOSE)
    meaning = _safely(rule, asked)
    if not meaning.value:
        return word
    return word._replace(
        value=meaning.value, date=meaning.date, basis=meaning.basis,
        because=meaning.because, past=meaning.past, coming=meaning.coming,
    )  # fmt: skip


def timexes(words: list[DateWord]) -> list[dict[str, str | int]]:
    """The words as TIMEX3: a range as its two ends, words without a value left out."""
    flat = [end for word in words for end in (word.ends or (word,))]
    return [
        {"start": w.start, "end": w.end, "text": w.text, "value": w.value, "type": w.type}
        for w in flat
        if w.value
    ]
