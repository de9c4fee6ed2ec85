"""How a text is laid out, by offset: headline, dateline, paragraphs, sentences, quotations.

Every `start` and `end` counts characters of the text as given; `text[start:end]` are the words.
What belongs to the page and not to the news (by-lines, source lists, cookie notices) is marked
`boilerplate`, after the rules of data/boilerplate.toml.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from articles.extraction.sentences import Quotation, quotations_of, split

Kind = Literal["headline", "prose", "boilerplate"]

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|JAN|FEB|MARCH|MAR|APRIL|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)\.?"
)
_DAY = (
    rf"(?:(?:Mon|Tues?|Wednes|Wed|Thurs?|Fri|Satur|Sat|Sun)(?:day)?\.?,?\s+)?"
    rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH})"
    rf"(?:,?\s+\d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:\s[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*)*"
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?:\s(?:of|the|de|la|el|al|da|am|on|upon|[A-ZÀ-Þ][\w.'’-]*))*"
_DATELINE = re.compile(
    rf"(?:(?P<caps>{_CAPS}(?:\s?(?:/|and|&)\s?{_CAPS}|,\s{_CAPS})*)|(?P<name>{_NAME}(?:/{_NAME})*))?"
    rf"(?P<region>,\s+(?!{_DAY}){_NAME})?"
    rf"(?:[.,]?\s+(?P<day>{_DAY}))?"
    r"(?P<agency>\s*+(?:[,.]\s*+)?[(\[][^()\[\]\n]{2,60}[)\]])?"
    r"(?P<mark>\s*+(?:(?:[-–—]{1,2}|:)(?=\s|[“\"]|$)\s*|$))"
)
_MARK = re.compile(r"[-–—:](?=[\s“\"]|$)")
_LABELS = re.compile(
    r"(?:BREAKING|UPDATED?|EXCLUSIVE|ANALYSIS|OPINION|EXPLAINER|WATCH|LIVE|FACTBOX|TIMELINE|NEWS"
    r"|EXPLAINED|INTERVIEW|REVIEW|VIDEO|PHOTOS?|CORRECTED?|WRAPUP|Q&A|NOTE|[A-Z])\b"
)
_END = re.compile(r"[.!?…:;][\"”’»)\]]*\s*$")


_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_STOPPED = re.compile(r"[.!?]$")
_CUT = re.compile(r"(?<!\b[A-Z])\.[\"”’]?$|[:;,]$")
"""What a headline does not end with."""
_BULLET = re.compile(r"[-•*]\s")
LONGEST_DATELINE = 300
"""Characters. Places, a day and an agency take far fewer."""


class Stretch(NamedTuple):
    """Characters `start` to `end` of the text."""

    start: int
    end: int


class Paragraph(NamedTuple):
    start: int
    end: int
    kind: Kind


class Sentence(NamedTuple):
    """One sentence, trimmed; `paragraph` is its index in `Layout.paragraphs`."""

    start: int
    end: int
    paragraph: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was filed: "KYIV, Ukraine, July 4 (Agency) —".

    `day` is the day as written, with its place in the text; `agency` is "" if none is named.
    """

    start: int
    end: int
    places: tuple[str, ...]
    day: Stretch | None
    agency: str


@dataclass(frozen=True, slots=True)
class Layout:
    text: str
    headline: Stretch | None
    dateline: Dateline | None
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    stamps: tuple[Stretch, ...] = ()
    """Boilerplate lines that may name the day of publication."""

    def quoted(self, start: int) -> Quotation | None:
        """The quotation that character `start` stands in."""
        if not self.quotations:
            return None
        index = bisect_left(self.quotations, (start + 1,)) - 1
        found = self.quotations[index] if index >= 0 else None
        return found if found and start < found.end else None


@dataclass(frozen=True, slots=True)
class LineRule:
    name: str
    pattern: re.Pattern[str]
    takes: Literal["line", "list"]
    stamp: bool
    longest: int
    words: tuple[str, ...]
    """In lower case: one of them stands in any line that the rule takes; none is named for most."""
    examples: tuple[str, ...]
    others: tuple[str, ...]


@cache
def line_rules() -> tuple[LineRule, ...]:
    """The rules of data/boilerplate.toml, in its order."""
    data = resources.files("articles.extraction").joinpath("data/boilerplate.toml")
    return tuple(
        LineRule(
            rule["name"],
            re.compile(rule["pattern"]),
            rule["takes"],
            rule.get("stamp", False),
            rule.get("short", 400),
            tuple(rule.get("words", ())),
            tuple(rule["examples"]),
            tuple(rule["others"]),
        )
        for rule in tomllib.loads(data.read_text(encoding="utf-8"))["rule"]
    )


class _AnyRule(NamedTuple):
    """What tells in one or two tries that a line is no rule's, as most lines are."""

    longest: int
    words: tuple[str, ...]
    """Of the rules that have some."""
    pattern: re.Pattern[str]
    """Of all other rules."""


@cache
def _any_rule() -> _AnyRule:
    rules = line_rules()
    others = "|".join(f"(?:{rule.pattern.pattern})" for rule in rules if not rule.words)
    words = tuple(word for rule in rules for word in rule.words)
    return _AnyRule(max(rule.longest for rule in rules), words, re.compile(others))


@lru_cache(maxsize=1024)
def line_rule(line: str) -> LineRule | None:
    """The first rule that takes this line for boilerplate."""
    longest, words, pattern = _any_rule()
    if len(line) > longest:
        return None
    low = line.lower()
    if not (any(word in low for word in words) or pattern.fullmatch(line)):
        return None
    for rule in line_rules():
        if len(line) <= rule.longest and rule.pattern.fullmatch(line):
            return rule
    return None


def lay_out(text: str) -> Layout:
    """The layout of one article. Any text has one; an empty text has no paragraphs."""
    blocks = list(_blocks(text))
    kinds, stamps = _kinds(text, blocks)
    news = [i for i, kind in enumerate(kinds) if kind == "prose"]
    if _is_headline([text[slice(*blocks[i])] for i in news[:3]]):
        kinds[news[0]] = "headline"
    paragraphs = tuple(Paragraph(a, b, kind) for (a, b), kind in zip(blocks, kinds, strict=True))
    dateline = _dateline(text, paragraphs)
    quotations = quotations_of(text, blocks)
    head = next((Stretch(p.start, p.end) for p in paragraphs if p.kind == "headline"), None)
    return Layout(
        text,
        head,
        dateline,
        paragraphs,
        tuple(_sentences(text, paragraphs, dateline, quotations)),
        quotations,
        stamps,
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs, trimmed. A line break inside a sentence does not end one."""
    lines = list(_lines(text))
    wrapped = _is_wrapped(text, lines)
    start = end = -1
    for last, (a, b) in zip([(-1, -1), *lines], lines, strict=False):
        if start >= 0 and _goes_on(text, last, (a, b), wrapped=wrapped):
            end = b
            continue
        if start >= 0:
            yield start, end
        start, end = a, b
    if start >= 0:
        yield start, end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that are not blank, trimmed."""
    start = 0
    text = text.replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    for line in text.split("\n"):
        if bare := line.strip():
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(bare)
        start += len(line) + 1


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the lines were cut at a width, as in mail and in text taken from PDF."""
    full = [(a, b) for a, b in lines if b - a >= 50]
    if len(full) < 3 or max(b - a for a, b in lines) > 110:
        return False
    return sum(not _END.search(text[a:b]) for a, b in full) >= 0.5 * len(full)


def _goes_on(text: str, one: tuple[int, int], two: tuple[int, int], *, wrapped: bool) -> bool:
    """Whether the line `two` continues the paragraph that the line `one` belongs to."""
    gap = text[one[1] : two[0]]
    if gap == "\n\n" or len(_BREAK.findall(gap)) > 1 or "\u2029" in gap:
        return False
    last, line = text[slice(*one)], text[slice(*two)]
    open_ended = line[0].islower() and not _END.search(last)
    if not open_ended and not (wrapped and len(last) >= 50 and not _match_dateline(line)):
        return False
    numbered = _END.search(last) or not wrapped  # else "on December\n30. Two days later"
    item = re.match(r"[-–—•*·▪]\s|\d+[.)]\s" if numbered else r"[-–—•*·▪]\s", line)
    return not (item or line_rule(last) or line_rule(line))


def _kinds(text: str, blocks: list[tuple[int, int]]) -> tuple[list[Kind], tuple[Stretch, ...]]:
    kinds: list[Kind] = []
    stamps: list[Stretch] = []
    in_list = False
    for a, b in blocks:
        line = text[a:b]
        rule = line_rule(line)
        in_list = (rule is not None and rule.takes == "list") or (
            in_list and len(line) <= 120 and not _STOPPED.search(line)
        )
        kinds.append("boilerplate" if rule or in_list else "prose")
        if rule and rule.stamp:
            stamps.append(Stretch(a, b))
    return kinds, tuple(stamps)


def _is_headline(news: list[str]) -> bool:
    """Whether the first line of news is a headline: short, without a full stop, with more below."""
    if len(news) < 2:
        return False
    first = news[0]
    return (
        len(first) <= 180
        and (len(news[1]) > len(first) // 2 or _is_preamble(news))
        and not _CUT.search(first, max(0, len(first) - 2))
        and not _BULLET.match(first)
        and not _match_dateline(first)
    )


def _is_preamble(news: list[str]) -> bool:
    """A dateline on a line of its own, or another short one, stands between headline and story."""
    return len(news) > 2 and len(news[2]) > len(news[0]) // 2


def _may_be_dateline(line: str) -> bool:
    """Whether it has a dateline's mark, or may be the capitals of a place with its day."""
    return line[:2].isupper() or _MARK.search(line, 0, LONGEST_DATELINE) is not None


def _match_dateline(line: str) -> re.Match[str] | None:
    if not _may_be_dateline(line):
        return None
    m = _DATELINE.match(line, 0, LONGEST_DATELINE)
    if (
        not m
        or m.end() == LONGEST_DATELINE
        or _LABELS.fullmatch((m["caps"] or m["name"] or "-").split(",")[0])
    ):
        return None
    place, day, agency = m["caps"] or m["name"], m["day"], m["agency"]
    if agency and re.search(_DAY, agency):
        return None
    if not m["mark"].strip() and not (m["caps"] and day and len(line) == m.end()):
        return None
    if agency and not place and not day:
        return m if "—–-".find(m["mark"].strip()[:1]) >= 0 else None
    if not place or len(place) > 60:
        return None
    if m["caps"] and (day or agency or "-–—".find(m["mark"].strip()[:1]) >= 0):
        return m
    return m if agency or (day and m["region"] is None and _digits(day)) else None


def _digits(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _dateline(text: str, paragraphs: tuple[Paragraph, ...]) -> Dateline | None:
    """The first dateline of the article, looked for in its first eight paragraphs."""
    for p in paragraphs[:8]:
        if p.kind != "prose" or not (m := _match_dateline(text[p.start : p.end])):
            continue
        names = re.split(r"\s?/\s?|\sand\s|\s?&\s?", m["caps"] or m["name"] or "")
        region = (m["region"] or "").strip(", ")
        day = m["day"] and Stretch(p.start + m.start("day"), p.start + m.end("day"))
        return Dateline(
            p.start,
            p.start + len(m[0].rstrip()),
            tuple(x for x in (*(n.strip(" ,.") for n in names), region) if x),
            day or None,
            (m["agency"] or "").strip(" ,.()[]"),
        )
    return None


def _sentences(
    text: str,
    paragraphs: tuple[Paragraph, ...],
    dateline: Dateline | None,
    quotations: tuple[Quotation, ...],
) -> Iterator[Sentence]:
    first = 0
    for index, p in enumerate(paragraphs):
        start = p.start
        if dateline and p.start <= dateline.start < p.end:
            start = dateline.end
        last = bisect_left(quotations, (p.end,), first)
        for a, b in split(text, start, p.end, quotations[first:last]):
            yield Sentence(a, b, index, p.kind)
        first = last
