"""What likely answers an ultimatum: which deeds, by whom, when."""

import datetime as dt
from typing import Any

import pytest

from articles.answering import answers
from articles.weighing import Evidence, Party
from timeline.dates import DateValue

TRUMP = Party("Donald Trump", "United States")
RUSSIA, UKRAINE, SERBIA, NATO = (Party(n) for n in ("Russia", "Ukraine", "Serbia", "NATO"))


def on(day: int, month: int = 10) -> DateValue:
    return DateValue.day(dt.date(1998, month, day))


def ultimatum(**fields: Any) -> Evidence:
    return told(
        **{
            "article": "u",
            "type": "threat",
            "parties": (NATO, SERBIA),
            "date": on(1),
            "text": "gave Belgrade until Tuesday to withdraw its police or face air strikes",
            "deadline": on(6),
            "demands": ("withdrawal",),
            "threatens": ("strike",),
            **fields,
        }
    )


def told(**fields: Any) -> Evidence:
    defaults: dict[str, Any] = {
        "article": "r",
        "type": "withdrawal",
        "parties": (SERBIA,),
        "date": on(5),
    }
    given = {**defaults, **fields}
    return Evidence(key=f"{given}", dates=(given.pop("date"),), **given)


STRIKE: dict[str, Any] = {"type": "strike", "parties": (NATO, SERBIA), "date": on(8)}
REJECTION: dict[str, Any] = {"type": "rejection", "text": "rejected the ultimatum"}
CASES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "what was demanded": ({}, {"met"}),
    "on the day of the deadline": ({"date": on(6)}, {"met"}),
    "after the deadline": ({"date": on(7)}, set()),
    "before the ultimatum": ({"date": on(30, month=9)}, set()),
    "perhaps in time": ({"date": DateValue.until(dt.date(1998, 10, 8))}, {"met"}),
    "by others": ({"parties": (UKRAINE,)}, set()),
    "not yet done": ({"status": "planned"}, set()),
    "denied": ({"status": "denied"}, set()),
    "another deed": ({"type": "exchange"}, set()),
    "what was threatened": (STRIKE, {"enforced"}),
    "threatened, done before the deadline": ({**STRIKE, "date": on(5)}, set()),
    "threatened, done long after": ({**STRIKE, "date": on(30)}, set()),
    "done to them by others": ({**STRIKE, "parties": (UKRAINE, SERBIA)}, set()),
    "done by those threatened": ({**STRIKE, "parties": (SERBIA, NATO)}, set()),
    "done to others": ({**STRIKE, "parties": (NATO, UKRAINE)}, set()),
    "the ultimatum refused": (REJECTION, {"refused"}),
    "something else refused": ({**REJECTION, "text": "rejected a loan"}, set()),
}


@pytest.mark.parametrize(("fields", "kinds"), CASES.values(), ids=list(CASES))
def test_what_answers_an_ultimatum(fields: dict[str, Any], kinds: set[str]) -> None:
    assert answers([ultimatum()], [told(**fields)]).keys() == kinds


def test_no_answer_without_words_that_ask_for_it() -> None:
    silent = ultimatum(demands=(), threatens=())
    assert answers([silent], [told()]) == answers([silent], [told(**STRIKE)]) == {}


@pytest.mark.parametrize(
    ("text", "parties", "kinds"),
    [
        ("agreed on a peace plan for the valley", (RUSSIA, UKRAINE), {"met"}),
        ("agreed to exchange prisoners", (RUSSIA, UKRAINE), set()),
        ("agreed to exchange prisoners", (RUSSIA, TRUMP), {"met"}),
    ],
    ids=["of the same words", "another one", "with the demander"],
)
def test_an_agreement_is_with_the_demander_or_about_the_same(
    text: str, parties: tuple[Party, ...], kinds: set[str]
) -> None:
    words = "threatened Russia with tariffs unless there is a peace plan for the valley"
    demand = ultimatum(parties=(TRUMP, RUSSIA), demands=("agreement",), text=words)
    for kind in ("agreement", "ceasefire"):
        result = told(type=kind, parties=parties, text=text)
        assert answers([demand], [result]).keys() == kinds


def test_a_reply_is_one_to_whoever_asked() -> None:
    demand = ultimatum(demands=("statement",), text="demanded a reply about the convoy")
    reply = {"type": "statement", "text": "spoke of grain"}
    assert answers([demand], [told(**reply)]) == {}
    assert answers([demand], [told(**reply, parties=(SERBIA, NATO))]).keys() == {"met"}


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({}, "it came 1 day before the deadline."),
        ({"date": on(6)}, "it came on the day of the deadline."),
        (STRIKE, "it came 2 days after the deadline."),
        (
            {"date": DateValue.range(dt.date(1998, 10, 5), dt.date(1998, 10, 9))},
            "but it may have come after the deadline.",
        ),
        (
            {**STRIKE, "date": DateValue.range(dt.date(1998, 10, 5), dt.date(1998, 10, 9))},
            "but it may have come before the deadline.",
        ),
    ],
    ids=["before", "on", "after", "perhaps late", "perhaps early"],
)
def test_the_sentence_says_why(fields: dict[str, Any], end: str) -> None:
    (like,) = answers([ultimatum()], [told(**fields)]).values()
    assert like.sentence.endswith(end)
