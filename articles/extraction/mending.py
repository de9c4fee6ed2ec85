"""Errors of the parser that recur in news, put right in the Doc before anything is read from it."""

from spacy.tokens import Doc, Token

FINITE = ("VBD", "VBZ", "VBP")
PRESENT = ("VBZ", "VBP")
REFLEXIVE = ("himself", "herself", "itself", "themselves")


def mend(doc: Doc) -> None:
    for token in doc:
        _mend_person(token)
    for token in doc:
        _mend_two_persons(token)
        _mend_subject(token)
        _mend_two_subjects(token)
        _mend_joined(token)
        _mend_emphasis(token)


def _mend_person(token: Token) -> None:
    """A person whom the tagger takes for an adverb: "met Zelensky in Paris"."""
    if token.ent_type_ == "PERSON" and token.dep_ == "advmod":
        token.pos_, token.tag_ = "PROPN", "NNP"
        if token.head.pos_ == "VERB" and token.i == token.head.i + 1:
            token.dep_ = "dobj"


def _mend_two_persons(root: Token) -> None:
    """ "Macron and Merz met" taken for two clauses, of which the first is the one word "Macron"."""
    if root.dep_ != "ROOT" or root.ent_type_ != "PERSON":
        return
    verb = next((c for c in root.children if c.dep_ == "conj" and c.tag_ in FINITE), None)
    other = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb else None
    if verb is None or other is None or other.left_edge.i != root.i + 2:
        return
    root.pos_, root.tag_ = "PROPN", "NNP"
    verb.head, verb.dep_ = verb, "ROOT"
    for child in list(root.children):
        if child.i > verb.i:
            child.head = verb
    root.head, root.dep_ = verb, "nsubj"
    other.head, other.dep_ = root, "conj"


def _mend_subject(verb: Token) -> None:
    """ "At a villa in Minsk, the presidents signed it": who acts, taken for an apposition to Minsk.

    Behind an apposition there would be a comma before the verb.
    """
    if verb.dep_ != "ROOT" or verb.tag_ not in FINITE or verb.i < 2:
        return
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and c.i > 1 for c in verb.children):
        return
    last = verb.nbor(-1)
    for noun in (last, *last.ancestors):
        if noun.dep_ == "appos" and noun.pos_ in ("NOUN", "PROPN") and noun.right_edge == last:
            first = noun.left_edge
            if first.i and first.nbor(-1).text == "," and noun.head.i < first.i:
                noun.head, noun.dep_ = verb, "nsubj"
            return


def _mend_two_subjects(verb: Token) -> None:
    """ "At Como, the seat of the bishop, Macron met Merz": the one beside the verb acts."""
    acting = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    for noun in acting[:-1]:
        first = noun.left_edge
        if first.i > 1 and first.nbor(-1).text == "," and first.nbor(-2).pos_ in ("NOUN", "PROPN"):
            noun.head, noun.dep_ = first.nbor(-2), "appos"


def _mend_joined(verb: Token) -> None:
    """ "Stepped over the line that divides the two on Friday and spent the day with Moon": what is
    told in the past goes on with the past of the main clause, not with the present beneath it."""
    above = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or _acts_itself(verb):
        return
    if above.dep_ != "relcl" or above.tag_ not in PRESENT or _has_auxiliary(verb):
        return
    main = next((t for t in above.ancestors if t.tag_ == "VBD"), None)
    if main is None:
        return
    for child in list(above.children):
        dated = any(t.ent_type_ == "DATE" for t in child.subtree)
        if child.dep_ == "cc" or (
            child.dep_ in ("prep", "npadvmod") and dated and child.i < verb.i
        ):
            child.head = main
    verb.head = main


def _mend_emphasis(token: Token) -> None:
    """ "He was himself in Havana": it says no more of him."""
    if token.lower_ in REFLEXIVE and token.dep_ in ("attr", "oprd", "npadvmod"):
        token.dep_ = "advmod"


def _acts_itself(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)
