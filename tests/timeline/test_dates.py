"""Every form of date that the record holds, in words and in EDTF and back."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import (
    UNDATED,
    DateError,
    DateValue,
    Precision,
    edtf,
    parse_edtf,
    words,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(a: str, b: str, *, lasting: bool = False) -> DateValue:
    return DateValue.range(day(a), day(b), lasting=lasting)


FORMS = [
    (DateValue.day(day("2025-07-03")), "3 July 2025", "2025-07-03"),
    (DateValue.week(day("2025-07-03")), "week of 30 June 2025", "2025-06-30/2025-07-06"),
    (DateValue.month(2025, 7), "July 2025", "2025-07"),
    (DateValue.quarter(2025, 3), "third quarter of 2025", "2025-07/2025-09"),
    (DateValue.season(2025, 22), "summer 2025", "2025-22"),
    (DateValue.season(2025, 24), "winter 2025–26", "2025-24"),
    (DateValue.season(1999, 24), "winter 1999–00", "1999-24"),
    (DateValue.year(2025), "2025", "2025"),
    (DateValue.decade(1962), "the 1960s", "196X"),
    (DateValue.part_of_month(2025, 7, "early"), "early July 2025", "2025-07-01/2025-07-10"),
    (DateValue.part_of_month(2025, 7, "mid"), "mid-July 2025", "2025-07-11/2025-07-20"),
    (DateValue.part_of_month(2024, 2, "late"), "late February 2024", "2024-02-21/2024-02-29"),
    (span("2025-07-03", "2025-07-05"), "between 3 and 5 July 2025", "2025-07-03/2025-07-05"),
    (
        span("2025-06-29", "2025-07-02"),
        "between 29 June and 2 July 2025",
        "2025-06-29/2025-07-02",
    ),
    (
        span("2024-12-30", "2025-01-02"),
        "between 30 December 2024 and 2 January 2025",
        "2024-12-30/2025-01-02",
    ),
    (span("2025-07-01", "2025-08-31"), "between July and August 2025", "2025-07/2025-08"),
    (span("2024-01-01", "2025-12-31"), "between 2024 and 2025", "2024/2025"),
    (DateValue.until(day("2025-07-03")), "on or before 3 July 2025", "../2025-07-03"),
    (DateValue.since(day("2025-07-03")), "on or after 3 July 2025", "2025-07-03/.."),
    (UNDATED, "undated", ""),
    (
        replace(DateValue.day(day("2025-07-03")), approximate=True),
        "about 3 July 2025",
        "2025-07-03~",
    ),
    (replace(DateValue.month(2025, 7), uncertain=True), "July 2025 (uncertain)", "2025-07?"),
    (
        replace(span("2025-07-03", "2025-07-05"), approximate=True),
        "about between 3 and 5 July 2025",
        "2025-07-03~/2025-07-05~",
    ),
]
LASTING = [
    (span("2025-05-03", "2025-05-05", lasting=True), "3–5 May 2025"),
    (span("2025-04-30", "2025-05-02", lasting=True), "30 April – 2 May 2025"),
    (replace(DateValue.until(day("2025-07-03")), lasting=True), "until 3 July 2025"),
    (replace(DateValue.since(day("2025-07-03")), lasting=True), "since 3 July 2025"),
]


@pytest.mark.parametrize(("value", "said", "_"), FORMS, ids=[f[1] for f in FORMS])
def test_words(value: DateValue, said: str, _: str) -> None:
    assert words(value) == said


@pytest.mark.parametrize(("value", "said"), LASTING, ids=[f[1] for f in LASTING])
def test_words_of_what_lasted(value: DateValue, said: str) -> None:
    assert words(value) == said


@pytest.mark.parametrize(("value", "_", "written"), FORMS, ids=[f[1] for f in FORMS])
def test_edtf(value: DateValue, _: str, written: str) -> None:
    assert edtf(value) == written


@pytest.mark.parametrize(("value", "_", "written"), FORMS, ids=[f[1] for f in FORMS])
def test_edtf_reads_back(value: DateValue, _: str, written: str) -> None:
    assert parse_edtf(written) == value


@pytest.mark.parametrize("value", [f[0] for f in FORMS] + [f[0] for f in LASTING], ids=str)
def test_json_reads_back(value: DateValue) -> None:
    assert DateValue.from_dict(value.as_dict()) == value


@pytest.mark.parametrize(
    "text", ["2025-13-01", "2025-02-30", "July 2025", "2025-W27", "2025-07-03/2025-07-01", "25"]
)
def test_edtf_that_the_record_does_not_use(text: str) -> None:
    with pytest.raises(DateError):
        parse_edtf(text)


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


@given(DAYS, DAYS)
def test_any_range_reads_back_with_the_same_days(a: dt.date, b: dt.date) -> None:
    value = DateValue.range(min(a, b), max(a, b))
    back = parse_edtf(edtf(value))
    assert (back.earliest, back.latest) == (value.earliest, value.latest)


@given(DAYS, DAYS, st.sampled_from(Precision))
def test_a_value_never_has_another_shape_than_its_precision(
    a: dt.date, b: dt.date, precision: Precision
) -> None:
    try:
        value = DateValue(a, b, precision)
    except DateError:
        return
    if precision is not Precision.RANGE:
        assert DateValue.from_dict(value.as_dict()).precision is precision
    assert a <= b and precision not in (Precision.NONE, Precision.BOUND)


WINDOWS = [
    (DateValue.until(day("2025-07-04")), ("2025-06-28", "2025-07-04")),
    (DateValue.since(day("2025-07-04")), ("2025-07-04", "2025-07-10")),
    (DateValue.month(2025, 7), ("2025-07-01", "2025-07-31")),
]


@pytest.mark.parametrize(("value", "window"), WINDOWS, ids=[str(w[0]) for w in WINDOWS])
def test_an_open_end_counts_as_seven_days(value: DateValue, window: tuple[str, str]) -> None:
    assert value.window == (day(window[0]), day(window[1]))


def test_undated_has_no_window() -> None:
    assert UNDATED.window is None
