"""The rules of data/dates.toml, and the spans that they find in a layout."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Any

from articles.extraction.dating.heads import ANY, HEADS, NUMBER, heads_of
from articles.extraction.dating.words import Place
from articles.extraction.text import Layout

_OLD_SPELLING = re.compile(r"\b[Tt]o-(?:day|morrow|night)\b")
_SHORT_YEAR = re.compile(r"[’'‘]\d\d(?!\d)")
_MACRO = re.compile(r"\{([a-z]\w*|D)\}")
_TOKEN = re.compile(r"[A-Za-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    order: int
    regex: re.Pattern[str]
    heads: frozenset[tuple[str, str]] | None
    when: frozenset[str]
    needs: frozenset[str]
    yields: str
    extra: Mapping[str, str]
    examples: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that a rule matched, and the pieces of them that the rule names."""

    start: int
    end: int
    text: str
    rule: Rule
    parts: Mapping[str, str]
    sentence: tuple[int, int]
    paragraph: int
    place: Place
    joint: tuple[int, int] | None = None
    """In "July 29–30", the dash between the two ends."""


@cache
def data() -> dict[str, Any]:
    file = resources.files("articles.extraction").joinpath("data/dates.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(_rules(data()))


@cache
def named_rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in rules()}


def _rules(source: dict[str, Any]) -> Iterator[Rule]:
    macros: dict[str, str] = source["macros"]
    own = ("name", "when", "needs", "pattern", "yields", "examples")
    for order, rule in enumerate(source["rule"]):
        pattern = _expanded(rule["pattern"], macros)
        yield Rule(
            rule["name"],
            order,
            re.compile(_bounded(_spaced(pattern)), re.IGNORECASE),
            heads_of(pattern),
            frozenset(rule["when"]),
            frozenset(rule.get("needs", ())),
            rule["yields"],
            {k: str(v) for k, v in rule.items() if k not in own},
            tuple(rule["examples"]),
        )


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    """The pattern with its macros, and the macros in those, written out."""
    while (out := _MACRO.sub(lambda m: macros[m[1]], pattern)) != pattern:
        pattern = out
    return pattern


def _spaced(pattern: str) -> str:
    """A space in a pattern stands for any white space, two characters of it too (a line's end).

    In lookbehinds, which must not vary in width, it stands for one.
    """
    out: list[str] = []
    opened, behind = -1, 0
    i = 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            out.append(pattern[i : i + 2])
            i += 2
            continue
        if opened < 0 and (pattern.startswith("(?<=", i) or pattern.startswith("(?<!", i)):
            behind = 1
            out.append(pattern[i : i + 4])
            i += 4
            continue
        if opened < 0 and behind:
            behind += {"(": 1, ")": -1}.get(c, 0)
        out.append(c)
        if c == "[" and opened < 0:
            opened = len(out) - 1
        elif c == "]" and opened >= 0:
            if r"\s" in out[opened:] and out[opened + 1] != "^" and not behind:
                out[opened] = r"(?:\r\n|["
                out.append(")")
            opened = -1
        elif c == " ":
            out[-1] = r"\s" if behind or opened >= 0 else r"(?:\s{1,2})"
        i += 1
    return "".join(out)


def _bounded(pattern: str) -> str:
    return rf"(?<!\w)(?:{pattern})"


_CAPITALS = {"month", "weekday", "weekdayplural", "holiday", "may", "first"}
"""Triggers that only capitalised words pull: "may" and "march" are verbs."""


@cache
def _triggers() -> dict[str, frozenset[str]]:
    """A word, as it may be written → the triggers it pulls."""
    found: dict[str, set[str]] = {}
    for trigger, names in data()["triggers"].items():
        for name in names.split():
            cases = {name.capitalize(), name.upper()}
            for case in cases if trigger in _CAPITALS else {name, *cases}:
                found.setdefault(case, set()).add(trigger)
    return {name: frozenset(pulled) for name, pulled in found.items()}


def _pulled(text: str) -> set[str]:
    """The triggers that a sentence pulls."""
    known = _triggers()
    tokens = set(_TOKEN.findall(text))
    pulled: set[str] = set().union(*(known[word] for word in known.keys() & tokens))
    numbers = [token for token in tokens if token[0] <= "9"]
    for token in numbers:
        if len(token) == 4:
            pulled.add("year")
        elif len(token) == 3:
            pulled.add("few")
        elif token.startswith("11"):
            pulled.add("eleven")
        elif len(token) == 2 and token[1] == "0":
            pulled.add("decade")
    if numbers and ":" in text:
        pulled.add("colon")
    if numbers and ("/" in text or "-" in text or "." in text[:-1]):
        pulled.add("slash")
    if "o-" in text and _OLD_SPELLING.search(text):
        pulled |= {"today", "tomorrow", "tonight"}
    if numbers and _SHORT_YEAR.search(text):
        pulled.add("few")
    return pulled


@dataclass(frozen=True, slots=True)
class _Tried:
    """The rules that a sentence is searched with, by number; those that may begin with any word."""

    active: frozenset[int]
    anywhere: tuple[Rule, ...]


@lru_cache(maxsize=8192)
def _tried(pulled: frozenset[str]) -> _Tried:
    active = [rule for rule in rules() if rule.when & pulled and rule.needs <= pulled]
    anywhere = tuple(rule for rule in active if rule.heads is None)
    return _Tried(frozenset(rule.order for rule in active), anywhere)


@cache
def _by_heads() -> dict[str, dict[str, tuple[Rule, ...]]]:
    """The rules that a match may begin with two words of; ANY for a second word not named."""
    found: dict[str, dict[str, list[Rule]]] = {}
    for rule in rules():
        for first, second in rule.heads or ():
            found.setdefault(first, {}).setdefault(second, []).append(rule)
    return {
        word: {
            one: tuple({rule.order: rule for rule in (*some, *seconds.get(ANY, ()))}.values())
            for second, some in {ANY: [], **seconds}.items()
            for one in ([second] if second != NUMBER else "0123456789")
        }
        for first, seconds in found.items()
        for word in ([first] if first != NUMBER else "0123456789")
    }


def spots(layout: Layout) -> Iterator[Spot]:
    """What the rules find, in text order, no two overlapping: the longest match wins."""
    text = layout.text
    for start, end, paragraph, place in _windows(layout):
        pulled = _pulled(text[start:end])
        if not pulled:
            continue
        tried = _tried(frozenset(pulled))
        found = [
            _spot(m, rule, (start, end), paragraph, place)
            for rule, m in _matches(text, start, end, tried)
            if rule.extra.get("only", place) == place
        ]
        yield from _best(found) if found else ()


def _matches(
    text: str, start: int, end: int, tried: _Tried
) -> Iterator[tuple[Rule, re.Match[str]]]:
    """What `finditer` would find with each of the rules."""
    ends: dict[int, int] = {}
    known, active = _by_heads(), tried.active
    seconds: dict[str, tuple[Rule, ...]] | None = None
    at = start
    for word in chain(HEADS.finditer(text, start, end), (None,)):
        head = word[0].lower() if word else ANY
        if seconds is not None:
            for rule in seconds.get(head) or seconds[ANY]:
                if (
                    rule.order in active
                    and (m := rule.regex.match(text, at, end))
                    and at >= ends.get(rule.order, 0)
                ):
                    ends[rule.order] = m.end()
                    yield rule, m
        if word:
            seconds, at = known.get(head), word.start()
    for rule in tried.anywhere:
        for m in rule.regex.finditer(text, start, end):
            yield rule, m


def _spot(
    m: re.Match[str], rule: Rule, sentence: tuple[int, int], paragraph: int, place: Place
) -> Spot:
    return Spot(
        m.start(),
        m.end(),
        m[0],
        rule,
        {k: " ".join(v.split()) or v for k, v in m.groupdict().items() if v},
        sentence,
        paragraph,
        place,
        m.span("sep") if "sep" in rule.regex.groupindex else None,
    )


def _windows(layout: Layout) -> Iterator[tuple[int, int, int, Place]]:
    line = layout.dateline
    for s in layout.sentences:
        if line and line.day and line.end <= s.start and not line.start > s.start:
            index = next(
                i for i, p in enumerate(layout.paragraphs) if p.start <= line.start < p.end
            )
            yield line.start, line.end, index, "dateline"
            line = None
        yield s.start, s.end, s.paragraph, s.kind
    if line and line.day:
        yield line.start, line.end, len(layout.paragraphs) - 1, "dateline"


def _rank(spot: Spot) -> tuple[int, bool, int, int]:
    """The longest first; of equals what shields lookalikes, then the first rule of the file."""
    return spot.start - spot.end, spot.rule.yields != "nothing", spot.rule.order, spot.start


def _best(found: list[Spot]) -> list[Spot]:
    """Those that keep clear of any that ranks before them.

    Nothing kept is shorter than what comes after it, so whether the first or the last character
    is taken settles it.
    """
    kept: list[Spot] = []
    taken: set[int] = set()
    for spot in sorted(found, key=_rank):
        if spot.start not in taken and spot.end - 1 not in taken:
            kept.append(spot)
            taken.update(range(spot.start, spot.end))
    return sorted((s for s in kept if s.rule.yields != "nothing"), key=lambda s: s.start)
