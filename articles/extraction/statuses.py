"""Whether an event happened: the cues around its trigger, after the rules of data/statuses.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from .syntax import (
    ASKED,
    LENDING,
    LIGHT,
    ancestors,
    children,
    governor,
    is_definite,
    is_negated,
    is_verb,
    particle,
)

RULES = Path(__file__).parent / "data" / "statuses.toml"
ORDER = ("denied", "cancelled", "proposed", "planned", "occurred")
TURNED = {
    "denied": "proposed",
    "cancelled": "planned",
    "proposed": "denied",
    "planned": "denied",
}
"""What a negated cue says: "did not rule out a meeting" leaves it proposed."""
WHOLLY = frozenset("entirely fully wholly completely totally altogether".split())
TREATING = frozenset("address discuss raise mention tackle touch review examine".split())
"""Verbs that leave their object as it is: "failed to address the pause" does not deny it."""
COMPLEMENT = frozenset(
    "dobj pobj prep xcomp ccomp acl nsubjpass nsubj conj appos pcomp attr oprd dative advcl".split()
)
"""Links through which a cue above reaches the event. A relative clause is another matter."""
HYPOTHETICAL = frozenset("if unless whether lest".split())
BESIDE = frozenset(
    "at during after before amid despite because since following until without".split()
)
"""Prepositions behind which stands another event: "put off its vote because of the attacks"."""
INVERTED = ("had", "were", "should")
"""Auxiliaries that stand before their subject for "if": "had they met, …"."""
DONE = LIGHT | LENDING | frozenset("impose reach lift".split())
"""Verbs by which a noun's event is done: where nobody does it, there is none."""
NONE = ("nothing", "nobody", "none")
HAPPENING = LIGHT | frozenset("occur happen go proceed last come convene".split())
"""Verbs that say no more of an event than that it is, or will be."""
HELD = frozenset("hold take begin start open convene stage occur happen".split())
BEING = frozenset("be remain seem appear stay".split())
AWAITED = frozenset("due expected awaited scheduled slated".split())
SENDING = ("send", "dispatch")
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
    predicate: frozenset[str] = frozenset()
    subject: bool = False
    infinitive: bool = False
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
    """The status of the event that `trigger` tells of; None when it is only supposed ("if …"), or
    partly done and partly not ("had not entirely halted aid")."""
    if is_hypothetical(trigger) or is_partly_done(trigger):
        return None
    found = [*_own(trigger), *_beside(trigger, kind), *_above(trigger, kind)]
    if kind == "visit" and _is_about_to(trigger):
        found.append(Finding("planned", trigger.text))
    if not found:
        return Finding("occurred")
    return min(found, key=lambda finding: ORDER.index(finding.status))


def is_hypothetical(trigger: Token) -> bool:
    """Inside a clause led by "if", "unless" or "whether", or by the verb: "had they met, …"."""
    for token in (trigger, *trigger.ancestors):
        if is_verb(token) and (_is_supposed(token) or _is_inverted(token)):
            return True
        if token.dep_ in ("relcl", "ROOT"):
            return False
    return False


def is_partly_done(trigger: Token) -> bool:
    """ "Had not entirely halted aid": of a halt that there was."""
    return is_negated(trigger) and any(t.lower_ in WHOLLY for t in children(trigger, "advmod"))


def _is_supposed(verb: Token) -> bool:
    return any(c.lower_ in HYPOTHETICAL for c in children(verb, "mark", "advmod"))


def _is_inverted(verb: Token) -> bool:
    acting = next(children(verb, "nsubj", "nsubjpass"), None)
    if verb.dep_ != "advcl" or acting is None or verb.doc.text.endswith("?"):
        return False
    return any(a.lower_ in INVERTED and a.i < acting.i for a in children(verb, "aux", "auxpass"))


def _own(trigger: Token) -> Iterator[Finding]:
    """Negation and auxiliaries of the trigger's own clause."""
    if is_negated(trigger):
        yield Finding("denied", "not")
    verb = trigger if is_verb(trigger) else governor(trigger)
    if verb is None:
        return
    for aux in children(verb, "aux"):
        if _backshifted(trigger, verb, aux):
            yield Finding("planned", aux.text)
            continue
        for cue in cues():
            if aux.lower_ in cue.modal:
                yield _turned(cue, aux.text, negated=is_negated(verb))
    if verb != trigger and is_negated(verb) and verb.lemma_ in ("hold", "take", "have", "make"):
        yield Finding("denied", "not")
    if any(map(_is_none, _doers(trigger, verb))):
        yield Finding("denied", "no")
    if (
        verb != trigger
        and verb.lemma_ == "be"
        and any(map(_is_infinitive, children(verb, "xcomp")))
    ):
        yield Finding("planned", "is to")
    if _is_to_be(verb) or any(map(_is_to_be_held, children(trigger, "acl", "relcl"))):
        yield Finding("planned", "is to")
    going = verb.head if verb.dep_ == "xcomp" else verb
    if going.lemma_ == "go" and going.tag_ == "VBG" and verb != going:
        yield Finding("planned", "going to")


def _doers(trigger: Token, verb: Token) -> Iterator[Token]:
    """Those without whom there is no event: who does it, and to whom it is done."""
    if verb == trigger:
        yield from children(verb, "dobj", "nsubj", "nsubjpass")
    elif verb.lemma_ in DONE and trigger.dep_ == "dobj":
        yield from children(verb, "nsubj")


def _is_none(thing: Token) -> bool:
    """ "signed no agreement", "no missile was fired"."""
    return thing.lower_ in NONE or any(c.lower_ == "no" for c in children(thing, "det"))


def _is_to_be(verb: Token) -> bool:
    """ "is to meet", "is due in Tehran", "is awaited"."""
    if (
        _is_infinitive(verb)
        and verb.dep_ in ("xcomp", "ccomp", "acomp")
        and verb.head.lemma_ == "be"
    ):
        return True
    if verb.lemma_ == "be" and any(c.lower_ in AWAITED for c in children(verb, "acomp")):
        return True
    passive = any(a.tag_ in ("VBZ", "VBP") for a in children(verb, "auxpass"))
    return passive and verb.lower_ in AWAITED


def _is_about_to(verb: Token) -> bool:
    """ "is sending him to Rome"; "said that he was flying to Rome": these journeys are to come."""
    auxiliaries = {aux.lower_ for aux in children(verb, "aux")}
    if verb.tag_ != "VBG" or "been" in auxiliaries:
        return False
    sent = verb.lemma_ in SENDING and bool(auxiliaries & {"is", "are", "'s", "’s"})
    told = verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")
    return sent or (told and bool(auxiliaries & {"was", "were"}))


def _is_infinitive(verb: Token) -> bool:
    """ "to meet", "to be received"."""
    to = any(c.lower_ == "to" for c in children(verb, "aux"))
    return to and (verb.tag_ == "VB" or any(True for _ in children(verb, "auxpass")))


def _is_to_be_held(verb: Token) -> bool:
    """ "a summit to be held in May", "a truce that will begin on Sunday"."""
    will = any(c.lower_ == "will" for c in children(verb, "aux"))
    return verb.lemma_.lower() in HELD and (will or _is_infinitive(verb))


def _backshifted(trigger: Token, verb: Token, aux: Token) -> bool:
    """ "would" below a verb of saying in the past is its "will": planned, not hoped for.

    Not under a condition ("would meet him only if …"), nor where a noun is no more than spoken of:
    "a meeting would help the whole region".
    """
    if aux.lower_ != "would" or any(map(_is_supposed, children(verb, "advcl"))):
        return False
    if trigger.dep_ == "nsubj" and trigger.head == verb and verb.lemma_ not in HAPPENING:
        return False
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")


def _beside(trigger: Token, kind: str) -> Iterator[Finding]:
    for child in children(trigger, "amod", "compound", "nmod"):
        for cue in cues():
            if child.lower_ in cue.beside and kind not in cue.not_for:
                yield Finding(cue.status, child.text)


def _above(trigger: Token, kind: str) -> Iterator[Finding]:
    below = trigger
    for token, link in ancestors(trigger):
        if link not in COMPLEMENT or (link == "advcl" and not _is_complement(below, token)):
            return
        if link == "prep" and below.lower_ in BESIDE:
            return
        if link == "dobj" and token.lemma_ in TREATING:
            return
        if link != "conj" or not is_verb(below):
            for cue in cues():
                if _reaches(cue, token, below, link, kind):
                    yield _turned(cue, token.text, negated=is_negated(token))
        if link == "conj" and is_verb(below) and below.tag_ != "VB":
            return
        below = token


def _is_complement(below: Token, verb: Token) -> bool:
    """An infinitive, or what is ruled out: "ruled out recognising Kosovo"."""
    beside = verb.i < below.i <= verb.i + 3 and "," not in verb.doc[verb.i : below.i].text
    return below.tag_ == "VB" or (below.tag_ == "VBG" and bool(particle(verb)) and beside)


def _reaches(cue: Cue, token: Token, below: Token, link: str, kind: str) -> bool:
    lemma = token.lemma_.lower()
    if kind in cue.not_for or (cue.only_for and kind not in cue.only_for):
        return False
    acts = link == "nsubj" and is_verb(token)
    if cue.predicate and acts and lemma in BEING:
        return any(_says(phrase, cue) for phrase in token.rights)
    if token.dep_ == "prep" and is_definite(below):  # "told him about the attack"
        return False
    if lemma not in cue.above or (cue.infinitive and (link != "acl" or below.tag_ != "VB")):
        return False
    if cue.particle and not any(_is_particle(c, cue) for c in token.children):
        return False
    if lemma in NEXT and not cue.particle and is_verb(token):
        return below.lower_ in NEXT[lemma] or link in ("xcomp", "ccomp") or _is_asked(below, token)
    return acts == cue.subject


def _is_asked(below: Token, verb: Token) -> bool:
    """ "asked his colleague to meet him", which the parser may take for a purpose."""
    return verb.lemma_ in ASKED and below.dep_ == "advcl" and any(children(verb, "dobj"))


def _is_particle(word: Token, cue: Cue) -> bool:
    bare = word.dep_ in ("prep", "advmod") and not any(True for _ in word.children)
    return word.lower_ in cue.particle and (bare or word.dep_ == "prt")


def _says(phrase: Token, cue: Cue) -> bool:
    """ "out of the question", "wholly untrue"."""
    words = phrase.doc[phrase.i : phrase.right_edge.i + 1].text.lower()
    return phrase.lower_ in cue.predicate or words in cue.predicate


def _turned(cue: Cue, word: str, *, negated: bool) -> Finding:
    return Finding(TURNED[cue.status] if negated else cue.status, word)
