"""Who takes part, from the words of one or more sentences."""

import datetime as dt

import pytest

from articles.extraction import PIPELINE, load_lexicon
from articles.extraction.language import parse
from articles.extraction.triggers import find
from articles.extraction.who import Cast


def parties(*sentences: str, day: dt.date = dt.date(2025, 7, 4)) -> tuple[str, ...]:
    """Those who take part in the last event of the last sentence."""
    cast = Cast(load_lexicon(), day)
    actors: tuple[str, ...] = ()
    for doc in parse(sentences, pipeline=PIPELINE, lexicon=load_lexicon()):
        cast.enter(doc)
        for trigger in find(doc, cast):
            actors = trigger.actors
        cast.leave()
    return actors


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["Zelenskiy met Macron in Paris."], ("Volodymyr Zelensky", "Emmanuel Macron")),
        (["The NATO chief visited Kyiv."], ("Mark Rutte", "Ukraine")),
        (["The French president met Merz."], ("Emmanuel Macron", "Friedrich Merz")),
        (["Moscow sanctioned two Polish firms."], ("Russia", "Poland")),
        (
            ["Lavrov flew to Ankara.", "He met Fidan there on Monday."],
            ("Sergey Lavrov", "Hakan Fidan"),
        ),
        (
            ["Putin spoke to reporters.", "He ruled out a meeting between him and Trump."],
            ("Vladimir Putin", "Donald Trump"),
        ),
        (
            ["Trump met Kim in Hanoi.", "The two leaders met again in June."],
            ("Donald Trump", "Kim Jong Un"),
        ),
        (
            ["Jane Alderton, the envoy of Norland, arrived.", "Alderton met Rubio."],
            ("Jane Alderton", "Marco Rubio"),
        ),
    ],
    ids=[
        "spelling",
        "office of an organisation",
        "office of a state",
        "capital for the state",
        "pronoun",
        "two pronouns, one taken",
        "the two leaders",
        "a person the lexicon does not know",
    ],
)
def test_parties(sentences: list[str], expected: tuple[str, ...]) -> None:
    assert set(parties(*sentences)) == set(expected)


@pytest.mark.parametrize(
    ("day", "state"),
    [(dt.date(1962, 10, 22), "Soviet Union"), (dt.date(2025, 7, 4), "Russia")],
    ids=["1962", "2025"],
)
def test_a_capital_stands_for_the_state_of_its_time(day: dt.date, state: str) -> None:
    assert parties("Moscow recalled its ambassador.", day=day) == (state,)
