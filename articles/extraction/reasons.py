"""Why a draft has its type and status, in one sentence that a reader can check in the text."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Token

from .rules import OTHER, STATEMENT
from .statuses import Finding
from .syntax import LIGHT, children, governor, is_verb, objects_of, patients
from .triggers import Trigger

NAMES = {"legal": "legal step"}
"""Types whose key alone is no noun; all others are their own name."""
KINDS = {
    OTHER.name: "other, because it fits no other type; its actors are known and its day is told",
    STATEMENT.name: "statement, because it is news here that it was said",
}
"""For what no rule of the data file found."""
SAYS = {
    "denied": "it did not or will not happen",
    "cancelled": "it was cancelled or put off",
    "proposed": "it is hoped for, offered or possible",
    "planned": "it is planned",
}
PLACING = ("in", "at", "to")
GAP = 3
"""Words left standing between two that count: "signed a joint declaration"; more become "…"."""


def reason(trigger: Trigger, status: Finding) -> str:
    """«“held talks” → talks (rule “talks”); “called off” says it was cancelled or put off»."""
    rule = trigger.rule
    named = f"{NAMES.get(rule.type, rule.type)} (rule “{rule.name}”)"
    told = f"“{_quote(_told_by(trigger))}” → {KINDS.get(rule.name, named)}"
    return told if status.status == "occurred" else f"{told}; {_happened(trigger.token, status)}"


def _told_by(trigger: Trigger) -> Iterator[Token]:
    """The trigger, and the words around it that its rule asks for."""
    token, rule = trigger.token, trigger.rule
    yield token
    yield from children(token, "prt")
    if is_verb(token):
        wanted = rule.obj | rule.obj_or_cue
        for thing in patients(token):
            below = [*children(thing, "compound", "amod", "nmod"), *objects_of(thing, "of")]
            if found := [t for t in (thing, *below) if _is_one(t, wanted)]:
                yield from (thing, *found)
        if token.lemma_ == "be":
            yield from _where(token)
    else:
        wanted = rule.comp | rule.comp_or_of | rule.of
        yield from (t for t in children(token, "compound", "amod", "nmod") if _is_one(t, wanted))
        yield from (t for t in objects_of(token, "of", "in", "on") if _is_one(t, wanted))
        verb = governor(token)
        if verb is not None and verb.lemma_.lower() in LIGHT:
            yield verb
    led = rule.with_prep | rule.particle
    yield from (t for t in children(token, "prep") if t.lower_ in led)
    yield from [t for t in token.doc if t.lower_ in rule.cue][:1]


def _where(verb: Token) -> list[Token]:
    """ "was … in Pyongyang": the verb alone would tell the reader nothing."""
    for prep in children(verb, "prep"):
        if prep.lower_ in PLACING:
            return [prep, *children(prep, "pobj")]
    return []


def _is_one(token: Token, wanted: frozenset[str]) -> bool:
    return token.lemma_.lower() in wanted or token.lower_ in wanted


def _happened(trigger: Token, status: Finding) -> str:
    """What says that it did not simply happen."""
    cue = min(
        (t for t in trigger.doc if t.text == status.word),
        key=lambda t: abs(t.i - trigger.i),
        default=None,
    )
    if cue is not None:
        particles = children(cue, "prt", "neg") if cue != trigger else ()
        words = _quote([cue, *particles, *_negation(cue)])
    elif status.word.lower() in trigger.doc.text.lower():
        words = status.word
    else:
        return _unsaid(status)
    return f"“{words}” says {SAYS[status.status]}"


def _negation(cue: Token) -> list[Token]:
    """ "will" and "not" of "will not meet", whichever of them is the cue."""
    match cue.dep_:
        case "aux":
            return list(children(cue.head, "neg"))
        case "neg":
            return list(children(cue.head, "aux", "auxpass"))[-1:]
    return []


def _unsaid(status: Finding) -> str:
    """For what no single word of the sentence says."""
    if status.status == "planned":
        return "it is told for a day to come, so it is planned"
    return f"the sentence says {SAYS[status.status]}"


def _quote(tokens: Iterable[Token]) -> str:
    """The words in their order, as they stand, with "…" for more than a few between them."""
    found = sorted(set(tokens), key=lambda t: t.i)
    doc, said = found[0].doc, found[0].text
    for before, token in pairwise(found):
        between = doc[before.i + 1 : token.i]
        near = len(between) <= GAP and not any(t.is_punct or t.ent_type_ == "DATE" for t in between)
        start = before.idx + len(before.text)
        said += doc.text[start : token.idx + len(token.text)] if near else f" … {token.text}"
    return " ".join(said.split())
