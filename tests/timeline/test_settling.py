"""How readings and decisions become the event that readers see."""

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import UNDATED, Basis, DateValue
from timeline.settling import Party, Reading, independent, machine, settle
from timeline.titles import listed, title
from timeline.types import STATUSES, TYPES

TRUMP = Party("Donald Trump", "person", "United States")
PUTIN = Party("Vladimir Putin", "person", "Russia")
UNITED_STATES = Party("United States", "country")
RUSSIA = Party("Russia", "country")


def july(day: int) -> dt.date:
    return dt.date(2025, 7, day)


def on(day: int) -> DateValue:
    return DateValue.day(july(day))


def reading(article: str = "a", **fields: Any) -> Reading:
    defaults: dict[str, Any] = {
        "type": "call",
        "status": "occurred",
        "evidence": f"They spoke, wrote {article}.",
        "actors": (TRUMP, PUTIN),
        "outlet": f"The {article}",
        "published": july(4),
        "date": on(3),
        "basis": Basis.WEEKDAY,
    }
    return Reading(article=article, **{**defaults, **fields})


DATES = {
    "explicit beats weekday": (
        [(on(3), Basis.EXPLICIT), (on(5), Basis.WEEKDAY)],
        (on(3), Basis.EXPLICIT, True),
    ),
    "weekday beats relative": (
        [(on(5), Basis.RELATIVE), (on(3), Basis.WEEKDAY)],
        (on(3), Basis.WEEKDAY, True),
    ),
    "relative beats context": (
        [(on(5), Basis.CONTEXT), (on(3), Basis.RELATIVE)],
        (on(3), Basis.RELATIVE, True),
    ),
    "context beats publication": (
        [(on(5), Basis.PUBLICATION), (on(3), Basis.CONTEXT)],
        (on(3), Basis.CONTEXT, True),
    ),
    "sharper beats vaguer of a better basis": (
        [(DateValue.month(2025, 7), Basis.EXPLICIT), (on(3), Basis.WEEKDAY)],
        (on(3), Basis.WEEKDAY, False),
    ),
    "a bound and a day within it": (
        [(DateValue.until(july(4)), Basis.PUBLICATION), (on(3), Basis.WEEKDAY)],
        (on(3), Basis.WEEKDAY, False),
    ),
    "a day outside of a bound": (
        [(DateValue.until(july(2)), Basis.PUBLICATION), (on(3), Basis.WEEKDAY)],
        (on(3), Basis.WEEKDAY, True),
    ),
    "two bounds that leave one day": (
        [
            (DateValue.until(july(4)), Basis.PUBLICATION),
            (DateValue.since(july(4)), Basis.PUBLICATION),
        ],
        (on(4), Basis.CORROBORATED, False),
    ),
    "two ranges that leave a few days": (
        [
            (DateValue.range(july(1), july(5)), Basis.EXPLICIT),
            (DateValue.range(july(4), july(9)), Basis.EXPLICIT),
        ],
        (DateValue.range(july(4), july(5)), Basis.CORROBORATED, False),
    ),
    "no date beside a date": (
        [(UNDATED, Basis.NONE), (on(3), Basis.WEEKDAY)],
        (on(3), Basis.WEEKDAY, False),
    ),
    "no date at all": ([(UNDATED, Basis.NONE)], (UNDATED, Basis.NONE, False)),
    "talks that lasted and one day of them": (
        [
            (DateValue.range(july(3), july(5), lasting=True), Basis.EXPLICIT),
            (on(4), Basis.EXPLICIT),
        ],
        (DateValue.range(july(3), july(5), lasting=True), Basis.EXPLICIT, False),
    ),
    "talks that lasted until two days": (
        [
            (DateValue.range(july(3), july(5), lasting=True), Basis.EXPLICIT),
            (DateValue.range(july(3), july(7), lasting=True), Basis.EXPLICIT),
        ],
        (DateValue.range(july(3), july(5), lasting=True), Basis.EXPLICIT, True),
    ),
    "about a day beside that day": (
        [
            (DateValue(july(2), july(2), on(2).precision, approximate=True), Basis.EXPLICIT),
            (on(3), Basis.RELATIVE),
        ],
        (on(3), Basis.RELATIVE, False),
    ),
}


@pytest.mark.parametrize(("given_dates", "expected"), DATES.values(), ids=list(DATES))
def test_the_best_supported_date(
    given_dates: list[tuple[DateValue, Basis]], expected: tuple[DateValue, Basis, bool]
) -> None:
    rows = [
        reading(name, date=date, basis=basis)
        for name, (date, basis) in zip("abc", given_dates, strict=False)
    ]
    settled = settle(rows, {})
    assert (settled.date, settled.basis, settled.differs) == expected


def test_the_reason_says_which_article_says_what() -> None:
    rows = [
        reading("Wire", because="“Thursday” before Fri 4 July 2025 → 3 July 2025"),
        reading("Post", date=DateValue.until(july(4)), basis=Basis.PUBLICATION),
    ]
    assert settle(rows, {}).because == (
        "The Wire of 4 July 2025: “Thursday” before Fri 4 July 2025 → 3 July 2025."
    )


def test_the_reason_of_a_date_that_only_two_articles_give_together() -> None:
    rows = [
        reading("Wire", date=DateValue.since(july(4)), basis=Basis.CONTEXT),
        reading("Post", date=DateValue.until(july(4)), basis=Basis.CONTEXT),
    ]
    assert settle(rows, {}).because == (
        "The Wire of 4 July 2025 says on or after 4 July 2025, "
        "The Post of 4 July 2025 says on or before 4 July 2025: together 4 July 2025."
    )


def test_the_reason_names_the_article_that_says_otherwise() -> None:
    rows = [
        reading("Wire", basis=Basis.EXPLICIT, because="as written"),
        reading("Post", date=on(5)),
    ]
    assert settle(rows, {}).because == (
        "The Wire of 4 July 2025: as written; but The Post of 4 July 2025 says 5 July 2025."
    )


STATUSES_SAID = {
    "a plan that came true": ([("planned", 1), ("occurred", 4)], ("occurred", False)),
    "a plan that was cancelled": ([("planned", 1), ("cancelled", 2)], ("cancelled", False)),
    "denial beside assertion": (
        [("denied", 4), ("occurred", 4), ("occurred", 5)],
        ("occurred", True),
    ),
    "the later of one and one": ([("occurred", 3), ("denied", 4)], ("denied", True)),
    "a plan that is denied": ([("planned", 3), ("denied", 4)], ("denied", True)),
    "a proposal that is refused": ([("proposed", 3), ("denied", 4)], ("denied", False)),
    "cancelled, yet it happened": ([("cancelled", 3), ("occurred", 4)], ("occurred", True)),
    "a proposal that became a plan": ([("proposed", 1), ("planned", 2)], ("planned", False)),
}


@pytest.mark.parametrize(("said", "expected"), STATUSES_SAID.values(), ids=list(STATUSES_SAID))
def test_status(said: list[tuple[str, int]], expected: tuple[str, bool]) -> None:
    rows = [
        reading(f"a{n}", status=status, published=july(day)) for n, (status, day) in enumerate(said)
    ]
    settled = settle(rows, {})
    assert (settled.status, settled.differs) == expected


SOURCES = {
    "one": ([{}], 1),
    "two outlets": ([{}, {}], 2),
    "one outlet twice": ([{"outlet": "Wire"}, {"outlet": "Wire"}], 1),
    "the same sentence": ([{"evidence": "They spoke."}, {"evidence": "They  spoke"}], 1),
    "the same agency": ([{"agencies": ("Meridian Wire",)}, {"agencies": ("Meridian Wire",)}], 1),
    "two agencies": ([{"agencies": ("Meridian Wire",)}, {"agencies": ("Atlantic Cable",)}], 2),
    "one of two agencies": ([{"agencies": ("X", "Y")}, {"agencies": ("Y",)}], 1),
    "an agency and its reprint": ([{"outlet": "Wire"}, {"agencies": ("Wire",)}], 1),
    "the same source": ([{"attributed_to": "the Kremlin"}, {"attributed_to": "The Kremlin"}], 1),
    "a chain of three": (
        [{"outlet": "X"}, {"outlet": "X", "agencies": ("Y",)}, {"agencies": ("Y",)}],
        1,
    ),
    "no outlet known": ([{"outlet": ""}, {"outlet": ""}], 2),
    "one text in ten papers": ([{}, *({"alike": frozenset({"0"})} for _ in range(9))], 1),
    "a text like one that does not tell of it": ([{}, {"alike": frozenset({"elsewhere"})}], 2),
    "alike, but a different article": ([{}, {"alike": frozenset({"0"}), "different": True}], 2),
    "different, with the same sentence": (
        [
            {"evidence": "They spoke."},
            {"evidence": "They spoke.", "alike": frozenset({"0"}), "different": True},
        ],
        2,
    ),
    "different, of the same outlet": (
        [{"outlet": "X"}, {"outlet": "X", "alike": frozenset({"0"}), "different": True}],
        1,
    ),
    "a copy of two different articles": (
        [{}, {"alike": frozenset({"0"}), "different": True}, {"alike": frozenset({"0", "1"})}],
        2,
    ),
}


@pytest.mark.parametrize(("rows", "count"), SOURCES.values(), ids=list(SOURCES))
def test_independent_sources(rows: list[dict[str, Any]], count: int) -> None:
    settled = settle([reading(str(n), **fields) for n, fields in enumerate(rows)], {})
    assert (settled.article_count, settled.source_count) == (len(rows), count)


@pytest.mark.parametrize("rows", [rows for rows, _ in SOURCES.values()], ids=list(SOURCES))
@given(chance=st.randoms())
def test_the_order_of_readings_does_not_change_the_sources(
    rows: list[dict[str, Any]], chance: random.Random
) -> None:
    told = [reading(str(n), **fields) for n, fields in enumerate(rows)]
    shuffled = chance.sample(told, len(told))
    assert independent(shuffled) == independent(told)


def test_confidence_rises_with_independent_sources_alone() -> None:
    one = settle([reading("a", confidence=0.5)], {})
    copied = settle(
        [reading("a", confidence=0.5), reading("b", confidence=0.5, outlet="The a")], {}
    )
    two = settle([reading("a", confidence=0.5), reading("b", confidence=0.5)], {})
    assert (one.confidence, copied.confidence, two.confidence) == (0.5, 0.5, 0.75)


def test_reported_is_the_first_day_an_article_told_of_it() -> None:
    rows = [reading("a", published=july(6)), reading("b", published=july(4))]
    assert settle(rows, {}).reported == july(4)


def test_a_side_is_left_out_of_the_title_but_not_of_the_actors() -> None:
    settled = settle([reading(actors=(TRUMP, UNITED_STATES, PUTIN))], {})
    assert settled.title == "Donald Trump and Vladimir Putin speak by phone"
    assert settled.actors == ("Donald Trump", "United States", "Vladimir Putin")


def test_nothing_is_settled_from_nothing() -> None:
    with pytest.raises(ValueError, match="one reading"):
        settle([], {})


OVERRIDES = {
    "date": (on(9).as_dict(), {"date": on(9), "basis": Basis.EDITOR}),
    "type": ("meeting", {"type": "meeting", "title": "Donald Trump and Vladimir Putin meet"}),
    "status": (
        "denied",
        {"status": "denied", "title": "No phone call between Donald Trump and Vladimir Putin"},
    ),
    "title": ("The call", {"title": "The call"}),
    "actors": (
        ["Russia", "United States"],
        {
            "actors": ("Russia", "United States"),
            "title": "Russia and United States speak by phone",
        },
    ),
    "places": (["Geneva"], {"places": ("Geneva",)}),
}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [(field, *case) for field, case in OVERRIDES.items()],
    ids=list(OVERRIDES),
)
def test_an_override_wins(field: str, value: Any, expected: dict[str, Any]) -> None:
    settled = settle([reading()], {field: value})
    assert {name: getattr(settled, name) for name in expected} == expected
    assert settled.corrected


@pytest.mark.parametrize("field", OVERRIDES)
def test_an_override_leaves_the_other_fields_alone(field: str) -> None:
    plain = settle([reading()], {})
    settled = settle([reading()], {field: OVERRIDES[field][0]})
    others = {"date", "type", "status", "actors", "places", "review", "reported"} - {field}
    assert {n: getattr(settled, n) for n in others} == {n: getattr(plain, n) for n in others}


def test_a_review_is_no_correction() -> None:
    settled = settle([reading()], {"review": "confirmed"})
    assert (settled.review, settled.corrected) == ("confirmed", False)


READINGS = st.lists(
    st.builds(
        reading,
        st.sampled_from("abcde"),
        status=st.sampled_from(list(STATUSES)),
        type=st.sampled_from(["call", "meeting"]),
        date=st.sampled_from(
            [on(3), on(4), DateValue.until(july(4)), DateValue.month(2025, 7), UNDATED]
        ),
        basis=st.sampled_from(list(Basis)),
        outlet=st.sampled_from(["X", "Y", ""]),
        published=st.sampled_from([july(4), july(5)]),
        confidence=st.sampled_from([0.4, 0.6]),
        actors=st.sampled_from([(TRUMP, PUTIN), (PUTIN, TRUMP), (UNITED_STATES, RUSSIA), ()]),
    ),
    min_size=1,
    max_size=6,
)


@given(READINGS, st.randoms(use_true_random=False))
def test_the_order_of_readings_changes_nothing(rows: list[Reading], chance: random.Random) -> None:
    shuffled = chance.sample(rows, len(rows))
    assert machine(shuffled) == machine(rows)


# ---------- titles

TITLES = [
    ("call", "occurred", ["A", "B"], [], "A and B speak by phone"),
    ("call", "occurred", ["A"], [], "A holds a phone call"),
    ("call", "occurred", [], [], "Phone call"),
    ("strike", "occurred", ["Russia", "Ukraine"], [], "Russia strikes Ukraine"),
    ("visit", "occurred", ["A"], ["Kyiv"], "A visits Kyiv"),
    ("visit", "planned", ["A", "B"], [], "Planned visit by A to B"),
    ("visit", "planned", ["A"], ["Kyiv"], "Planned visit by A to Kyiv"),
    ("meeting", "denied", ["A", "B"], [], "No meeting between A and B"),
    ("meeting", "planned", ["A", "B"], [], "Planned meeting between A and B"),
    ("meeting", "planned", ["A"], [], "Planned meeting involving A"),
    ("talks", "planned", [], ["Geneva"], "Planned talks in Geneva"),
    ("strike", "occurred", ["A"], ["A"], "Strike involving A"),
    ("strike", "cancelled", ["A", "B"], [], "Cancelled strike involving A and B"),
    ("talks", "proposed", [], [], "Proposed talks"),
]


@pytest.mark.parametrize(("type", "status", "actors", "places", "expected"), TITLES)
def test_title(type: str, status: str, actors: list[str], places: list[str], expected: str) -> None:
    assert title(type, status, actors, places) == expected


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("type", TYPES)
def test_every_type_has_a_title_for_any_number_of_actors(type: str, status: str) -> None:
    titles = [
        title(type, status, names, places)
        for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])
        for places in ([], ["Geneva"])
    ]
    assert all(text.strip() and "{" not in text for text in titles)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 others"),
    ],
)
def test_names_are_listed(names: list[str], said: str) -> None:
    assert listed(names) == said
