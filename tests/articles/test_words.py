"""What two sentences have in common: word forms and synonyms are one, and empty words are none."""

import tomllib

import pytest

from articles.words import SYNONYMS, salient, stem

SETS = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["sets"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He warned of sanctions.", "Oslo was sanctioned."),
        ("Shipments were halted.", "The pause in deliveries"),
        ("Oslo will take its old launchers away.", "a withdrawal"),
        ("They shipped them back.", "The guns are being removed."),
        ("within fifty days", "in 50 days"),
    ],
)
def test_have_a_word_in_common(one: str, other: str) -> None:
    assert salient(one).keys() & salient(other).keys()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He told reporters on Monday.", "She told the press on Monday."),
        ("It came a week ago.", "He gave way a week ago."),
        ("He took the floor.", "The Swedes withdrew."),
        ("in 1962", "of 1962"),
    ],
)
def test_have_none(one: str, other: str) -> None:
    assert not salient(one).keys() & salient(other).keys()


def test_no_word_has_two_sets_of_synonyms() -> None:
    stems = [{stem(word) for word in words} for words in SETS]
    assert all(len(one) == 1 for one in stems)
    assert len(set.union(*stems)) == len(SETS)
