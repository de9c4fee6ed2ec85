"""Verbs of saying, and which statements are news: those with an occasion, a day, or the lead."""

import re

from spacy.tokens import Doc, Token

from .syntax import children, governor

SAYING = frozenset(
    "say tell announce declare state confirm add note stress emphasise emphasize describe comment "
    "remark claim argue insist reiterate write post explain acknowledge admit deny assert repeat "
    "report suggest maintain stipulate reveal disclose tweet speak speculate underline highlight "
    "express voice indicate hint predict warn answer reply "
    "respond assure contradict retort concede".split()
)
ASKING = frozenset(
    "appeal promise pledge vow offer propose demand urge threaten ask invite agree decide order plan "
    "hope want seek intend expect call refuse decline reject dismiss warn accuse request suggest "
    "consider prepare wish accept".split()
)
"""Verbs that speak of a deed yet to come: their day is the day of the words, not of the deed."""
OCCASIONS = frozenset(
    "reporter reporters journalists interview address speech statement conference briefing "
    "television tv parliament congress tweet twitter telegram letter communiqué communique post "
    "broadcast newspaper lawmakers message press note podium remarks editorial".split()
)
UTTERANCES = frozenset(
    "letter message note telegram cable tweet post speech statement address interview broadcast "
    "communiqué communique memorandum editorial".split()
)
IN_TURN = re.compile(r"\bfor (?:his|her|its|their) part\b", re.IGNORECASE)
NEAR = 8
"""Words between a letter and "in which", which the parser may hang on the verb."""
REPLYING = frozenset("answer reply respond contradict retort".split())
ANNOUNCING = frozenset("announce declare reveal disclose proclaim tweet comment".split())


def is_saying(token: Token) -> bool:
    """A verb of saying; "called the raid a crime" is one too."""
    lemma = token.lemma_.lower()
    if lemma in ("call", "term", "label", "brand"):
        return any(c.dep_ in ("oprd", "ccomp") and c.pos_ != "PROPN" for c in token.children)
    if lemma in ("make", "let"):
        return any(
            t.lower_ == "known"
            for c in children(token, "ccomp", "xcomp", "acomp", "oprd")
            for t in c.subtree
        )
    return lemma in SAYING


def is_telling(token: Token) -> bool:
    """A verb of saying, asking or intending: what hangs below it happens before or after it."""
    off = any(child.lower_ == "off" for child in children(token, "prt"))  # "called off"
    return is_saying(token) or (token.lemma_.lower() in ASKING and not off)


def utterance(verb: Token) -> Token | None:
    """The letter of "cancelled it in a letter which blamed him", "a tweet in which he offered it"."""
    if verb.dep_ not in ("relcl", "advcl") or not any(t.tag_ == "WDT" for t in verb.subtree):
        return None
    if verb.dep_ == "relcl" and any(t.tag_ == "WDT" for t in children(verb, "nsubj")):
        return verb.head if _is_uttered(verb.head) else None
    for link in children(verb, "prep"):
        if link.lower_ == "in" and any(t.tag_ == "WDT" for t in link.children):
            before = link.doc[max(link.i - NEAR, 0) : link.i]
            nouns = (t for t in reversed(before) if verb.head in (t, *t.ancestors))
            return next((t for t in nouns if _is_uttered(t)), None)
    return None


def _is_uttered(noun: Token) -> bool:
    return noun.lemma_.lower() in UTTERANCES and governor(noun) is not None


def occasions(sentence: str) -> frozenset[str]:
    """The words of a sentence that name where it was said: to reporters, in an address, by letter.

    "A demand to address the causes" was made in no address.
    """
    return OCCASIONS & set(re.findall(r"\w+", sentence.lower().replace("to address", "")))


def takes_a_turn(sentence: str) -> bool:
    """ "Lavrov, for his part, said": words set against those that somebody else has said."""
    return IN_TURN.search(sentence) is not None


def has_occasion(doc: Doc) -> bool:
    return bool(occasions(doc.text))


def is_announcing(token: Token) -> bool:
    return token.lemma_.lower() in ANNOUNCING
