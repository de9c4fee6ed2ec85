"""Which accounts say what, where they do not all say the same."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from timeline.dates import UNDATED, Basis, DateValue
from timeline.differences import accounts_by_field
from timeline.settling import Reading, machine


def on(day: int) -> DateValue:
    return DateValue.day(dt.date(2025, 7, day))


def reading(**fields: Any) -> Reading:
    return Reading(
        **{
            "article": "a",
            "type": "call",
            "status": "occurred",
            "evidence": "They spoke.",
            "date": on(3),
            "basis": Basis.EXPLICIT,
            "published": dt.date(2025, 7, 4),
            **fields,
        }
    )


UNTIL_3 = DateValue.until(dt.date(2025, 7, 3))
ABOUT_9 = replace(on(9), approximate=True)
FIELDS: dict[
    str, tuple[list[dict[str, Any]], dict[str, list[tuple[Any, str, tuple[int, ...]]]]]
] = {
    "all the same": ([{}, {}], {}),
    "one account": ([{}], {}),
    "nobody": ([], {}),
    "a vaguer date": (
        [{"date": UNTIL_3, "basis": Basis.PUBLICATION}, {}],
        {"date": [(on(3), "holds", (1,)), (UNTIL_3, "allows", (0,))]},
    ),
    "another day": (
        [{}, {"date": on(5), "basis": Basis.RELATIVE}, {}],
        {"date": [(on(3), "holds", (0, 2)), (on(5), "against", (1,))]},
    ),
    "about another day": (
        [{}, {"date": ABOUT_9}],
        {"date": [(on(3), "holds", (0,)), (ABOUT_9, "allows", (1,))]},
    ),
    "no date": ([{}, {"date": UNDATED, "basis": Basis.NONE}], {}),
    "planned, then done": (
        [{"status": "planned"}, {}],
        {"status": [("occurred", "holds", (1,)), ("planned", "allows", (0,))]},
    ),
    "denied and done": (
        [{"status": "denied"}, {}, {}],
        {"status": [("occurred", "holds", (1, 2)), ("denied", "against", (0,))]},
    ),
    "cancelled and done": (
        [{}, {}, {"status": "cancelled"}],
        {"status": [("occurred", "holds", (0, 1)), ("cancelled", "against", (2,))]},
    ),
    "another type": (
        [{}, {}, {"type": "talks"}],
        {"type": [("call", "holds", (0, 1)), ("talks", "against", (2,))]},
    ),
    "other places": (
        [{"places": ("Geneva",)}, {"places": ("Vienna",)}, {"places": ("Geneva", "Bern")}, {}],
        {
            "places": [
                (("Geneva",), "holds", (0,)),
                (("Geneva", "Bern"), "holds", (2,)),
                (("Vienna",), "against", (1,)),
            ]
        },
    ),
    "more places, but none other": ([{"places": ("Geneva",)}, {"places": ("Geneva", "Bern")}], {}),
    "places that one alone names": ([{"places": ("Geneva",)}, {}], {}),
}


@pytest.mark.parametrize(("rows", "expected"), FIELDS.values(), ids=list(FIELDS))
def test_versions(
    rows: list[dict[str, Any]], expected: dict[str, list[tuple[Any, str, tuple[int, ...]]]]
) -> None:
    found = accounts_by_field([reading(article=str(n), **row) for n, row in enumerate(rows)])
    assert {
        field: [(v.value, v.standing, v.told_by) for v in versions]
        for field, versions in found.items()
    } == expected


def test_what_two_bounds_leave_together_is_said_by_neither() -> None:
    since = DateValue.since(dt.date(2025, 7, 3))
    versions = accounts_by_field([reading(date=UNTIL_3), reading(date=since, article="b")])["date"]
    assert [v.standing for v in versions] == ["allows", "allows"]


def test_a_later_sharper_account_sharpens_and_is_named() -> None:
    bound = reading(date=UNTIL_3, basis=Basis.PUBLICATION, because="Told in the past")
    sharp = reading(
        article="b", outlet="The Courier", published=dt.date(2025, 7, 6), because="“July 3”"
    )
    whole = machine([bound, sharp])
    assert (whole.date, whole.basis, whole.differs) == (on(3), Basis.EXPLICIT, False)
    assert whole.because == "The Courier of 6 July 2025: “July 3”."
