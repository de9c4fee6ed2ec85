"""What a report says only in passing: whose words are a source, which events are background."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from timeline.dates import Basis

from .clauses import Clause, Dating
from .drafts import Draft, Reference
from .governing import governing
from .news import narrates
from .statuses import Finding
from .syntax import children, is_definite, is_verb, subjects
from .triggers import Trigger

LATEST = ("recent", "latest", "newest", "renewed", "fresh")


def is_background(trigger: Trigger, finding: Finding, dating: Dating) -> bool:
    """An event named by its noun, of which the sentence gives no day and tells something else.

    "alarm over the pause in deliveries", "recent talks have yielded little", "to be addressed in
    upcoming meetings": the article tells of them in its own place, or not at all.
    """
    if trigger.rule.type == "talks" and _is_only_where(trigger.token):
        return True
    if _is_only_when(trigger.token):
        return True
    ahead = finding.status in ("planned", "proposed")
    in_story = ahead and dating.basis is Basis.CONTEXT and dating.words is None
    bare = dating.basis is Basis.PUBLICATION or in_story
    if is_verb(trigger.token) or not bare:
        return False
    if ahead:
        return trigger.token.dep_ not in ("nsubj", "nsubjpass")
    return finding.status == "occurred" and not narrates(trigger.token)


def refers(trigger: Token) -> bool:
    """ "The conversation lasted an hour", "his visit": one that the reader is held to know of.

    Not what later deeds are measured from, "since the invasion".
    """
    known = is_definite(trigger) or any(True for _ in children(trigger, "poss"))
    since = any(token.lower_ == "since" for token in _above(trigger))
    return known and not since and not is_verb(trigger)


def reference(draft: Draft, noun: Token) -> Reference:
    """The words that refer, as a sentence has them."""
    return Reference(
        draft,
        latest=any(t.lower_ in LATEST for t in children(noun, "amod")),
        is_subject=noun.dep_ in ("nsubj", "nsubjpass"),
    )


def _above(token: Token) -> Iterator[Token]:
    """The words it hangs on, and those that lead in their clauses."""
    for above in token.ancestors:
        yield above
        yield from children(above, "mark")


def _is_only_where(noun: Token) -> bool:
    """ "Spoke at the yearly conference of the lobby": no more than where it was."""
    held = any(True for _ in children(noun, "acl", "relcl"))
    at = noun.dep_ == "pobj" and noun.head.lower_ == "at" and is_verb(noun.head.head)
    return at and not held and noun.lemma_ in ("conference", "summit")


def _is_only_when(noun: Token) -> bool:
    """ "On his arrival yesterday he said": not where he came to, and no news of its own."""
    when = noun.dep_ == "pobj" and noun.head.lower_ in ("on", "upon", "after", "before")
    return when and noun.lemma_ == "arrival" and not any(True for _ in children(noun, "prep"))


def tells_a_deed(said: Token, deeds: Iterable[Trigger], clause: Clause, *, person: bool) -> bool:
    """The words are news by the deed they tell of, which is an event of its own.

    A plan or a deed with its day: "Ashton said that they would meet in Geneva on 15 October". Or
    one that nobody by name stands for: "He rang Kyiv at noon, an aide told reporters".
    """
    clauses = list(children(said, "ccomp"))
    before = not person and any(c.i < said.i for c in clauses)
    below = {t.i for c in clauses for t in c.subtree}
    return any(
        deed.token.i in below and (before or governing(deed.token, clause) is not None)
        for deed in deeds
        if deed.rule.weight == "deeds"
    )


def goes_on(said: Token) -> bool:
    """ "He called it most dangerous": more of what was told before, by one who is not named anew."""
    return any(subject.pos_ == "PRON" for subject in subjects(said))
