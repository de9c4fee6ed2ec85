"""The rules of data/dates.toml."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from articles.extraction.dating.heads import heads_of

_MACRO = re.compile(r"\{([a-z]\w*|D)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One [[rule]] of the data file, whose head explains the fields."""

    name: str
    order: int
    regex: re.Pattern[str]
    heads: frozenset[tuple[str, str]] | None
    when: frozenset[str]
    needs: frozenset[str]
    only: str
    yields: str
    extra: Mapping[str, str]
    examples: tuple[Mapping[str, Any], ...]


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
    own = ("name", "when", "needs", "pattern", "only", "yields", "examples")
    for order, rule in enumerate(source["rule"]):
        pattern = _expanded(rule["pattern"], macros)
        yield Rule(
            rule["name"],
            order,
            re.compile(_bounded(_spaced(pattern)), re.IGNORECASE),
            heads_of(pattern),
            frozenset(rule["when"]),
            frozenset(rule.get("needs", ())),
            rule.get("only", ""),
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
