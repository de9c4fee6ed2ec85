"""The news agency that a report comes from: two that name the same one are one source.

The names and the ways of naming them are in data/agencies.toml.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .text import Layout

DATA = resources.files("articles.extraction").joinpath("data/agencies.toml")
LONGEST_LINE = 120
"""Characters of a line that tells nothing but where the report comes from."""
_ANY = r"[A-Z][\w-]+(?: [A-Z][\w-]+)?"


def agency_of(layout: Layout) -> str:
    """The agency that a dateline, a by-line or a credit names; "" if none does."""
    if layout.dateline and layout.dateline.agency:
        return canonical(layout.dateline.agency)
    for paragraph in layout.paragraphs:
        line = layout.text[paragraph.start : paragraph.end].strip()
        for rule in rules("line"):
            if found := rule.find(line):
                return _name(found)
    return ""


def named_in(sentence: str) -> str:
    """The agency that a sentence names as its source; "" if it names none."""
    for rule in rules("sentence"):
        if found := rule.pattern.search(sentence):
            return _name(found)
    return ""


def canonical(name: str) -> str:
    """The name by which an agency is known, of whatever it goes by; any other name as it is."""
    plain = name.removeprefix("the ").removeprefix("The ")
    return _names().get(plain, name)


@dataclass(frozen=True, slots=True)
class AgencyRule:
    """`at` is "line" for a whole line, "end" for the end of a paragraph, else anywhere."""

    name: str
    pattern: re.Pattern[str]
    at: str
    examples: tuple[str, ...]
    others: tuple[str, ...]

    def find(self, words: str) -> re.Match[str] | None:
        if self.at == "line":
            return self.pattern.fullmatch(words) if len(words) <= LONGEST_LINE else None
        if self.at == "end":
            return next(self.pattern.finditer(words, max(0, len(words) - LONGEST_LINE)), None)
        return self.pattern.search(words)


@cache
def rules(kind: str) -> tuple[AgencyRule, ...]:
    """Those for a "line" or those for a "sentence"."""
    return tuple(
        AgencyRule(
            row["name"],
            re.compile(_filled(row["pattern"]) + (r"\Z" if row.get("at") == "end" else "")),
            row.get("at", kind),
            tuple(row["examples"]),
            tuple(row.get("others", ())),
        )
        for row in _data()[kind]
    )


@cache
def _names() -> dict[str, str]:
    rows = _data()["agency"]
    return {name: row["name"] for row in rows for name in (row["name"], *row.get("aliases", ()))}


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _filled(pattern: str) -> str:
    """NAME, wherever it stands, is a known name, or any name beside "news agency"."""
    known = "|".join(map(re.escape, sorted(_names(), key=len, reverse=True)))
    first, *rest = pattern.split("NAME")
    filled = first
    for number, part in enumerate(rest):
        either = (
            rf"(?:[Tt]he )?(?:[\w-]+ ){{0,2}}?news agency (?P<after{number}>{_ANY})"
            rf"|(?:[Tt]he )?(?P<before{number}>{_ANY}) (?:news|press) (?:agency|service)"
            rf"|(?:[Tt]he )?(?P<known{number}>{known})\b(?: news agency)?"
        )
        filled += either + part
    return filled


def _name(found: re.Match[str]) -> str:
    return next(canonical(name) for name in found.groupdict().values() if name)
