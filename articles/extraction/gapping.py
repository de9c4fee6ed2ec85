"""One verb for several: "spoke with Putin on Monday and Zelensky on Tuesday"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from timeline.dates import Precision

from .clauses import Clause
from .dating import DateWord
from .frames import PLACES
from .rules import Rule, rules
from .syntax import children, is_verb, objects_of, subjects
from .triggers import Trigger
from .who import Cast

SHARP = (Precision.DAY, Precision.RANGE)
STOPS = (":", ";")
AUXILIARY = ("aux", "auxpass")


@dataclass(frozen=True, slots=True)
class Turn:
    """One of them, with the day that is his."""

    name: str
    word: DateWord


def turns(trigger: Token, clause: Clause, cast: Cast) -> list[Turn]:
    """The persons or sides told of with a day each, in pairs; [] unless there are two or more.

    They follow the verb, each before its day or each behind it. Nothing else that acts may stand
    between them: "met Kim on Monday and Lee flew home on Tuesday" has two verbs.
    """
    if len(clause.dates) < 2:
        return []
    items = _items(trigger, clause, cast)
    kinds = "".join("D" if isinstance(item, DateWord) else "N" for item in items)
    if len(kinds) < 4 or (kinds.replace("ND", "") and kinds.replace("DN", "")):
        return []
    found = []
    for a, b in zip(items[::2], items[1::2], strict=True):
        name, word = (b, a) if isinstance(a, DateWord) else (a, b)
        if isinstance(name, str) and isinstance(word, DateWord):
            found.append(Turn(name, word))
    return found


def each_of_both(trigger: Token, cast: Cast) -> tuple[str, ...]:
    """Those of "telephoned both Merz and, later, Macron": one call with each; () if there is none.

    They are looked for up to the next verb, as the parser may hang the second on anything.
    """
    doc, acting = trigger.doc, cast.of(subjects(trigger))
    both = next((t for t in doc[trigger.i + 1 : trigger.i + 4] if t.lower_ == "both"), None)
    if both is None:
        return ()
    end = next((t.i for t in doc[both.i :] if is_verb(t) or t.text in STOPS), len(doc))
    named = [cast.named_at(t) for t in doc[both.i : end]]
    meant = dict.fromkeys(n.name for n in named if n and n.kind == "person")
    meant = meant or dict.fromkeys(cast.of(t for t in doc[both.i : end] if t.pos_ == "NOUN"))
    others = tuple(n for n in meant if n not in acting and cast.kind(n) == "person")
    return others if len(others) == 2 and acting else ()


def _items(trigger: Token, clause: Clause, cast: Cast) -> list[str | DateWord]:
    """Names and days of the clause in their order, without who acts."""
    doc, acting = clause.doc, set(cast.of(subjects(trigger)))
    bounds = [t.i for t in doc if t.text in STOPS or (is_verb(t) and t.dep_ not in AUXILIARY)]
    before = max((i for i in bounds if i < trigger.i), default=-1)
    start = trigger.i if before >= 0 and is_verb(doc[before]) else before + 1
    end = min((i for i in bounds if i > trigger.i), default=len(doc))
    placed: list[tuple[int, str | DateWord]] = []
    for token in doc[start:end]:
        named = cast.named_at(token)
        if named and named.start == token.i and named.name not in acting and named.kind == "person":
            placed.append((token.idx, named.name))
    first, last = doc[start].idx, doc[end - 1].idx
    for word in clause.dates:
        sharp = word.date is not None and word.date.precision in SHARP
        if sharp and first <= word.start - clause.start <= last:
            placed.append((word.start - clause.start, word))
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def among_several(clause: Clause, cast: Cast, known: list[Token]) -> Iterator[Trigger]:
    """ "received both guests, Mr Kim on Sunday and Mr Lee on Monday": who they are stands behind."""
    for verb in clause.doc:
        if verb in known or not is_verb(verb):
            continue
        rule = next((r for r in rules().by_lemma.get(verb.lemma_, ()) if _is_contact(r)), None)
        if rule is None or not turns(verb, clause, cast):
            continue
        if acting := cast.of(subjects(verb)):
            yield Trigger(verb, rule, acting)


def without_verb(trigger: Trigger, cast: Cast) -> Iterator[Trigger]:
    """ "The envoys meet in Oslo today, and the ministers in Rome": the verb is meant once more.

    Such a subject is joined to the verb itself, and has its own place behind it.
    """
    verbs = [trigger.token]
    while verbs[-1].dep_ == "xcomp" and is_verb(verbs[-1].head):
        verbs.append(verbs[-1].head)
    for verb in verbs:
        for noun in children(verb, "conj"):
            apart = noun.pos_ in ("NOUN", "PROPN") and any(
                t.ent_type_ in PLACES for t in objects_of(noun, "in", "at", "to")
            )
            if apart and (actors := cast.of([noun])):
                yield replace(trigger, token=noun, actors=actors)


def _is_contact(rule: Rule) -> bool:
    return rule.pos == "verb" and rule.principals and not (rule.cue or rule.with_prep)
