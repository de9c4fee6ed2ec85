"""Walks over a dependency parse that more than one part of the reader needs.

Labels are those of spaCy's English pipelines (ClearNLP style): nsubj, dobj, pobj, agent …
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from .once import tokens_once

LIGHT = frozenset(
    "hold have conduct make pay take give host chair attend join start begin open resume continue "
    "lead conclude complete finish wrap end kick convene stage undertake carry launch deliver "
    "perform arrange follow place".split()
)
"""Verbs that lend their subject to the noun beneath: "held talks", "paid a visit"."""

LENDING = frozenset(
    "announce order propose offer suggest plan schedule cancel postpone reject refuse seek want "
    "declare proclaim see bring involve include suspend pause halt agree prepare expect approve "
    "sign stop decide dismiss exclude rule walk".split()
)
"""Verbs whose subject takes part in the event beneath, unless it names its own parties."""


NEAR = 9
"""So many words before "at his side" the company begins."""
ASKED = frozenset("ask press urge invite order beg".split())
"""Verbs whose object is who would do it: "asked his colleague to meet him"."""


def children(token: Token, *labels: str) -> Iterator[Token]:
    doc = token.doc
    return iter([doc[i] for label, i in _links(doc)[token.i] if label in labels])


def _links(doc: Doc) -> list[list[tuple[str, int]]]:
    """The children of each token, as (label, position): spaCy walks all that hangs below a token to
    find them, and looks up their labels, each time that it is asked."""
    links: list[list[tuple[str, int]]] | None = doc.user_data.get("links")
    if links is None:
        links = doc.user_data["links"] = [[] for _ in range(len(doc))]
        for token in doc:
            if token.head.i != token.i:
                links[token.head.i].append((token.dep_, token.i))
    return links


def first(tokens: Iterable[Token]) -> Token | None:
    return next(iter(tokens), None)


def with_conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is joined to it by "and": Trump and Putin."""
    yield token
    for child in children(token, "conj"):
        yield from with_conjuncts(child)


def objects_of(token: Token, *prepositions: str) -> Iterator[Token]:
    """Heads of the phrases that hang on the token by one of these prepositions."""
    for prep in children(token, "prep", "agent", "dative", "prt"):
        if prep.lower_ in prepositions:
            for pobj in children(prep, "pobj", "pcomp"):
                yield from with_conjuncts(pobj)


def particle(verb: Token) -> str:
    return " ".join(child.lower_ for child in children(verb, "prt"))


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_principal(verb: Token) -> bool:
    """The verb of the main clause; or one with its own subject behind a main clause in which the
    parser saw no verb."""
    behind = verb.dep_ == "conj" and verb.head.dep_ == "ROOT" and not is_verb(verb.head)
    return verb.dep_ == "ROOT" or (behind and first(children(verb, "nsubj")) is not None)


def is_negated(token: Token) -> bool:
    """ "did not", "never", "no call", "nobody": by a word that hangs on it."""
    return any(
        child.dep_ == "neg"
        or (child.dep_ in ("det", "advmod") and child.lower_ in ("no", "never"))
        or (child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none"))
        for child in token.children
    )


def governor(noun: Token) -> Token | None:
    """The verb whose subject or object the noun is, through "of", "in", "for" and appositions."""
    token = noun
    for _ in range(6):
        if token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative"):
            return token.head if is_verb(token.head) else None
        if token.dep_ == "pobj":
            token = token.head
            if is_verb(token.head):
                return token.head
            above = token.head  # "is open to a meeting", "walked out of a meeting"
            if (above.dep_ == "acomp" or above.lower_ == "out") and is_verb(above.head):
                return above.head
        elif token.dep_ not in ("conj", "appos", "prep", "compound", "nmod", "pcomp"):
            return None
        token = token.head
    return None


@tokens_once
def subjects(verb: Token) -> list[Token]:
    """Who acts: the subject, the "by" of a passive, or the one inherited from the verb above."""
    passive = first(children(verb, "nsubjpass", "auxpass")) is not None
    if passive:
        return list(objects_of(verb, "by"))
    own = first(children(verb, "nsubj"))
    if own is not None:
        return list(with_conjuncts(antecedent(own)))
    return _inherited(verb)


def _inherited(verb: Token) -> list[Token]:
    head = verb.head
    match verb.dep_:
        case "conj" if is_verb(head):
            # "was invited by Castro and may travel": not Castro
            acted_on = list(children(head, "nsubjpass")) if verb.tag_ != "VBN" else []
            return [t for s in acted_on for t in with_conjuncts(antecedent(s))] or subjects(head)
        case "xcomp" if first(children(head, "auxpass")) is not None:
            passive = [*children(head, "nsubjpass")]
            return [t for s in passive for t in with_conjuncts(antecedent(s))] or subjects(head)
        case "xcomp" | "ccomp" | "advcl" | "pcomp" if is_verb(head):
            asked = verb.dep_ == "advcl" and verb.tag_ == "VB" and head.lemma_ in ASKED
            controller = first(children(head, "dobj")) if verb.dep_ == "xcomp" or asked else None
            return list(with_conjuncts(controller)) if controller else subjects(head)
        case "pcomp" if head.dep_ == "prep":
            return subjects(head.head) if is_verb(head.head) else []
        case "xcomp" if head.dep_ == "acomp" and is_verb(head.head):
            return subjects(head.head)
        case "acl":
            above = governor(head)
            if verb.tag_ == "VBG" or above is None:
                return list(with_conjuncts(head))
            return subjects(above)
        case "relcl":
            return list(with_conjuncts(head))
    return []


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.tag_ in ("WP", "WDT") and token.head.dep_ == "relcl":
        return token.head.head
    return token


@tokens_once
def patients(verb: Token) -> list[Token]:
    """Who or what it is done to: the object, or the subject of a passive."""
    named = [child for child in children(verb, "oprd") if child.pos_ == "PROPN"]
    named += [
        child for child in children(verb, "advmod", "npadvmod") if _is_name_after(child, verb)
    ]
    found = [*children(verb, "dobj", "nsubjpass", "dative"), *named]
    if not found and first(children(verb, "auxpass")) is not None and verb.dep_ == "xcomp":
        above = verb.head.head if verb.head.dep_ == "acomp" else verb.head
        found = [*children(above, "nsubj", "nsubjpass")]
    return [token for head in found for token in with_conjuncts(antecedent(head))]


def _is_name_after(token: Token, verb: Token) -> bool:
    """Zelensky in "met Zelensky in Paris", which the parser may take for an adverb."""
    return token.left_edge.i == verb.i + 1 and token.ent_type_ in ("PERSON", "GPE", "ORG", "NORP")


def absolute(noun: Token) -> Token | None:
    """The "with" of "with Rutte sitting at his side", "with Starmer as his guest"."""
    preposition = noun.head.lower_
    if (noun.lemma_, preposition) not in (("side", "at"), ("side", "by"), ("guest", "as")):
        return None
    for before in reversed(noun.doc[max(0, noun.i - NEAR) : noun.i]):
        if before.lower_ == "with":
            return before
        if is_verb(before) and before.tag_ != "VBG":
            return None
    return None


def accompanied(noun: Token) -> Token | None:
    """The verb of what is done in somebody's company: "spoke to reporters with Rutte at his side"."""
    link = absolute(noun)
    return next((t for t in link.ancestors if is_verb(t)), None) if link is not None else None


def companions(noun: Token) -> Iterator[Token]:
    """Those of "with Rutte at his side", wherever the parser hangs them."""
    if (link := absolute(noun)) is not None:
        for token in noun.doc[link.i + 1 : noun.i]:
            if is_verb(token) or token.lower_ in ("at", "as", "by"):
                return
            if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "poss"):
                yield token


def ancestors(token: Token) -> Iterator[tuple[Token, str]]:
    """(head, label of the link to it), from the token up to the root."""
    while token.head != token:
        yield token.head, token.dep_
        token = token.head


def follows_invitation(verb: Token) -> Token | None:
    """The "invited" of "was invited to Ankara and will travel on Friday": it says where to."""
    invited = verb.dep_ == "conj" and verb.head.lemma_ == "invite"
    elsewhere = any(children(verb, "dobj")) or any(objects_of(verb, "to"))
    return verb.head if invited and not elsewhere else None


def is_definite(noun: Token) -> bool:
    """ "the call", "this meeting", "the third round": one already spoken of, or of its series."""
    return noun.pos_ == "NOUN" and any(
        child.lower_ in ("the", "this", "that", "these", "those") for child in children(noun, "det")
    )
