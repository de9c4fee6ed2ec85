"""Whether an event happened: the cues around its trigger, after the rules of data/statuses.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from .syntax import ancestors, children, governor, is_negated, is_verb, particle

RULES = Path(__file__).parent / "data" / "statuses.toml"
ORDER = ("denied", "cancelled", "proposed", "planned", "occurred")
TURNED = {
    "denied": "proposed",
    "cancelled": "planned",
    "proposed": "denied",
    "planned": "denied",
}
"""What a negated cue says: "did not rule out a meeting" leaves it proposed."""
COMPLEMENT = frozenset(
    "dobj pobj prep xcomp ccomp acl nsubjpass nsubj conj appos pcomp attr oprd dative advcl".split()
)
"""Links through which a cue above reaches the event. A relative clause is another matter."""
HYPOTHETICAL = frozenset("if unless whether lest".split())
AWAITED = frozenset("due expected awaited scheduled slated".split())
NEXT = {"call": ("for",), "ask": ("for",), "press": ("for",), "appeal": ("for",)}
"""Verbs that are cues only with their preposition: "called for talks"."""


@dataclass(frozen=True)
class Cue:
    name: str
    status: str
    example: str
    above: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    modal: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    not_for: frozenset[str] = frozenset()
    only_for: frozenset[str] = frozenset()


def _cue(row: dict[str, Any]) -> Cue:
    fields: dict[str, Any] = {k: frozenset(v) if isinstance(v, list) else v for k, v in row.items()}
    return Cue(**fields)


@cache
def cues() -> tuple[Cue, ...]:
    rows = tomllib.loads(RULES.read_text(encoding="utf-8"))["cue"]
    return tuple(_cue(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Finding:
    """A status and the word that says so; `word` is "" where nothing but the tense does."""

    status: str
    word: str = ""


def status_of(trigger: Token, kind: str) -> Finding | None:
    """The status of the event that `trigger` tells of; None when it is only supposed ("if …")."""
    if is_hypothetical(trigger):
        return None
    found = [*_own(trigger), *_beside(trigger, kind), *_above(trigger, kind)]
    if not found:
        return Finding("occurred")
    return min(found, key=lambda finding: ORDER.index(finding.status))


def is_hypothetical(trigger: Token) -> bool:
    """Inside a clause led by "if", "unless" or "whether"."""
    for token in (trigger, *trigger.ancestors):
        if is_verb(token) and any(
            c.lower_ in HYPOTHETICAL for c in children(token, "mark", "advmod")
        ):
            return True
        if token.dep_ in ("relcl", "ROOT"):
            return False
    return False


def _own(trigger: Token) -> Iterator[Finding]:
    """Negation and auxiliaries of the trigger's own clause."""
    if is_negated(trigger):
        yield Finding("denied", "not")
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None:
        return
    for aux in children(verb, "aux"):
        if _backshifted(verb, aux):
            yield Finding("planned", aux.text)
            continue
        for cue in cues():
            if aux.lower_ in cue.modal:
                yield _turned(cue, aux.text, negated=is_negated(verb))
    if verb != trigger and is_negated(verb) and verb.lemma_ in ("hold", "take", "have", "make"):
        yield Finding("denied", "not")
    if _is_to_be(verb):
        yield Finding("planned", "is to")
    going = verb.head if verb.dep_ == "xcomp" else verb
    if going.lemma_ == "go" and going.tag_ == "VBG" and verb != going:
        yield Finding("planned", "going to")


def _is_to_be(verb: Token) -> bool:
    """ "is to meet", "is due in Tehran", "is awaited"."""
    infinitive = verb.tag_ == "VB" and any(c.lower_ == "to" for c in children(verb, "aux"))
    if infinitive and verb.dep_ in ("xcomp", "ccomp", "acomp") and verb.head.lemma_ == "be":
        return True
    if verb.lemma_ == "be" and any(c.lower_ in AWAITED for c in children(verb, "acomp")):
        return True
    passive = any(a.tag_ in ("VBZ", "VBP") for a in children(verb, "auxpass"))
    return passive and verb.lower_ in AWAITED


def _backshifted(verb: Token, aux: Token) -> bool:
    """ "would" below a verb of saying in the past is its "will": planned, not hoped for."""
    return aux.lower_ == "would" and verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")


def _beside(trigger: Token, kind: str) -> Iterator[Finding]:
    for child in children(trigger, "amod", "compound", "nmod"):
        for cue in cues():
            if child.lower_ in cue.beside and kind not in cue.not_for:
                yield Finding(cue.status, child.text)


def _above(trigger: Token, kind: str) -> Iterator[Finding]:
    below = trigger
    for token, link in ancestors(trigger):
        if link not in COMPLEMENT or (link == "advcl" and below.tag_ != "VB"):
            return
        if link != "conj" or not is_verb(below):
            for cue in cues():
                if _reaches(cue, token, below, link, kind):
                    yield _turned(cue, token.text, negated=is_negated(token))
        if link == "conj" and is_verb(below) and below.tag_ != "VB":
            return
        below = token


def _reaches(cue: Cue, token: Token, below: Token, link: str, kind: str) -> bool:
    lemma = token.lemma_.lower()
    if lemma not in cue.above or kind in cue.not_for:
        return False
    if cue.only_for and kind not in cue.only_for:
        return False
    if cue.particle and not cue.particle & set(particle(token).split()):
        return False
    if lemma in NEXT and not cue.particle and is_verb(token):
        return below.lower_ in NEXT[lemma] or link in ("xcomp", "ccomp")
    return not (link == "nsubj" and is_verb(token))


def _turned(cue: Cue, word: str, *, negated: bool) -> Finding:
    return Finding(TURNED[cue.status] if negated else cue.status, word)
