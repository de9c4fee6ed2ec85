"""Every draft says which words give it its type and status."""

import datetime as dt
import re

import pytest

from articles.extraction import Draft, extract, load_lexicon

DAY = dt.date(2025, 7, 4)
REASONS = {
    "a light verb and its noun": (
        "Ukraine and Russia held talks in Istanbul on Monday.",
        "“held talks” → talks (rule “talks”)",
    ),
    "the words that a rule asks for": (
        "Macron and Merz signed a joint declaration in Evian on Monday.",
        "“signed a joint declaration” → agreement (rule “sign an accord”)",
    ),
    "a cue word": (
        "Erdogan and Zelensky spoke briefly by telephone on Monday.",
        "“spoke briefly by telephone” → call (rule “speak by phone”)",
    ),
    "no more of the sentence than it takes": (
        "Macron spoke with Modi on Monday by telephone, an aide said.",
        "“spoke … telephone” → call (rule “speak by phone”)",
    ),
    "a place for a verb without sense": (
        "Pompeo was in Pyongyang on 9 May 2018.",
        "“was in Pyongyang” → visit (rule “be somewhere”)",
    ),
    "a verb with its particle": (
        "Pyongyang called off the talks with Seoul on Thursday.",
        "“talks” → talks (rule “talks”); “called off” says it was cancelled or put off",
    ),
    "a modal": (
        "Rubio will meet Lavrov on Thursday in the capital of Malaysia, it is said.",
        "“meet” → meeting (rule “meet”); “will” says it is planned",
    ),
    "a negated modal": (
        "Putin will not meet Zelensky in Istanbul on Monday, the Kremlin said.",
        "“meet” → meeting (rule “meet”); “will not” says it did not or will not happen",
    ),
    "ruled out": (
        "Putin ruled out a meeting with Zelensky on Thursday.",
        "“meeting” → meeting (rule “meeting”); “ruled out” says it did not or will not happen",
    ),
    "a legal step": (
        "Moscow detained two French citizens on Friday.",
        "“detained” → legal step (rule “arrest, charge, rule”)",
    ),
    "a statement": (
        "Rutte said in an interview on Saturday that Trump had opened the door.",
        "“said” → statement, because it is news here that it was said",
    ),
    "no other type": (
        "On Saturday night Kim was shown the bay by the foreign minister of Singapore.",
        "“shown” → other, because it fits no other type; its actors are known and its day is told",
    ),
}


def read(text: str) -> list[Draft]:
    return extract(text, published=DAY, lexicon=load_lexicon())


@pytest.mark.parametrize(("text", "reason"), REASONS.values(), ids=list(REASONS))
def test_the_reason_for_a_type(text: str, reason: str) -> None:
    assert reason in [draft.type_because for draft in read(text)]


@pytest.mark.parametrize("text", [text for text, _ in REASONS.values()], ids=list(REASONS))
def test_what_is_quoted_stands_in_the_sentence(text: str) -> None:
    for draft in read(text):
        said = re.sub(r"\(rule “[^”]+”\)", "", draft.type_because)
        for quote in re.findall(r"“([^”]+)”", said):
            assert all(piece in draft.evidence.text for piece in quote.split(" … "))
