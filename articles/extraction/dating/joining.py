"""Date words that stand together: ranges, a day with its time, a word with its date in brackets;
and the words before them that turn a date into a bound."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from articles.extraction.dating.heads import written
from articles.extraction.dating.units import (
    day_number,
    month_number,
    number,
    part_of,
    shifted,
    side,
    singular,
)
from articles.extraction.dating.units import named as named_unit
from articles.extraction.dating.walk import Words
from articles.extraction.dating.words import DateWord
from timeline.dates import DAY, Basis, DateValue, Precision

LONGEST_LINK = 80
"""Characters, or fewer, between words one of which tells what the other means."""
LONGEST_GAP = 24
"""Characters, or fewer, between words that become one."""
_TO = re.compile(
    r"\s?(?:–|—|-|to|until|till|through|up to)\s?|\s(?:to|until|till|through|up to) (?:the )?"
)
_AND = re.compile(r"\s(?:and|or) (?:the )?")
_ALSO = re.compile(r"(?:\s(?:and|or)|,|\sand again)(?:\s(?:on|in|the))*\s|[-/]")
_THEN = re.compile(r"\s(?:and|but)\s(?:[a-z]+\s){1,2}(?:on|in|until|to)\s(?:the\s)?")
"""What may stand between "he left on 3 May" and "came back on 4 June 1850"."""
_IN = re.compile(r",\s(?:in|on|by)\s(?:the\s)?")
_FROM = re.compile(r"\s(before|after|from)\s(?:the\s)?")
_LINK = re.compile(r"[-/,]|\s(?:and|or|but|before|after|from)\s")
"""What _ALSO, _THEN, _IN and _FROM begin with."""
_LEAD = re.compile(r"\b(from|between)\s(?:the )?$", re.IGNORECASE)
_AT = re.compile(
    r"\s?\|?\s(?:last )?updated(?: at)?\s|,?\s(?:on |at |around |about |from |\|\s?|@\s?|-\s?)?|-|,",
    re.IGNORECASE,
)
_ON = re.compile(r"\s(?:(?:on|from)\s)?(?:the\s)?")
_TIMED = re.compile(r"T\d")
_BRACKET = re.compile(r",?\s?[(\[]")
_WEEK_OF = re.compile(r"\b(?:the )?week (?:of|beginning|starting)\s$", re.IGNORECASE)
_EVE_OF = re.compile(r"\b(?:the )?eve of\s(?:the\s)?$", re.IGNORECASE)
_DAYS = ("month-day", "day-month", "month-the-day", "ordinal-of-month", "iso", "numeric")
_MONTHLY = ("month", "may-or-march", "month-day", "day-month", "month-the-day", "ordinal-of-month")
_BOUNDS = {
    "by": "by", "no later than": "by", "not later than": "by", "on or before": "by",
    "before": "before", "prior to": "before", "ahead of": "before",
    "until": "until", "till": "until", "up to": "until", "up until": "until",
    "since": "since", "as of": "since", "from": "from", "starting": "from", "beginning": "from",
    "effective": "from", "after": "after", "as early as": "", "following": "",
}  # fmt: skip
_BOUND = re.compile(
    rf"\b({'|'.join(sorted(_BOUNDS, key=len, reverse=True))})\s(?:the\s|on\s|at\s|in\s|late\s)?$",
    re.IGNORECASE,
)


def _ways(words: Iterable[str]) -> frozenset[str]:
    """The words as they may be written."""
    return frozenset(way for word in words for way in written(word))


_OF = _ways(("of", "beginning", "starting"))
_ROUGHLY = _ways("about around circa c approximately roughly time".split())
_BOUNDING = _ways(words.split()[-1] for words in _BOUNDS)
_BEFORE = _OF | _ROUGHLY | _BOUNDING
"""One of the two words before a date word is one of these if they turn it into something else: a
week or an eve, a rough date, a bound."""
_ABOUT = re.compile(
    r"\b(?:about|around|circa|c\.|approximately|roughly|some time in)\s$", re.IGNORECASE
)
_NOUN_AFTER = re.compile(
    r"[’']s?\s?\w|-\w|\s(?!(?:and|or|but|when|while|as|at|in|on|with|to|by|for|if"
    r"|that|because|after|before|until|the|a|an|said|says|it|he|she|they|we"
    r"|will|would|was|were|is|are|had|has|have|under|unless|though|onwards?"
    r"|over|amid|during|from|following|so|not|no|who|which|this|its|his|her"
    r"|their|there|than|local|[A-Z]\w*)\b)\w"
)


def joined(text: str, words: list[DateWord]) -> list[DateWord]:
    """The same words, those that stand together made one."""
    out: list[DateWord] = []
    for word in words:
        if not out or word.start - out[-1].end > LONGEST_LINK:
            out.append(word)
            continue
        if _LINK.match(text, out[-1].end, word.start):
            _told_by(text, out, word)
        near = 0 < word.start - out[-1].end <= LONGEST_GAP
        if near and (one := _together(text, out[-1], word)):
            out[-1] = one
        else:
            out.append(word)
    return out


def _told_by(text: str, out: list[DateWord], word: DateWord) -> None:
    """Let the words before take from this one what they do not tell themselves."""
    start, end = out[-1].end, word.start
    if _ALSO.fullmatch(text, start, end) or _THEN.fullmatch(text, start, end):
        _share_year(text, out, word)
    if _IN.fullmatch(text, start, end):
        out[-1] = _as_told(out[-1], word)
    if m := _FROM.fullmatch(text, start, end):
        out[-1] = _reckoned(text, out[-1], word, m)


def _share_year(text: str, out: list[DateWord], word: DateWord) -> None:
    """ "29 June, 1 July and 2 July 2024": those before take the year of the last, to the first."""
    for i in range(len(out) - 1, -1, -1):
        shared = _same_year(out[i], word)
        if shared is out[i]:
            return
        out[i] = shared
        if i == 0 or not _ALSO.fullmatch(text, out[i - 1].end, shared.start):
            return


def _as_told(a: DateWord, b: DateWord) -> DateWord:
    """ "two years later, in 1896": the date that follows says what the words before it mean."""
    if a.rule not in ("offset", "offset-before") or b.basis is not Basis.EXPLICIT or not b.date:
        return a
    return a._replace(value=b.value, date=b.date, basis=Basis.CONTEXT, because=b.because)


def _reckoned(text: str, a: DateWord, b: DateWord, m: re.Match[str]) -> DateWord:
    """ "two days before the July 9 deadline", "a day after Thursday’s strike"."""
    parts = dict(a.parts)
    count = number(parts.get("n", ""))
    if a.rule != "duration" or count is None or not b.date or b.date.precision is not Precision.DAY:
        return a
    assert b.date.earliest
    unit = singular(parts["unit"])
    if unit not in ("day", "week", "month", "year"):
        return a
    try:
        day = shifted(unit, b.date.earliest, -count if m[1] == "before" else count)
    except (ValueError, OverflowError):
        return a
    value, date = named_unit("day" if unit == "week" else unit, day)
    end = m.end(1)
    return a._replace(
        end=end,
        text=text[a.start : end],
        type="DATE",
        value=value,
        date=date,
        basis=Basis.CONTEXT,
        because=f"“{text[a.start : end]}” {b.because}",
        rule="reckoned",
    )


def _together(text: str, a: DateWord, b: DateWord) -> DateWord | None:
    gap = text[a.end : b.start]
    if "\n" in gap or a.place != b.place or a.ends or b.ends:
        return None
    if "clock" in (a.rule, b.rule) and a.rule != b.rule and _AT.fullmatch(gap):
        return _at_time(text, a, b)
    if a.rule == b.rule == "clock" and _BRACKET.fullmatch(gap):
        return _through(text, a, b)  # "3 p.m. (1200 GMT)"
    if a.rule == "overnight" and b.rule == "weekday" and _ON.fullmatch(gap) and b.date:
        return _night_of(text, a, b)
    said_twice = a.basis in (Basis.RELATIVE, Basis.WEEKDAY) and b.rule in _DAYS and b.date
    if said_twice and _BRACKET.fullmatch(gap):
        return b._replace(
            start=a.start, end=_closed(text, b), text=text[a.start : _closed(text, b)]
        )
    lead = _LEAD.search(text[max(0, a.start - 12) : a.start])
    how = lead[1].lower() if lead else ""
    if _TO.fullmatch(gap) or (how == "between" and _AND.fullmatch(gap)):
        return _range(text, a, b, how, gap.strip())
    return None


def _closed(text: str, word: DateWord) -> int:
    """The end of the word, with the bracket that closes behind it."""
    return word.end + (text[word.end : word.end + 1] in (")", "]"))


def _through(text: str, a: DateWord, b: DateWord) -> DateWord:
    """The first word, to the end of the second, which says the same again."""
    return a._replace(end=_closed(text, b), text=text[a.start : _closed(text, b)])


def _night_of(text: str, a: DateWord, b: DateWord) -> DateWord:
    """ "overnight on Thursday": from that day to the next."""
    assert b.date and b.date.earliest
    day = b.date.earliest
    return b._replace(start=a.start, text=text[a.start : b.end], value=f"{day}TNI", type="TIME",
        date=DateValue.range(day, day + DAY), past=None, coming=None, rule="range",
    )  # fmt: skip


def _at_time(text: str, a: DateWord, b: DateWord) -> DateWord | None:
    day, clock = (b, a) if a.rule == "clock" else (a, b)
    if not day.date or day.date.precision is not Precision.DAY or _TIMED.search(day.value):
        return None
    value = f"{day.value[:10]}T{clock.value.rpartition('T')[2]}"
    return day._replace(
        start=a.start, end=b.end, text=text[a.start : b.end], value=value, type="TIME"
    )


def _range(text: str, a: DateWord, b: DateWord, how: str, link: str) -> DateWord | None:
    if not how and link in ("to", "until", "till") and a.rule == "weekday":
        return None
    a = _same_year(a, b)
    if not (a.date and b.date and "DURATION" not in (a.type, b.type)):
        return None
    first, last = a.date.earliest, b.date.latest
    if not first or not last or first >= last:
        return None
    lasting = how != "between"
    return b._replace(
        start=a.start,
        text=text[a.start : b.end],
        value=f"{a.value}/{b.value}",
        type="DATE",
        date=DateValue.range(first, last, lasting=lasting),
        because=f"“{text[a.start : b.end]}”: {a.because}; {b.because}",
        past=None,
        coming=None,
        lasting=lasting,
        ends=(a, b),
        rule="range",
    )


def _same_year(a: DateWord, b: DateWord) -> DateWord:
    """ "from May to June 2023", "April and June 1955": the first takes the year of the second."""
    parts = dict(a.parts)
    named = "year" in dict(b.parts) and not {"year", "whose", "which", "day2"} & parts.keys()
    if not (named and a.rule in _MONTHLY and b.date and b.date.earliest):
        return a
    month, number = month_number(parts["month"]), day_number(parts)
    stop = b.date.earliest
    try:
        later = (month, number or 1) > (stop.month, stop.day)
        day = dt.date(stop.year - later, month, number or 1)
    except ValueError:
        return a
    value, whole = named_unit("day" if number else "month", day)
    return a._replace(
        value=value,
        date=part_of(whole, side(parts.get("part", ""))),
        basis=b.basis,
        past=None,
        coming=None,
        because=f"“{a.text}” in {day.year}, with “{b.text}”",
    )


def _week_of(text: str, word: DateWord) -> DateWord:
    """ "the week of July 14": the whole week."""
    m = _WEEK_OF.search(text[max(0, word.start - 24) : word.start])
    if not m or not word.date or not word.date.earliest or word.date.precision is not Precision.DAY:
        return word
    value, week = named_unit("week", word.date.earliest)
    start = word.start - len(m[0])
    return word._replace(
        start=start,
        text=text[start : word.end],
        value=value,
        date=week,
        past=None,
        coming=None,
    )


_THE_END = re.compile(r"(?:the )?(?:very )?(?:end|close)\b", re.IGNORECASE)


def _eve_of(text: str, word: DateWord) -> DateWord:
    """ "on the eve of 4 July": the day before it."""
    m = _EVE_OF.search(text[max(0, word.start - 24) : word.start])
    if not m or not word.date or not word.date.earliest or word.date.precision is not Precision.DAY:
        return word
    start, day = word.start - len(m[0]), word.date.earliest - DAY
    return word._replace(start=start, text=text[start : word.end], value=day.isoformat(), type="DATE",
        date=DateValue.day(day), past=None, coming=None, rule="reckoned",
    )  # fmt: skip


def bounded(text: str, words: Words, word: DateWord) -> DateWord:
    """The word as the preposition before it has it: "by Friday" is a bound, "since 2022" a start."""
    before = words.before(word.start, 2)
    if _BEFORE.isdisjoint(before):
        return word
    if not _OF.isdisjoint(before):
        word = _eve_of(text, _week_of(text, word))
        before = words.before(word.start, 2)
    date = word.date
    if not date or not date.earliest or not date.latest or date.lasting or word.place == "dateline":
        return word
    start = max(0, word.start - 26)
    rough = not _ROUGHLY.isdisjoint(before) and _ABOUT.search(text[start : word.start])
    if rough and not word.text.lower().startswith("the "):
        return word._replace(date=replace(date, approximate=True))
    m = None if _BOUNDING.isdisjoint(before) else _BOUND.search(text[start : word.start])
    if not m or _NOUN_AFTER.match(text, word.end):
        return word
    bound = _BOUNDS[m[1].lower()]
    if not bound:
        return word
    if bound == "before" and _THE_END.match(word.text):
        bound = "by"  # "before the end of June" may be on its last day
    lasting = bound in ("since", "until")
    return word._replace(
        bound=bound, lasting=lasting, date=_bound(bound, date.earliest, date.latest)
    )


def _bound(bound: str, first: dt.date, last: dt.date) -> DateValue:
    match bound:
        case "by":
            return DateValue.until(last)
        case "before":
            return DateValue.until(first - DAY)
        case "until":
            return DateValue(None, last, Precision.BOUND, lasting=True)
        case "since":
            return DateValue(first, None, Precision.BOUND, lasting=True)
        case "after":
            return DateValue.since(last + DAY)
    return DateValue.since(first)
