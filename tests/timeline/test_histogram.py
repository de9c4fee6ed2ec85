import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.histogram import MOST_BARS, MOST_LANES, PLOT, TOP, Scale, Tally, draw

D = dt.date


def tally(first: D, last: D | None = None, count: int = 1, *, ahead: bool = False) -> Tally:
    return Tally(first, last or first, "contacts", ahead, "", count)


def link(a: str, b: str) -> str:
    return f"from={a}&to={b}"


SCALES = [
    (D(2025, 7, 3), D(2025, 7, 3), "day", 1),
    (D(2025, 7, 1), D(2025, 8, 29), "day", 60),
    (D(2025, 7, 1), D(2025, 8, 30), "week", 9),
    (D(2025, 1, 1), D(2026, 12, 31), "month", 24),
    (D(2020, 1, 1), D(2029, 12, 31), "quarter", 40),
    (D(1962, 10, 14), D(2020, 1, 1), "year", 59),
    (D(1815, 1, 1), D(2025, 1, 1), "year", 43),
    (D(1600, 1, 1), D(2025, 1, 1), "year", 43),
    (D(1, 1, 1), D(9999, 12, 31), "year", 50),
]


@pytest.mark.parametrize(("first", "last", "trunc", "bars"), SCALES)
def test_takes_the_finest_scale_of_at_most_sixty_bars(
    first: D, last: D, trunc: str, bars: int
) -> None:
    scale = Scale.over(first, last)
    assert (scale.unit.trunc, len(scale)) == (trunc, bars)


@given(st.dates(), st.dates())
def test_bins_touch_and_hold_both_ends(a: D, b: D) -> None:
    first, last = min(a, b), max(a, b)
    scale = Scale.over(first, last)
    assert 1 <= len(scale) <= MOST_BARS
    assert all(x < y for x, y in pairwise(scale.edges))
    assert scale.edges[0] <= first
    assert scale.days(0, len(scale) - 1)[1] >= last


@pytest.mark.parametrize(
    ("first", "last", "label", "ends"),
    [
        (D(2025, 7, 1), D(2025, 7, 5), "1 July 2025", ("2025-07-01", "2025-07-01")),
        (D(2025, 5, 5), D(2025, 9, 5), "week of 5 May 2025", ("2025-05-05", "2025-05-11")),
        (D(2023, 7, 1), D(2025, 7, 5), "July 2023", ("2023-07", "2023-07")),
        (D(2015, 7, 1), D(2025, 7, 5), "third quarter of 2015", ("2015-07", "2015-09")),
        (D(1990, 7, 1), D(2025, 7, 5), "1990", ("1990", "1990")),
        (D(1600, 7, 1), D(2025, 7, 5), "the 1600s", ("1600", "1609")),
    ],
)
def test_bins_are_named_and_linked_by_their_days(
    first: D, last: D, label: str, ends: tuple[str, str]
) -> None:
    scale = Scale.over(first, last)
    assert (scale.words(0, 0), scale.ends(0, 0)) == (label, ends)


def test_an_event_wider_than_a_bin_stands_on_no_day() -> None:
    scale = Scale.over(D(2025, 7, 1), D(2025, 7, 31))
    chart = draw(scale, [tally(D(2025, 7, 1), D(2025, 7, 31))], [], link)
    assert sum(bar.count for bar in chart.bars) == 0
    assert [(bar.label, bar.count) for bar in chart.wide] == [("July 2025", 1)]


def test_an_event_that_fits_its_bin_is_a_bar() -> None:
    scale = Scale.over(D(2024, 1, 1), D(2025, 12, 31))
    chart = draw(scale, [tally(D(2025, 7, 1), D(2025, 7, 31))], [], link)
    assert [bar.label for bar in chart.bars if bar.count] == ["July 2025"]
    assert chart.wide == ()


def test_what_reaches_beyond_the_scale_is_cut_to_it() -> None:
    scale = Scale.over(D(2025, 7, 3), D(2025, 7, 5))
    chart = draw(scale, [tally(D(2025, 7, 1), D(2025, 7, 31))], [], link)
    assert [(bar.label, bar.query) for bar in chart.wide] == [
        ("3–5 July 2025", "from=2025-07-03&to=2025-07-05")
    ]


def test_the_tallest_bar_fills_the_plot_and_what_is_ahead_stands_on_top() -> None:
    scale = Scale.over(D(2025, 7, 3), D(2025, 7, 5))
    chart = draw(
        scale, [tally(D(2025, 7, 3), count=6), tally(D(2025, 7, 3), count=2, ahead=True)], [], link
    )
    firm, ahead = chart.bars[0].segments
    assert (firm.ahead, ahead.ahead) == (False, True)
    assert (ahead.y, firm.y + firm.height) == (TOP, TOP + PLOT)
    assert chart.bars[0].ahead == 2


def test_one_event_is_no_tower() -> None:
    scale = Scale.over(D(2025, 7, 3), D(2025, 7, 5))
    chart = draw(scale, [tally(D(2025, 7, 3))], [], link)
    assert chart.bars[0].segments[0].height < PLOT / 2


def test_lanes_do_not_overlap_and_those_without_room_are_counted() -> None:
    scale = Scale.over(D(2025, 7, 1), D(2025, 7, 31))
    spans = [tally(D(2025, 7, n), D(2025, 7, n + 10)) for n in range(1, MOST_LANES + 4)]
    spans.append(tally(D(2025, 7, 28), D(2025, 7, 30)))
    chart = draw(scale, spans, [], link)
    assert chart.crowded_out == 3
    assert len(chart.spans) == len(spans)
    assert len({bar.y for bar in chart.wide}) == MOST_LANES
    assert next(bar for bar in chart.wide if bar.label == "28–30 July 2025").y == 0


def test_coverage_tells_nothing_uploaded_from_little_uploaded() -> None:
    scale = Scale.over(D(2025, 7, 1), D(2025, 7, 3))
    chart = draw(scale, [], [(D(2025, 7, 1), 8), (D(2025, 7, 2), 1)], link)
    assert [(bar.articles, bar.level) for bar in chart.bars] == [(8, 4), (1, 1), (0, 0)]


@given(st.dates(D(1500, 1, 1)), st.integers(0, 40_000))
def test_few_ticks_and_none_cut_off(first: D, length: int) -> None:
    scale = Scale.over(first, min(first + dt.timedelta(days=length), D.max))
    ticks = draw(scale, [], [], link).ticks
    assert 1 <= len(ticks) <= 8
    assert all(float(tick.x.rstrip("%")) < 93 for tick in ticks)
    assert all(float(tick.x.rstrip("%")) <= 80 for tick in ticks if not tick.minor)
