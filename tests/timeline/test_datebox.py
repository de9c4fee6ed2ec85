import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import datebox
from timeline.datebox import RULES, DateBoxError, read
from timeline.dates import UNDATED, DateValue, Precision, edtf, words

TODAY = dt.date(2025, 7, 10)  # a Thursday

READ = [
    ("2025", "2025"),
    ("2025-07", "2025-07"),
    ("2025-07-03", "2025-07-03"),
    ("2025/7/3", "2025-07-03"),
    ("2025-07~", "2025-07~"),
    ("2025-22", "2025-22"),
    ("196X", "196X"),
    ("../2025-07-04", "../2025-07-04"),
    ("2025-07-04/..", "2025-07-04/.."),
    ("3 July 2025", "2025-07-03"),
    ("3rd of July, 2025", "2025-07-03"),
    ("July 3, 2025", "2025-07-03"),
    ("Thursday 3 July 2025", "2025-07-03"),
    ("on 3 July 2025", "2025-07-03"),
    ("3 Sept. 2025", "2025-09-03"),
    ("2025 July 3", "2025-07-03"),
    ("early July 2025", "2025-07-01/2025-07-10"),
    ("mid July 2025", "2025-07-11/2025-07-20"),
    ("mid-July 2025", "2025-07-11/2025-07-20"),
    ("late July 2025", "2025-07-21/2025-07-31"),
    ("July 2025", "2025-07"),
    ("summer 2025", "2025-22"),
    ("the spring of 2025", "2025-21"),
    ("fall 2025", "2025-23"),
    ("winter 2025/26", "2025-24"),
    ("Q3 2025", "2025-07/2025-09"),
    ("2025-Q3", "2025-07/2025-09"),
    ("third quarter of 2025", "2025-07/2025-09"),
    ("the 1960s", "196X"),
    ("week of 30 June 2025", "2025-06-30/2025-07-06"),
    ("the week of 2025-07-02", "2025-06-30/2025-07-06"),
    ("before 3 July 2025", "../2025-07-02"),
    ("before July 2025", "../2025-06-30"),
    ("on or before 3 July 2025", "../2025-07-03"),
    ("by 3 July 2025", "../2025-07-03"),
    ("until July 2025", "../2025-07-31"),
    ("after 3 July 2025", "2025-07-04/.."),
    ("after July 2025", "2025-08-01/.."),
    ("since July 2025", "2025-07-01/.."),
    ("on or after 3 July 2025", "2025-07-03/.."),
    ("3–5 May 2025", "2025-05-03/2025-05-05"),
    ("3-5 May 2025", "2025-05-03/2025-05-05"),
    ("May 3-5, 2025", "2025-05-03/2025-05-05"),
    ("from 3 May to 5 June 2025", "2025-05-03/2025-06-05"),
    ("between May and June 2025", "2025-05/2025-06"),
    ("2019–2021", "2019/2021"),
    ("about 3 July 2025", "2025-07-03~"),
    ("c. 1962", "1962~"),
    ("July 2025?", "2025-07?"),
    ("today", "2025-07-10"),
    ("Yesterday", "2025-07-09"),
    ("last week", "2025-06-30/2025-07-06"),
    ("this week", "2025-07-07/2025-07-13"),
    ("last month", "2025-06"),
    ("next month", "2025-08"),
    ("last year", "2024"),
    ("three days ago", "2025-07-07"),
    ("last Tuesday", "2025-07-08"),
    ("unknown", ""),
    ("Undated", ""),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_reads(text: str, expected: str) -> None:
    assert edtf(read(text, today=TODAY)) == expected


@pytest.mark.parametrize("text", ["3–5 May 2025", "until 3 July 2025", "since 3 July 2025"])
def test_what_lasted_is_lasting(text: str) -> None:
    assert read(text, today=TODAY).lasting


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_reads_its_example(rule: datebox.Rule) -> None:
    assert read(rule.example, today=TODAY).earliest is not None


REFUSED = [
    ("", datebox.EmptyError),
    ("3 July", datebox.NoYearError),
    ("July 3", datebox.NoYearError),
    ("July", datebox.NoYearError),
    ("early July", datebox.NoYearError),
    ("July 25", datebox.NoYearError),
    ("3/7/2025", datebox.NumbersAloneError),
    ("03.07.2025", datebox.NumbersAloneError),
    ("31 June 2025", datebox.NoSuchDayError),
    ("2025-06-31", datebox.NoSuchDayError),
    ("29 February 2025", datebox.NoSuchDayError),
    ("Friday 3 July 2025", datebox.WrongWeekdayError),
    ("5–3 May 2025", datebox.ReversedError),
    ("2025-05-05/2025-05-03", datebox.ReversedError),
    ("we", datebox.UnreadableError),
    ("2 weeks ago", datebox.UnreadableError),
    ("winter 2025-27", datebox.UnreadableError),
    ("before unknown", datebox.UnreadableError),
    ("about unknown", datebox.UnreadableError),
    ("after 9999", datebox.UnreadableError),
    ("\0", datebox.UnreadableError),
]


@pytest.mark.parametrize(("text", "error"), REFUSED, ids=[repr(text) for text, _ in REFUSED])
def test_refuses(text: str, error: type[DateBoxError]) -> None:
    with pytest.raises(error) as raised:
        read(text, today=TODAY)
    assert str(raised.value) == error.__doc__


days = st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31))
years, months = st.integers(1000, 9998), st.integers(1, 12)
plain = st.one_of(
    days.map(DateValue.day),
    days.filter(lambda d: d.year > 1000).map(DateValue.week),
    st.builds(DateValue.month, years, months),
    st.builds(DateValue.quarter, years, st.integers(1, 4)),
    st.builds(DateValue.season, years, st.integers(21, 24)),
    years.map(DateValue.year),
    years.map(DateValue.decade),
    st.builds(DateValue.part_of_month, years, months, st.sampled_from(["early", "mid", "late"])),
    st.builds(
        lambda a, b, lasting: DateValue.range(min(a, b), max(a, b), lasting=lasting),
        days,
        days,
        st.booleans(),
    ),
    st.builds(
        lambda a, n, lasting: DateValue.range(a, a + n * dt.timedelta(1), lasting=lasting),
        st.dates(dt.date(1000, 1, 1), dt.date(9900, 1, 1)),
        st.integers(0, 800),
        st.booleans(),
    ),
    st.builds(
        lambda y, m, n, k, lasting: DateValue.range(
            dt.date(y, m, 1), DateValue.month(y + k, n).latest or dt.date.max, lasting=lasting
        ),
        st.integers(1000, 9000),
        st.sampled_from([1, 5]),
        st.sampled_from([6, 12]),
        st.integers(0, 12),
        st.booleans(),
    ),
    st.builds(
        lambda day, ends, lasting: replace(ends(day), lasting=lasting),
        days,
        st.sampled_from([DateValue.until, DateValue.since]),
        st.booleans(),
    ),
)
values = st.one_of(
    st.sampled_from([UNDATED, replace(UNDATED, uncertain=True)]),
    plain,
    plain.map(lambda v: replace(v, approximate=True)),
    plain.map(lambda v: replace(v, uncertain=True)),
)


@given(values)
def test_reads_back_all_that_words_print(value: DateValue) -> None:
    assert read(words(value), today=TODAY) == value


@given(st.text(max_size=30))
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    try:
        assert read(text, today=TODAY).precision in Precision
    except DateBoxError as error:
        assert str(error).endswith(".")  # noqa: PT017  (most texts are refused, some are dates)
