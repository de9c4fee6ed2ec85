"""Which mentions tell of the same event."""

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.matching import MOST_DAYS, Decisions, assign, group
from articles.weighing import Evidence, Party, likeness
from timeline.dates import UNDATED, DateValue

TRUMP = Party("Donald Trump", "United States")
RUBIO = Party("Marco Rubio", "United States")
PUTIN = Party("Vladimir Putin", "Russia")
LAVROV = Party("Sergey Lavrov", "Russia")
ZELENSKY = Party("Volodymyr Zelensky", "Ukraine")
UNITED_STATES, RUSSIA, UKRAINE = Party("United States"), Party("Russia"), Party("Ukraine")


def july(day: int) -> DateValue:
    return DateValue.day(dt.date(2025, 7, day))


def until(day: int) -> DateValue:
    return DateValue.until(dt.date(2025, 7, day))


JULY = DateValue.month(2025, 7)
EARLY = DateValue.part_of_month(2025, 7, "early")


def mention(key: str, **fields: Any) -> Evidence:
    """The article is the first letter of the key."""
    defaults: dict[str, Any] = {"type": "call", "parties": (TRUMP, PUTIN), "date": july(3)}
    given_fields = {**defaults, **fields}
    dates = (given_fields.pop("date"), *given_fields.pop("more_dates", ()))
    return Evidence(key=key, article=key[0], dates=dates, **given_fields)


def divided(*mentions: Evidence, **decisions: Any) -> list[str]:
    """The groups as text: ["a1+b1", "c1"]."""
    groups = group(mentions, Decisions(**decisions))
    return ["+".join(sorted(members)) for members in groups]


ONE_OR_TWO = {
    "the same day and people": ([{}, {}], True),
    "in the other order": ([{}, {"parties": (PUTIN, TRUMP)}], True),
    "another day": ([{}, {"date": july(4)}], False),
    "a meeting after the call": ([{}, {"type": "meeting"}], False),
    "a visit and the meeting in it": ([{"type": "visit"}, {"type": "meeting"}], False),
    "talks and a meeting": ([{"type": "talks"}, {"type": "meeting"}], True),
    "a plan and what came of it": ([{"status": "planned"}, {}], False),
    "a plan and its cancellation": ([{"status": "planned"}, {"status": "cancelled"}], False),
    "a plan and a hope": ([{"status": "planned"}, {"status": "proposed"}], True),
    "a denial and a report": ([{"status": "denied"}, {}], True),
    "an aide named in one": ([{}, {"parties": (TRUMP, PUTIN, RUBIO)}], True),
    "another partner": ([{}, {"parties": (TRUMP, ZELENSKY)}], False),
    "one more partner": ([{}, {"parties": (TRUMP, PUTIN, ZELENSKY)}], False),
    "a person with his side named": ([{}, {"parties": (TRUMP, UNITED_STATES, PUTIN)}], True),
    "persons and their sides": ([{}, {"parties": (UNITED_STATES, RUSSIA)}], True),
    "other persons of these sides": ([{}, {"parties": (RUBIO, LAVROV)}], False),
    "a person and another of his side": ([{}, {"parties": (RUBIO, PUTIN)}], False),
    "nobody": ([{"parties": ()}, {"parties": ()}], False),
    "a day and its month": ([{}, {"date": JULY}], True),
    "a day and a bound after it": ([{}, {"date": until(4)}], True),
    "a day and a bound before it": ([{}, {"date": until(2)}], False),
    "a day eight days before a bound": ([{}, {"date": until(11)}], False),
    "a day and no date": ([{}, {"date": UNDATED}], False),
    "no date and no date": ([{"date": UNDATED}, {"date": UNDATED}], False),
    "the same vague days": ([{"date": EARLY}, {"date": EARLY}], True),
    "vague days that hold one another": ([{"date": EARLY}, {"date": JULY}], True),
    "a corrected date": ([{"date": july(9), "more_dates": (july(3),)}, {}], True),
    "the own date of a corrected one": ([{"more_dates": (july(9),)}, {}], True),
    "strikes one way": (
        [{"type": "strike", "parties": (RUSSIA, UKRAINE)}] * 2,
        True,
    ),
    "strikes both ways": (
        [
            {"type": "strike", "parties": (RUSSIA, UKRAINE)},
            {"type": "strike", "parties": (UKRAINE, RUSSIA)},
        ],
        False,
    ),
    "visits in turn": (
        [
            {"type": "visit", "parties": (TRUMP, RUSSIA)},
            {"type": "visit", "parties": (PUTIN, UNITED_STATES)},
        ],
        False,
    ),
    "an accord with other signatories named": (
        [
            {"type": "agreement", "text": "The nuclear accord was concluded in Vienna."},
            {
                "type": "agreement",
                "parties": (UNITED_STATES, UKRAINE),
                "text": "Of the nuclear accord that was signed in Vienna no word was left out.",
            },
        ],
        True,
    ),
    "accords of one signatory": (
        [
            {"type": "agreement", "text": "They signed a nuclear accord."},
            {
                "type": "agreement",
                "parties": (UNITED_STATES, UKRAINE),
                "text": "A treaty on grain was initialled.",
            },
        ],
        False,
    ),
    "a gathering of which only the place is told by one": (
        [
            {"type": "talks", "places": ("Geneva",)},
            {"type": "talks", "parties": (), "places": ("geneva",)},
        ],
        True,
    ),
    "talks at which one report names more": (
        [{"type": "talks"}, {"type": "talks", "parties": (TRUMP, PUTIN, UKRAINE)}],
        True,
    ),
    "a demand that one report calls a statement": (
        [
            {"type": "demand", "text": "Trump told Moscow to open the grain ports."},
            {"type": "statement", "text": "Moscow must open its ports for grain, Trump said."},
        ],
        True,
    ),
    "a visit to the very house of the meeting on its day": (
        [
            {"type": "meeting", "places": ("White House",)},
            {"type": "visit", "parties": (PUTIN, UNITED_STATES), "places": ("White House",)},
        ],
        True,
    ),
    "a rejection told in other words": (
        [
            {"type": "rejection", "parties": (PUTIN,), "text": "Putin blocked the grain accord."},
            {"type": "rejection", "parties": (PUTIN,), "text": "The fund was blocked by Putin."},
        ],
        True,
    ),
    "a term in figures and in words": (
        [
            {"type": "threat", "parties": (TRUMP,), "text": "Trump set him a term of fifty days."},
            {"type": "threat", "parties": (TRUMP,), "text": "A deal within 50 days, said Trump."},
        ],
        True,
    ),
    "what there is none of": (
        [
            {"type": "statement", "text": "Trump found that the talk had brought no progress."},
            {"type": "statement", "text": "“I can't see any progress,” Trump told the press."},
        ],
        True,
    ),
    "nothing of two things": (
        [
            {"type": "statement", "text": "Trump found no progress on the grain question."},
            {"type": "statement", "text": "Trump saw no reason to think of progress."},
        ],
        False,
    ),
    "there is some, and none": (
        [
            {"type": "statement", "text": "Trump found that there had been some progress."},
            {"type": "statement", "text": "“I can't see any progress,” Trump told the press."},
        ],
        False,
    ),
    "another term": (
        [
            {"type": "threat", "parties": (TRUMP,), "text": "Trump set him a term of fifty days."},
            {"type": "threat", "parties": (TRUMP,), "text": "A deal within 12 days, said Trump."},
        ],
        False,
    ),
    "one word in common": (
        [
            {"type": "statement", "text": "Trump spoke at an air base."},
            {"type": "statement", "text": "Trump spoke on his plane in the air."},
        ],
        False,
    ),
    "two events of no type": (
        [
            {"type": "other", "text": "The tanker was allowed to pass on Thursday."},
            {"type": "other", "text": "He called the arms a matter of defence."},
        ],
        False,
    ),
    "two statements": (
        [
            {"type": "statement", "parties": (TRUMP,), "text": "Trump spoke of tariffs on steel."},
            {"type": "statement", "parties": (TRUMP,), "text": "Trump praised the hostage deal."},
        ],
        False,
    ),
    "one statement told twice": (
        [
            {"type": "statement", "parties": (TRUMP,), "text": "Trump announced steel tariffs."},
            {"type": "statement", "parties": (TRUMP,), "text": "New tariffs on steel, Trump said."},
        ],
        True,
    ),
}


@pytest.mark.parametrize(("fields", "one"), ONE_OR_TWO.values(), ids=list(ONE_OR_TWO))
def test_one_event_or_two(fields: list[dict[str, Any]], one: bool) -> None:
    a, b = (mention(key, **more) for key, more in zip(("a1", "b1"), fields, strict=True))
    assert divided(a, b) == (["a1+b1"] if one else ["a1", "b1"])


def test_what_is_told_goes_to_the_one_who_tells_it_and_not_to_the_denial() -> None:
    told, denied = mention("a1", parties=(TRUMP, PUTIN)), mention("a2", status="denied")
    assert divided(told, denied, mention("b1", date=JULY)) == ["a1+b1", "a2"]


def test_two_events_of_one_article_stay_two() -> None:
    assert divided(mention("a1"), mention("a2")) == ["a1", "a2"]


def test_a_third_article_joins_but_one_of_two_events_of_an_article() -> None:
    rows = [
        mention("a1", text="They spoke about the arms for an hour."),
        mention("a2", text="In the evening they discussed Iran."),
        mention("b1", text="An hour long they discussed the supply of arms."),
    ]
    assert divided(*rows) == ["a1+b1", "a2"]


def test_a_vague_mention_joins_the_only_event_of_its_days() -> None:
    rows = [mention("a1"), mention("b1", date=JULY), mention("c1", date=july(3))]
    assert divided(*rows) == ["a1+b1+c1"]


def test_a_vague_mention_of_two_possible_events_stands_alone() -> None:
    rows = [mention("a1", date=july(3)), mention("b1", date=july(9)), mention("c1", date=JULY)]
    assert divided(*rows) == ["a1", "b1", "c1"]


def test_a_vague_mention_is_not_taken_for_another_event_of_its_own_article() -> None:
    rows = [mention("a1", date=july(3)), mention("b1", date=july(9)), mention("a2", date=JULY)]
    assert divided(*rows) == ["a1", "a2+b1"]


def test_a_vague_mention_of_a_war_s_daily_strikes_names_none_of_them() -> None:
    """And is not read: more days than MOST_DAYS are asked of nobody."""
    days = [mention(f"{article}1", date=july(2 * n + 1)) for n, article in enumerate("abcdefghi")]
    assert len(days) == MOST_DAYS + 1
    assert divided(*days[:1], mention("z1", date=JULY)) == ["a1+z1"]
    assert "z1" in divided(*days, mention("z1", date=JULY))


def test_what_two_reports_have_in_common_with_a_third_makes_all_three_one() -> None:
    rows = [
        mention(
            "a1", type="agreement", parties=(UNITED_STATES, RUSSIA), text="Vienna grain accord"
        ),
        mention("b1", type="agreement", parties=(UNITED_STATES, UKRAINE), text="the Vienna accord"),
        mention("c1", type="agreement", parties=(UKRAINE, UNITED_STATES, RUSSIA), text="an accord"),
    ]
    assert divided(*rows) == ["a1+b1+c1"]


def test_reasons_are_a_sentence() -> None:
    a = mention("a1", type="talks", places=("Geneva",), text="They talked of grain.")
    b = mention("b1", type="meeting", places=("Vienna",), text="Grain was the subject.")
    like = likeness(a, b)
    assert like
    assert like.sentence == (
        "The same participants (Donald Trump, Vladimir Putin), the same day, like words (grain …);"
        " but one is read as “talks”, the other as “meeting”, Geneva in one, Vienna in the other."
    )


def test_sides_join_the_only_persons_who_acted_for_them() -> None:
    by_side = mention("c1", parties=(UNITED_STATES, RUSSIA))
    ministers = mention("b1", parties=(RUBIO, LAVROV))
    assert divided(mention("a1"), by_side) == ["a1+c1"]
    assert divided(mention("a1"), ministers, by_side) == ["a1", "b1", "c1"]


def pair(a: str, b: str) -> frozenset[frozenset[str]]:
    return frozenset({frozenset({a, b})})


def test_editors_join_what_the_rule_keeps_apart() -> None:
    rows = [mention("a1"), mention("b1", type="meeting", date=july(20))]
    assert divided(*rows, must_join=pair("a1", "b1")) == ["a1+b1"]


def test_what_editors_joined_takes_in_what_fits_either() -> None:
    rows = [mention("a1"), mention("b1", date=july(20)), mention("c1", date=july(20))]
    assert divided(*rows, must_join=pair("a1", "b1")) == ["a1+b1+c1"]


def test_editors_part_what_the_rule_joins() -> None:
    assert divided(mention("a1"), mention("b1"), must_part=pair("a1", "b1")) == ["a1", "b1"]


def test_a_decision_about_a_mention_that_is_gone_is_no_error() -> None:
    assert divided(mention("a1"), must_join=pair("a1", "z9"), must_part=pair("a1", "y9")) == ["a1"]


MENTIONS = st.lists(
    st.builds(
        lambda article, number, **fields: mention(f"{article}{number}", **fields),
        st.sampled_from("abcd"),
        st.integers(0, 3),
        type=st.sampled_from(["call", "talks", "statement", "strike", "agreement"]),
        parties=st.sampled_from(
            [(TRUMP, PUTIN), (PUTIN, TRUMP), (UNITED_STATES, RUSSIA), (RUBIO, LAVROV), (TRUMP,), ()]
        ),
        date=st.sampled_from([july(2), july(3), until(4), JULY, EARLY, UNDATED]),
        status=st.sampled_from(["occurred", "planned", "denied"]),
        places=st.sampled_from([(), ("Geneva",), ("Vienna",)]),
        text=st.sampled_from(["steel tariffs", "tariffs on steel and cars", "hostages", ""]),
    ),
    max_size=12,
    unique_by=lambda m: m.key,
)
PAIRS = st.frozensets(
    st.frozensets(
        st.builds(lambda a, n: f"{a}{n}", st.sampled_from("abcd"), st.integers(0, 3)),
        min_size=2,
        max_size=2,
    ),
    max_size=2,
)


@settings(max_examples=300)
@given(MENTIONS, PAIRS, PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    mentions: list[Evidence],
    join: frozenset[frozenset[str]],
    part: frozenset[frozenset[str]],
    chance: random.Random,
) -> None:
    decisions = Decisions(join, part)
    shuffled = chance.sample(mentions, len(mentions))
    assert group(shuffled, decisions) == group(mentions, decisions)


@settings(max_examples=300)
@given(MENTIONS, PAIRS, PAIRS)
def test_every_mention_is_in_one_group_and_no_article_twice(
    mentions: list[Evidence], join: frozenset[frozenset[str]], part: frozenset[frozenset[str]]
) -> None:
    groups = group(mentions, Decisions(frozenset(), part))
    of = {m.key: m for m in mentions}
    assert sorted(key for members in groups for key in members) == sorted(of)
    for members in groups:
        told = [(of[key].article, of[key].type) for key in members]
        assert len(told) == len(set(told))
        assert not any(told_apart <= members for told_apart in part)


# ---------- which event a group is

GROUPS = {
    "nothing held": ([{"a"}], {}, set(), [None]),
    "what it had": ([{"a", "b"}], {"a": 7}, set(), [7]),
    "the smaller of two": ([{"a", "b"}], {"a": 7, "b": 3}, set(), [3]),
    "the one that an editor decided on": ([{"a", "b"}], {"a": 7, "b": 3}, {7}, [7]),
    "an event that fell apart": ([{"a"}, {"b", "c"}], {"a": 3, "b": 3, "c": 3}, set(), [None, 3]),
    "nobody goes without": ([{"a", "b"}, {"c"}], {"a": 3, "b": 3, "c": 3}, set(), [3, None]),
    "two that changed members": (
        [{"a", "d"}, {"b", "c"}],
        {"a": 1, "b": 1, "c": 1, "d": 2},
        set(),
        [2, 1],
    ),
}


@pytest.mark.parametrize(("groups", "held", "kept", "expected"), GROUPS.values(), ids=list(GROUPS))
def test_groups_keep_their_events(
    groups: list[set[str]], held: dict[str, int], kept: set[int], expected: list[int | None]
) -> None:
    given_events = assign(map(frozenset, groups), held, frozenset(kept))
    assert [given_events[frozenset(members)] for members in groups] == expected
