"""How alike two texts are: one that was edited is found, two reports of one event are two."""

import json
from itertools import combinations

import pytest
from django.conf import settings

from articles.likeness import ALIKE, SLOTS, bands, likeness, sketch

DISPATCHES = [
    json.loads(line)["text"]
    for path in sorted(settings.BASE_DIR.glob("seeds/*/articles.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
TEXT = next(text for text in DISPATCHES if text.startswith("Macron and Putin talk"))
HEADLINE, LEAD, *REST = TEXT.split("\n\n")
NEWS = LEAD.partition(" - ")[2]


def every(step: int, word: str) -> str:
    """The text with another word in place of each so many."""
    words = TEXT.split(" ")
    words[::step] = [word] * len(words[::step])
    return " ".join(words)


EDITED = {
    "another headline, no dateline": "\n\n".join(["A long call", NEWS, *REST]),
    "another agency's name": TEXT.replace("Meridian Wire", "Atlantic Cable"),
    "without its last third": "\n\n".join([HEADLINE, LEAD, *REST[:-2]]),
    "in another order": "\n\n".join([HEADLINE, LEAD, *reversed(REST)]),
    "with paragraphs of another": "\n\n".join([TEXT, *DISPATCHES[0].split("\n\n")[3:]]),
    "every 20th word replaced": every(20, "instead"),
    "in capitals": TEXT.upper(),
    "other white space": TEXT.replace(" ", "  ").replace("\n\n", "\n"),
}


@pytest.mark.parametrize("edited", EDITED.values(), ids=list(EDITED))
def test_an_edited_text_is_alike_and_found(edited: str) -> None:
    one, other = sketch(TEXT), sketch(edited)
    assert likeness(one, other) >= ALIKE
    assert set(bands(one)) & set(bands(other))


def test_texts_of_their_own_are_far_from_alike() -> None:
    sketches = [sketch(text) for text in DISPATCHES]
    assert max(likeness(a, b) for a, b in combinations(sketches, 2)) < ALIKE / 3


@pytest.mark.parametrize("text", ["", "Two presidents spoke.", HEADLINE], ids=lambda text: text[:9])
def test_a_short_text_is_like_none(text: str) -> None:
    assert sketch(text) == b"" and bands(b"") == []
    assert likeness(sketch(text), sketch(text)) == 0


def test_a_text_is_wholly_like_itself() -> None:
    assert likeness(sketch(TEXT), sketch(TEXT)) == 1


def test_sketches_in_the_database_stay_comparable() -> None:
    """Should a release of the library hash otherwise, stored sketches must be made anew with it."""
    words = " ".join(f"w{number}" for number in range(100))
    assert sketch(words)[:8].hex() == "3487e23038215f67"
    assert bands(sketch(words))[:2] == [-1476507173, -1473480901]
    assert len(sketch(words)) == 4 * SLOTS
