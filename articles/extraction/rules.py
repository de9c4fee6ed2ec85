"""What makes a word tell of an event: the rules of data/triggers.toml, whose head explains them."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

RULES = Path(__file__).parent / "data" / "triggers.toml"


@dataclass(frozen=True)
class Rule:
    """One [[trigger]] of the data file, whose head explains the fields."""

    name: str
    type: str
    lemmas: frozenset[str]
    pos: str
    example: str
    tag: frozenset[str] = frozenset()
    comp: frozenset[str] = frozenset()
    comp_not: frozenset[str] = frozenset()
    comp_or_of: frozenset[str] = frozenset()
    obj: frozenset[str] = frozenset()
    obj_not: frozenset[str] = frozenset()
    obj_or_cue: frozenset[str] = frozenset()
    subj: frozenset[str] = frozenset()
    subj_not: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    of_not: frozenset[str] = frozenset()
    with_prep: frozenset[str] = frozenset()
    not_prep: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    cue: frozenset[str] = frozenset()
    cue_prep: frozenset[str] = frozenset()
    not_cue: frozenset[str] = frozenset()
    governed_by: frozenset[str] = frozenset()
    toward: bool = False
    principals: bool = False
    no_person: bool = False
    no_complement: bool = False
    people: bool = False
    people_or_light: bool = False
    destination: bool = False
    sent: bool = False
    subject: bool = False
    located: bool = False
    particular: bool = False
    dated: bool = False
    crowd: frozenset[str] = frozenset()
    gathering: bool = False
    body: bool = False
    somewhere: bool = False
    alone: bool = False
    organisation: bool = False
    of_day: bool = False
    own: bool = False
    infinitive: bool = False
    modal_complement: bool = False
    stated: bool = False
    must: bool = False
    time: bool = False
    pair: bool = False
    bare: bool = False
    negated: bool = False
    behind: frozenset[str] = frozenset()
    obj_or_behind: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    summit: bool = False
    placed: bool = False
    no_object: bool = False
    intent: str = ""
    will: str = ""
    below: frozenset[str] = frozenset()
    parties: int = 1
    weight: str = "deeds"


@dataclass(frozen=True)
class Rules:
    by_lemma: dict[str, tuple[Rule, ...]]
    roles: dict[str, tuple[str, ...]]


def _rule(row: dict[str, Any], groups: dict[str, list[str]]) -> Rule:
    fields: dict[str, Any] = {
        key: frozenset(_spelt_out(value, groups)) if isinstance(value, list) else value
        for key, value in row.items()
    }
    return Rule(**fields)


def _spelt_out(words: list[str], groups: dict[str, list[str]]) -> Iterator[str]:
    """The words of a list, with those of the groups it names: "@troops"."""
    for word in words:
        yield from groups[word[1:]] if word.startswith("@") else (word,)


@cache
def rules() -> Rules:
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    by_lemma: dict[str, list[Rule]] = defaultdict(list)
    for row in data["trigger"]:
        rule = _rule(row, data["groups"])
        for lemma in rule.lemmas:
            by_lemma[lemma].append(rule)
    return Rules(
        {lemma: tuple(found) for lemma, found in by_lemma.items()},
        {kind: tuple(places) for kind, places in data["roles"].items()},
    )


def is_event_noun(token: Token) -> bool:
    """A noun that some rule takes for an event: date words beneath it are its own."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    known = rules().by_lemma.get(token.lemma_.lower(), ())
    return any(rule.pos == "noun" and not rule.of_day for rule in known)


STATEMENT = Rule(
    name="statement",
    type="statement",
    lemmas=frozenset(),
    pos="verb",
    example="Rutte said in an interview on Saturday that Trump had opened the door.",
    weight="words",
)
"""Statements need more than a verb of saying: reading.py decides which are news."""
OTHER = Rule(
    name="other",
    type="other",
    lemmas=frozenset(),
    pos="verb",
    example="On Saturday night Kim was shown the bay by the foreign minister of Singapore.",
)
"""A dated deed of known actors that no rule of the data file names."""
